// Which computation a numeric instruction becomes; see lowering.def.

#ifndef GOSHAWK_INTERP_LOWERING_H_
#define GOSHAWK_INTERP_LOWERING_H_

#include <array>
#include <cstdint>

#include "interp/op.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

struct Lowering {
  enum Class : uint8_t {
    kNone,  // not a numeric instruction
    kBinary,
    kUnary,
    kCompare,
    kEqz,
    kLoad,
    kStore,
    kNothing,
  };
  Class what = kNone;
  Base base{};
  bool extended = false;
};

inline constexpr auto kLowerings = [] {
  using wasm_op_internal::IndexOf;
  std::array<Lowering, wasm_op_internal::kTable.size()> table{};
#define LOWER(instruction, what, base, extended)               \
  table[IndexOf(static_cast<uint32_t>(WasmOp::instruction))] = \
      Lowering{Lowering::what, Base::base, extended};
#include "interp/lowering.def"
#undef LOWER
  return table;
}();

constexpr const Lowering& LoweringOf(WasmOp op) {
  return kLowerings[wasm_op_internal::IndexOf(static_cast<uint32_t>(op))];
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOWERING_H_
