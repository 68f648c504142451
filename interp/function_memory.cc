// The part of FunctionTranslator that handles what memory and tables have
// besides loads and stores.

#include "interp/function_translator.h"

namespace goshawk::interp {

bool FunctionTranslator::LinearMemory(WasmOp op) {
  OperandStack& stack = emit_.stack();
  switch (op) {
    case WasmOp::kMemorySize: {
      if (!ReadMemoryIndex()) return Unsure();
      const uint32_t slot = emit_.SlotOfHeight(stack.height());
      emit_.PushSlot(slot, true);
      emit_.EmitToSlot(Op::kMemorySize_SNN, slot);
      return Typed(ValueType::kI32);
    }
    case WasmOp::kMemoryGrow: {
      if (!ReadMemoryIndex() || !Takes(ValueType::kI32)) return Unsure();
      emit_.FlushReadsOfMemory();
      const Value delta = emit_.Pop();
      const uint32_t source = emit_.ToSlot(delta, stack.height());
      const uint32_t slot = emit_.SlotOfHeight(stack.height());
      emit_.PushSlot(slot, true);
      emit_.EmitToSlot(Op::kMemoryGrow_SSN, slot, source);
      return Typed(ValueType::kI32);
    }
    case WasmOp::kMemoryCopy:
    case WasmOp::kMemoryFill: {
      if (!ReadMemoryIndex() ||
          (op == WasmOp::kMemoryCopy && !ReadMemoryIndex()) ||
          !Takes({ValueType::kI32, ValueType::kI32, ValueType::kI32})) {
        return Unsure();
      }
      const Value size = emit_.Pop();
      const Value from = emit_.Pop();
      const Value to = emit_.Pop();
      emit_.FlushReadsOfMemory();
      const uint32_t height = stack.height();
      const uint32_t x = emit_.ToSlot(to, height);
      const uint32_t y = emit_.ToSlot(from, height + 1);
      const uint32_t z = emit_.ToSlot(size, height + 2);
      code().Emit(
          op == WasmOp::kMemoryCopy ? Op::kMemoryCopy_SSS : Op::kMemoryFill_SSS,
          x, y, z);
      return true;
    }
    default:
      return validated_ ? SegmentOrTable(op) : Unsure();
  }
}

bool FunctionTranslator::SegmentOrTable(WasmOp op) {
  switch (op) {
    case WasmOp::kMemoryInit: {
      const uint32_t segment = ReadU32();
      ++pos_;
      return Cold(&MemoryInit, segment, 0, 3, false);
    }
    case WasmOp::kDataDrop:
      return Cold(&DataDrop, ReadU32(), 0, 0, false);
    case WasmOp::kTableInit: {
      const uint32_t segment = ReadU32();
      return Cold(&TableInit, segment, ReadU32(), 3, false);
    }
    case WasmOp::kElemDrop:
      return Cold(&ElemDrop, ReadU32(), 0, 0, false);
    case WasmOp::kTableCopy: {
      const uint32_t to = ReadU32();
      return Cold(&TableCopy, to, ReadU32(), 3, false);
    }
    case WasmOp::kTableGet:
      return Cold(&TableGet, ReadU32(), 0, 1, true);
    case WasmOp::kTableSet:
      return Cold(&TableSet, ReadU32(), 0, 2, false);
    case WasmOp::kTableSize:
      return Cold(&TableSize, ReadU32(), 0, 0, true);
    case WasmOp::kTableGrow:
      return Cold(&TableGrow, ReadU32(), 0, 2, true);
    case WasmOp::kTableFill:
      return Cold(&TableFill, ReadU32(), 0, 3, false);
    default:
      return Fail(Outcome::kTooLarge);  // not reached: the body is valid
  }
}

bool FunctionTranslator::Cold(Trap (*run)(State*, const ColdCall&, uint64_t*),
                              uint32_t a, uint32_t b, uint32_t params,
                              bool result) {
  cold_calls_.push_back({run, a, b});
  uint32_t arguments = 0;
  PrepareCall(params, result ? 1 : 0, arguments);
  code().Emit(Op::kCold_NNJ, 0, 0, arguments);
  code().EmitData<const ColdCall*>(&cold_calls_.back());
  if (result) {
    emit_.PushSlot(arguments);
    emit_.FlushHeight(emit_.stack().height() - 1);
  }
  return true;
}

}  // namespace goshawk::interp
