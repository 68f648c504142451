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
#include <cstring>

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

// Where a step is in the code, and a copy of its words, which a body reads
// instead: for all that the compiler knows the code might change, and would
// have to be read in each round.
template <int kWords>
class StepCode {
 public:
  explicit StepCode(const Word* at) : at_(at) {
    words_[0].x = at->x;
    words_[0].y = at->y;
    words_[0].z = at->z;
    for (int i = 1; i < kWords; ++i) words_[i] = at[i];
  }

  // NOLINTNEXTLINE(google-explicit-constructor): stands for Registers::pc
  operator const Word*() const { return words_; }
  const Word* operator->() const { return words_; }
  StepCode& operator+=(std::ptrdiff_t distance) {
    at_ += distance;
    return *this;
  }
  const Word* at() const { return at_; }

 private:
  const Word* at_;
  Word words_[kWords] = {};
};

// The registers as the body of a step sees them. `slots` is hidden: what is in
// them is old.
template <class R, LoopStep kStep, size_t kVariables, class Code>
struct LoopRegisters : R {
  LoopRegisters(const R& registers, const Code& code,
                uint64_t (&values)[kVariables])
      : R(registers), pc(code), values(values) {}

  Code pc;
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
