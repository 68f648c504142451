// The part of FunctionTranslator that recognises Go's calls, the checks of the
// stack that functions begin with, and changes of the stack pointer.

#include "interp/function_translator.h"
#include "interp/go_sequences.h"
#include "interp/go_shape.h"
#include "interp/lookahead.h"

namespace goshawk::interp {

// The sequence of a call, from local.get 1 on; an indirect one has its target
// on the operand stack. `extra_depth`: how many constructs the sequence is in
// that have not been entered yet.
bool FunctionTranslator::MatchGoCall(const uint8_t* p, uint32_t extra_depth,
                                     GoCallSite& site) {
  if (static_cast<size_t>(end_ - p) >= kGoDirectCallWindow) [[likely]] {
    if (!BeginsGoCall(p)) return false;
    GoDirectCall call;
    if (ReadGoDirectCall(p, call)) {
      site.indirect = false;
      // Function indices are written as if they were signed, which changes only
      // how long they are.
      site.func = static_cast<uint32_t>(call.func.bits);
      site.return_address = call.return_address.Signed();
      site.after = call.after;
      return HasGoType(site.func) && IsUnwindExit(call.depth.bits, extra_depth);
    }
  }
  Lookahead ahead(p, end_);
  if (!ahead.Match(kGoCallStart)) return false;
  site.return_address = ahead.S64();
  if (!ahead.Match(kGoStore) || ahead.U32() != 0 || !ahead.ok()) {
    return false;
  }
  site.indirect = !ahead.MatchIf(kGoDirectCall);
  if (!site.indirect) {
    site.func = ahead.U32();
    if (!ahead.ok() || !HasGoType(site.func)) return false;
  } else {
    site.narrow = ahead.MatchIf(kGoNarrowIndex);
    if (!site.narrow && !ahead.Match(kGoWideIndex)) return false;
    if (!ahead.Match(kGoIndirectCall)) return false;
    const uint32_t type = ahead.U32();
    const uint32_t table = ahead.U32();
    if (!ahead.ok() || table != 0 || type >= state_.types.size() ||
        state_.types[type] != type_) {
      return false;
    }
  }
  ahead.Match(kGoReload);
  if (!ahead.Match(WasmOp::kBrIf)) return false;
  const uint32_t depth = ahead.U32();
  site.after = ahead.pos();
  return ahead.ok() && IsUnwindExit(depth, extra_depth);
}

// Whether it is a function of the module's own and of this one's type. Nothing
// of the function is looked at, which is likely to be far from the cache.
bool FunctionTranslator::HasGoType(uint32_t func) const {
  return func >= module_.imported_funcs && func < module_.func_types.size() &&
         state_.types[module_.func_types[func]] == type_;
}

// Whether a branch that leaves so many constructs, but for those not entered
// yet, goes to the end of the outermost block; CheckUnwindExit sees to it that
// what follows that is "return 1".
bool FunctionTranslator::IsUnwindExit(uint64_t depth,
                                      uint32_t extra_depth) const {
  return unwinds_ && controls_.size() >= 2 &&
         depth == controls_.size() - 2 + extra_depth &&
         controls_[1].kind == Control::kBlock && controls_[1].results == 0 &&
         controls_[1].height == 0;
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
  // Coming by, the first call finds out where to go.
  code().EmitData<const Word*>(state_.functions[site.func]->go_stub());
  code().EmitData<int64_t>(site.return_address);
  AfterGoCall(position);
}

void FunctionTranslator::AfterGoCall(uint32_t position) {
  code().ForgetLast();
  live_.StartBlock();
  go_calls_.emplace_back(position, live_.current());
}

// A call, or a change of sp.
bool FunctionTranslator::GoCallOrSp(const uint8_t* start, bool& done) {
  GoCallSite site;
  if (MatchGoCall(start, 0, site)) {
    FlushSp();
    if (site.indirect) {
      if (emit_.stack().height() != 1) return Fail(Outcome::kNotGo);
      if (!Takes(ValueType::kI64)) return Unsure();
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
  if (ahead.Match(kGoSpPlus)) {
    const int64_t offset = ahead.S32();
    const bool subtract = ahead.MatchIf(WasmOp::kI32Sub);
    if ((subtract || ahead.Match(WasmOp::kI32Add)) && ahead.Match(kGoSetSp)) {
      emit_.FlushUsesOfSp();
      pending_sp_ += subtract ? -offset : offset;
      pos_ = ahead.pos();
      done = true;
    }
  }
  return true;
}

bool FunctionTranslator::GoStackCheck(const uint8_t* start) {
  Lookahead ahead(start, end_);
  if (!has_g_ || !ahead.Match(kGoStackCheck)) return false;
  uint32_t large = 0;
  if (ahead.MatchIf(WasmOp::kI32Const)) {
    large = static_cast<uint32_t>(ahead.S32());
    if (!ahead.Match(WasmOp::kI32Add)) return false;
  }
  GoDetour detour;
  if (!ahead.Match(kGoCheckIf) || !emit_.stack().empty() ||
      !MatchGoCall(ahead.pos(), 1, detour.site) || detour.site.indirect) {
    return false;
  }
  Lookahead after(detour.site.after, end_);
  if (!after.Match(WasmOp::kEnd)) return false;

  FlushSp();
  uint32_t frame = 0;
  pos_ = after.pos();
  if (after.Match(kGoSpPlus)) {
    const int64_t size = after.S32();
    if (after.Match(WasmOp::kI32Sub) && after.Match(kGoSetSp) && size >= 0 &&
        size <= UINT16_MAX) {
      frame = static_cast<uint32_t>(size);
      pos_ = after.pos();
    }
  }
  detour.label = code().NewLabel();
  detour.back = code().NewLabel();
  detour.sp_offset = -int64_t{frame};
  const uint32_t position = code().Emit(Op::kGoEnter_NNJ, 0, 0, frame);
  code().EmitData<const GlobalVariable*>(state_.globals[kGlobalOfG]);
  code().EmitData<uint64_t>(uint64_t{large} << 32);
  code().AddDistance(position + 2, position, detour.label);
  live_.BranchTo(detour.label);
  detours_.push_back(detour);
  Bind(detour.back);
  return true;
}

}  // namespace goshawk::interp
