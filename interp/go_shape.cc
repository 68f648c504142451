#include "interp/go_shape.h"

#include <cstring>

#include "interp/function_translator.h"
#include "interp/lookahead.h"

namespace goshawk::interp {
namespace {

constexpr uint32_t kGoGlobal = 2;  // holds g

// global.get 0, local.set 1
constexpr uint8_t kReload[] = {0x23, 0x00, 0x21, 0x01};
// local.get 1, i32.const 8, i32.sub, local.tee 1, global.set 0, local.get 1,
// i64.const ...
constexpr uint8_t kCallStart[] = {0x20, 0x01, 0x41, 0x08, 0x6b, 0x22,
                                  0x01, 0x24, 0x00, 0x20, 0x01, 0x42};
// local.get 1, i64.load align=8 offset=...
constexpr uint8_t kStackLoad[] = {0x20, 0x01, 0x29, 0x03};
// i64.store align=8 offset=...
constexpr uint8_t kStore[] = {0x37, 0x03};
// i32.const 0, call ...
constexpr uint8_t kDirect[] = {0x41, 0x00, 0x10};
// i64.const 16, i64.shr_u, i32.wrap_i64
constexpr uint8_t kWideIndex[] = {0x42, 0x10, 0x88, 0xa7};
// i32.wrap_i64, i32.const 16, i32.shr_u
constexpr uint8_t kNarrowIndex[] = {0xa7, 0x41, 0x10, 0x76};
// local.set 0, i32.const 0, local.get 0, call_indirect ...
constexpr uint8_t kIndirect[] = {0x21, 0x00, 0x41, 0x00, 0x20, 0x00, 0x11};
// local.get 1, global.get 2, i32.wrap_i64, i32.load offset=16
constexpr uint8_t kStackCheck[] = {0x20, 0x01, 0x23, 0x02,
                                   0xa7, 0x28, 0x02, 0x10};
// i32.le_u, if
constexpr uint8_t kCheckIf[] = {0x4d, 0x04, 0x40};
// local.tee 1, global.set 0
constexpr uint8_t kSetSp[] = {0x22, 0x01, 0x24, 0x00};
// local.get 1, i32.const ...
constexpr uint8_t kSpPlus[] = {0x20, 0x01, 0x41};
// local.get 1, i64.extend_i32_u, i64.const ...
constexpr uint8_t kExtendedSpPlus[] = {0x20, 0x01, 0xad, 0x42};
// end, i32.const 1, end: how a function with calls ends
constexpr uint8_t kUnwindExit[] = {0x0b, 0x41, 0x01, 0x0b};

constexpr uint8_t kEnd = 0x0b;
constexpr uint8_t kBr = 0x0c;
constexpr uint8_t kBrIf = 0x0d;
constexpr uint8_t kBrTableOp = 0x0e;
constexpr uint8_t kReturn = 0x0f;
constexpr uint8_t kI32Add = 0x6a;
constexpr uint8_t kI32Sub = 0x6b;
constexpr uint8_t kI32ConstOp = 0x41;
constexpr uint8_t kI64ConstOp = 0x42;
constexpr uint8_t kLocalGetOp = 0x20;
constexpr uint8_t kI64Add = 0x7c;
constexpr uint8_t kI32Wrap = 0xa7;
constexpr uint8_t kI64Load = 0x29;
constexpr uint8_t kI64ExtendU = 0xad;
constexpr uint8_t kGlobalGetOp = 0x23;
constexpr uint8_t kLocalSetOp = 0x21;

}  // namespace

bool FunctionTranslator::StartGo() {
  if (!has_sp_ || !may_unwind_ || num_locals_ < 2 ||
      num_locals_ > Liveness::kMaxLocals || state_.go_table == nullptr) {
    return false;
  }
  Lookahead ahead(pos_, end_);
  if (!ahead.Match(kReload)) return false;
  pos_ = ahead.pos();
  live_.Clear();
  pending_sp_ = 0;
  has_go_table_ = false;
  go_targets_.clear();
  detours_.clear();
  go_calls_.clear();
  unwinds_ = std::memcmp(end_ - sizeof(kUnwindExit), kUnwindExit,
                         sizeof(kUnwindExit)) == 0;
  start_ = code().NewLabel();
  code().Bind(start_);
  live_.Bind(start_);
  return true;
}

bool FunctionTranslator::FinishGo() {
  for (size_t i = 0; i < detours_.size(); ++i) {
    const GoDetour detour = detours_[i];
    Bind(detour.label);
    EmitGoCall(detour.site);
    AddToSp(detour.sp_offset);
    Jump(detour.back);
  }
  live_.Solve();
  for (const GoCallBlock& call : go_calls_) {
    if (live_.LiveInto(call.after) == 0) continue;
    Word& word = code().at(call.position);
    if (code().OpAt(call.position) == Op::kGoCall_NNJ) {
      word.handler = static_cast<uint32_t>(Op::kGoCallShift_NNJ);
    }
    word.z = static_cast<uint16_t>(num_slots());
  }
  // Locals hold 0 on entry. Where to resume clears them all; the start clears
  // those that are read before they are written.
  table_.clear();
  if (go_targets_.empty()) go_targets_.push_back(start_);
  for (Label target : go_targets_) table_.push_back(target);
  const uint64_t live = live_.LiveInto(live_.BlockOf(table_[0]));
  if (live != 0) {
    const Label cleared = code().NewLabel();
    code().Bind(cleared);
    for (uint32_t local = 2; local < num_locals_; ++local) {
      if ((live >> local & 1) == 0) continue;
      code().Emit(Op::kMove_SNI, emit_.SlotOfLocal(local));
    }
    emit_.Jump(table_[0]);
    table_[0] = cleared;
  }
  const Label resume = code().NewLabel();
  code().Bind(resume);
  code().EmitTable(Op::kGoResume_NSJ, 0, table_);
  entry_ = code().PositionOf(resume);
  code().at(entry_).z = static_cast<uint16_t>(num_locals_);
  go_entry_ = code().PositionOf(table_[0]);
  return true;
}

bool FunctionTranslator::MatchReload() {
  Lookahead ahead(pos_, end_);
  if (!ahead.Match(kReload)) return false;
  pos_ = ahead.pos();
  return true;
}

// The sequence of a call, from local.get 1 on; an indirect one has its target
// on the operand stack. `extra_depth`: how many constructs the sequence is in
// that have not been entered yet.
bool FunctionTranslator::MatchGoCall(const uint8_t* p, uint32_t extra_depth,
                                     GoCallSite& site) {
  Lookahead ahead(p, end_);
  if (!ahead.Match(kCallStart)) return false;
  site.return_address = ahead.Signed();
  if (!ahead.Match(kStore) || ahead.Unsigned() != 0 || !ahead.ok()) {
    return false;
  }
  Lookahead direct = ahead;
  if (direct.Match(kDirect)) {
    const uint64_t func = direct.Unsigned();
    ahead = direct;
    if (!ahead.ok()) return false;
    site.indirect = false;
    // Function indices are written as if they were signed, which changes only
    // how long they are.
    site.func = static_cast<uint32_t>(func);
    if (state_.functions[site.func]->type != type_) return false;
  } else {
    Lookahead wide = ahead, narrow = ahead;
    site.indirect = true;
    site.narrow = narrow.Match(kNarrowIndex);
    if (!site.narrow && !wide.Match(kWideIndex)) return false;
    ahead = site.narrow ? narrow : wide;
    if (!ahead.Match(kIndirect)) return false;
    const uint64_t type = ahead.Unsigned();
    const uint64_t table = ahead.Unsigned();
    if (!ahead.ok() || table != 0 || state_.types[type] != type_) return false;
  }
  ahead.Match(kReload);
  if (!ahead.Match(kBrIf)) return false;
  const uint64_t depth = ahead.Unsigned();
  // The exit is the end of the outermost block; FinishGo's counterpart in
  // CheckUnwindExit sees to it that what follows that is "return 1".
  if (!ahead.ok() || !unwinds_ || controls_.size() < 2 ||
      depth != controls_.size() - 2 + extra_depth ||
      controls_[1].kind != Control::kBlock || controls_[1].results != 0 ||
      controls_[1].height != 0) {
    return false;
  }
  site.after = ahead.pos();
  return true;
}

// The outermost block of a function with calls has to end at its very end.
bool FunctionTranslator::CheckUnwindExit(const Control& control) {
  if (controls_.size() != 2 || control.kind != Control::kBlock ||
      (go_calls_.empty() && detours_.empty())) {
    return true;
  }
  return pos_ == end_ - 3 || Fail(Outcome::kNotGo);
}

void FunctionTranslator::EmitGoCall(const GoCallSite& site) {
  const uint32_t position = code().Emit(Op::kGoCall_NNJ, 0, kCallPropagates, 0);
  code().EmitData<const Word*>(state_.functions[site.func]->go_entry);
  code().EmitData<int64_t>(site.return_address);
  AfterGoCall(position);
}

void FunctionTranslator::AfterGoCall(uint32_t position) {
  code().ForgetLast();
  live_.StartBlock();
  go_calls_.push_back({position, live_.current()});
}

// The instruction that comes next tells which sequence it can be.
bool FunctionTranslator::GoLocalGet(uint32_t local) {
  if (local == 0) return GoTable();
  const uint8_t* start = pos_ - 2;
  switch (Peek()) {
    case kI32ConstOp: {
      bool done = false;
      if (!GoCallOrSp(start, done)) return false;
      if (done) return true;
      break;
    }
    case kGlobalGetOp:
      if (GoStackCheck(start)) return true;
      break;
    case kI64ExtendU:
      if (GoSpAddress(start)) return true;
      break;
    case kLocalGetOp:
    case kI64ConstOp:
      if (GoStackStore()) return true;
      break;
    case kI64Load: {
      FlushSp();
      emit_.PushSpAddress(0, true);
      ++pos_;
      ReadU32();
      emit_.Load(Base::kLoad64, ReadU32(), Kind::kA, false);
      if (Peek() != kLocalSetOp) return true;
      ++pos_;
      return LocalSet(ReadU32(), false);
    }
    default:
      break;
  }
  FlushSp();
  emit_.PushSpAddress(0, true);
  return true;
}

// A local, a constant or a word of Go's stack that goes to another word of it,
// as most that goes there does.
bool FunctionTranslator::GoStackStore() {
  Lookahead ahead(pos_, end_);
  const auto word_at = [&ahead](uint32_t& word) {
    const uint64_t offset = ahead.Unsigned();
    word = static_cast<uint32_t>(offset / 8);
    return offset % 8 == 0 && offset / 8 < Emitter::kStackWords;
  };
  Operand source;
  uint64_t local = 0;
  if (ahead.MatchIf(kI64ConstOp)) {
    source = Operand::Constant(ahead.Signed());
  } else if (ahead.MatchIf(kStackLoad)) {
    source.kind = Kind::kM;
    if (!word_at(source.index)) return false;
  } else if (ahead.Match(kLocalGetOp)) {
    local = ahead.Unsigned();
    if (local <= 1) return false;
    source = Operand::Slot(emit_.SlotOfLocal(static_cast<uint32_t>(local)));
  }
  uint32_t word = 0;
  if (!ahead.Match(kStore) || !word_at(word) || !ahead.ok()) return false;
  FlushSp();
  if (source.kind == Kind::kS) live_.Read(static_cast<uint32_t>(local));
  emit_.MoveToStack(source, word);
  pos_ = ahead.pos();
  return true;
}

// A call, or a change of sp.
bool FunctionTranslator::GoCallOrSp(const uint8_t* start, bool& done) {
  GoCallSite site;
  if (MatchGoCall(start, 0, site)) {
    FlushSp();
    if (site.indirect) {
      if (emit_.stack().height() != 1) return Fail(Outcome::kNotGo);
      const Operand target = emit_.ToOperand(emit_.Pop(), 0);
      const bool in_place = target.kind == Kind::kS ||
                            target.kind == Kind::kA || target.kind == Kind::kM;
      const Operand place =
          in_place ? target : Operand::Slot(emit_.SlotFor(target));
      const Base base =
          site.narrow ? Base::kGoCallIndirectNarrow : Base::kGoCallIndirect;
      const uint32_t position =
          code().Emit(FindOp(base, place.kind, Kind::kN, Kind::kJ), place.index,
                      kCallPropagates, 0);
      code().EmitData<const FuncType*>(type_);
      code().EmitData<int64_t>(site.return_address);
      AfterGoCall(position);
    } else {
      if (!emit_.stack().empty()) return Fail(Outcome::kNotGo);
      EmitGoCall(site);
    }
    pos_ = site.after;
    return done = true;
  }
  // Two changes of sp in a row, and one before a return, become one.
  Lookahead ahead(start, end_);
  if (ahead.Match(kSpPlus)) {
    const int64_t offset = ahead.Signed();
    const bool subtract = ahead.MatchIf(kI32Sub);
    if ((subtract || ahead.Match(kI32Add)) && ahead.Match(kSetSp)) {
      emit_.FlushUsesOfSp();
      pending_sp_ += subtract ? -offset : offset;
      pos_ = ahead.pos();
      done = true;
    }
  }
  return true;
}

bool FunctionTranslator::GoSpAddress(const uint8_t* start) {
  Lookahead ahead(start, end_);
  if (!ahead.Match(kExtendedSpPlus)) return false;
  const int64_t offset = ahead.Signed();
  if (!ahead.Match(kI64Add)) return false;
  FlushSp();
  if (ahead.MatchIf(kI32Wrap)) {
    const auto low = static_cast<int32_t>(offset);
    emit_.PushSpAddress(low, low == 0);
  } else {
    emit_.PushSpAddress(offset, true);
  }
  // The constant has been there for a moment.
  emit_.Use(emit_.SlotOfHeight(emit_.stack().height()));
  pos_ = ahead.pos();
  return true;
}

// local.tee 1, which global.set 0 has to follow.
bool FunctionTranslator::GoSetSp() {
  if (Peek() != 0x24 || Peek(1) != 0x00) return Fail(Outcome::kNotGo);
  pos_ += 2;
  SetSp(emit_.Pop());
  return true;
}

bool FunctionTranslator::GoStackCheck(const uint8_t* start) {
  Lookahead ahead(start, end_);
  if (!ahead.Match(kStackCheck)) return false;
  uint32_t large = 0;
  if (ahead.MatchIf(kI32ConstOp)) {
    large = static_cast<uint32_t>(ahead.Signed());
    if (!ahead.Match(kI32Add)) return false;
  }
  GoDetour detour;
  if (!ahead.Match(kCheckIf) || !emit_.stack().empty() ||
      !MatchGoCall(ahead.pos(), 1, detour.site) || detour.site.indirect) {
    return false;
  }
  Lookahead after(detour.site.after, end_);
  if (!after.Match(kEnd)) return false;

  FlushSp();
  uint32_t frame = 0;
  pos_ = after.pos();
  if (after.Match(kSpPlus)) {
    const int64_t size = after.Signed();
    if (after.Match(kI32Sub) && after.Match(kSetSp) && size >= 0 &&
        size <= UINT16_MAX) {
      frame = static_cast<uint32_t>(size);
      pos_ = after.pos();
    }
  }
  detour.label = code().NewLabel();
  detour.back = code().NewLabel();
  detour.sp_offset = -int64_t{frame};
  const uint32_t position = code().Emit(Op::kGoEnter_NNJ, 0, 0, frame);
  code().EmitData<const GlobalVariable*>(state_.globals[kGoGlobal]);
  code().EmitData<uint64_t>(uint64_t{large} << 32);
  code().AddDistance(position + 2, position, detour.label);
  live_.BranchTo(detour.label);
  detours_.push_back(detour);
  Bind(detour.back);
  return true;
}

// local.get 0, which the table of the blocks to resume at has to follow.
bool FunctionTranslator::GoTable() {
  if (Peek() != kBrTableOp || has_go_table_ || code().size() != 0 ||
      pending_sp_ != 0 || !emit_.stack().empty()) {
    return Fail(Outcome::kNotGo);
  }
  ++pos_;
  const uint32_t count = ReadU32();
  for (uint64_t i = 0; i <= count; ++i) {
    Control& control = ControlAt(ReadU32());
    if (control.kind != Control::kBlock || control.results != 0) {
      return Fail(Outcome::kNotGo);
    }
    go_targets_.push_back(control.label);
  }
  for (Control& control : controls_) {
    if (control.kind == Control::kLoop) control.is_go_loop = true;
  }
  has_go_table_ = true;
  MarkUnreachable();
  return true;
}

bool FunctionTranslator::GoConst(int32_t value, bool& done) {
  // local.set 0, br
  if (Peek() == kLocalSetOp && Peek(1) == 0x00) {
    Lookahead jump(pos_ + 2, end_);
    if (!jump.Match(kBr)) return Fail(Outcome::kNotGo);
    const uint64_t depth = jump.Unsigned();
    if (!jump.ok() || !ControlAt(static_cast<uint32_t>(depth)).is_go_loop) {
      return Fail(Outcome::kNotGo);
    }
    pos_ = jump.pos();
    emit_.FlushReadsOfMemory();
    Jump(GoTarget(value));
    MarkUnreachable();
    done = true;
    return true;
  }
  if (Peek() != kReturn || (value != 0 && value != 1)) return true;
  ++pos_;
  emit_.FlushReadsOfMemory();
  if (value == 1) {
    FlushSp();
    code().Emit(Op::kGoUnwind_NNN);
  } else {
    uint32_t frame = 0;
    if (pending_sp_ >= 0 && pending_sp_ <= UINT16_MAX) {
      frame = static_cast<uint32_t>(pending_sp_);
      pending_sp_ = 0;
    }
    FlushSp();
    code().Emit(Op::kGoReturn_NNI, 0, 0, frame);
  }
  MarkUnreachable();
  done = true;
  return true;
}

CodeBuffer::Label FunctionTranslator::GoTarget(int32_t block) const {
  const auto index = static_cast<uint32_t>(block);
  const size_t last = go_targets_.size() - 1;
  return go_targets_[index < last ? index : last];
}

// An if around nothing but a jump or a call that does not come back.
bool FunctionTranslator::GoIf(const Value& condition, bool& done) {
  if (Peek() != 0x40) return true;
  Lookahead ahead(pos_ + 1, end_);
  GoDetour detour;
  if (emit_.stack().empty() && MatchGoCall(ahead.pos(), 1, detour.site) &&
      !detour.site.indirect) {
    Lookahead after(detour.site.after, end_);
    if (!after.Match(kEnd)) return true;
    detour.label = code().NewLabel();
    detour.back = code().NewLabel();
    detour.sp_offset = 0;
    BranchOn(condition, true, detour.label);
    detours_.push_back(detour);
    Bind(detour.back);
    pos_ = after.pos();
    done = true;
    return true;
  }
  // i32.const k, local.set 0, br, end
  if (!ahead.Match(kI32ConstOp)) return true;
  const auto block = static_cast<int32_t>(ahead.Signed());
  if (!ahead.Match(0x21) || !ahead.Match(0x00) || !ahead.Match(kBr)) {
    return true;
  }
  const uint64_t depth = ahead.Unsigned();
  if (!ahead.Match(kEnd) || depth == 0 ||
      !ControlAt(static_cast<uint32_t>(depth - 1)).is_go_loop) {
    return true;
  }
  pos_ = ahead.pos();
  BranchOn(condition, true, GoTarget(block));
  done = true;
  return true;
}

// True if the function cannot change global 0: it neither writes it nor calls.
bool FunctionTranslator::KeepsSp(uint32_t func) {
  enum : uint8_t { kUnknown, kYes, kNo };
  if (func < module_.imported_funcs) return false;
  if (keeps_sp_.empty()) keeps_sp_.resize(module_.func_types.size());
  uint8_t& answer = keeps_sp_[func];
  if (answer != kUnknown) return answer == kYes;
  answer = kYes;

  const FuncBody& body = module_.bodies[func - module_.imported_funcs];
  const uint8_t* resume_at = pos_;
  pos_ = module_.bytes.data() + body.body_offset;
  const uint8_t* end = pos_ + body.body_size;
  // Its body need not have been validated yet.
  if (!body_is_valid_(func)) {
    answer = kNo;
    end = pos_;
  } else {
    for (uint32_t groups = ReadU32(); groups > 0; --groups) {
      ReadU32();
      ++pos_;
    }
  }
  while (pos_ < end && answer == kYes) {
    const WasmOp op = ReadOp();
    if (op == WasmOp::kCall || op == WasmOp::kCallIndirect ||
        op == WasmOp::kGlobalSet) {
      answer = kNo;
    }
    SkipImmediates(Info(op));
  }
  pos_ = resume_at;
  return answer == kYes;
}

}  // namespace goshawk::interp
