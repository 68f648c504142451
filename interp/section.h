// The sections of a module, from the list in section.def.

#ifndef GOSHAWK_INTERP_SECTION_H_
#define GOSHAWK_INTERP_SECTION_H_

#include <cstdint>

namespace goshawk::interp {

// The value is the id in the binary format.
enum class SectionId : uint8_t {
#define SECTION(enumerator, id, name) enumerator = id,
#include "interp/section.def"
#undef SECTION
};

// The specification's name: "data count"; null if `id` is no section's.
constexpr const char* SectionName(uint8_t id) {
  switch (static_cast<SectionId>(id)) {
#define SECTION(enumerator, id, name) \
  case SectionId::enumerator:         \
    return name;
#include "interp/section.def"
#undef SECTION
  }
  return nullptr;
}

constexpr const char* Name(SectionId id) {
  return SectionName(static_cast<uint8_t>(id));
}

// Position in the prescribed order. REQUIRES: `id` is not kCustom.
constexpr int SectionRank(SectionId id) {
  constexpr SectionId kOrder[] = {
#define SECTION(enumerator, id, name) SectionId::enumerator,
#include "interp/section.def"
#undef SECTION
  };
  int rank = 0;
  while (kOrder[rank] != id) ++rank;
  return rank;
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_SECTION_H_
