// Translates one function: the walk over its instructions. Private to the
// translator; the parts that know Go's shape are in go_shape.cc.
//
// A function of Go's shape need not have been validated before: the walk finds
// out on the way whether it is valid. It asks for what the validator
// (body_checker.h) asks for, of instructions that compilers of Go emit and in
// the way they do it; at what is not certain to be valid it stops, and the
// validator decides. So there is one place that knows all the rules, and most
// functions are read once. Until a function has been found valid
//
// - numbers and indices may be anything, and are looked at before use;
// - so may types: the operands of each instruction are looked at before it is
//   translated (Takes), and its result gets a type (Typed, Leave);
// - the body may end anywhere, so some bytes beyond it (kReadAhead) are there.

#ifndef GOSHAWK_INTERP_FUNCTION_TRANSLATOR_H_
#define GOSHAWK_INTERP_FUNCTION_TRANSLATOR_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/types/span.h"
#include "interp/byte_reader.h"
#include "interp/cold.h"
#include "interp/emitter.h"
#include "interp/listing.h"
#include "interp/liveness.h"
#include "interp/module.h"
#include "interp/state.h"
#include "interp/value_type.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// Must outlive the code that it makes.
class FunctionTranslator {
 public:
  using Label = CodeBuffer::Label;

  enum class Outcome : uint8_t {
    kDone,      // and, if it was not before, found valid
    kUnsure,    // may not be valid; only if it has not been validated
    kNotGo,     // it breaks an assumption about Go's functions
    kTooFar,    // branches need more than 16 bits
    kTooLarge,  // beyond what the engine supports
  };

  struct Way {
    bool validated = false;     // the body is valid
    bool go = true;             // Go's shape; if not, it has been validated
    bool far_branches = false;  // 16 bits do not suffice for them
  };

  // `is_valid` tells whether the body of a function is.
  FunctionTranslator(State& state, std::function<bool(uint32_t)> is_valid);

  // From now on each Run leaves in `steps` what came from where. Without it
  // nothing is noted; `steps` must outlive the runs.
  void NoteSteps(std::vector<TranslationStep>* steps) { steps_ = steps; }

  // Makes the code of `function` in code(), with positions of its entries.
  Outcome Run(const Function& function, const Way& way);

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
  static constexpr uint32_t kGlobalOfG = 2;   // holds Go's g

  // How many bytes are looked at in one step, at most.
  static constexpr ptrdiff_t kReadAhead = 128;

  // ---- The walk ----
  bool Locals();
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

  // ---- Whether the body is valid ----
  bool Unsure() { return Fail(Outcome::kUnsure); }
  // The operands that the innermost construct has of its own.
  uint32_t NumOperands() {
    return emit_.stack().height() - controls_.back().height;
  }
  // Whether the topmost operands are of these types, the last one on top. In a
  // valid body they are, so that is not asked.
  bool Takes(ValueType type) {
    return validated_ ||
           (NumOperands() >= 1 && emit_.stack().top().type == type);
  }
  bool Takes(ValueType first, ValueType last) {
    return validated_ || (NumOperands() >= 2 && TypeBelowTop(0) == last &&
                          TypeBelowTop(1) == first);
  }
  bool Takes(absl::Span<const ValueType> types);
  ValueType TypeBelowTop(uint32_t depth) {
    return emit_.stack().at(emit_.stack().height() - 1 - depth).type;
  }
  // Whether a branch may go there, with nothing if it has to be found out.
  bool IsLabel(uint32_t depth) {
    return validated_ ||
           (depth < controls_.size() && ArityOf(ControlAt(depth)) == 0);
  }
  // Whether the innermost construct may end here.
  bool HasResults(const Control& control) {
    return NumOperands() == (control.unreachable ? 0 : control.results);
  }
  // Gives what has been pushed its type. True.
  bool Typed(ValueType type) {
    emit_.stack().top().type = type;
    return true;
  }

  uint8_t Peek(size_t ahead = 0) const { return pos_[ahead]; }
  WasmOp PeekOp() const { return static_cast<WasmOp>(Peek()); }
  // A number of any length. If it is too large or too long the outcome is
  // kUnsure.
  template <auto kRead>
  ABSL_ATTRIBUTE_NOINLINE auto ReadLong() {
    ByteReader in = Reader();
    const auto number = (in.*kRead)();
    if (in.ok()) {
      pos_ += in.offset();
    } else {
      Unsure();
    }
    return number;
  }
  // A reader of what comes next.
  ByteReader Reader() const {
    const uint8_t* const end = module_.bytes.data() + module_.bytes.size();
    return ByteReader({pos_, static_cast<size_t>(end - pos_)});
  }
  uint32_t ReadU32() {
    if (*pos_ < 0x80) [[likely]]
      return *pos_++;
    return ReadLong<&ByteReader::VarU32>();
  }
  int32_t ReadS32() {
    if (*pos_ < 0x80) [[likely]]
      return int32_t{*pos_++} << 25 >> 25;
    return ReadLong<&ByteReader::VarS32>();
  }
  int64_t ReadS64() {
    if (*pos_ < 0x80) [[likely]]
      return int64_t{*pos_++} << 57 >> 57;
    return ReadLong<&ByteReader::VarS64>();
  }
  uint64_t ReadFixed(int bytes);
  // An index of memory, of which there is one.
  bool ReadMemoryIndex() { return *pos_++ == 0; }
  WasmOp ReadOp();

  // ---- Control ----
  // False: outcome_ says why not.
  bool ReadBlockType(uint32_t& params, uint32_t& results);
  void PushControl(Control::Kind kind, uint32_t params, uint32_t results);
  bool StartConstruct(Control::Kind kind);
  void StartBlocks();
  bool StartIf();
  bool Else();
  bool End();
  bool EndFunction();
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
    if (PeekOp() == WasmOp::kLocalSet && Peek(1) >= 2 && Peek(1) < 0x80 &&
        Peek(1) < num_locals_) {
      emit_.Aim(emit_.SlotOfLocal(Peek(1)));
    }
  }
  // What has been computed is of type `type`. If it went to the local, so that
  // the instruction has been translated, skips that.
  bool Leave(ValueType type) {
    if (!emit_.Hit()) return Typed(type);
    const uint32_t local = Peek(1);
    if (locals_[local] != type) return Unsure();
    if (go_) live_.Write(local);
    pos_ += 2;
    return true;
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
  void Wrap();
  void Extend();
  bool SpArithmetic(WasmOp op);
  bool Select();
  bool LinearMemory(WasmOp op);
  bool SegmentOrTable(WasmOp op);
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

  const FuncType* type_ = nullptr;
  bool go_ = false;
  bool validated_ = false;   // the body is valid
  bool may_unwind_ = false;  // type (i32) -> (i32)
  bool has_sp_ = false;
  bool has_g_ = false;
  std::vector<ValueType> locals_;
  uint32_t num_locals_ = 0;
  uint32_t num_params_ = 0;
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
