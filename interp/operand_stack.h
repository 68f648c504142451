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
class OperandStack {
 public:
  void Clear() {
    values_.clear();
    lazy_.clear();
  }
  uint32_t height() const { return static_cast<uint32_t>(values_.size()); }
  bool empty() const { return values_.empty(); }
  Value& at(uint32_t height) { return values_[height]; }
  Value& top() { return values_.back(); }

  void Push(const Value& value, bool lazy) {
    if (lazy) lazy_.push_back(height());
    values_.push_back(value);
  }
  Value Pop() {
    Value value = values_.back();
    values_.pop_back();
    if (!lazy_.empty() && lazy_.back() == height()) lazy_.pop_back();
    return value;
  }
  void Resize(uint32_t height) {
    while (this->height() > height) Pop();
  }

  // Heights of the lazy values, ascending.
  const std::vector<uint32_t>& lazy() const { return lazy_; }
  std::vector<uint32_t>& lazy() { return lazy_; }

 private:
  std::vector<Value> values_;
  std::vector<uint32_t> lazy_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_OPERAND_STACK_H_
