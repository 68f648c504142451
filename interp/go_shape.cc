#include "interp/go_shape.h"

#include <cstring>

#include "interp/function_translator.h"
#include "interp/go_sequences.h"
#include "interp/lookahead.h"

namespace goshawk::interp {
namespace {

// Whether `p` is at these bytes, of two instructions at most; then it goes on
// to what comes after them. The second byte is read only after the first.
bool Matches(const uint8_t*& p, const uint8_t (&bytes)[2]) {
  if (p[0] != bytes[0] || p[1] != bytes[1]) return false;
  p += 2;
  return true;
}

}  // namespace

bool FunctionTranslator::StartGo() {
  if (!has_sp_ || !may_unwind_ || num_locals_ < 2 ||
      locals_[1] != ValueType::kI32 || num_locals_ > Liveness::kMaxLocals ||
      state_.go_table == nullptr) {
    return false;
  }
  Lookahead ahead(pos_, end_);
  if (!ahead.Match(kGoReload)) return false;
  pos_ = ahead.pos();
  live_.Clear();
  pending_sp_ = 0;
  has_go_table_ = false;
  go_targets_.clear();
  detours_.clear();
  go_calls_.clear();
  unwinds_ = std::memcmp(end_ - sizeof(kGoUnwindExit), kGoUnwindExit,
                         sizeof(kGoUnwindExit)) == 0;
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
  if (go_targets_.empty()) go_targets_.push_back(start_);
  Label& first = go_targets_[0];
  const uint64_t live = live_.LiveInto(live_.BlockOf(first));
  if (live != 0) {
    const Label cleared = code().NewLabel();
    code().Bind(cleared);
    for (uint32_t local = 2; local < num_locals_; ++local) {
      if ((live >> local & 1) == 0) continue;
      code().Emit(Op::kMove_SNI, emit_.SlotOfLocal(local));
    }
    emit_.Jump(first);
    first = cleared;
  }
  const Label resume = code().NewLabel();
  code().Bind(resume);
  code().EmitBoundTable(Op::kGoResume_NSJ, 0, go_targets_);
  entry_ = code().PositionOf(resume);
  code().at(entry_).z = static_cast<uint16_t>(num_locals_);
  go_entry_ = code().PositionOf(first);
  return true;
}

bool FunctionTranslator::MatchReload() {
  Lookahead ahead(pos_, end_);
  if (!ahead.Match(kGoReload)) return false;
  pos_ = ahead.pos();
  return true;
}

// The instruction that comes next tells which sequence it can be.
bool FunctionTranslator::GoLocalGetSp() {
  const uint8_t* start = pos_ - 2;
  switch (PeekOp()) {
    case WasmOp::kI32Const: {
      bool done = false;
      if (!GoCallOrSp(start, done)) return false;
      if (done) return true;
      break;
    }
    case WasmOp::kGlobalGet:
      if (GoStackCheck(start)) return true;
      break;
    case WasmOp::kI64ExtendI32U:
      if (GoSpAddress()) return true;
      break;
    case WasmOp::kLocalGet:
    case WasmOp::kI64Const:
    case WasmOp::kI64Load:
      if (GoStackAccess(pos_, 0)) return true;
      break;
    default:
      break;
  }
  FlushSp();
  emit_.PushSpAddress(0, true);
  return Typed(ValueType::kI32);
}

// Loads of words of Go's stack, and stores to it of a local, a constant or
// another word, as most of what goes there is. `p` is what comes after the
// address, sp + `base`. All of it is of the types that it should be.
bool FunctionTranslator::GoStackAccess(const uint8_t* p, int64_t base) {
  uint32_t word = 0;
  if (Matches(p, kGoLoad)) {
    if (!ReadStackWord(p, base, word)) return false;
    FlushSp();
    pos_ = p;
    AimAtLocal();
    emit_.PushStackWord(word);
    return Leave(ValueType::kI64);
  }
  Operand source;
  uint32_t local = 0;
  if (Matches(p, kGoSp)) {
    int64_t from = 0;
    if (Matches(p, kGoExtendedPlus)) {
      if (!ReadConstant(p, from) || !Matches(p, kGoAddAndWrap)) return false;
      from = static_cast<int32_t>(from);
    }
    source.kind = Kind::kM;
    if (!Matches(p, kGoLoad) || !ReadStackWord(p, from, source.index)) {
      return false;
    }
  } else if (*p == static_cast<uint8_t>(WasmOp::kLocalGet)) {
    local = p[1];
    if (local < 2 || local >= num_locals_ ||
        locals_[local] != ValueType::kI64) {
      return false;
    }
    p += 2;
    source = Operand::Slot(emit_.SlotOfLocal(local));
  } else if (*p == static_cast<uint8_t>(WasmOp::kI64Const)) {
    ++p;
    source.kind = Kind::kI;
    if (!ReadConstant(p, source.constant)) return false;
  } else {
    return false;
  }
  if (!Matches(p, kGoStore) || !ReadStackWord(p, base, word)) return false;
  FlushSp();
  if (local != 0) live_.Read(local);
  emit_.MoveToStack(source, word);
  pos_ = p;
  return true;
}

// Reads an access's offset. The word of Go's stack that is there from `base`;
// false if it is none that operands can name.
bool FunctionTranslator::ReadStackWord(const uint8_t*& p, int64_t base,
                                       uint32_t& word) {
  static_assert(Emitter::kStackWords * 8 <= 1 << 14);  // two bytes are enough
  const uint32_t longer = *p >> 7;
  const uint32_t high = p[1] & (0u - longer);
  const int64_t address = base + (*p & 0x7f) + (int64_t{high} << 7);
  p += 1 + longer;
  word = static_cast<uint32_t>(address) / 8;
  return high < 0x80 && base >= 0 && address % 8 == 0 &&
         address / 8 < int64_t{Emitter::kStackWords};
}

// False if that would be too near to the end to be read at once.
bool FunctionTranslator::ReadConstant(const uint8_t*& p,
                                      int64_t& constant) const {
  if (end_ - p < kLebWindow) return false;
  const ShortLeb number = ReadShortLeb(p);
  constant = number.Signed();
  p += number.size;
  return number.size <= kLebWindow;
}

// After local.get 1: a distance from sp, or an access with one.
bool FunctionTranslator::GoSpAddress() {
  const uint8_t* p = pos_;
  int64_t offset = 0;
  if (!Matches(p, kGoExtendedPlus) || !ReadConstant(p, offset) ||
      *p != static_cast<uint8_t>(WasmOp::kI64Add)) {
    return false;
  }
  ++p;
  if (*p == static_cast<uint8_t>(WasmOp::kI32WrapI64)) {
    ++p;
    const auto low = static_cast<int32_t>(offset);
    if (GoStackAccess(p, low)) return true;
    FlushSp();
    emit_.PushSpAddress(low, low == 0);
    pos_ = p;
    return Typed(ValueType::kI32);
  }
  FlushSp();
  emit_.PushSpAddress(offset, true);
  pos_ = p;
  return Typed(ValueType::kI64);
}

// local.tee 1, which global.set 0 has to follow.
bool FunctionTranslator::GoSetSp() {
  if (PeekOp() != WasmOp::kGlobalSet || Peek(1) != 0)
    return Fail(Outcome::kNotGo);
  if (!Takes(ValueType::kI32)) return Unsure();
  pos_ += 2;
  SetSp(emit_.Pop());
  return true;
}

// local.get 0, which the table of the blocks to resume at has to follow.
bool FunctionTranslator::GoTable() {
  if (PeekOp() != WasmOp::kBrTable || has_go_table_ || code().size() != 0 ||
      pending_sp_ != 0 || !emit_.stack().empty()) {
    return Fail(Outcome::kNotGo);
  }
  ++pos_;
  const uint32_t count = ReadU32();
  // A label has a byte.
  if (pos_ >= end_ || static_cast<size_t>(end_ - pos_) <= count) {
    return Unsure();
  }
  go_targets_.resize(size_t{count} + 1);
  for (Label& target : go_targets_) {
    const uint32_t depth = ReadU32();
    if (pos_ > end_ || depth >= controls_.size()) return Unsure();
    const Control& control = ControlAt(depth);
    if (control.kind != Control::kBlock || control.results != 0) {
      return Fail(Outcome::kNotGo);
    }
    target = control.label;
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
  if (PeekOp() == WasmOp::kLocalSet && Peek(1) == 0) {
    Lookahead jump(pos_ + 2, end_);
    if (!jump.Match(WasmOp::kBr)) return Fail(Outcome::kNotGo);
    const uint32_t depth = jump.U32();
    if (!jump.ok() || depth >= controls_.size() ||
        !ControlAt(depth).is_go_loop) {
      return Fail(Outcome::kNotGo);
    }
    pos_ = jump.pos();
    emit_.FlushReadsOfMemory();
    Jump(GoTarget(value));
    MarkUnreachable();
    done = true;
    return true;
  }
  if (PeekOp() != WasmOp::kReturn || (value != 0 && value != 1)) return true;
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
  if (Peek() != kNoResult) return true;
  Lookahead ahead(pos_ + 1, end_);
  GoDetour detour;
  if (static_cast<WasmOp>(Peek(1)) == WasmOp::kLocalGet &&
      emit_.stack().empty() && MatchGoCall(ahead.pos(), 1, detour.site) &&
      !detour.site.indirect) {
    Lookahead after(detour.site.after, end_);
    if (!after.Match(WasmOp::kEnd)) return true;
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
  if (!ahead.Match(WasmOp::kI32Const)) return true;
  const int32_t block = ahead.S32();
  if (!ahead.Match(kGoSetTarget) || !ahead.Match(WasmOp::kBr)) {
    return true;
  }
  const uint32_t depth = ahead.U32();
  if (!ahead.Match(WasmOp::kEnd) || depth == 0 || depth > controls_.size() ||
      !ControlAt(depth - 1).is_go_loop) {
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
