// Steps of loops that one handler runs, as loop.def writes them: an operation,
// and the variables that its operands are.
//
// A variable is a slot that lives in a machine register while the loop runs:
// the same number is the same slot, different numbers are different ones.
//
//   Next(kAdd64_SSI, 0, 0)      variable 0 = variable 0 + a constant
//   Next(kAdd64_SAS, 2, _, 1)   variable 2 = accumulator + variable 1
//   Next(kBrEq64_NAI)           a branch that is not taken
//   Taken(kBrNe64_NSI, 2)       one that is
//
// The last step is taken, and leads to the first one. Whatever else than this
// happens ends the loop.

#ifndef GOSHAWK_INTERP_LOOP_STEP_H_
#define GOSHAWK_INTERP_LOOP_STEP_H_

#include <cstddef>
#include <cstdint>

#include "interp/machine.h"
#include "interp/op.h"

namespace goshawk::interp {

struct LoopStep {
  static constexpr int8_t kNone = -1;

  Op op = Op::kNone;
  bool taken = false;
  int8_t variables[kNumFields] = {kNone, kNone, kNone};  // by the field

  constexpr int8_t VariableOf(Field field) const {
    return variables[static_cast<size_t>(field)];
  }
};

// In loop.def: a field that names no slot.
inline constexpr int8_t _ =  // NOLINT(readability-identifier-naming)
    LoopStep::kNone;

constexpr LoopStep Next(Op op, int8_t x = _, int8_t y = _, int8_t z = _) {
  return {op, false, {x, y, z}};
}
constexpr LoopStep Taken(Op op, int8_t x = _, int8_t y = _) {
  return {op, true, {x, y, _}};
}

// The registers as the body of a step sees them. `slots` is hidden: what is in
// it is old.
template <class R, LoopStep kStep, size_t kVariables>
struct LoopRegisters : R {
  LoopRegisters(const R& registers, uint64_t (&values)[kVariables])
      : R(registers), values(values) {}

  uint64_t (&values)[kVariables];

  template <Field kField>
  [[gnu::always_inline]] uint64_t GetSlot() const {
    static_assert(kStep.VariableOf(kField) != _);
    return values[kStep.VariableOf(kField)];
  }
  template <Field kField>
  [[gnu::always_inline]] void SetSlot(uint64_t value) {
    static_assert(kStep.VariableOf(kField) != _);
    values[kStep.VariableOf(kField)] = value;
  }

 private:
  using R::slots;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOOP_STEP_H_
