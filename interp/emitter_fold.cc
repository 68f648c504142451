// Combining an operation with the one just before it, whose result it takes:
// addresses of elements, and fields of bits. Only the operation emitted last is
// looked at, and only while its result is in the accumulator and nowhere else.

#include <utility>

#include "interp/emitter.h"

namespace goshawk::interp {
namespace {

constexpr uint64_t kMostFactor = UINT8_MAX;

// The operands of an operation in code: the first, and the second, whose
// constant may be in the word that follows.
Operand FirstOf(const Word* word) {
  return {Info(static_cast<Op>(word->handler)).a, word->y, 0};
}

Operand SecondOf(const Word* word) {
  switch (const Kind kind = Info(static_cast<Op>(word->handler)).b) {
    case Kind::kI:
      return Operand::Constant(static_cast<int16_t>(word->z));
    case Kind::kJ:
      return Operand::Constant(DataAt<int64_t>(word + 1));
    default:
      return {kind, word->z & 0xffu, 0};
  }
}

Base BaseOf(const Word* word) {
  return Info(static_cast<Op>(word->handler)).base;
}

// What the first operand is multiplied by, if `word` is a product with a small
// constant; 0 otherwise.
uint64_t FactorOf(const Word* word) {
  const Operand b = SecondOf(word);
  if (b.kind != Kind::kI || b.constant <= 0) return 0;
  const auto constant = static_cast<uint64_t>(b.constant);
  if (BaseOf(word) == Base::kMul64) {
    return constant <= kMostFactor ? constant : 0;
  }
  if (BaseOf(word) == Base::kShl64) {
    return constant < 8 ? uint64_t{1} << constant : 0;
  }
  return 0;
}

// The bits of its count that a shift heeds; 0 if it is none.
int64_t ShiftMask(Base base) {
  switch (base) {
    case Base::kShl64:
    case Base::kShrU64:
    case Base::kShrS64:
    case Base::kRotl64:
    case Base::kRotr64:
      return 63;
    case Base::kShl32:
    case Base::kShrU32:
    case Base::kShrS32:
    case Base::kRotl32:
    case Base::kRotr32:
      return 31;
    default:
      return 0;
  }
}

// The comparison of 32 bits that says the same of values whose upper halves
// are 0.
Base Unsigned32(Base comparison) {
  switch (comparison) {
    case Base::kEq64:
      return Base::kEq32;
    case Base::kNe64:
      return Base::kNe32;
    case Base::kLtS64:
    case Base::kLtU64:
      return Base::kLtU32;
    case Base::kGtS64:
    case Base::kGtU64:
      return Base::kGtU32;
    case Base::kLeS64:
    case Base::kLeU64:
      return Base::kLeU32;
    case Base::kGeS64:
    case Base::kGeU64:
      return Base::kGeU32;
    default:
      return Base::kUnreachable;
  }
}

}  // namespace

const Word* Emitter::JustComputed(const Value& value) const {
  const Accumulator& accumulator = accumulators_[0];
  if (!value.Is(Kind::kA) || accumulator.def == CodeBuffer::kUnbound ||
      accumulator.def != code_.last()) {
    return nullptr;
  }
  return &code_.words()[accumulator.def];
}

// base + index * factor
bool Emitter::FoldIntoAdd(const Value& a, const Value& b) {
  if (a.IsSpAddress()) return FoldIntoSpAddress(a, b);
  const Word* computed = JustComputed(b);
  if (computed == nullptr || a.form != Value::Form::kOperand) return false;
  const uint64_t factor = FactorOf(computed);
  if (factor == 0) return false;
  const Operand index = FirstOf(computed);
  const auto factor_in_z = static_cast<uint32_t>(factor << 8);
  if (a.IsConstant()) {
    const Op op = FindOp(Base::kConstIndex64, Kind::kA, index.kind, Kind::kJ);
    if (op == Op::kNone) return false;
    code_.RemoveLast();
    const uint32_t position = code_.Emit(op, 0, index.index, factor_in_z);
    code_.EmitData<int64_t>(a.a.constant);
    ResultInAccumulator(position, false);
    return true;
  }
  const Op op = FindOp(Base::kIndex64, Kind::kA, a.a.kind, index.kind);
  if (op == Op::kNone || !IsNear(a.a.index)) return false;
  code_.RemoveLast();
  ResultInAccumulator(code_.Emit(op, 0, a.a.index, index.index | factor_in_z),
                      false);
  return true;
}

// sp + offset + index * factor
bool Emitter::FoldIntoSpAddress(const Value& address, const Value& index) {
  const int64_t offset = address.a.constant;
  if (offset < 0 || offset % 4 != 0 || offset / 4 > UINT8_MAX ||
      index.form != Value::Form::kOperand) {
    return false;
  }
  uint64_t factor = 0;
  Operand a = index.a;
  if (const Word* computed = JustComputed(index); computed != nullptr) {
    factor = FactorOf(computed);
    if (factor != 0) a = FirstOf(computed);
  }
  const Op op = FindOp(Base::kSpIndex64, Kind::kA, a.kind, Kind::kI);
  if (op == Op::kNone || !IsNear(a.index)) return false;
  if (factor != 0) {
    code_.RemoveLast();
  } else {
    factor = 1;
    FlushAccumulator(Kind::kA);
  }
  const uint32_t z =
      static_cast<uint32_t>(offset) / 4 | static_cast<uint32_t>(factor << 8);
  ResultInAccumulator(code_.Emit(op, 0, a.index, z), false);
  return true;
}

// Zero extension, and value >> shift & mask
bool Emitter::FoldIntoAnd(const Value& a, const Value& b) {
  if (!b.IsConstant()) return false;
  if (b.a.constant == UINT32_MAX) {
    PushAgain();
    if (!a.extended) Unary(Base::kExtend32U, true);
    return true;
  }
  if (b.a.constant < 0 || b.a.constant > UINT8_MAX) return false;
  const Word* computed = JustComputed(a);
  if (computed == nullptr || BaseOf(computed) != Base::kShrU64) return false;
  const Operand value = FirstOf(computed), shift = SecondOf(computed);
  if (shift.kind != Kind::kI) return false;
  const Op op = FindOp(Base::kBits64, Kind::kA, value.kind, Kind::kI);
  if (op == Op::kNone) return false;
  code_.RemoveLast();
  const uint32_t z = static_cast<uint32_t>(shift.constant & 63) |
                     static_cast<uint32_t>(b.a.constant) << 8;
  ResultInAccumulator(code_.Emit(op, 0, value.index, z), true);
  return true;
}

// a & ~b
bool Emitter::FoldIntoAndNot(const Value& a, const Value& b) {
  const Word* computed = JustComputed(b);
  if (computed == nullptr || BaseOf(computed) != Base::kXor64 ||
      a.form != Value::Form::kOperand || !IsNear(a.a.index)) {
    return false;
  }
  const Operand inverted = FirstOf(computed), ones = SecondOf(computed);
  if (ones.kind != Kind::kI || ones.constant != -1) return false;
  const Op op = FindOp(Base::kAndNot64, Kind::kA, a.a.kind, inverted.kind);
  if (op == Op::kNone) return false;
  code_.RemoveLast();
  ResultInAccumulator(code_.Emit(op, 0, a.a.index, inverted.index), a.extended);
  return true;
}

// The quotient of a signed division by 2^k, which rounds towards 0, for which
// compilers add 2^k - 1 to what is negative:
// (a + ((a >> 63) >>> (64 - k))) >> k, and for k = 1 (a + (a >>> 63)) >> 1
bool Emitter::FoldIntoShrS(const Value& a, const Value& b) {
  const Word* sum = JustComputed(a);
  if (sum == nullptr || BaseOf(sum) != Base::kAdd64 || !b.IsConstant() ||
      b.a.constant < 1 || b.a.constant > 63) {
    return false;
  }
  const auto is = [](const Word* word, Base base, int64_t constant) {
    if (word == nullptr || BaseOf(word) != base) return false;
    const OpInfo& info = Info(static_cast<Op>(word->handler));
    return info.d == Kind::kA && info.b == Kind::kI &&
           SecondOf(word).constant == constant;
  };
  const Word* sign = code_.BeforeLast(1);
  if (!is(sign, Base::kShrU64, 64 - b.a.constant)) return false;
  uint32_t length = 2;
  if (b.a.constant > 1) {
    if (FirstOf(sign).kind != Kind::kA) return false;
    sign = code_.BeforeLast(2);
    if (!is(sign, Base::kShrS64, 63)) return false;
    length = 3;
  }
  const Operand dividend = FirstOf(sign);
  Operand first = FirstOf(sum), second = SecondOf(sum);
  if (first.kind == Kind::kA) std::swap(first, second);
  const Op op = FindOp(Base::kShrToZero64, Kind::kA, dividend.kind, Kind::kI);
  if (op == Op::kNone || second.kind != Kind::kA ||
      first.kind != dividend.kind || first.index != dividend.index) {
    return false;
  }
  code_.RemoveLast(length);
  ResultInAccumulator(
      code_.Emit(op, 0, dividend.index, static_cast<uint32_t>(b.a.constant)),
      false);
  return true;
}

Operand Emitter::WithoutMask(Base shift, const Value& count, uint32_t height) {
  const Word* computed = JustComputed(count);
  const int64_t bits = ShiftMask(shift);
  if (computed != nullptr && bits != 0 && BaseOf(computed) == Base::kAnd64) {
    const Operand value = FirstOf(computed), mask = SecondOf(computed);
    if (mask.kind == Kind::kI && (mask.constant & bits) == bits) {
      code_.RemoveLast();
      return value;
    }
  }
  return ToOperand(count, height);
}

void Emitter::NarrowCompare(Base& comparison, const Value& left, Operand& a,
                            const Value& right, Operand& b) {
  const Base narrow = Unsigned32(comparison);
  if (narrow == Base::kUnreachable || !left.extended || !right.extended) return;
  for (Operand* operand : {&a, &b}) {
    const Word* computed = JustComputed(operand == &a ? left : right);
    if (computed == nullptr || BaseOf(computed) != Base::kExtend32U) continue;
    *operand = FirstOf(computed);
    code_.RemoveLast();
    comparison = narrow;
    a.constant = static_cast<int32_t>(a.constant);
    b.constant = static_cast<int32_t>(b.constant);
    return;
  }
}

Emitter::FoldedAccess Emitter::FoldAccess(Base base, Kind d,
                                          const Value& address) const {
  const Word* computed = JustComputed(address);
  if (computed == nullptr) return {};
  const AddressForms& forms = FormsOf(base);
  Operand a = FirstOf(computed), b = SecondOf(computed);
  // Constant addresses are in a word of their own.
  const Operand far_b{Kind::kJ, 0, b.constant};
  Base folded = Base::kUnreachable;
  switch (BaseOf(computed)) {
    case Base::kIndex64:
      if (computed->z >> 8 == forms.size) folded = forms.indexed;
      break;
    case Base::kConstIndex64:
      if (computed->z >> 8 != forms.size) break;
      folded = forms.const_indexed;
      b = far_b;
      break;
    case Base::kSpIndex64:
      if (computed->z >> 8 != forms.size) break;
      folded = forms.at_sp;
      b = Operand::Constant(int64_t{4} * (computed->z & 0xff));
      break;
    case Base::kAdd64:
      if (b.kind != Kind::kI) {
        if (forms.size == 1) folded = forms.indexed;
      } else if (forms.size == 1) {
        folded = forms.const_indexed;
        b = far_b;
      } else if (Fits16(b.constant)) {
        folded = forms.summed;
      }
      break;
    default:
      break;
  }
  if (folded == Base::kUnreachable) return {};
  Op op = FindOp(folded, d, a.kind, b.kind);
  if (op == Op::kNone && BaseOf(computed) == Base::kAdd64) {
    // base + index is index + base, too.
    std::swap(a, b);
    op = FindOp(folded, d, a.kind, b.kind);
  }
  return {op, a, b};
}

uint32_t Emitter::EmitFolded(const FoldedAccess& access, uint32_t x) {
  const uint32_t z = access.b.kind == Kind::kI
                         ? static_cast<uint32_t>(access.b.constant)
                         : access.b.index;
  const uint32_t position = code_.Emit(access.op, x, access.a.index, z);
  if (access.b.kind == Kind::kJ) code_.EmitData<int64_t>(access.b.constant);
  return position;
}

bool Emitter::FoldIntoLoad(Base base, uint64_t offset, Kind d, bool extended,
                           const Value& address) {
  if (offset != 0) return false;
  const FoldedAccess access = FoldAccess(base, d, address);
  if (access.op == Op::kNone) return false;
  code_.RemoveLast();
  FlushAccumulator(d);
  ResultInAccumulator(EmitFolded(access, 0), extended);
  return true;
}

bool Emitter::FoldIntoStore(Base base, uint64_t offset, const Value& value,
                            const Value& address) {
  if (offset != 0 || value.form != Value::Form::kOperand) return false;
  if (value.IsConstant() && !Fits8(value.a.constant)) return false;
  if (value.Is(Kind::kS) && !IsNear(value.a.index)) return false;
  const FoldedAccess access = FoldAccess(base, value.a.kind, address);
  if (access.op == Op::kNone) return false;
  code_.RemoveLast();
  FlushReadsOfMemory();
  EmitFolded(access, value.IsConstant()
                         ? static_cast<uint32_t>(value.a.constant)
                         : value.a.index);
  return true;
}

}  // namespace goshawk::interp
