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
      : types_(new ValueType[kBelow + kMaxOperands]),
        bottom_(types_.get() + kBelow),
        limit_(bottom_ + kMaxOperands) {
    for (size_t i = 0; i < kBelow; ++i) types_[i] = kUnknown;
    Reset();
  }

  // Forgets all frames and operands.
  void Reset() {
    failure_ = {};
    top_ = bottom_;
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

  // How many more there is room for.
  size_t room() const { return static_cast<size_t>(limit_ - top_); }

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

  // ---- Both in registers

  // The tops of both stacks in a local variable, for as long as nothing else
  // changes the stacks. It knows less than they do: where a function returns
  // false it has done nothing, and they say whether that is an error. It does
  // not look at the limit of operands.
  class Tip {
   public:
    explicit Tip(const TypeStack& stack)
        : top_(stack.top_),
          frame_(stack.frame_),
          no_frame_(stack.frames_.data()),
          last_frame_(&stack.frames_.back()) {
      Load();
    }

    // Makes `stack`, from which it comes, what it has become.
    void Store(TypeStack& stack) const {
      stack.top_ = top_;
      stack.frame_ = frame_;
    }

    // REQUIRES: there is room.
    void Push(ValueType type) {
      *top_++ = type;
      types_ = types_ << 8 | static_cast<uint64_t>(type);
    }

    // Whether the topmost operand is of type `type`.
    bool Is(ValueType type) const {
      return static_cast<ValueType>(types_ & 0xff) == type;
    }

    bool Pop(ValueType type) {
      if (!Is(type)) return false;
      --top_;
      types_ >>= 8;
      return true;
    }

    // As TypeStack::Apply. REQUIRES: there is room for an operand.
    bool Apply(const WasmOpInfo& op) {
      const auto found = static_cast<uint32_t>(types_);
      if (((found ^ op.operand_word) & op.operand_mask) != 0) return false;
      top_ -= op.num_operands;
      types_ >>= 8 * op.num_operands;
      // Without a result this writes where nothing is.
      *top_ = op.result;
      top_ += op.num_results;
      types_ = types_ << 8 * op.num_results | static_cast<uint64_t>(op.result);
      return true;
    }

    size_t depth() const { return static_cast<size_t>(frame_ - no_frame_); }
    const ControlFrame& frame(size_t depth) const { return *(frame_ - depth); }

    bool HasRoomForFrame() const { return frame_ != last_frame_; }
    // REQUIRES: HasRoomForFrame.
    void PushFrame(WasmOp op, int32_t block_type) {
      *++frame_ = {top_, block_type, op, false};
      types_ = 0;
    }

    // If the current frame is of this type and has no operands of its own.
    bool PopFrame(int32_t block_type) {
      if (frame_->block_type != block_type || top_ != frame_->floor) {
        return false;
      }
      --frame_;
      Load();
      return true;
    }

    void SetUnreachable() {
      top_ = frame_->floor;
      types_ = 0;
      frame_->unreachable = true;
    }

   private:
    // After the current frame has changed.
    void Load() {
      types_ = 0;
      const auto count = static_cast<size_t>(top_ - frame_->floor);
      if (count == 0) return;
      uint64_t word;
      std::memcpy(&word, top_ - sizeof(word), sizeof(word));
      types_ = __builtin_bswap64(word);
      if (count < sizeof(word)) types_ &= ~(UINT64_MAX << 8 * count);
    }

    // The types of the topmost operands, the last one's lowest. kUnknown where
    // there is no such operand, where its type is unknown, and where only the
    // stack knows, which has all of them.
    uint64_t types_;
    ValueType* top_;
    ControlFrame* frame_;
    const ControlFrame* no_frame_;
    const ControlFrame* last_frame_;
  };

 private:
  // A tip reads as many types at once, so there are some below the first one.
  static constexpr size_t kBelow = sizeof(uint64_t);

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
  ValueType* const bottom_;  // the first operand
  ValueType* const limit_;
  ValueType* top_;  // past the topmost operand
  // All that there is room for. The first one stands for no frame at all.
  std::vector<ControlFrame> frames_ = std::vector<ControlFrame>(64);
  ControlFrame* frame_;  // the current one
  Failure failure_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_TYPE_STACK_H_
