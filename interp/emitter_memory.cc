// The emitter's loads and stores, which have the most forms.

#include "interp/emitter.h"

namespace goshawk::interp {

void Emitter::Load(Base base, uint64_t offset, Kind d, bool extended) {
  // op.def has the forms at sp and at a constant right after the general one.
  const auto at_sp = static_cast<Base>(static_cast<int>(base) + 1);
  const auto at_constant = static_cast<Base>(static_cast<int>(base) + 2);
  const Value& address = Pop();
  const uint32_t height = stack_.height();
  if (IsNearSp(address)) {
    const uint64_t total = static_cast<uint64_t>(address.a.constant) + offset;
    if (base == Base::kLoad64 && total % 8 == 0 && total / 8 < kStackWords) {
      PushStackWord(static_cast<uint32_t>(total / 8));
      return;
    }
    if (total <= UINT16_MAX) {
      FlushAccumulator(d);
      ResultInAccumulator(code_.Emit(FindOp(at_sp, d, Kind::kN, Kind::kI), 0, 0,
                                     static_cast<uint32_t>(total)),
                          extended);
      return;
    }
  }
  if (FoldIntoLoad(base, offset, d, extended, address)) return;
  FlushAccumulator(d);
  if (address.IsConstant()) {
    const uint32_t position =
        code_.Emit(FindOp(at_constant, d, Kind::kN, Kind::kJ));
    code_.EmitData<uint64_t>(static_cast<uint32_t>(address.a.constant) +
                             offset);
    ResultInAccumulator(position, extended);
    return;
  }
  Operand a = ToOperand(address, height);
  if (a.kind == Kind::kF) a = InSlot(a, height);
  if (offset <= UINT16_MAX) {
    ResultInAccumulator(code_.Emit(FindOp(base, d, a.kind, Kind::kN), 0,
                                   a.index, static_cast<uint32_t>(offset)),
                        extended);
    return;
  }
  a = InSlot(a, height);
  const uint32_t slot = NextScratch();
  code_.Emit(FindOp(base, Kind::kS, Kind::kS, Kind::kJ), slot, a.index);
  code_.EmitData<uint64_t>(offset);
  ResultInAccumulator(
      code_.Emit(FindOp(Base::kMove, d, Kind::kN, Kind::kS), 0, 0, slot),
      extended);
}

void Emitter::Store(Base base, uint64_t offset) {
  const auto at_sp = static_cast<Base>(static_cast<int>(base) + 1);
  const auto at_constant = static_cast<Base>(static_cast<int>(base) + 2);
  const Value& value = Pop();
  const Value& address = Pop();
  if (FoldIntoStore(base, offset, value, address)) return;
  FlushReadsOfMemory();
  const uint32_t height = stack_.height();
  const uint64_t total = static_cast<uint64_t>(address.a.constant) + offset;
  const bool near_sp = IsNearSp(address) && total <= UINT16_MAX;
  if (near_sp && base == Base::kStore64 && total % 8 == 0 &&
      total / 8 < kStackWords) {
    const auto index = static_cast<uint32_t>(total / 8);
    if (IsAccumulator(value) &&
        AccumulatorOf(value.a.kind).def == code_.last() &&
        RedirectValue(value, Kind::kM, index)) {
      return;
    }
    const Operand word{Kind::kM, index, 0};
    if (value.IsSpAddress() && Fits16(value.a.constant)) {
      Evaluate(value, word);
    } else {
      EmitMove(Kind::kM, index, ToOperand(value, height + 1));
    }
    return;
  }
  Operand v = ToOperand(value, height + 1);
  const bool immediate = v.kind == Kind::kI && Fits8(v.constant);
  if ((v.kind == Kind::kI && !immediate) ||
      (v.kind == Kind::kF && base != Base::kStore64)) {
    v = InSlot(v, height + 1);
  }
  const uint32_t x = immediate ? static_cast<uint32_t>(v.constant) : v.index;
  if (near_sp) {
    if (v.kind == Kind::kM) v = InSlot(v, height + 1);
    code_.Emit(FindOp(at_sp, v.kind, Kind::kN, Kind::kI),
               immediate ? x : v.index, 0, static_cast<uint32_t>(total));
    return;
  }
  if (address.IsConstant()) {
    if (v.kind == Kind::kM) v = InSlot(v, height + 1);
    code_.Emit(FindOp(at_constant, v.kind, Kind::kN, Kind::kJ),
               immediate ? x : v.index);
    code_.EmitData<uint64_t>(static_cast<uint32_t>(address.a.constant) +
                             offset);
    return;
  }
  Operand a = ToOperand(address, height);
  if (offset > UINT16_MAX) {
    a = InSlot(a, height);
    v = InSlot(v, height + 1);
    code_.Emit(FindOp(base, Kind::kS, Kind::kS, Kind::kJ), v.index, a.index);
    code_.EmitData<uint64_t>(offset);
    return;
  }
  Op op =
      a.kind == Kind::kF ? Op::kNone : FindOp(base, v.kind, a.kind, Kind::kN);
  if (op == Op::kNone) {
    a = InSlot(a, height);
    op = FindOp(base, v.kind, a.kind, Kind::kN);
  }
  code_.Emit(op, x, a.index, static_cast<uint32_t>(offset));
}

}  // namespace goshawk::interp
