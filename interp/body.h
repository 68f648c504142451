// Bodies of operations that compute: a body is a type, composed of what is
// computed (numerics.h) and where operands are (operand.h). `Run` does the
// operation and moves pc; `kWords` is the operation's length.
//
// A body may stop only before it has written anything. `Result` says where its
// result goes, N if it has none: it changes nothing else.

#ifndef GOSHAWK_INTERP_BODY_H_
#define GOSHAWK_INTERP_BODY_H_

#include <cstdint>
#include <type_traits>

#include "interp/machine.h"
#include "interp/numerics.h"
#include "interp/operand.h"

namespace goshawk::interp {

// The branch bodies' two ways out must stay two: a conditional move in place
// of the branch costs 1.3 to 2 times (engine measurements, dispatch_bench).
[[gnu::always_inline]] inline void KeepBranch() { asm volatile(""); }

// Where a body puts its result if `D` is what its name says. To keep it in the
// accumulator is for what the translator computes there first, to have it sent
// to a slot after that (Emitter::Redirect): nothing else is in the accumulator
// then.
template <class D>
using Kept = std::conditional_t<std::is_same_v<D, S>, SlotAndA, D>;

// The same for the result of a numeric operation: those of comparisons are
// computed at any time, and those of f64 are in another accumulator.
template <class T, class D>
using KeptAs =
    std::conditional_t<std::is_same_v<T, bool> || std::is_same_v<T, double>, D,
                       Kept<D>>;
template <class Op, class D>
struct ResultOf {
  using Kind = D;
};
template <class Op, class D>
  requires requires { Op::Value(0); }
struct ResultOf<Op, D> {
  using Kind = KeptAs<decltype(Op::Value(0)), D>;
};
template <class Op, class D>
  requires requires { Op::Value(0, 0); }
struct ResultOf<Op, D> {
  using Kind = KeptAs<decltype(Op::Value(0, 0)), D>;
};

template <class R>
[[gnu::always_inline]] inline Flow OutOfBounds(R& r) {
  return Stop(r, Trap::kMemoryOutOfBounds);
}

// x = a(y) op b(z)
template <class Op, class D, class Ka, class Kb>
struct Binary {
  static constexpr int kWords = 1 + Kb::kWords;
  using Result = typename ResultOf<Op, D>::Kind;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a, b;
    if (!Ka::template Get<Field::kY>(r, a)) return OutOfBounds(r);
    if (!Kb::template Get<Field::kZ>(r, b)) return OutOfBounds(r);
    if (!Result::template Set<Field::kX>(r, Op::Do(a, b)))
      return OutOfBounds(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = a(y) + b(low z) * (high z)
template <class D, class Ka, class Kb>
struct Index {
  static constexpr int kWords = 1;
  using Result = Kept<D>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a, b;
    if (!Ka::template Get<Field::kY>(r, a)) return OutOfBounds(r);
    if (!Kb::template Get<Field::kZ>(r, b)) return OutOfBounds(r);
    Result::template Set<Field::kX>(r, a + b * HighByteOfZ(r.pc));
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = what a form makes of a(y) and constants of the code
template <class Form, class D, class Ka>
struct Formed {
  static constexpr int kWords = Form::kWords;
  using Result = Kept<D>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a;
    if (!Ka::template Get<Field::kY>(r, a)) return OutOfBounds(r);
    Result::template Set<Field::kX>(r, Form::Of(r, a));
    r.pc += kWords;
    return Flow::kNext;
  }
};

struct ConstIndexForm {  // next word + a * (high z)
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static uint64_t Of(const R& r, uint64_t a) {
    return DataAt<uint64_t>(r.pc + 1) + a * HighByteOfZ(r.pc);
  }
};
struct SpIndexForm {  // sp + 4 * (low z) + a * (high z)
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static uint64_t Of(const R& r, uint64_t a) {
    return r.sp + uint64_t{4} * Byte<Field::kZ>(r.pc) + a * HighByteOfZ(r.pc);
  }
};
struct BitsForm {  // a >> (low z) & (high z)
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static uint64_t Of(const R& r, uint64_t a) {
    return a >> (Byte<Field::kZ>(r.pc) & 63) & HighByteOfZ(r.pc);
  }
};

template <class Op, class D, class Ka, class Kb>
struct TrappingBinary {
  static constexpr int kWords = 1;
  using Result = Kept<D>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a, b, result;
    Ka::template Get<Field::kY>(r, a);
    Kb::template Get<Field::kZ>(r, b);
    if (Trap trap = Op::Do(a, b, result); trap != Trap::kNone) [[unlikely]] {
      return Stop(r, trap);
    }
    Result::template Set<Field::kX>(r, result);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = op a(y)
template <class Op, class D, class Ka>
struct Unary {
  static constexpr int kWords = 1;
  using Result = typename ResultOf<Op, D>::Kind;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a;
    if (!Ka::template Get<Field::kY>(r, a)) return OutOfBounds(r);
    if (!Result::template Set<Field::kX>(r, Op::Do(a))) return OutOfBounds(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

template <class Op, class D, class Ka>
struct TrappingUnary {
  static constexpr int kWords = 1;
  using Result = Kept<D>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a, result;
    Ka::template Get<Field::kY>(r, a);
    if (Trap trap = Op::Do(a, result); trap != Trap::kNone) [[unlikely]] {
      return Stop(r, trap);
    }
    Result::template Set<Field::kX>(r, result);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = b(z): immediates sit in z, so that is where all kinds are.
template <class D, class Kb>
struct Move {
  static constexpr int kWords = 1 + Kb::kWords;
  using Result = D;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t b;
    if (!Kb::template Get<Field::kZ>(r, b)) return OutOfBounds(r);
    if (!Result::template Set<Field::kX>(r, b)) return OutOfBounds(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// if (a(x) op b(y)) pc += z. kSense false: if not.
template <class Op, bool kSense, class Ka, class Kb>
struct Branch {
  static constexpr int kWords = 1 + Kb::kWords;
  using Result = N;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t a, b;
    if (!Ka::template Get<Field::kX>(r, a)) return OutOfBounds(r);
    if (!Kb::template Get<Field::kY>(r, b)) return OutOfBounds(r);
    if ((Op::Do(a, b) != 0) == kSense) {
      KeepBranch();
      r.pc += static_cast<int16_t>(r.pc->z);
      return Flow::kBranch;
    }
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = b(low half of z) != 0 ? ... : a select's condition is in the high byte
// of z: x = slot(high z) ? a(y) : b(low z)
template <class D>
struct Select {
  static constexpr int kWords = 1;
  using Result = Kept<D>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const uint64_t a = r.template GetSlot<Field::kY>();
    const uint64_t b = r.template GetSlot<Field::kZ>();
    const auto condition = static_cast<uint32_t>(r.slots[HighByteOfZ(r.pc)]);
    Result::template Set<Field::kX>(r, condition != 0 ? a : b);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// How an address is formed: the low half of an operand plus an offset ...
template <class Ka>
struct At {  // ... in z
  static constexpr int kWords = 0;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a;
    if (!Ka::template Get<Field::kY>(r, a)) return nullptr;
    return MemoryAt(r, static_cast<uint32_t>(a), r.pc->z, sizeof(T));
  }
};
template <class Ka>
struct FarAt {  // ... in the next word
  static constexpr int kWords = 1;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a;
    if (!Ka::template Get<Field::kY>(r, a)) return nullptr;
    return MemoryAt(r, static_cast<uint32_t>(a), DataAt<uint64_t>(r.pc + 1),
                    sizeof(T));
  }
};
struct AtSp {  // sp plus z
  static constexpr int kWords = 0;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    return MemoryAt(r, r.sp, r.pc->z, sizeof(T));
  }
};
struct AtConst {  // the next word
  static constexpr int kWords = 1;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    return MemoryAt(r, DataAt<uint64_t>(r.pc + 1), 0, sizeof(T));
  }
};

template <class Ka, class Kb>
struct AtIndex {  // a(y) plus b(z) times the size, modulo 2^32
  static constexpr int kWords = 0;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a, b;
    Ka::template Get<Field::kY>(r, a);
    Kb::template Get<Field::kZ>(r, b);
    return MemoryAt(r, static_cast<uint32_t>(a + b * sizeof(T)), 0, sizeof(T));
  }
};
template <class Ka>
struct AtConstIndex {  // the next word plus a(y) times the size, modulo 2^32
  static constexpr int kWords = 1;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a;
    Ka::template Get<Field::kY>(r, a);
    return MemoryAt(
        r, static_cast<uint32_t>(DataAt<uint64_t>(r.pc + 1) + a * sizeof(T)), 0,
        sizeof(T));
  }
};
template <class Ka>
struct AtSum {  // a(y) plus the immediate z, modulo 2^32
  static constexpr int kWords = 0;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a, b;
    if (!Ka::template Get<Field::kY>(r, a)) return nullptr;
    I::template Get<Field::kZ>(r, b);
    return MemoryAt(r, static_cast<uint32_t>(a + b), 0, sizeof(T));
  }
};

template <class Ka>
struct AtSpIndex {  // sp plus z plus a(y) times the size, modulo 2^32
  static constexpr int kWords = 0;
  template <class T, class R>
  [[gnu::always_inline]] static uint8_t* Address(R& r) {
    uint64_t a;
    Ka::template Get<Field::kY>(r, a);
    return MemoryAt(r, static_cast<uint32_t>(r.sp + r.pc->z + a * sizeof(T)), 0,
                    sizeof(T));
  }
};

// The translator emits these with a slot for the result, at any time.
template <class Where>
inline constexpr bool kFar = false;
template <class Ka>
inline constexpr bool kFar<FarAt<Ka>> = true;

// x = *(T*)address, extended to 64 bits
template <class T, class D, class Where>
struct Load {
  static constexpr int kWords = 1 + Where::kWords;
  using Result = std::conditional_t<kFar<Where>, D, Kept<D>>;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const uint8_t* p = Where::template Address<T>(r);
    if (!R::kGuarded && p == nullptr) [[unlikely]]
      return OutOfBounds(r);
    const uint64_t value = Bits(LoadFrom<T>(p));
    if (!Result::template Set<Field::kX>(r, value)) return OutOfBounds(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// A value operand in field x; as an immediate it has 8 bits.
struct ByteImmediate {
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    value = static_cast<uint64_t>(int64_t{static_cast<int8_t>(r.pc->x)});
    return true;
  }
};
template <class Kv>
struct InX {
  using Kind = Kv;
};
template <>
struct InX<I> {
  using Kind = ByteImmediate;
};

// *(T*)address = v(x)
template <class T, class Where, class Kv>
struct Store {
  static constexpr int kWords = 1 + Where::kWords;
  using Result = N;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t value;
    if (!InX<Kv>::Kind::template Get<Field::kX>(r, value)) {
      return OutOfBounds(r);
    }
    uint8_t* p = Where::template Address<T>(r);
    if (!R::kGuarded && p == nullptr) [[unlikely]]
      return OutOfBounds(r);
    StoreTo<T>(p, static_cast<T>(value));
    r.pc += kWords;
    return Flow::kNext;
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_BODY_H_
