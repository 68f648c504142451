// The part of the translator that steers: constructs, branches, calls, returns.

#include <algorithm>

#include "interp/function_translator.h"

namespace goshawk::interp {

bool FunctionTranslator::ReadBlockType(uint32_t& params, uint32_t& results) {
  params = results = 0;
  if (*pos_ == kNoResult) {
    ++pos_;
    return true;
  }
  if (!validated_) return Unsure();
  const int64_t type = ReadLong<&ByteReader::VarS33>();
  if (type >= 0) {
    const FuncType& func = *state_.types[static_cast<size_t>(type)];
    params = static_cast<uint32_t>(func.params.size());
    results = static_cast<uint32_t>(func.results.size());
  } else {
    results = 1;
  }
  return true;
}

void FunctionTranslator::PushControl(Control::Kind kind, uint32_t params,
                                     uint32_t results) {
  // Made where it lies: a copy would wait for the fields to get to the cache.
  Control& control = controls_.emplace_back();
  control.kind = kind;
  control.height = emit_.stack().height() - params;
  control.params = params;
  control.results = results;
  control.label = code().NewLabel();
}

bool FunctionTranslator::StartConstruct(Control::Kind kind) {
  uint32_t params, results;
  if (!ReadBlockType(params, results)) return false;
  emit_.Flush();
  PushControl(kind, params, results);
  if (kind == Control::kLoop) Bind(controls_.back().label);
  return true;
}

// All blocks without a type that come next: Go's functions begin with one for
// each place to resume at. The operands have been flushed.
void FunctionTranslator::StartBlocks() {
  const uint8_t* const first = pos_;
  while (pos_ < end_ && PeekOp() == WasmOp::kBlock && Peek(1) == kNoResult) {
    pos_ += 2;
  }
  const auto count = static_cast<uint32_t>(pos_ - first) / 2;
  if (count == 0) return;
  Label label = code().NewLabels(count);
  Control block;
  block.kind = Control::kBlock;
  block.height = emit_.stack().height();
  block.params = block.results = 0;
  controls_.resize(controls_.size() + count, block);
  for (auto control = controls_.end() - count; control != controls_.end();
       ++control) {
    control->label = label++;
  }
}

bool FunctionTranslator::StartIf() {
  if (!Takes(ValueType::kI32)) return Unsure();
  const Value& condition = emit_.Pop();
  if (go_) {
    bool done = false;
    if (!GoIf(condition, done)) return false;
    if (done) return true;
  }
  uint32_t params, results;
  if (!ReadBlockType(params, results)) return false;
  emit_.Flush();
  PushControl(Control::kIf, params, results);
  controls_.back().else_label = code().NewLabel();
  BranchOn(condition, false, controls_.back().else_label);
  return true;
}

bool FunctionTranslator::Else() {
  Control& control = controls_.back();
  if (control.kind != Control::kIf || !HasResults(control)) return Unsure();
  if (!control.unreachable) {
    for (uint32_t i = 0; i < control.results; ++i) {
      emit_.FlushHeight(control.height + i);
    }
    Jump(control.label);
  }
  DropTo(control.height);
  control.kind = Control::kElse;
  control.unreachable = false;
  Bind(control.else_label);
  PushOwnSlots(control.params);
  return true;
}

bool FunctionTranslator::EndFunction() {
  const Control control = controls_.back();
  if (pos_ != end_ || (!control.unreachable && !Takes(type_->results))) {
    return Unsure();
  }
  if (!control.unreachable) MoveBranchValues(control);
  Bind(control.label);
  DropTo(0);
  PushOwnSlots(control.results);
  Return();
  controls_.pop_back();
  return true;
}

bool FunctionTranslator::End() {
  // Most are those of Go's blocks, where there is nothing but a label.
  if (const Control& block = controls_.back();
      go_ && block.kind == Control::kBlock && block.results == 0 &&
      controls_.size() > 2 && NumOperands() == 0) {
    code().Bind(block.label);
    live_.Bind(block.label);
    controls_.pop_back();
    return true;
  }
  const Control control = controls_.back();
  if (!HasResults(control)) return Unsure();
  if (control.kind == Control::kFunction) return EndFunction();
  if (!control.unreachable) {
    for (uint32_t i = 0; i < control.results; ++i) {
      emit_.FlushHeight(control.height + i);
    }
  }
  if (control.kind == Control::kIf) Bind(control.else_label);
  if (control.kind != Control::kLoop) {
    if (go_ && !CheckUnwindExit(control)) return false;
    Bind(control.label);
  }
  const bool unreachable =
      control.unreachable && control.kind == Control::kLoop;
  DropTo(control.height);
  controls_.pop_back();
  if (unreachable) {
    // Nothing branches past the end of a loop. Yet the types have to be right
    // there: nothing may be left over, and what the function returns has to be
    // there, unless an instruction says that it is not needed.
    if (!validated_ &&
        (NumOperands() != 0 || (controls_.back().kind == Control::kFunction &&
                                PeekOp() != WasmOp::kUnreachable))) {
      return Unsure();
    }
    MarkUnreachable();
  } else {
    PushOwnSlots(control.results);
  }
  return true;
}

void FunctionTranslator::PushOwnSlots(uint32_t count) {
  for (; count > 0; --count) {
    emit_.PushSlot(emit_.SlotOfHeight(emit_.stack().height()));
  }
}

void FunctionTranslator::DropTo(uint32_t height) {
  while (emit_.stack().height() > height) emit_.Pop();
}

void FunctionTranslator::Bind(Label label) {
  FlushSp();
  code().Bind(label);
  if (go_) live_.Bind(label);
}

void FunctionTranslator::MarkUnreachable() {
  live_.End();
  pending_sp_ = 0;
  controls_.back().unreachable = true;
  DropTo(controls_.back().height);
  SkipUnreachable();
}

void FunctionTranslator::Jump(Label label) {
  FlushSp();
  emit_.Jump(label);
  if (go_) {
    live_.BranchTo(label);
    live_.End();
  }
}

void FunctionTranslator::BranchOn(const Value& condition, bool sense,
                                  Label label) {
  FlushSp();
  emit_.BranchIf(condition, sense, label);
  if (go_) live_.BranchTo(label);
}

void FunctionTranslator::MoveBranchValues(const Control& control) {
  const uint32_t count = ArityOf(control);
  const uint32_t from = emit_.stack().height() - count;
  for (uint32_t i = 0; i < count; ++i) {
    if (from == control.height) {
      emit_.FlushHeight(from + i);
    } else {
      // Somebody may have read that slot since the result was computed.
      emit_.KeepOldResult(emit_.stack().at(from + i));
      emit_.MoveToSlot(emit_.stack().at(from + i),
                       emit_.SlotOfHeight(control.height + i));
    }
  }
}

bool FunctionTranslator::Branch(uint32_t depth) {
  if (!IsLabel(depth)) return Unsure();
  Control& control = ControlAt(depth);
  if (control.is_go_loop) return Fail(Outcome::kNotGo);
  if (control.kind == Control::kFunction) {
    Return();
    return true;
  }
  emit_.FlushReadsOfMemory();
  MoveBranchValues(control);
  Jump(control.label);
  MarkUnreachable();
  return true;
}

bool FunctionTranslator::BranchIf(uint32_t depth) {
  if (!IsLabel(depth) || !Takes(ValueType::kI32)) return Unsure();
  Control& control = ControlAt(depth);
  if (control.is_go_loop) return Fail(Outcome::kNotGo);
  const Value condition = emit_.Pop();
  emit_.FlushReadsOfMemory();
  const uint32_t count = ArityOf(control);
  const uint32_t from = emit_.stack().height() - count;
  for (uint32_t i = 0; i < count; ++i) emit_.FlushHeight(from + i);
  if (count == 0 || from == control.height) {
    BranchOn(condition, true, control.label);
    return true;
  }
  const Label skip = code().NewLabel();
  BranchOn(condition, false, skip);
  MoveBranchValues(control);
  FlushSp();
  emit_.Jump(control.label);
  if (go_) live_.BranchTo(control.label);
  Bind(skip);
  return true;
}

bool FunctionTranslator::BranchTable() {
  if (!validated_) return Unsure();
  const Value index = emit_.InLastingSlot(emit_.Pop());
  const uint32_t count = ReadU32();
  emit_.FlushReadsOfMemory();
  table_.clear();
  struct Detour {
    uint32_t depth;
    Label label;
  };
  std::vector<Detour> detours;
  std::vector<Label> detour_of(controls_.size(), CodeBuffer::kUnbound);
  bool flushed = false;
  FlushSp();
  for (uint64_t i = 0; i <= count; ++i) {
    const uint32_t depth = ReadU32();
    Control& control = ControlAt(depth);
    if (control.is_go_loop) return Fail(Outcome::kNotGo);
    const uint32_t arity = ArityOf(control);
    const uint32_t from = emit_.stack().height() - arity;
    if (!flushed) {
      for (uint32_t j = 0; j < arity; ++j) emit_.FlushHeight(from + j);
      flushed = true;
    }
    Label label = control.label;
    if (arity != 0 && from != control.height) {
      if (detour_of[depth] == CodeBuffer::kUnbound) {
        detour_of[depth] = code().NewLabel();
        detours.push_back({depth, detour_of[depth]});
      }
      label = detour_of[depth];
    } else if (go_) {
      live_.BranchTo(label);
    }
    table_.push_back(label);
  }
  code().EmitTable(Op::kJumpTable_NSJ,
                   emit_.ToSlot(index, emit_.stack().height()), table_);
  if (go_) {
    for (const Detour& detour : detours) live_.BranchTo(detour.label);
    live_.End();
  }
  for (const Detour& detour : detours) {
    Bind(detour.label);
    MoveBranchValues(ControlAt(detour.depth));
    Jump(ControlAt(detour.depth).label);
  }
  MarkUnreachable();
  return true;
}

void FunctionTranslator::Return() {
  FlushSp();
  emit_.FlushReadsOfMemory();
  const auto count = static_cast<uint32_t>(type_->results.size());
  const uint32_t from = emit_.stack().height() - count;
  const Base base = may_unwind_ ? Base::kReturnGo : Base::kReturn;
  if (count == 1) {
    const Value value = emit_.stack().at(from);
    Operand result = Operand::Accumulator();
    if (value.Is(Kind::kS)) {
      result = Operand::Slot(emit_.ToSlot(value, from));
    } else {
      emit_.MoveToAccumulator(value);
    }
    const Kind kind =
        result.kind == Kind::kA && !may_unwind_ ? Kind::kN : result.kind;
    code().Emit(FindOp(base, kind, Kind::kN, Kind::kN), result.index);
  } else {
    for (uint32_t i = 0; count > 1 && i < count; ++i) {
      emit_.FlushHeight(from + i);
    }
    for (uint32_t i = 0; count > 1 && i < count; ++i) {
      emit_.MoveToSlot(emit_.stack().at(from + i), i);
    }
    code().Emit(Op::kReturn_NNN);
  }
  MarkUnreachable();
}

void FunctionTranslator::PrepareCall(uint32_t params, uint32_t results,
                                     uint32_t& arguments) {
  FlushSp();
  OperandStack& stack = emit_.stack();
  const uint32_t from = stack.height() - params;
  for (uint32_t i = 0; i < params; ++i) emit_.FlushHeight(from + i);
  emit_.FlushAccumulators();
  emit_.FlushReadsOfMemory();
  emit_.FlushUsesOfSp();
  arguments = emit_.SlotOfHeight(from);
  // A comparison below may still read what has been its right operand's slot.
  emit_.FlushReadsOfSlot(arguments);
  const uint32_t count = std::max(params, results);
  if (count > 0 &&
      emit_.SlotOfHeight(from + count - 1) != arguments + count - 1) {
    // The scratch slots are in between: they move on beyond them.
    arguments = emit_.SlotOfHeight(stack.height() + count);
    for (uint32_t i = 0; i < params; ++i) {
      emit_.MoveToSlot(stack.at(from + i), arguments + i);
    }
  }
  emit_.Use(arguments + count);
  DropTo(from);
}

void FunctionTranslator::PushResults(uint32_t results, uint32_t arguments) {
  if (results == 1) {
    emit_.PushAccumulator();
    return;
  }
  for (uint32_t i = 0; i < results; ++i) {
    emit_.PushSlot(arguments + i);
    emit_.FlushHeight(emit_.stack().height() - 1);
  }
}

bool FunctionTranslator::Call(uint32_t func) {
  if (func >= state_.functions.size()) return Unsure();
  const Function& callee = *state_.functions[func];
  const auto results = static_cast<uint32_t>(callee.type->results.size());
  if (!Takes(callee.type->params) || (results > 1 && !validated_)) {
    return Unsure();
  }
  uint32_t arguments = 0;
  PrepareCall(static_cast<uint32_t>(callee.type->params.size()), results,
              arguments);
  code().Emit(Op::kCall_NNJ, 0, 0, arguments);
  code().EmitData<const Word*>(callee.entry_stub());
  code().EmitData<const Function*>(&callee);
  code().ForgetLast();
  PushResults(results, arguments);
  if (results == 1) Typed(callee.type->results[0]);
  // Go keeps a copy of sp in local 1: it must be made anew.
  if (!go_ || MatchReload() || PeekOp() == WasmOp::kReturn || KeepsSp(func))
    return true;
  return Fail(Outcome::kNotGo);
}

bool FunctionTranslator::CallIndirect() {
  if (go_) return Fail(Outcome::kNotGo);
  const FuncType* type = state_.types[ReadU32()];
  const Table* table = state_.tables[ReadU32()];
  const Value index = emit_.InLastingSlot(emit_.Pop());
  const uint32_t height = emit_.stack().height();
  const auto results = static_cast<uint32_t>(type->results.size());
  uint32_t arguments = 0;
  PrepareCall(static_cast<uint32_t>(type->params.size()), results, arguments);
  // The index is read before the callee's slots come to be.
  const uint32_t slot = emit_.ToSlot(index, height);
  code().Emit(Op::kCallIndirect_SNJ, slot, 0, arguments);
  code().EmitData<const Table*>(table);
  code().EmitData<const FuncType*>(type);
  code().ForgetLast();
  PushResults(results, arguments);
  return true;
}

}  // namespace goshawk::interp
