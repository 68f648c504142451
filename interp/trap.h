// Trap codes: the closed list of reasons for which execution stops early.
// Inside the engine a trap is just this code; Instance turns it into an
// absl::Status at the edge.

#ifndef GOSHAWK_INTERP_TRAP_H_
#define GOSHAWK_INTERP_TRAP_H_

#include <cstdint>

namespace goshawk::interp {

enum class [[nodiscard]] Trap : uint32_t {
  kNone,
#define TRAP(enumerator, message) enumerator,
#include "interp/trap.def"
#undef TRAP
};

constexpr const char* Message(Trap trap) {
  switch (trap) {
    case Trap::kNone:
      return "no trap";
#define TRAP(enumerator, message) \
  case Trap::enumerator:          \
    return message;
#include "interp/trap.def"
#undef TRAP
  }
  return "unknown trap";
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TRAP_H_
