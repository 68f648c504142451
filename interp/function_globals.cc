// The part of FunctionTranslator that handles globals, of which one is the
// stack pointer.

#include <utility>

#include "interp/function_translator.h"

namespace goshawk::interp {

bool FunctionTranslator::GlobalGet(uint32_t global) {
  if (global >= module_.global_types.size()) return Unsure();
  const ValueType type = module_.global_types[global].value;
  if (global == 0 && has_sp_) {
    if (go_ && PeekOp() == WasmOp::kLocalSet && Peek(1) == 1) {
      pos_ += 2;
      return true;
    }
    FlushSp();
    emit_.PushSpAddress(0, true);
    return Typed(type);
  }
  emit_.FlushAccumulator(Kind::kA);
  const uint32_t position = code().Emit(Op::kGlobalGet_ANJ);
  code().EmitData<const GlobalVariable*>(state_.globals[global]);
  emit_.ResultInAccumulator(position, false);
  return Typed(type);
}

bool FunctionTranslator::GlobalSet(uint32_t global) {
  if (global >= module_.global_types.size() ||
      !module_.global_types[global].is_mutable ||
      !Takes(module_.global_types[global].value)) {
    return Unsure();
  }
  if (global == 0 && has_sp_) {
    if (go_) return Fail(Outcome::kNotGo);
    SetSp(emit_.Pop());
    return true;
  }
  const Value value = emit_.Pop();
  emit_.FlushReadsOfMemory();
  const Operand operand = InAccumulatorOrSlot(value);
  code().Emit(FindOp(Base::kGlobalSet, operand.kind, Kind::kN, Kind::kJ),
              operand.index);
  code().EmitData<GlobalVariable*>(state_.globals[global]);
  return true;
}

Operand FunctionTranslator::InAccumulatorOrSlot(const Value& value) {
  const uint32_t height = emit_.stack().height();
  const Operand operand = emit_.ToOperand(value, height);
  if (operand.kind == Kind::kA || operand.kind == Kind::kS) return operand;
  return Operand::Slot(emit_.ToSlot(value, height));
}

void FunctionTranslator::SetSp(const Value& value) {
  emit_.FlushUsesOfSp();
  if (value.IsSpAddress()) {
    AddToSp(value.a.constant);
    return;
  }
  const Operand operand = InAccumulatorOrSlot(value);
  code().Emit(operand.kind == Kind::kA ? Op::kSpSet_NNA : Op::kSpSet_NNS, 0, 0,
              operand.index);
}

void FunctionTranslator::AddToSp(int64_t offset) {
  if (offset == 0) return;
  if (offset == static_cast<int16_t>(offset)) {
    code().Emit(Op::kSpAdd_NNI, 0, 0, static_cast<uint32_t>(offset));
    return;
  }
  const uint32_t slot = emit_.SlotOfHeight(emit_.stack().height());
  Value address;
  address.form = Value::Form::kSpAddress;
  address.a.constant = offset;
  emit_.MoveToSlot(address, slot);
  Value moved;
  moved.a = Operand::Slot(slot);
  code().Emit(Op::kSpSet_NNS, 0, 0,
              emit_.ToSlot(moved, emit_.stack().height()));
}

// Addition and subtraction of an address relative to sp and a constant.
bool FunctionTranslator::SpArithmetic(WasmOp op) {
  OperandStack& stack = emit_.stack();
  const uint32_t height = stack.height();
  const bool subtract = op == WasmOp::kI32Sub || op == WasmOp::kI64Sub;
  const bool in_64_bits = op == WasmOp::kI64Add || op == WasmOp::kI64Sub;
  uint32_t address = height - 2, constant = height - 1;
  if (stack.at(constant).IsSpAddress() && !subtract) {
    std::swap(address, constant);
  }
  if (!stack.at(address).IsSpAddress() || !stack.at(constant).IsConstant()) {
    return false;
  }
  bool extended = stack.at(address).extended;
  if (in_64_bits && !extended) return false;
  const auto base = static_cast<uint64_t>(stack.at(address).a.constant);
  const auto offset = static_cast<uint64_t>(stack.at(constant).a.constant);
  const uint64_t sum = subtract ? base - offset : base + offset;
  const int64_t result = in_64_bits ? static_cast<int64_t>(sum)
                                    : int64_t{static_cast<int32_t>(sum)};
  if (!in_64_bits) extended = result == 0;
  emit_.Pop();
  emit_.Pop();
  emit_.PushSpAddress(result, extended);
  return true;
}

}  // namespace goshawk::interp
