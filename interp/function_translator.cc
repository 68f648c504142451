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
      has_sp_(HasStackPointer(*state.module)),
      has_g_(module_.global_types.size() > kGlobalOfG &&
             module_.global_types[kGlobalOfG].value == ValueType::kI64) {}

// ---- Reading ----------------------------------------------------------------

uint64_t FunctionTranslator::ReadFixed(int bytes) {
  uint64_t value = 0;
  std::memcpy(&value, pos_, static_cast<size_t>(bytes));
  pos_ += bytes;
  return value;
}

WasmOp FunctionTranslator::ReadOp() {
  const uint8_t byte = *pos_++;
  if (byte != kPrefixFc) return static_cast<WasmOp>(byte);
  const uint32_t sub = ReadU32();
  const uint32_t code = uint32_t{kPrefixFc} << 8 | sub;
  // Where there is no such instruction, the prefix is none either.
  return static_cast<WasmOp>(sub <= 0xff && Find(code) != nullptr ? code
                                                                  : kPrefixFc);
}

void FunctionTranslator::SkipImmediates(const WasmOpInfo& info) {
  if (info.immediate == ImmediateKind::kNone) return;
  ByteReader in = Reader();
  SkipImmediate(in, info.immediate);
  pos_ += in.offset();
}

void FunctionTranslator::SkipUnreachable() {
  int depth = 0;
  while (pos_ < end_) {
    const uint8_t* start = pos_;
    const WasmOp op = ReadOp();
    if (depth == 0 && (op == WasmOp::kEnd || op == WasmOp::kElse)) {
      pos_ = start;
      return;
    }
    if (!validated_ && op != WasmOp::kUnreachable) {
      Unsure();
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

// Reads the declarations of the locals. False: outcome_ says why not.
bool FunctionTranslator::Locals() {
  locals_ = type_->params;
  for (uint32_t groups = ReadU32(); groups > 0 && pos_ < end_; --groups) {
    const uint32_t count = ReadU32();
    const auto type = static_cast<ValueType>(*pos_++);
    if (!IsValueType(static_cast<uint8_t>(type)) || type == ValueType::kV128) {
      return Unsure();
    }
    if (count > Emitter::kMaxSlots - locals_.size()) {
      return Fail(Outcome::kTooLarge);
    }
    locals_.resize(locals_.size() + count, type);
  }
  num_params_ = static_cast<uint32_t>(type_->params.size());
  num_locals_ = static_cast<uint32_t>(locals_.size());
  if (num_params_ > Emitter::kNearSlots ||
      type_->results.size() > Emitter::kNearSlots) {
    return Fail(Outcome::kTooLarge);
  }
  return true;
}

FunctionTranslator::Outcome FunctionTranslator::Run(const Function& function,
                                                    const Way& way) {
  const FuncBody& body =
      module_.bodies[function.index - module_.imported_funcs];
  type_ = function.type;
  pos_ = module_.bytes.data() + body.body_offset;
  end_ = pos_ + body.body_size;
  go_ = way.go;
  validated_ = way.validated;
  may_unwind_ = type_->params.size() == 1 && type_->results.size() == 1 &&
                type_->params[0] == ValueType::kI32 &&
                type_->results[0] == ValueType::kI32;
  controls_.clear();
  outcome_ = Outcome::kDone;
  pending_sp_ = 0;

  const uint8_t* const module_end = module_.bytes.data() + module_.bytes.size();
  if (!validated_ &&
      (module_end - end_ < kReadAhead || module_.memories.empty())) {
    return Outcome::kUnsure;
  }
  if (!Locals()) return outcome_;
  emit_.Start(num_locals_, way.far_branches, go_);
  if (go_ && !StartGo()) return Outcome::kNotGo;

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
      if (!StartConstruct(Control::kBlock)) return false;
      StartBlocks();
      return true;
    case WasmOp::kLoop:
      return StartConstruct(Control::kLoop);
    case WasmOp::kIf:
      return StartIf();
    case WasmOp::kElse:
      return Else();
    case WasmOp::kEnd:
      return End();
    case WasmOp::kBr:
      return Branch(ReadU32());
    case WasmOp::kBrIf:
      return BranchIf(ReadU32());
    case WasmOp::kBrTable:
      return BranchTable();
    case WasmOp::kReturn:
      if (!Takes(type_->results)) return Unsure();
      Return();
      return true;
    case WasmOp::kCall:
      return Call(ReadU32());
    case WasmOp::kCallIndirect:
      return CallIndirect();
    case WasmOp::kDrop:
      if (NumOperands() == 0) return Unsure();
      // Reading memory may trap even if nobody wants the value.
      emit_.FlushReadsOfMemory();
      emit_.Pop();
      return true;
    case WasmOp::kSelectTyped:
      if (!validated_) return Unsure();
      SkipImmediates(Info(op));
      emit_.Select();
      return true;
    case WasmOp::kSelect:
      return Select();
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
      const int32_t value = ReadS32();
      if (go_) {
        bool done = false;
        if (!GoConst(value, done)) return false;
        if (done) return true;
      }
      emit_.PushConstant(value, value >= 0);
      return Typed(ValueType::kI32);
    }
    case WasmOp::kI64Const: {
      const int64_t value = ReadS64();
      emit_.PushConstant(value, value == static_cast<uint32_t>(value));
      return Typed(ValueType::kI64);
    }
    case WasmOp::kF32Const:
      emit_.PushConstant(static_cast<int64_t>(ReadFixed(4)), true);
      return Typed(ValueType::kF32);
    case WasmOp::kF64Const:
      emit_.PushConstant(static_cast<int64_t>(ReadFixed(8)), false);
      return Typed(ValueType::kF64);
    case WasmOp::kI32WrapI64:
      if (!Takes(ValueType::kI64)) return Unsure();
      Wrap();
      return Typed(ValueType::kI32);
    case WasmOp::kI64ExtendI32U:
      if (!Takes(ValueType::kI32)) return Unsure();
      Extend();
      return Typed(ValueType::kI64);
    case WasmOp::kRefNull:
      if (!validated_) return Unsure();
      ++pos_;
      emit_.PushConstant(0, true);
      return true;
    case WasmOp::kRefIsNull:
      if (!validated_) return Unsure();
      emit_.PushConstant(0, true);
      emit_.Compare(Base::kEq64);
      return true;
    case WasmOp::kRefFunc:
      if (!validated_) return Unsure();
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
  while (pos_ < end_) {
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
  if (pos_ != end_ || !controls_.empty()) return Outcome::kUnsure;
  return outcome_;
}

bool FunctionTranslator::Numeric(WasmOp op) {
  const Lowering& lowering = LoweringOf(op);
  switch (lowering.what) {
    case Lowering::kBinary:
      if (!Takes(lowering.first, lowering.last)) return Unsure();
      if (op == WasmOp::kI32Add || op == WasmOp::kI64Add ||
          op == WasmOp::kI32Sub || op == WasmOp::kI64Sub) {
        if (SpArithmetic(op)) return Typed(lowering.result);
      }
      AimAtLocal();
      emit_.Binary(lowering.base, lowering.extended);
      return Leave(lowering.result);
    case Lowering::kUnary:
      if (!Takes(lowering.last)) return Unsure();
      AimAtLocal();
      emit_.Unary(lowering.base, lowering.extended);
      return Leave(lowering.result);
    case Lowering::kCompare:
      if (!Takes(lowering.first, lowering.last)) return Unsure();
      emit_.Compare(lowering.base);
      return Typed(lowering.result);
    case Lowering::kEqz:
      if (!Takes(lowering.last)) return Unsure();
      emit_.CompareWithZero(lowering.base);
      return Typed(lowering.result);
    case Lowering::kLoad: {
      if (!Takes(lowering.last) || ReadU32() > lowering.access_log2) {
        return Unsure();
      }
      const uint32_t offset = ReadU32();
      AimAtLocal();
      emit_.Load(lowering.base, offset,
                 op == WasmOp::kF64Load ? Kind::kF : Kind::kA,
                 lowering.extended);
      return Leave(lowering.result);
    }
    case Lowering::kStore:
      if (!Takes(lowering.first, lowering.last) ||
          ReadU32() > lowering.access_log2) {
        return Unsure();
      }
      emit_.Store(lowering.base, ReadU32());
      return true;
    case Lowering::kNothing:
      if (!Takes(lowering.last)) return Unsure();
      return Typed(lowering.result);
    case Lowering::kNone:
      break;
  }
  return LinearMemory(op);
}

bool FunctionTranslator::Takes(absl::Span<const ValueType> types) {
  if (validated_) return true;
  if (NumOperands() < types.size()) return false;
  uint32_t depth = 0;
  for (auto type = types.rbegin(); type != types.rend(); ++type) {
    if (TypeBelowTop(depth++) != *type) return false;
  }
  return true;
}

bool FunctionTranslator::Select() {
  if (NumOperands() < 3) return Unsure();
  const ValueType type = TypeBelowTop(1);
  if (!validated_ && (TypeBelowTop(0) != ValueType::kI32 ||
                      TypeBelowTop(2) != type || IsReference(type))) {
    return Unsure();
  }
  emit_.Select();
  return Typed(type);
}

// ---- Locals, and values that only change their type -------------------------

bool FunctionTranslator::LocalGet(uint32_t local) {
  if (local >= num_locals_) return Unsure();
  if (go_) {
    if (local == 0) return GoTable();
    if (local == 1) return GoLocalGetSp();
    live_.Read(local);
  }
  emit_.PushSlot(emit_.SlotOfLocal(local));
  const ValueType type = locals_[local];
  // Nobody looks at the upper half of an i32 before it is extended.
  if (PeekOp() == WasmOp::kI32WrapI64 && type == ValueType::kI64) {
    ++pos_;
    return Typed(ValueType::kI32);
  }
  return Typed(type);
}

bool FunctionTranslator::LocalSet(uint32_t local, bool tee) {
  if (local >= num_locals_ || !Takes(locals_[local])) return Unsure();
  if (go_) {
    if (local == 1 && tee) return GoSetSp();
    if (local <= 1) return Fail(Outcome::kNotGo);
    live_.Write(local);
  }
  const uint32_t slot = emit_.SlotOfLocal(local);
  const bool extended =
      emit_.stack().top().extended && !emit_.stack().top().IsSpAddress();
  emit_.StoreLocal(slot);
  if (!tee) return true;
  emit_.PushSlot(slot, extended);
  return Typed(locals_[local]);
}

void FunctionTranslator::Wrap() {
  Value& value = emit_.stack().top();
  if (value.IsConstant()) {
    value.a.constant = static_cast<int32_t>(value.a.constant);
    value.extended = value.a.constant >= 0;
  } else if (value.IsSpAddress()) {
    value.a.constant = static_cast<int32_t>(value.a.constant);
    value.extended = value.a.constant == 0;
  }
}

void FunctionTranslator::Extend() {
  Value& value = emit_.stack().top();
  if (value.IsConstant()) {
    value.a.constant = static_cast<uint32_t>(value.a.constant);
    value.extended = true;
  } else if (!value.extended) {
    emit_.Unary(Base::kExtend32U, true);
  }
}

}  // namespace goshawk::interp
