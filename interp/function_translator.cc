#include "interp/function_translator.h"

#include <cstring>
#include <utility>

#include "interp/forwarding.h"
#include "interp/instruction.h"
#include "interp/lowering.h"

namespace goshawk::interp {

FunctionTranslator::FunctionTranslator(State& state,
                                       std::function<bool(uint32_t)> is_valid)
    : state_(state),
      module_(*state.module),
      body_is_valid_(std::move(is_valid)),
      has_sp_(HasStackPointer(*state.module)) {}

// ---- Reading; the body is valid ---------------------------------------------

uint64_t FunctionTranslator::ReadLongNumber(bool is_signed) {
  uint64_t value = 0;
  int shift = 0;
  uint8_t byte;
  do {
    byte = *pos_++;
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    shift += 7;
  } while (byte >= 0x80);
  if (is_signed && shift < 64 && (byte & 0x40) != 0) {
    value |= ~uint64_t{0} << shift;
  }
  return value;
}

uint64_t FunctionTranslator::ReadFixed(int bytes) {
  uint64_t value = 0;
  std::memcpy(&value, pos_, static_cast<size_t>(bytes));
  pos_ += bytes;
  return value;
}

WasmOp FunctionTranslator::ReadOp() {
  const uint8_t byte = *pos_++;
  if (byte != kPrefixFc) return static_cast<WasmOp>(byte);
  return static_cast<WasmOp>(0xfc00 | ReadU32());
}

void FunctionTranslator::SkipImmediates(const WasmOpInfo& info) {
  if (info.immediate == ImmediateKind::kNone) return;
  const auto offset = static_cast<size_t>(pos_ - module_.bytes.data());
  ByteReader in(module_.bytes, offset, module_.bytes.size() - offset);
  SkipImmediate(in, info.immediate);
  pos_ = module_.bytes.data() + in.offset();
}

void FunctionTranslator::SkipUnreachable() {
  int depth = 0;
  while (pos_ != end_) {
    const uint8_t* start = pos_;
    const WasmOp op = ReadOp();
    if (depth == 0 && (op == WasmOp::kEnd || op == WasmOp::kElse)) {
      pos_ = start;
      return;
    }
    if (op == WasmOp::kEnd) --depth;
    if (op == WasmOp::kBlock || op == WasmOp::kLoop || op == WasmOp::kIf) {
      ++depth;
    }
    SkipImmediates(Info(op));
  }
}

// ---- The walk ---------------------------------------------------------------

FunctionTranslator::Outcome FunctionTranslator::Run(const Function& function,
                                                    bool go,
                                                    bool far_branches) {
  const FuncBody& body =
      module_.bodies[function.index - module_.imported_funcs];
  function_ = &function;
  type_ = function.type;
  begin_ = pos_ = module_.bytes.data() + body.body_offset;
  end_ = pos_ + body.body_size;
  go_ = go;
  may_unwind_ = type_->params.size() == 1 && type_->results.size() == 1 &&
                type_->params[0] == ValueType::kI32 &&
                type_->results[0] == ValueType::kI32;
  controls_.clear();
  outcome_ = Outcome::kDone;
  pending_sp_ = 0;

  num_params_ = static_cast<uint32_t>(type_->params.size());
  num_locals_ = num_params_;
  ValueType second_local = ValueType::kFuncRef;
  for (uint32_t groups = ReadU32(); groups > 0; --groups) {
    const uint32_t count = ReadU32();
    if (num_locals_ == 1 && count > 0) {
      second_local = static_cast<ValueType>(*pos_);
    }
    num_locals_ += count;
    ++pos_;
  }
  if (num_locals_ > Emitter::kMaxSlots || num_params_ > Emitter::kNearSlots ||
      type_->results.size() > Emitter::kNearSlots) {
    return Outcome::kTooLarge;
  }
  emit_.Start(num_locals_, far_branches, go_);
  if (go_ && (second_local != ValueType::kI32 || !StartGo())) {
    return Outcome::kNotGo;
  }

  uint32_t enter = 0;
  entry_ = go_entry_ = CodeBuffer::kUnbound;
  if (!go_) {
    entry_ = 0;
    enter = code().Emit(Op::kEnter_NNJ);
    const uint32_t end = num_locals_ == num_params_
                             ? num_params_
                             : emit_.SlotOfLocal(num_locals_ - 1) + 1;
    code().EmitData<uint64_t>(uint64_t{num_params_} << 32 |
                              (end - num_params_));
  }
  PushControl(Control::kFunction, 0,
              static_cast<uint32_t>(type_->results.size()));
  const Outcome outcome = Walk();
  if (outcome != Outcome::kDone) return outcome;

  if (go_) {
    if (!FinishGo()) return outcome_;
  } else if (may_unwind_) {
    const Label start = code().NewLabel();
    go_entry_ = code().Emit(Op::kMove_SNI, emit_.SlotOfLocal(0));
    emit_.Jump(start);
    // The label is bound where the code begins.
    code().BindAt(start, 0);
  }
  if (num_slots() > Emitter::kMaxSlots) return Outcome::kTooLarge;
  if (!go_) code().at(enter).z = static_cast<uint16_t>(num_slots());
  if (!code().ResolveBranches()) return Outcome::kTooFar;
  ForwardResults(code());
  return Outcome::kDone;
}

// The instructions since the last step become one. Operations that were taken
// back no longer belong to those before.
void FunctionTranslator::NoteStep() {
  const uint32_t shortest = code().TakeShortest();
  for (auto step = steps_->rbegin();
       step != steps_->rend() && step->code > shortest; ++step) {
    step->code = shortest;
  }
  steps_->push_back(
      {static_cast<size_t>(pos_ - module_.bytes.data()), code().size()});
}

inline bool FunctionTranslator::Instruction(WasmOp op) {
  switch (op) {
    case WasmOp::kUnreachable:
      FlushSp();
      emit_.FlushReadsOfMemory();
      code().Emit(Op::kUnreachable_NNN);
      MarkUnreachable();
      return true;
    case WasmOp::kNop:
      return true;
    case WasmOp::kBlock:
      StartConstruct(Control::kBlock);
      StartBlocks();
      return true;
    case WasmOp::kLoop:
      StartConstruct(Control::kLoop);
      return true;
    case WasmOp::kIf:
      return StartIf();
    case WasmOp::kElse:
      Else();
      return true;
    case WasmOp::kEnd:
      return End();
    case WasmOp::kBr:
      return Branch(ReadU32());
    case WasmOp::kBrIf:
      return BranchIf(ReadU32());
    case WasmOp::kBrTable:
      return BranchTable();
    case WasmOp::kReturn:
      Return();
      return true;
    case WasmOp::kCall:
      return Call(ReadU32());
    case WasmOp::kCallIndirect:
      return CallIndirect();
    case WasmOp::kDrop:
      // Reading memory may trap even if nobody wants the value.
      emit_.FlushReadsOfMemory();
      emit_.Pop();
      return true;
    case WasmOp::kSelectTyped:
      SkipImmediates(Info(op));
      emit_.Select();
      return true;
    case WasmOp::kSelect:
      emit_.Select();
      return true;
    case WasmOp::kLocalGet:
      if (go_ && Peek() == 1) {
        ++pos_;
        return GoLocalGetSp();
      }
      return LocalGet(ReadU32());
    case WasmOp::kLocalSet:
      return LocalSet(ReadU32(), false);
    case WasmOp::kLocalTee:
      return LocalSet(ReadU32(), true);
    case WasmOp::kGlobalGet:
      return GlobalGet(ReadU32());
    case WasmOp::kGlobalSet:
      return GlobalSet(ReadU32());
    case WasmOp::kI32Const: {
      const auto value = static_cast<int32_t>(ReadS64());
      if (go_) {
        bool done = false;
        if (!GoConst(value, done)) return false;
        if (done) return true;
      }
      emit_.PushConstant(value, value >= 0);
      return true;
    }
    case WasmOp::kI64Const: {
      const int64_t value = ReadS64();
      emit_.PushConstant(value, value == static_cast<uint32_t>(value));
      return true;
    }
    case WasmOp::kF32Const:
      emit_.PushConstant(static_cast<int64_t>(ReadFixed(4)), true);
      return true;
    case WasmOp::kF64Const:
      emit_.PushConstant(static_cast<int64_t>(ReadFixed(8)), false);
      return true;
    case WasmOp::kI32WrapI64:
    case WasmOp::kI64ExtendI32U:
      Convert(op);
      return true;
    case WasmOp::kRefNull:
      ++pos_;
      emit_.PushConstant(0, true);
      return true;
    case WasmOp::kRefIsNull:
      emit_.PushConstant(0, true);
      emit_.Compare(Base::kEq64);
      return true;
    case WasmOp::kRefFunc:
      emit_.PushConstant(static_cast<int64_t>(reinterpret_cast<uintptr_t>(
                             state_.functions[ReadU32()])),
                         false);
      return true;
    default:
      return Numeric(op);
  }
}

FunctionTranslator::Outcome FunctionTranslator::Walk() {
  if (steps_ != nullptr) {
    steps_->clear();
    NoteStep();
  }
  while (pos_ != end_) {
    const WasmOp op = ReadOp();
    // A change of sp waits for another one or a return, and nothing else.
    if (pending_sp_ != 0 && op != WasmOp::kLocalGet &&
        op != WasmOp::kI32Const) {
      FlushSp();
    }
    if (!Instruction(op)) return outcome_;
    if (steps_ != nullptr) [[unlikely]]
      NoteStep();
  }
  return Outcome::kDone;
}

bool FunctionTranslator::Numeric(WasmOp op) {
  const Lowering& lowering = LoweringOf(op);
  switch (lowering.what) {
    case Lowering::kBinary:
      if (op == WasmOp::kI32Add || op == WasmOp::kI64Add ||
          op == WasmOp::kI32Sub || op == WasmOp::kI64Sub) {
        if (SpArithmetic(op)) return true;
      }
      AimAtLocal();
      emit_.Binary(lowering.base, lowering.extended);
      SkipIfHit();
      return true;
    case Lowering::kUnary:
      AimAtLocal();
      emit_.Unary(lowering.base, lowering.extended);
      SkipIfHit();
      return true;
    case Lowering::kCompare:
      emit_.Compare(lowering.base);
      return true;
    case Lowering::kEqz:
      emit_.CompareWithZero(lowering.base);
      return true;
    case Lowering::kLoad: {
      ReadU32();
      const uint32_t offset = ReadU32();
      AimAtLocal();
      emit_.Load(lowering.base, offset,
                 op == WasmOp::kF64Load ? Kind::kF : Kind::kA,
                 lowering.extended);
      SkipIfHit();
      return true;
    }
    case Lowering::kStore:
      ReadU32();
      emit_.Store(lowering.base, ReadU32());
      return true;
    case Lowering::kNothing:
      return true;
    case Lowering::kNone:
      break;
  }
  return MemoryOrTable(op);
}

bool FunctionTranslator::MemoryOrTable(WasmOp op) {
  OperandStack& stack = emit_.stack();
  switch (op) {
    case WasmOp::kMemorySize: {
      ++pos_;
      const uint32_t slot = emit_.SlotOfHeight(stack.height());
      emit_.PushSlot(slot, true);
      emit_.EmitToSlot(Op::kMemorySize_SNN, slot);
      return true;
    }
    case WasmOp::kMemoryGrow: {
      ++pos_;
      emit_.FlushReadsOfMemory();
      const Value delta = emit_.Pop();
      const uint32_t source = emit_.ToSlot(delta, stack.height());
      const uint32_t slot = emit_.SlotOfHeight(stack.height());
      emit_.PushSlot(slot, true);
      emit_.EmitToSlot(Op::kMemoryGrow_SSN, slot, source);
      return true;
    }
    case WasmOp::kMemoryCopy:
    case WasmOp::kMemoryFill: {
      SkipImmediates(Info(op));
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

// ---- Locals, and values that only change their type -------------------------

bool FunctionTranslator::LocalGet(uint32_t local) {
  if (go_) {
    if (local == 0) return GoTable();
    if (local == 1) return GoLocalGetSp();
    live_.Read(local);
  }
  emit_.PushSlot(emit_.SlotOfLocal(local));
  // Nobody looks at the upper half of an i32 before it is extended.
  if (PeekOp() == WasmOp::kI32WrapI64) ++pos_;
  return true;
}

bool FunctionTranslator::LocalSet(uint32_t local, bool tee) {
  if (go_) {
    if (local == 1 && tee) return GoSetSp();
    if (local <= 1) return Fail(Outcome::kNotGo);
    live_.Write(local);
  }
  const uint32_t slot = emit_.SlotOfLocal(local);
  const bool extended =
      emit_.stack().top().extended && !emit_.stack().top().IsSpAddress();
  emit_.StoreLocal(slot);
  if (tee) emit_.PushSlot(slot, extended);
  return true;
}

void FunctionTranslator::Convert(WasmOp op) {
  Value& value = emit_.stack().top();
  if (op == WasmOp::kI32WrapI64) {
    if (value.IsConstant()) {
      value.a.constant = static_cast<int32_t>(value.a.constant);
      value.extended = value.a.constant >= 0;
    } else if (value.IsSpAddress()) {
      value.a.constant = static_cast<int32_t>(value.a.constant);
      value.extended = value.a.constant == 0;
    }
    return;
  }
  if (value.IsConstant()) {
    value.a.constant = static_cast<uint32_t>(value.a.constant);
    value.extended = true;
  } else if (!value.extended) {
    emit_.Unary(Base::kExtend32U, true);
  }
}

}  // namespace goshawk::interp
