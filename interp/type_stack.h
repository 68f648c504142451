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
#include <cstring>
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
  // >= 0: index of a function type. Negative: the block takes nothing and the
  // number is minus the byte that encodes its result, 0x40 for none.
  int32_t block_type;
  uint32_t height;  // operands below this belong to the frames around it
  WasmOp op;        // kBlock, kLoop, kIf, kElse
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
      : types_(new ValueType[kWord + kMaxOperands + 1]),
        bottom_(types_.get() + kWord),
        limit_(bottom_ + kMaxOperands) {
    for (size_t i = 0; i < kWord; ++i) types_[i] = kUnknown;
    Reset();
  }

  // Forgets all frames and operands.
  void Reset() {
    frames_.clear();
    failure_ = {};
    top_ = floor_ = bottom_;
    unreachable_ = false;
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
    if (ABSL_PREDICT_FALSE(top_ == floor_)) {
      return unreachable_ || Fail(Failure::Kind::kMissing, type, kUnknown);
    }
    ValueType found = *--top_;
    return ABSL_PREDICT_TRUE(found == type) || found == kUnknown ||
           Mismatch(type, found);
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
    if (top_ == floor_) {
      return unreachable_ || Fail(Failure::Kind::kMissing, type, kUnknown);
    }
    type = *--top_;
    return true;
  }

  // Checks the topmost operands and leaves them.
  bool Peek(Types types) {
    const ValueType* next = top_;
    for (size_t i = types.size(); i > 0; --i) {
      ValueType type = types[i - 1];
      if (next == floor_) {
        return unreachable_ || Fail(Failure::Kind::kMissing, type, kUnknown);
      }
      ValueType found = *--next;
      if (found != type && found != kUnknown) return Mismatch(type, found);
    }
    return true;
  }

  // Pops the operands and pushes the result that the instruction's row in
  // wasm_op.def says. REQUIRES: op.has_signature.
  bool Apply(const WasmOpInfo& op) {
    uint32_t word;
    std::memcpy(&word, top_ - kWord, sizeof(word));
    bool fits = ((word ^ op.operand_word) & op.operand_mask) == 0 &&
                top_ - floor_ >= op.num_operands;
    if (ABSL_PREDICT_FALSE(!fits)) return ApplySlowly(op);
    top_ -= op.num_operands;
    // Without a result this writes where nothing is.
    *top_ = op.result;
    top_ += op.num_results;
    return ABSL_PREDICT_TRUE(top_ <= limit_) || Push(op.result);
  }

  // True if the current frame has operands of its own.
  bool HasOperands() const { return top_ != floor_; }

  // The rest of the current frame is never executed.
  void SetUnreachable() {
    top_ = floor_;
    unreachable_ = true;
  }

  // ---- Frames

  size_t depth() const { return frames_.size(); }
  // The frame that label `depth` means. REQUIRES: depth < depth().
  const ControlFrame& frame(uint32_t depth) const {
    return frames_[frames_.size() - 1 - depth];
  }

  void PushFrame(WasmOp op, int32_t block_type) {
    if (!frames_.empty()) frames_.back().unreachable = unreachable_;
    auto height = static_cast<uint32_t>(top_ - bottom_);
    frames_.push_back({block_type, height, op, false});
    floor_ = top_;
    unreachable_ = false;
  }

  void PopFrame() {
    frames_.pop_back();
    if (frames_.empty()) return;
    floor_ = bottom_ + frames_.back().height;
    unreachable_ = frames_.back().unreachable;
  }

  // Turns the current frame, that of an if, into that of its else.
  void StartElse() {
    frames_.back().op = WasmOp::kElse;
    unreachable_ = false;
  }

 private:
  // Apply compares as many operands at once; so many bytes below the first
  // operand can be read, too.
  static constexpr size_t kWord = sizeof(WasmOpInfo::operand_word);

  ABSL_ATTRIBUTE_NOINLINE bool ApplySlowly(const WasmOpInfo& op) {
    for (int i = op.num_operands - 1; i >= 0; --i) {
      if (!Pop(op.operands[i])) return false;
    }
    return op.num_results == 0 || Push(op.result);
  }

  ABSL_ATTRIBUTE_NOINLINE bool Fail(Failure::Kind kind, ValueType expected,
                                    ValueType found) {
    failure_ = {kind, expected, found};
    return false;
  }

  std::unique_ptr<ValueType[]> types_;
  ValueType* const bottom_;  // the first operand
  ValueType* const limit_;
  ValueType* top_;    // past the topmost operand
  ValueType* floor_;  // the current frame's first operand
  bool unreachable_ = false;
  std::vector<ControlFrame> frames_;
  Failure failure_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TYPE_STACK_H_
