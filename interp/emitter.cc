#include "interp/emitter.h"

#include <algorithm>

namespace goshawk::interp {
namespace {

// Divisions and truncations, as op.def has them in a row.
bool Traps(Base base) {
  return (base >= Base::kDivS64 && base <= Base::kRemU32) ||
         (base >= Base::kI32TruncF32S && base <= Base::kI64TruncF64U);
}

}  // namespace

void Emitter::Start(uint32_t num_locals, bool far_branches, bool sp_in_range) {
  code_.Clear();
  stack_.Clear();
  num_locals_ = num_locals;
  far_branches_ = far_branches;
  sp_in_range_ = sp_in_range;
  max_slot_ = 0;
  scratch_ = 0;
  for (Accumulator& accumulator : accumulators_) {
    accumulator.owner = kNobody;
    accumulator.def = CodeBuffer::kUnbound;
  }
}

// ---- The stack --------------------------------------------------------------

void Emitter::MakeWay() {
  if (stack_.num_lazy() == OperandStack::kMostLazy) Flush();
  const uint32_t height = stack_.height();
  // A comparison may still read what has been the slot of its right operand.
  if (height > 0 && stack_.top().IsCompare() &&
      stack_.top().ReadsSlot(SlotOfHeight(height))) {
    FlushHeight(height - 1);
  }
}

void Emitter::PushCompare(Base comparison, Operand a, Operand b) {
  const uint32_t height = stack_.height();
  Value& value = Push(true);
  value.form = Value::Form::kCompare;
  value.extended = true;
  value.sense = true;
  value.type = ValueType{};
  value.comparison = comparison;
  value.a = a;
  value.b = b;
  for (Accumulator& accumulator : accumulators_) {
    if (value.Reads(accumulator.kind)) accumulator.owner = height;
  }
}

bool Emitter::IsLazy(const Value& value, uint32_t height) const {
  if (value.form != Value::Form::kOperand) return true;
  if (value.a.kind == Kind::kM || value.a.kind == Kind::kI) return true;
  return value.a.kind == Kind::kS && value.a.index != SlotOfHeight(height);
}

void Emitter::PushAgain() {
  const uint32_t height = stack_.height();
  const bool lazy = IsLazy(stack_.at(height), height);
  const Value& value = Push(lazy);
  for (Accumulator& accumulator : accumulators_) {
    if (value.Reads(accumulator.kind)) accumulator.owner = height;
  }
}

void Emitter::FlushHeight(uint32_t height) {
  Value& value = stack_.at(height);
  const uint32_t slot = SlotOfHeight(height);
  if (value.Is(Kind::kS) && value.a.index == slot) return;
  MoveToSlot(value, slot);
  for (Accumulator& accumulator : accumulators_) {
    if (accumulator.owner == height) accumulator.owner = kNobody;
  }
  Value flushed;
  flushed.a = Operand::Slot(slot);
  flushed.extended = value.extended || value.IsCompare();
  flushed.type = value.type;
  value = flushed;
}

template <class Predicate>
static void FlushLazy(Emitter& emitter, Predicate predicate) {
  OperandStack& stack = emitter.stack();
  stack.ForLazy([&](uint32_t height) {
    if (!predicate(stack.at(height))) return false;
    emitter.FlushHeight(height);
    return true;
  });
}

void Emitter::Flush() {
  for (const Accumulator& accumulator : accumulators_) {
    if (accumulator.owner != kNobody) FlushHeight(accumulator.owner);
  }
  FlushLazy(*this, [](const Value&) { return true; });
}

void Emitter::FlushReadsOfSlot(uint32_t slot) {
  FlushLazy(*this,
            [slot](const Value& value) { return value.ReadsSlot(slot); });
}

void Emitter::FlushLazyReadsOfMemory() {
  FlushLazy(*this, [](const Value& value) { return value.Reads(Kind::kM); });
}

void Emitter::FlushUsesOfSp() {
  FlushLazy(*this, [](const Value& value) { return value.DependsOnSp(); });
}

void Emitter::FlushAccumulator(Kind kind) {
  const uint32_t height = AccumulatorOf(kind).owner;
  if (height == kNobody) return;
  FlushHeight(height);
  // A comparison was lazy; now it is not.
  stack_.ForLazy([height](uint32_t lazy) { return lazy == height; });
}

// ---- Moving values ----------------------------------------------------------

uint32_t Emitter::NextScratch() {
  const uint32_t slot = kNearSlots + scratch_;
  scratch_ = (scratch_ + 1) % kScratchSlots;
  Touch(slot);
  return slot;
}

uint32_t Emitter::MakeNear(uint32_t slot) {
  const uint32_t scratch = NextScratch();
  code_.Emit(Op::kFarGet_SNN, scratch, 0, slot);
  return scratch;
}

bool Emitter::Redirect(uint32_t position, Kind kind, uint32_t index) {
  if (position == CodeBuffer::kUnbound || index > UINT8_MAX) return false;
  const OpInfo& info = Info(code_.OpAt(position));
  if (info.d != Kind::kA && info.d != Kind::kF) return false;
  const Op op = FindOp(info.base, kind, info.a, info.b);
  if (op == Op::kNone) return false;
  code_.at(position).handler = static_cast<uint32_t>(op);
  code_.at(position).x = static_cast<uint8_t>(index);
  return true;
}

bool Emitter::RedirectValue(const Value& value, Kind kind, uint32_t index) {
  if (!IsAccumulator(value)) return false;
  Accumulator& accumulator = AccumulatorOf(value.a.kind);
  if (!Redirect(accumulator.def, kind, index)) return false;
  accumulator.def = CodeBuffer::kUnbound;
  return true;
}

void Emitter::EmitMove(Kind kind, uint32_t index, const Operand& source) {
  if (source.kind == Kind::kI) {
    const Kind constant = Fits16(source.constant) ? Kind::kI : Kind::kJ;
    code_.Emit(FindOp(Base::kMove, kind, Kind::kN, constant), index, 0,
               static_cast<uint32_t>(source.constant));
    if (constant == Kind::kJ) code_.EmitData<int64_t>(source.constant);
    return;
  }
  const Operand near = Near(source);
  code_.Emit(FindOp(Base::kMove, kind, Kind::kN, near.kind), index, 0,
             near.index);
}

void Emitter::Evaluate(const Value& value, Operand d) {
  switch (value.form) {
    case Value::Form::kOperand:
      EmitMove(d.kind, d.index, value.a);
      break;
    case Value::Form::kSpAddress: {
      const int64_t offset = value.a.constant;
      const Kind kind = Fits16(offset) ? Kind::kI : Kind::kJ;
      code_.Emit(FindOp(Base::kSpAddress, d.kind, Kind::kN, kind), d.index, 0,
                 static_cast<uint32_t>(offset));
      if (kind == Kind::kJ) code_.EmitData<int64_t>(offset);
      break;
    }
    case Value::Form::kCompare: {
      const Base opposite = Opposite(value.comparison);
      const bool negate = !value.sense && opposite == value.comparison;
      // Constants and far slots may need a slot of their own: d's, as nothing
      // is in it yet.
      EmitOp(value.sense ? value.comparison : opposite, d, value.a, value.b,
             CodeBuffer::kUnbound);
      if (negate) {
        EmitOp(Base::kEq64, d, d, Operand::Constant(0), CodeBuffer::kUnbound);
      }
      break;
    }
  }
}

void Emitter::MoveToSlot(const Value& value, uint32_t slot) {
  Touch(slot);
  if (RedirectValue(value, Kind::kS, slot)) return;
  if (IsNear(slot)) {
    if (value.Is(Kind::kS) && !IsNear(value.a.index)) {
      code_.Emit(Op::kFarGet_SNN, slot, 0, value.a.index);
    } else {
      Evaluate(value, Operand::Slot(slot));
    }
    return;
  }
  Operand near = Operand::Slot(NextScratch());
  if (value.Is(Kind::kS) && IsNear(value.a.index)) {
    near = value.a;
  } else {
    KeepOldResult(value);
    MoveToSlot(value, near.index);
  }
  code_.Emit(Op::kFarSet_SNN, near.index, 0, slot);
}

void Emitter::EmitToSlot(Op op, uint32_t slot, uint32_t y) {
  if (IsNear(slot)) {
    code_.Emit(op, slot, y);
    return;
  }
  const uint32_t scratch = NextScratch();
  code_.Emit(op, scratch, y);
  code_.Emit(Op::kFarSet_SNN, scratch, 0, slot);
}

uint32_t Emitter::SlotFor(const Operand& operand) {
  return InSlot(operand, CodeBuffer::kUnbound).index;
}

void Emitter::MoveToAccumulator(const Value& value) {
  if (value.Is(Kind::kA)) return;
  Evaluate(value, Operand::Accumulator());
}

uint32_t Emitter::ToSlot(const Value& value, uint32_t height) {
  if (value.Is(Kind::kS)) return Near(value.a).index;
  const uint32_t slot = SlotOfHeight(height);
  MoveToSlot(value, slot);
  return Near(Operand::Slot(slot)).index;
}

Value Emitter::InLastingSlot(const Value& value) {
  if (value.Is(Kind::kS)) return value;
  Value moved;
  moved.a = Operand::Slot(SlotOfHeight(stack_.height()));
  MoveToSlot(value, moved.a.index);
  return moved;
}

Operand Emitter::ToOperand(const Value& value, uint32_t height) {
  if (value.form == Value::Form::kOperand) return Near(value.a);
  const uint32_t slot = SlotOfHeight(height);
  MoveToSlot(value, slot);
  return Near(Operand::Slot(slot));
}

Operand Emitter::InSlot(const Operand& operand, uint32_t height) {
  if (operand.kind == Kind::kS) return operand;
  // A scratch slot where there is no height to take one from.
  const uint32_t slot =
      height == CodeBuffer::kUnbound ? NextScratch() : SlotOfHeight(height);
  Touch(slot);
  if (!IsNear(slot)) {
    const Operand near = Operand::Slot(NextScratch());
    EmitMove(near.kind, near.index, operand);
    return near;
  }
  EmitMove(Kind::kS, slot, operand);
  return Operand::Slot(slot);
}

// ---- Operations -------------------------------------------------------------

uint32_t Emitter::EmitOp(Base base, Operand d, Operand a, Operand b,
                         uint32_t height) {
  a = Near(a);
  b = Near(b);
  uint32_t height_of_b = height == CodeBuffer::kUnbound ? height : height + 1;
  if (a.kind == Kind::kI && b.kind != Kind::kI) {
    if (Base exchanged = Exchanged(base); exchanged != Base::kUnreachable) {
      base = exchanged;
      std::swap(a, b);
      std::swap(height, height_of_b);
    }
  }
  if (a.kind == Kind::kI) a = InSlot(a, height);
  auto emit = [&](Kind kind_of_b) {
    const Op op = FindOp(base, d.kind, a.kind, kind_of_b);
    if (op == Op::kNone) return false;
    const uint32_t z =
        b.kind == Kind::kI ? static_cast<uint32_t>(b.constant) : b.index;
    code_.Emit(op, d.index, a.index, z);
    if (kind_of_b == Kind::kJ) code_.EmitData<int64_t>(b.constant);
    return true;
  };
  for (;;) {
    if (b.kind != Kind::kI) {
      if (emit(b.kind)) break;
    } else {
      if (Fits16(b.constant) && emit(Kind::kI)) break;
      if (emit(Kind::kJ)) break;
    }
    // Another kind of operand is wanted: a slot always does. Constants are left
    // to the last, as most operations take them, some nothing else.
    const bool constant_fits =
        b.kind == Kind::kI &&
        (FindOp(base, d.kind, Kind::kS, Kind::kJ) != Op::kNone ||
         (Fits16(b.constant) &&
          FindOp(base, d.kind, Kind::kS, Kind::kI) != Op::kNone));
    if (b.kind != Kind::kS && !(constant_fits && a.kind != Kind::kS)) {
      b = InSlot(b, height_of_b);
    } else {
      a = InSlot(a, height);
    }
  }
  return code_.last();
}

void Emitter::ResultInAccumulator(uint32_t position, bool extended) {
  if (aim_ != kNoAim && stack_.empty() && code_.last() == position &&
      Redirect(position, Kind::kS, aim_)) {
    aim_ = kHit;
    return;
  }
  Accumulator& accumulator = PushResult(Info(code_.OpAt(position)).d, extended);
  // Pushing may have used the slot that the result could be sent to.
  if (code_.last() == position) accumulator.def = position;
}

// Most have operands that some operation takes as they are, none of which was
// computed just now, so that there is nothing to combine.
inline bool Emitter::BinaryAtOnce(Base base, bool extended, const Value& a,
                                  const Value& b) {
  const auto suits = [this](const Value& value) {
    return (value.Is(Kind::kS) && IsNear(value.a.index)) || value.Is(Kind::kM);
  };
  const bool constant = b.IsConstant() && Fits16(b.a.constant);
  if (!suits(a) || !(constant || suits(b)) || Traps(base)) return false;
  const Kind d = AccumulatorFor(base);
  const Op op = FindOp(base, d, a.a.kind, b.a.kind);
  if (op == Op::kNone) return false;
  FlushAccumulator(d);
  const uint32_t z = constant ? static_cast<uint32_t>(b.a.constant) : b.a.index;
  ResultInAccumulator(code_.Emit(op, 0, a.a.index, z), extended);
  return true;
}

void Emitter::Binary(Base base, bool extended) {
  const Value& b = Pop();
  const Value& a = Pop();
  if (BinaryAtOnce(base, extended, a, b)) return;
  if (base == Base::kAdd64 && (FoldIntoAdd(a, b) || FoldIntoAdd(b, a))) return;
  if (base == Base::kAnd64 &&
      (FoldIntoAnd(a, b) || FoldIntoAndNot(a, b) || FoldIntoAndNot(b, a))) {
    return;
  }
  if (base == Base::kShrS64 && FoldIntoShrS(a, b)) return;
  const Kind d = AccumulatorFor(base);
  FlushAccumulator(d);
  if (Traps(base)) FlushReadsOfMemory();
  const uint32_t height = stack_.height();
  const Operand left = ToOperand(a, height);
  const Operand right = WithoutMask(base, b, height + 1);
  ResultInAccumulator(
      EmitOp(base, Operand::Accumulator(d), left, right, height), extended);
}

void Emitter::Unary(Base base, bool extended) {
  const Value& value = Pop();
  const Kind d = AccumulatorFor(base);
  FlushAccumulator(d);
  if (Traps(base)) FlushReadsOfMemory();
  const uint32_t height = stack_.height();
  Operand a = ToOperand(value, height);
  if (FindOp(base, d, a.kind, Kind::kN) == Op::kNone) a = InSlot(a, height);
  ResultInAccumulator(code_.Emit(FindOp(base, d, a.kind, Kind::kN), 0, a.index),
                      extended);
}

void Emitter::Compare(Base comparison) {
  const Value& right = Pop();
  const Value& left = Pop();
  const uint32_t height = stack_.height();
  Operand a =
      left.form == Value::Form::kOperand ? left.a : ToOperand(left, height);
  Operand b = right.form == Value::Form::kOperand
                  ? right.a
                  : ToOperand(right, height + 1);
  NarrowCompare(comparison, left, a, right, b);
  if (a.kind == Kind::kI && b.kind != Kind::kI) {
    if (Base exchanged = Exchanged(comparison);
        exchanged != Base::kUnreachable) {
      comparison = exchanged;
      std::swap(a, b);
    }
  }
  PushCompare(comparison, a, b);
}

void Emitter::CompareWithZero(Base comparison) {
  if (stack_.top().IsCompare()) {
    stack_.top().sense = !stack_.top().sense;
    return;
  }
  PushConstant(0, true);
  Compare(comparison);
}

void Emitter::Select() {
  const Value condition = Pop();
  const Value b = Pop();
  const Value a = Pop();
  FlushAccumulator(Kind::kA);
  const uint32_t height = stack_.height();
  const uint32_t slot_a = ToSlot(a, height);
  const uint32_t slot_b = ToSlot(b, height + 1);
  const uint32_t slot_condition = ToSlot(condition, height + 2);
  ResultInAccumulator(
      code_.Emit(Op::kSelect_ASS, 0, slot_a, slot_b | slot_condition << 8),
      a.extended && b.extended);
}

void Emitter::StoreLocal(uint32_t slot) {
  const Value& value = Pop();
  if (value.Is(Kind::kS) && value.a.index == slot) return;
  FlushReadsOfSlot(slot);
  KeepOldResult(value);
  MoveToSlot(value, slot);
}

void Emitter::Jump(Label label) {
  if (far_branches_) {
    code_.EmitJumpFar(label);
  } else {
    code_.EmitJump(label);
  }
}

// Most are comparisons whose operands some branch takes as they are.
inline bool Emitter::BranchIfAtOnce(const Value& condition, bool sense,
                                    Label label) {
  if (!condition.IsCompare() || far_branches_) return false;
  const Operand& a = condition.a;
  const Operand& b = condition.b;
  const bool constant = b.kind == Kind::kI;
  if (a.kind == Kind::kI || (a.kind == Kind::kS && !IsNear(a.index)) ||
      (b.kind == Kind::kS && !IsNear(b.index)) ||
      (constant && !Fits8(b.constant))) {
    return false;
  }
  const Op op = FindOp(BranchOn(condition.comparison, sense == condition.sense),
                       Kind::kN, a.kind, b.kind);
  if (op == Op::kNone) return false;
  code_.EmitBranch(op, a.index,
                   constant ? static_cast<uint32_t>(b.constant) : b.index,
                   label);
  return true;
}

void Emitter::BranchIf(const Value& condition, bool sense, Label label) {
  if (BranchIfAtOnce(condition, sense, label)) return;
  const uint32_t height = stack_.height();
  if (condition.IsConstant()) {
    if ((static_cast<uint32_t>(condition.a.constant) != 0) == sense) {
      Jump(label);
    }
    return;
  }
  Value test = condition;
  if (!condition.IsCompare()) {
    test.form = Value::Form::kCompare;
    test.comparison = Base::kNe32;
    test.sense = true;
    test.a = ToOperand(condition, height);
    test.b = Operand::Constant(0);
  }
  Operand a = Near(test.a);
  Operand b = Near(test.b);
  if (a.kind == Kind::kI) a = InSlot(a, height);
  Label skip = 0;
  if (far_branches_) {
    skip = code_.NewLabel();
    sense = !sense;
  }
  const Base base = BranchOn(test.comparison, sense == test.sense);
  for (;;) {
    Kind kind_of_b = b.kind;
    Op op = FindOp(base, Kind::kN, a.kind, kind_of_b);
    if (b.kind == Kind::kI && (op == Op::kNone || !Fits8(b.constant))) {
      kind_of_b = Kind::kJ;
      op = FindOp(base, Kind::kN, a.kind, kind_of_b);
    }
    if (op == Op::kNone) {
      if (b.kind != Kind::kS) {
        b = Operand::Slot(SlotFor(b));
      } else {
        a = Operand::Slot(SlotFor(a));
      }
      continue;
    }
    const uint32_t y =
        b.kind == Kind::kI ? static_cast<uint32_t>(b.constant) : b.index;
    code_.EmitBranch(op, a.index, y, far_branches_ ? skip : label);
    if (kind_of_b == Kind::kJ) code_.EmitData<int64_t>(b.constant);
    break;
  }
  if (far_branches_) {
    code_.EmitJumpFar(label);
    code_.Bind(skip);
  }
}

}  // namespace goshawk::interp
