// WebAssembly's operand stack as the translator sees it. Values are kept
// unevaluated as long as that is cheap: a local's slot, a constant, a word of
// Go's stack, an address relative to sp, a comparison; an operation that
// consumes them can then take them as operands.
//
// The value at height h has a slot of its own, after those of the locals. At
// labels all values are there.

#ifndef GOSHAWK_INTERP_OPERAND_STACK_H_
#define GOSHAWK_INTERP_OPERAND_STACK_H_

#include <cstdint>
#include <vector>

#include "interp/op.h"
#include "interp/rare.h"
#include "interp/value_type.h"

namespace goshawk::interp {

// One operand as an operation names it: kS a slot, kA and kF accumulators, kM
// the word of Go's stack at sp + 8 * index, kI a constant of any size.
struct Operand {
  Kind kind = Kind::kN;
  uint32_t index = 0;
  int64_t constant = 0;

  static Operand Slot(uint32_t slot) { return {Kind::kS, slot, 0}; }
  static Operand Accumulator(Kind kind = Kind::kA) { return {kind, 0, 0}; }
  static Operand Constant(int64_t value) { return {Kind::kI, 0, value}; }
};

struct Value {
  enum class Form : uint8_t {
    kOperand,    // a
    kSpAddress,  // sp + a.constant; exact in 64 bits if `extended`
    kCompare,    // a `comparison` b, or not if !sense
  };
  Form form = Form::kOperand;
  bool extended = false;  // an i32 whose upper half is known to be 0
  bool sense = true;
  // That of WebAssembly. The emitter leaves it 0, as it need not know.
  ValueType type{};
  Base comparison{};
  Operand a;
  Operand b;

  bool Is(Kind kind) const { return form == Form::kOperand && a.kind == kind; }
  bool IsConstant() const { return Is(Kind::kI); }
  bool IsCompare() const { return form == Form::kCompare; }
  bool IsSpAddress() const { return form == Form::kSpAddress; }

  // True if the value, or a part of it, is still to be read from there.
  bool Reads(Kind kind) const {
    if (form == Form::kSpAddress) return false;
    return a.kind == kind || (form == Form::kCompare && b.kind == kind);
  }
  bool ReadsSlot(uint32_t slot) const {
    if (form == Form::kSpAddress) return false;
    return (a.kind == Kind::kS && a.index == slot) ||
           (form == Form::kCompare && b.kind == Kind::kS && b.index == slot);
  }
  // True if it changes when sp does.
  bool DependsOnSp() const {
    return form == Form::kSpAddress || Reads(Kind::kM);
  }
};

// A stack that knows which of its values are lazy, that is, neither in the
// accumulator nor in their own slots, so that looking for those that a write
// would change costs no walk over the whole stack.
//
// Values are made and used where they lie: copying one that has just been put
// together field by field would wait for the fields to get to the cache.
class OperandStack {
 public:
  static constexpr uint32_t kMostLazy = 32;

  void Clear() { height_ = num_lazy_ = peak_ = 0; }
  uint32_t height() const { return height_; }
  // How high the stack has been since Clear.
  uint32_t peak() const { return peak_; }
  bool empty() const { return height_ == 0; }
  Value& at(uint32_t height) { return values_[height]; }
  Value& top() { return values_[height_ - 1]; }

  // A new value on top, with no field set. REQUIRES: if it is lazy, fewer than
  // kMostLazy others are.
  Value& Push(bool lazy) {
    if (height_ == peak_) [[unlikely]]
      RaisePeak();
    lazy_[num_lazy_] = height_;
    num_lazy_ += lazy ? 1 : 0;
    return values_[height_++];
  }
  // The value stays there until the next one is pushed.
  const Value& Pop() {
    --height_;
    if (num_lazy_ > 0 && lazy_[num_lazy_ - 1] == height_) --num_lazy_;
    return values_[height_];
  }

  uint32_t num_lazy() const { return num_lazy_; }
  // Calls `changes` for the heights of the lazy values, ascending. Those for
  // which it returns true are not lazy any more.
  template <class Function>
  void ForLazy(Function changes) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < num_lazy_; ++i) {
      const uint32_t height = lazy_[i];
      if (!changes(height)) lazy_[kept++] = height;
    }
    num_lazy_ = kept;
  }

 private:
  GOSHAWK_RARE void RaisePeak() {
    ++peak_;
    if (peak_ > values_.size()) values_.resize(2 * size_t{peak_} + 64);
  }

  std::vector<Value> values_;
  uint32_t peak_ = 0;
  uint32_t height_ = 0;
  uint32_t num_lazy_ = 0;
  // One more, so that every push may write there.
  uint32_t lazy_[kMostLazy + 1];
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_OPERAND_STACK_H_
