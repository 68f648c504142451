// The two stacks of the validation algorithm (WebAssembly 2.0, appendix
// "Validation Algorithm"): the types of the operands, and the blocks that are
// open. Below an instruction that never returns, operands that nobody pushed
// are of unknown type and fit any other.
//
// Functions that can fail return false and leave in failure() what was wanted
// and what was there; after that the stack is of no use until Reset.

#ifndef GOSHAWK_INTERP_TYPE_STACK_H_
#define GOSHAWK_INTERP_TYPE_STACK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/base/optimization.h"
#include "absl/types/span.h"
#include "interp/limits.h"
#include "interp/value_type.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// A block, a loop, a branch of an if, or the function itself.
struct ControlFrame {
  ValueType* floor;  // operands below this belong to the frames around it
  // >= 0: index of a function type. Negative: the block takes nothing and the
  // number is minus the byte that encodes its result, 0x40 for none.
  int32_t block_type;
  WasmOp op;  // kBlock, kLoop, kIf, kElse
  bool unreachable;
};

class TypeStack {
 public:
  using Types = absl::Span<const ValueType>;

  // Fits any type.
  static constexpr ValueType kUnknown = ValueType{0};

  // What was popped and what was there.
  struct Failure {
    enum class Kind : uint8_t { kNone, kMismatch, kMissing, kTooMany };
    Kind kind = Kind::kNone;
    ValueType expected = kUnknown;
    ValueType found = kUnknown;
  };

  TypeStack()
      : types_(new ValueType[kMaxOperands]),
        limit_(types_.get() + kMaxOperands) {
    Reset();
  }

  // Forgets all frames and operands.
  void Reset() {
    failure_ = {};
    top_ = types_.get();
    frame_ = frames_.data();
  }

  const Failure& failure() const { return failure_; }
  // Records that one type was wanted where another was found; returns false.
  bool Mismatch(ValueType expected, ValueType found) {
    return Fail(Failure::Kind::kMismatch, expected, found);
  }

  // ---- Operands

  bool Push(ValueType type) {
    if (ABSL_PREDICT_FALSE(top_ >= limit_)) {
      return Fail(Failure::Kind::kTooMany, type, kUnknown);
    }
    *top_++ = type;
    return true;
  }

  bool PushAll(Types types) {
    for (ValueType type : types) {
      if (!Push(type)) return false;
    }
    return true;
  }

  bool Pop(ValueType type) {
    if (!HasOperands()) return IsUnreachable(type);
    ValueType found = *--top_;
    return found == type || found == kUnknown || Mismatch(type, found);
  }

  bool PopAll(Types types) {
    for (size_t i = types.size(); i > 0; --i) {
      if (!Pop(types[i - 1])) return false;
    }
    return true;
  }

  // Pops whatever is there into `type`.
  bool PopAny(ValueType& type) {
    type = kUnknown;
    if (!HasOperands()) return IsUnreachable(type);
    type = *--top_;
    return true;
  }

  // Checks the topmost operands and leaves them.
  bool Peek(Types types) {
    const ValueType* next = top_;
    for (size_t i = types.size(); i > 0; --i) {
      ValueType type = types[i - 1];
      if (next == frame_->floor) return IsUnreachable(type);
      ValueType found = *--next;
      if (found != type && found != kUnknown) return Mismatch(type, found);
    }
    return true;
  }

  // Pops the operands and pushes the result that the instruction's row in
  // wasm_op.def says. REQUIRES: op.has_signature.
  bool Apply(const WasmOpInfo& op) {
    for (int i = op.num_operands - 1; i >= 0; --i) {
      if (!Pop(op.operands[i])) return false;
    }
    return op.num_results == 0 || Push(op.result);
  }

  // True if the current frame has operands of its own.
  bool HasOperands() const { return top_ != frame_->floor; }

  // The rest of the current frame is never executed.
  void SetUnreachable() {
    top_ = frame_->floor;
    frame_->unreachable = true;
  }

  // ---- Frames

  size_t depth() const { return static_cast<size_t>(frame_ - frames_.data()); }
  // The frame that label `depth` means. REQUIRES: depth < depth().
  const ControlFrame& frame(size_t depth) const { return *(frame_ - depth); }

  void PushFrame(WasmOp op, int32_t block_type) {
    const size_t depth = this->depth();
    if (depth + 1 == frames_.size()) {
      frames_.resize(2 * frames_.size());
      frame_ = &frames_[depth];
    }
    *++frame_ = {top_, block_type, op, false};
  }

  void PopFrame() { --frame_; }

  // Turns the current frame, that of an if, into that of its else.
  void StartElse() {
    frame_->op = WasmOp::kElse;
    frame_->unreachable = false;
  }

 private:
  bool IsUnreachable(ValueType wanted) {
    return frame_->unreachable ||
           Fail(Failure::Kind::kMissing, wanted, kUnknown);
  }

  ABSL_ATTRIBUTE_NOINLINE bool Fail(Failure::Kind kind, ValueType expected,
                                    ValueType found) {
    failure_ = {kind, expected, found};
    return false;
  }

  std::unique_ptr<ValueType[]> types_;
  ValueType* const limit_;
  ValueType* top_;  // past the topmost operand
  // All that there is room for. The first one stands for no frame at all.
  std::vector<ControlFrame> frames_ = std::vector<ControlFrame>(64);
  ControlFrame* frame_;  // the current one
  Failure failure_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TYPE_STACK_H_
