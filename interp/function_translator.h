// Translates one function: the walk over its instructions. Private to the
// translator; the parts that know Go's shape are in go_shape.cc.

#ifndef GOSHAWK_INTERP_FUNCTION_TRANSLATOR_H_
#define GOSHAWK_INTERP_FUNCTION_TRANSLATOR_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "interp/cold.h"
#include "interp/emitter.h"
#include "interp/listing.h"
#include "interp/liveness.h"
#include "interp/module.h"
#include "interp/state.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// Must outlive the code that it makes.
class FunctionTranslator {
 public:
  using Label = CodeBuffer::Label;

  enum class Outcome : uint8_t {
    kDone,
    kNotGo,     // it breaks an assumption about Go's functions
    kTooFar,    // branches need more than 16 bits
    kTooLarge,  // beyond what the engine supports
  };

  // `is_valid` tells whether the body of a function is.
  FunctionTranslator(State& state, std::function<bool(uint32_t)> is_valid);

  // From now on each Run leaves in `steps` what came from where. Without it
  // nothing is noted; `steps` must outlive the runs.
  void NoteSteps(std::vector<TranslationStep>* steps) { steps_ = steps; }

  // Makes the code of `function` in code(), with positions of its entries.
  Outcome Run(const Function& function, bool go, bool far_branches);

  CodeBuffer& code() { return emit_.code(); }
  uint32_t entry() const { return entry_; }
  uint32_t go_entry() const { return go_entry_; }  // kUnbound: none
  uint32_t num_slots() const { return emit_.num_slots(); }

 private:
  struct Control {
    enum Kind : uint8_t { kFunction, kBlock, kLoop, kIf, kElse };
    Kind kind = kFunction;
    bool unreachable = false;  // the rest of its body is
    bool is_go_loop = false;   // the loop around Go's table of resume points
    uint32_t height;           // of the stack below its parameters
    uint32_t params;
    uint32_t results;
    Label label;       // where a branch to it goes
    Label else_label;  // kIf
  };

  static constexpr uint8_t kNoResult = 0x40;  // as a block type

  // ---- The walk ----
  Outcome Walk();
  void NoteStep();
  // False: outcome_ says why not.
  [[gnu::always_inline]] bool Instruction(WasmOp op);
  bool Numeric(WasmOp op);
  bool Fail(Outcome outcome) {
    outcome_ = outcome;
    return false;
  }
  // Skips unreachable code up to the else or end that closes the innermost
  // construct.
  void SkipUnreachable();
  void SkipImmediates(const WasmOpInfo& info);

  uint8_t Peek(size_t ahead = 0) const { return pos_[ahead]; }
  WasmOp PeekOp() const { return static_cast<WasmOp>(Peek()); }
  uint32_t ReadU32() {
    if (*pos_ < 0x80) [[likely]]
      return *pos_++;
    return static_cast<uint32_t>(ReadLongNumber(false));
  }
  int64_t ReadS64() {
    if (*pos_ < 0x80) [[likely]]
      return int64_t{*pos_++} << 57 >> 57;
    return static_cast<int64_t>(ReadLongNumber(true));
  }
  uint64_t ReadLongNumber(bool is_signed);
  uint64_t ReadFixed(int bytes);
  WasmOp ReadOp();

  // ---- Control ----
  void ReadBlockType(uint32_t& params, uint32_t& results);
  void PushControl(Control::Kind kind, uint32_t params, uint32_t results);
  void StartConstruct(Control::Kind kind);
  void StartBlocks();
  bool StartIf();
  void Else();
  bool End();
  void EndFunction();
  void Bind(Label label);
  uint32_t ArityOf(const Control& control) const {
    return control.kind == Control::kLoop ? control.params : control.results;
  }
  Control& ControlAt(uint32_t depth) {
    return controls_[controls_.size() - 1 - depth];
  }
  void MarkUnreachable();
  void DropTo(uint32_t height);
  // Pushes values that are in their own slots.
  void PushOwnSlots(uint32_t count);
  // Moves the topmost values to where `control` wants them.
  void MoveBranchValues(const Control& control);
  bool Branch(uint32_t depth);
  bool BranchIf(uint32_t depth);
  bool BranchTable();
  void Return();
  void Jump(Label label);
  void BranchOn(const Value& condition, bool sense, Label label);

  // ---- Calls, variables, memory ----
  bool Call(uint32_t func);
  bool CallIndirect();
  // Puts `params` arguments in place and emits the call's first word.
  void PrepareCall(uint32_t params, uint32_t results, uint32_t& arguments);
  void PushResults(uint32_t results, uint32_t arguments);
  // Sends what is computed next to the local that it is for, if the instruction
  // after it sets one.
  void AimAtLocal() {
    if (PeekOp() == WasmOp::kLocalSet && Peek(1) >= 2 && Peek(1) < 0x80) {
      emit_.Aim(emit_.SlotOfLocal(Peek(1)));
    }
  }
  // If that has happened, so has the instruction.
  void SkipIfHit() {
    if (!emit_.Hit()) return;
    if (go_) live_.Write(Peek(1));
    pos_ += 2;
  }
  bool LocalGet(uint32_t local);
  bool LocalSet(uint32_t local, bool tee);
  bool GlobalGet(uint32_t global);
  bool GlobalSet(uint32_t global);
  // The value popped, as an operand that is one or the other.
  Operand InAccumulatorOrSlot(const Value& value);
  void SetSp(const Value& value);
  void AddToSp(int64_t offset);
  void FlushSp() {
    if (pending_sp_ != 0) [[unlikely]]
      AddToSp(std::exchange(pending_sp_, 0));
  }
  void Convert(WasmOp op);
  bool SpArithmetic(WasmOp op);
  bool MemoryOrTable(WasmOp op);
  bool Cold(Trap (*run)(State*, const ColdCall&, uint64_t*), uint32_t a,
            uint32_t b, uint32_t params, bool result);

  // ---- Go's shape: go_shape.cc ----
  struct GoCallSite {
    uint32_t func = 0;
    int64_t return_address = 0;
    bool indirect = false;
    bool narrow = false;
    const uint8_t* after = nullptr;  // the byte after the sequence
  };
  // A call moved out of the way, as those of the nil check are.
  struct GoDetour {
    Label label;
    Label back;
    int64_t sp_offset = 0;  // added to sp on the way back
    GoCallSite site;
  };

  bool StartGo();
  bool FinishGo();
  bool MatchGoCall(const uint8_t* p, uint32_t extra_depth, GoCallSite& site);
  bool HasGoType(uint32_t func) const;
  bool IsUnwindExit(uint64_t depth, uint32_t extra_depth) const;
  bool MatchReload();
  bool CheckUnwindExit(const Control& control);
  void EmitGoCall(const GoCallSite& site);
  void AfterGoCall(uint32_t position);
  bool GoLocalGetSp();
  bool GoCallOrSp(const uint8_t* start, bool& done);
  bool GoSpAddress();
  bool GoStackAccess(const uint8_t* p, int64_t base);
  static bool ReadStackWord(const uint8_t*& p, int64_t base, uint32_t& word);
  bool ReadConstant(const uint8_t*& p, int64_t& constant) const;
  bool GoSetSp();
  bool GoStackCheck(const uint8_t* start);
  bool GoTable();
  // After i32.const: a jump to a block of the function, or a return.
  bool GoConst(int32_t value, bool& done);
  bool GoIf(const Value& condition, bool& done);
  Label GoTarget(int32_t block) const;
  bool KeepsSp(uint32_t func);

  State& state_;
  const Module& module_;
  const std::function<bool(uint32_t)> body_is_valid_;
  Emitter emit_;
  Liveness live_;
  std::deque<ColdCall> cold_calls_;  // code holds addresses of these
  std::vector<TranslationStep>* steps_ = nullptr;

  const Function* function_ = nullptr;
  const FuncType* type_ = nullptr;
  bool go_ = false;
  bool may_unwind_ = false;  // type (i32) -> (i32)
  bool has_sp_ = false;
  uint32_t num_locals_ = 0;
  uint32_t num_params_ = 0;
  const uint8_t* begin_ = nullptr;
  const uint8_t* pos_ = nullptr;
  const uint8_t* end_ = nullptr;
  Outcome outcome_ = Outcome::kDone;
  std::vector<Control> controls_;
  std::vector<Label> table_;
  uint32_t entry_ = 0;
  uint32_t go_entry_ = 0;

  // Go functions only.
  int64_t pending_sp_ = 0;  // added to sp, but not emitted yet
  bool has_go_table_ = false;
  bool unwinds_ = false;  // the body ends as functions with calls do
  Label start_ = 0;
  std::vector<Label> go_targets_;  // by PC_B; the last is the default
  std::vector<GoDetour> detours_;
  struct GoCallBlock {
    uint32_t position;      // of the call operation
    Liveness::Block after;  // the block it returns to
  };
  std::vector<GoCallBlock> go_calls_;
  std::vector<uint8_t> keeps_sp_;  // by function: unknown, yes, no
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FUNCTION_TRANSLATOR_H_
