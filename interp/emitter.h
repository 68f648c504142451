// The half of the translator that knows operations: it turns values of the
// operand stack into operands that some operation takes, and picks that
// operation. The other half (function_translator.h) knows instructions.

#ifndef GOSHAWK_INTERP_EMITTER_H_
#define GOSHAWK_INTERP_EMITTER_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "interp/code_buffer.h"
#include "interp/op.h"
#include "interp/operand_stack.h"
#include "interp/rare.h"

namespace goshawk::interp {

// Whether an immediate of that many bits, sign-extended, is the value.
inline bool Fits8(int64_t value) { return value == static_cast<int8_t>(value); }
inline bool Fits16(int64_t value) {
  return value == static_cast<int16_t>(value);
}

class Emitter {
 public:
  using Label = CodeBuffer::Label;

  // Slots from here on have to be copied to a near one to be used.
  static constexpr uint32_t kNearSlots = 240;
  static constexpr uint32_t kScratchSlots = 16;
  // Operands that name words of Go's stack reach this far.
  static constexpr uint64_t kStackWords = 256;
  static constexpr uint32_t kMaxSlots = 60000;

  // Starts a function with that many locals. `far_branches`: 16 bits of
  // distance do not suffice. `sp_in_range`: addresses of Go's stack slots do
  // not wrap around (go_shape.h).
  void Start(uint32_t num_locals, bool far_branches, bool sp_in_range);

  CodeBuffer& code() { return code_; }
  OperandStack& stack() { return stack_; }
  // Slots in use, scratch slots included.
  uint32_t num_slots() const {
    const uint32_t places = num_locals_ + stack_.peak();
    return std::max(max_slot_, places == 0 ? 0 : Place(places - 1)) + 1;
  }

  // The slot of a local and of the value at a height.
  uint32_t SlotOfLocal(uint32_t local) const { return Place(local); }
  uint32_t SlotOfHeight(uint32_t height) const {
    return Place(num_locals_ + height);
  }

  // ---- The stack ----

  void PushSlot(uint32_t slot, bool extended = false) {
    Value& value = Push(slot != SlotOfHeight(stack_.height()));
    SetOperand(value, Kind::kS, extended);
    value.a.index = slot;
  }
  void PushConstant(int64_t constant, bool extended) {
    Value& value = Push(true);
    SetOperand(value, Kind::kI, extended);
    value.a.constant = constant;
  }
  void PushAccumulator(bool extended = false) {
    PushResult(Kind::kA, extended);
  }
  // A word of Go's stack, sp + 8 * index.
  void PushStackWord(uint32_t index) {
    if (aim_ != kNoAim && stack_.empty()) {
      EmitMove(Kind::kS, aim_, {Kind::kM, index, 0});
      aim_ = kHit;
      return;
    }
    Value& value = Push(true);
    SetOperand(value, Kind::kM, false);
    value.a.index = index;
  }
  void PushSpAddress(int64_t offset, bool extended) {
    Value& value = Push(true);
    value.form = Value::Form::kSpAddress;
    value.extended = extended;
    value.type = ValueType{};
    value.a.constant = offset;
  }
  void PushCompare(Base comparison, Operand a, Operand b);
  // Pushes the value that was there before it was popped.
  void PushAgain();
  // The value stays there until the next one is pushed.
  const Value& Pop() {
    const Value& value = stack_.Pop();
    for (Accumulator& accumulator : accumulators_) {
      if (accumulator.owner == stack_.height()) accumulator.owner = kNobody;
    }
    return value;
  }

  // Puts values where nothing can change them: all; those that read a local;
  // those that read linear memory; those that depend on sp.
  void Flush();
  void FlushReadsOfSlot(uint32_t slot);
  void FlushReadsOfMemory() {
    if (stack_.num_lazy() != 0) FlushLazyReadsOfMemory();
  }
  void FlushUsesOfSp();
  // Makes an accumulator free: kA or kF.
  void FlushAccumulator(Kind kind);
  void FlushAccumulators() {
    FlushAccumulator(Kind::kA);
    FlushAccumulator(Kind::kF);
  }
  // Puts the value at `height` into its own slot.
  void FlushHeight(uint32_t height);
  // The value is to be moved to a slot that is not its own: if it is in an
  // accumulator it can only be computed there at once if that was just now.
  void KeepOldResult(const Value& value) {
    if (!IsAccumulator(value)) return;
    Accumulator& accumulator = AccumulatorOf(value.a.kind);
    if (accumulator.def != code_.last()) {
      accumulator.def = CodeBuffer::kUnbound;
    }
  }

  // ---- Operations ----

  // d = base(a, b) and d = base(a), pushed.
  void Binary(Base base, bool extended = false);
  void Unary(Base base, bool extended = false);
  // A comparison of the two topmost values, pushed unevaluated.
  void Compare(Base comparison);
  void CompareWithZero(Base comparison);
  void Select();
  // The topmost value into `slot`, which is a local's.
  void StoreLocal(uint32_t slot);
  // Loads and stores; `base` is that of the general form, e.g. kLoad64.
  // A load's `d` is the accumulator that suits its type.
  void Load(Base base, uint64_t offset, Kind d, bool extended);
  void Store(Base base, uint64_t offset);

  // Jumps to `label` if the i32 popped is not 0 (or is, if !sense).
  void BranchIf(const Value& condition, bool sense, Label label);
  void Jump(Label label);

  // The value popped, as a near slot.
  uint32_t ToSlot(const Value& value, uint32_t height);
  // The value popped, in a slot where it stays while others are moved.
  Value InLastingSlot(const Value& value);
  // The value as an operand of one of these kinds.
  Operand ToOperand(const Value& value, uint32_t height);
  // An operation whose result goes to `slot`.
  void EmitToSlot(Op op, uint32_t slot, uint32_t y = 0);
  // A slot with the operand in it, for the next operation only.
  uint32_t SlotFor(const Operand& operand);
  // Slots up to this one are in use.
  void Use(uint32_t slot) { Touch(slot); }
  // Moves what is not in an accumulator to a word of Go's stack.
  void MoveToStack(const Operand& source, uint32_t word) {
    FlushReadsOfMemory();
    EmitMove(Kind::kM, word, source);
  }
  // Moves the value to the slot.
  void MoveToSlot(const Value& value, uint32_t slot);
  // d = value in the accumulator. REQUIRES: it is free or holds the value.
  void MoveToAccumulator(const Value& value);

  // Pushes the result of the operation at `position`, which is in one of the
  // accumulators but can still be sent elsewhere.
  void ResultInAccumulator(uint32_t position, bool extended);

  // What the next operation pushes goes to `slot`, that of a local, instead, if
  // nothing is in the way; Hit says whether it did. This spares what the
  // general way from the stack to a local takes, for the same code.
  void Aim(uint32_t slot) { aim_ = slot; }
  bool Hit() { return std::exchange(aim_, kNoAim) == kHit; }

 private:
  uint32_t Place(uint32_t index) const {
    return index < kNearSlots ? index : index + kScratchSlots;
  }
  bool IsNear(uint32_t slot) const { return slot < kNearSlots + kScratchSlots; }
  void Touch(uint32_t slot) {
    if (slot > max_slot_) max_slot_ = slot;
  }
  uint32_t NextScratch();
  Operand Near(Operand operand) {
    if (operand.kind == Kind::kS && !IsNear(operand.index)) [[unlikely]]
      operand.index = MakeNear(operand.index);
    return operand;
  }
  GOSHAWK_RARE uint32_t MakeNear(uint32_t slot);
  bool IsLazy(const Value& value, uint32_t height) const;
  // A new value on top of the stack, with no field set.
  Value& Push(bool lazy) {
    if (stack_.num_lazy() == OperandStack::kMostLazy ||
        (!stack_.empty() && stack_.top().IsCompare())) [[unlikely]] {
      MakeWay();
    }
    return stack_.Push(lazy);
  }
  // Flushes what cannot stay as it is below another value.
  GOSHAWK_RARE void MakeWay();
  GOSHAWK_RARE void FlushLazyReadsOfMemory();
  static void SetOperand(Value& value, Kind kind, bool extended) {
    value.form = Value::Form::kOperand;
    value.extended = extended;
    value.type = ValueType{};
    value.a = Operand{kind, 0, 0};
  }
  // True if `address` is sp plus a distance that an operation may add in 64
  // bits.
  bool IsNearSp(const Value& address) const {
    return address.IsSpAddress() &&
           (sp_in_range_ ? address.a.constant >= 0 : address.a.constant == 0);
  }
  // ---- Combining operations: emitter_fold.cc ----

  // The operation emitted last, if `value` is its result and nowhere else.
  const Word* JustComputed(const Value& value) const;
  // Each of these takes back the operation that computed an operand and emits
  // one that does both, if there is such a one. The values have been popped.
  bool FoldIntoAdd(const Value& a, const Value& b);
  bool FoldIntoAnd(const Value& a, const Value& b);
  bool FoldIntoAndNot(const Value& a, const Value& b);
  bool FoldIntoShrS(const Value& a, const Value& b);
  bool FoldIntoSpAddress(const Value& address, const Value& index);
  // Takes back what an operation does not need: a mask of a shift's count, an
  // extension before a comparison, which is changed to that of 32 bits.
  Operand WithoutMask(Base shift, const Value& count, uint32_t height);
  void NarrowCompare(Base& comparison, const Value& left, Operand& a,
                     const Value& right, Operand& b);
  bool FoldIntoLoad(Base base, uint64_t offset, Kind d, bool extended,
                    const Value& address);
  bool FoldIntoStore(Base base, uint64_t offset, const Value& value,
                     const Value& address);
  // The access `base`, of `d`, that computes `address` as well, if the
  // operation emitted last is what computed it; else Op::kNone.
  struct FoldedAccess {
    Op op = Op::kNone;
    Operand a, b;
  };
  FoldedAccess FoldAccess(Base base, Kind d, const Value& address) const;
  // Emits it, with that for its `d`.
  uint32_t EmitFolded(const FoldedAccess& access, uint32_t x);

  bool BranchIfAtOnce(const Value& condition, bool sense, Label label);
  bool BinaryAtOnce(Base base, bool extended, const Value& a, const Value& b);

  // Sends the result of the operation at `position` elsewhere if it can be.
  bool Redirect(uint32_t position, Kind kind, uint32_t index);
  // Emits base d, a, b, finding for each operand a kind that exists.
  uint32_t EmitOp(Base base, Operand d, Operand a, Operand b, uint32_t height);
  Operand InSlot(const Operand& operand, uint32_t height);
  // To the place of that kind and index.
  void EmitMove(Kind kind, uint32_t index, const Operand& source);
  // What is left of `value` in `d`, which is a near slot or the accumulator.
  void Evaluate(const Value& value, Operand d);

  CodeBuffer code_;
  OperandStack stack_;
  uint32_t num_locals_ = 0;
  uint32_t max_slot_ = 0;
  uint32_t scratch_ = 0;
  static constexpr uint32_t kNoAim = UINT32_MAX;
  static constexpr uint32_t kHit = UINT32_MAX - 1;
  uint32_t aim_ = kNoAim;
  bool far_branches_ = false;
  bool sp_in_range_ = false;
  static constexpr uint32_t kNobody = UINT32_MAX;
  struct Accumulator {
    Kind kind;
    uint32_t owner = kNobody;  // the height of the value that reads it
    // The operation that set it, if its result can still be sent elsewhere.
    uint32_t def = CodeBuffer::kUnbound;
  };
  static bool IsAccumulator(const Value& value) {
    return value.Is(Kind::kA) || value.Is(Kind::kF);
  }
  Accumulator& AccumulatorOf(Kind kind) {
    return accumulators_[kind == Kind::kA ? 0 : 1];
  }
  // Pushes what the accumulator holds.
  Accumulator& PushResult(Kind kind, bool extended) {
    Accumulator& accumulator = AccumulatorOf(kind);
    accumulator.def = CodeBuffer::kUnbound;
    Value& value = Push(false);
    SetOperand(value, kind, extended);
    accumulator.owner = stack_.height() - 1;
    return accumulator;
  }
  // Sends the accumulator that is `value` elsewhere; see Redirect.
  bool RedirectValue(const Value& value, Kind kind, uint32_t index);

  Accumulator accumulators_[2] = {{Kind::kA}, {Kind::kF}};
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_EMITTER_H_
