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
  // What the instruction takes, the topmost operand last; of one operand only
  // `last` is. What it leaves, and the largest alignment it may announce.
  ValueType first{}, last{};
  ValueType result{};
  uint8_t access_log2 = 0;
};

namespace lowering_internal {

constexpr Lowering Make(WasmOp op, Lowering::Class what, Base base,
                        bool extended) {
  const WasmOpInfo& info = Info(op);
  Lowering lowering{what, base, extended};
  lowering.first = info.operands[0];
  lowering.last = info.operands[info.num_operands - 1];
  lowering.result = info.result;
  lowering.access_log2 = info.access_log2;
  return lowering;
}

}  // namespace lowering_internal

inline constexpr auto kLowerings = [] {
  using wasm_op_internal::IndexOf;
  std::array<Lowering, wasm_op_internal::kTable.size()> table{};
#define LOWER(instruction, what, base, extended)                               \
  table[IndexOf(static_cast<uint32_t>(WasmOp::instruction))] =                 \
      lowering_internal::Make(WasmOp::instruction, Lowering::what, Base::base, \
                              extended);
#include "interp/lowering.def"
#undef LOWER
  return table;
}();

constexpr const Lowering& LoweringOf(WasmOp op) {
  return kLowerings[wasm_op_internal::IndexOf(static_cast<uint32_t>(op))];
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOWERING_H_
