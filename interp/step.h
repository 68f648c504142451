// Steps of fused sequences, as fusion.def writes them: an operation, and wires
// to its operands.
//
// A wire says that an operand, which is a slot, is the slot that an earlier
// step of the sequence has read or written, and that nothing has changed it
// since: the value need not be read again, nor waited for until it is in the
// cache.
//
//   kSubF64_SSF | Y(2)        field y names the slot that the step 2 before
//                             this one has written
//   kAdd64_SSS | Z(1, kY)     field z names the slot that the step before this
//                             one has read as its y
//
// The field x of a step that reads it is kX, too: no step does both.

#ifndef GOSHAWK_INTERP_STEP_H_
#define GOSHAWK_INTERP_STEP_H_

#include <cstddef>
#include <cstdint>

#include "interp/machine.h"
#include "interp/op.h"

namespace goshawk::interp {

struct Wire {
  uint8_t back = 0;  // steps; 0: there is no wire
  Field field = Field::kX;
};

struct Step {
  Op op = Op::kNone;
  Wire wires[kNumFields];  // by the field they lead to

  constexpr Step() = default;
  // A step without wires, written as the operation alone.
  constexpr Step(Op op) : op(op) {}  // NOLINT(google-explicit-constructor)

  constexpr const Wire& WireTo(Field field) const {
    return wires[static_cast<size_t>(field)];
  }
  constexpr bool HasWires() const {
    for (const Wire& wire : wires) {
      if (wire.back != 0) return true;
    }
    return false;
  }
};

struct WireEnd {
  Field to;
  Wire wire;
};
constexpr WireEnd X(uint8_t back, Field from = Field::kX) {
  return {Field::kX, {back, from}};
}
constexpr WireEnd Y(uint8_t back, Field from = Field::kX) {
  return {Field::kY, {back, from}};
}
constexpr WireEnd Z(uint8_t back, Field from = Field::kX) {
  return {Field::kZ, {back, from}};
}
constexpr Step operator|(Step step, WireEnd end) {
  step.wires[static_cast<size_t>(end.to)] = end.wire;
  return step;
}

// What the steps of a sequence have read and written so far, by their fields.
template <size_t kSteps>
struct StepValues {
  uint64_t of[kSteps][kNumFields];
};

// The registers as the body of one step sees them: slots that wires lead to are
// not read.
template <class R, size_t kSteps, Step kStep, size_t kIndex>
struct StepRegisters : R {
  StepRegisters(const R& registers, StepValues<kSteps>& values)
      : R(registers), values(values) {}

  StepValues<kSteps>& values;

  template <Field kField>
  [[gnu::always_inline]] uint64_t GetSlot() const {
    constexpr Wire kWire = kStep.WireTo(kField);
    static_assert(kWire.back <= kIndex);
    if constexpr (kWire.back != 0) {
      return Note<kField>(
          values.of[kIndex - kWire.back][static_cast<size_t>(kWire.field)]);
    } else {
      return Note<kField>(R::template GetSlot<kField>());
    }
  }
  template <Field kField>
  [[gnu::always_inline]] void SetSlot(uint64_t value) {
    R::template SetSlot<kField>(Note<kField>(value));
  }

 private:
  template <Field kField>
  [[gnu::always_inline]] uint64_t Note(uint64_t value) const {
    return values.of[kIndex][static_cast<size_t>(kField)] = value;
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_STEP_H_
