// What the numeric operations compute, and nothing else: pure functions over
// raw 64-bit values (WebAssembly 2.0, section 4.3). An i32 or f32 is in the low
// half of its value and the upper half may hold anything; results of 32-bit
// operations may have anything there, too, unless a name says otherwise.
//
// An operation that cannot trap is `uint64_t Do(a[, b])`; one that can is
// `Trap Do(a[, b], result)`. 32-bit add, sub, mul, and, or, xor have no entry
// of their own: the 64-bit ones compute the same low half.

#ifndef GOSHAWK_INTERP_NUMERICS_H_
#define GOSHAWK_INTERP_NUMERICS_H_

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "interp/trap.h"

namespace goshawk::interp {

// Views of a raw value.
template <class T>
[[gnu::always_inline]] inline T As(uint64_t bits) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(static_cast<uint32_t>(bits));
  } else if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<double>(bits);
  } else {
    return static_cast<T>(bits);
  }
}

template <class T>
[[gnu::always_inline]] inline uint64_t Bits(T value) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<uint32_t>(value);
  } else if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<uint64_t>(value);
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<uint64_t>(int64_t{value});
  } else {
    return value;
  }
}

#define VALUE_OP_2(name, type, expression)                                   \
  struct name {                                                              \
    static auto Value(uint64_t x, uint64_t y) {                              \
      [[maybe_unused]] const auto a = As<type>(x);                           \
      [[maybe_unused]] const auto b = As<type>(y);                           \
      return expression;                                                     \
    }                                                                        \
    static uint64_t Do(uint64_t x, uint64_t y) { return Bits(Value(x, y)); } \
  };
#define VALUE_OP_1(name, type, expression)                    \
  struct name {                                               \
    static auto Value(uint64_t x) {                           \
      const auto a = As<type>(x);                             \
      return expression;                                      \
    }                                                         \
    static uint64_t Do(uint64_t x) { return Bits(Value(x)); } \
  };

// Integer arithmetic, section 4.3.2.
VALUE_OP_2(Add64, uint64_t, a + b)
VALUE_OP_2(Sub64, uint64_t, a - b)
VALUE_OP_2(RSub64, uint64_t, b - a)
VALUE_OP_2(Mul64, uint64_t, a* b)
VALUE_OP_2(And64, uint64_t, a& b)
VALUE_OP_2(Or64, uint64_t, a | b)
VALUE_OP_2(Xor64, uint64_t, a ^ b)
VALUE_OP_2(AndNot64, uint64_t, a & ~b)
VALUE_OP_2(Shl64, uint64_t, a << (b & 63))
VALUE_OP_2(RShl64, uint64_t, b << (a & 63))
VALUE_OP_2(ShrU64, uint64_t, a >> (b & 63))
VALUE_OP_2(ShrS64, int64_t, a >> (b & 63))
// A quotient by 2^b, as compilers make it: 0 < b < 64.
VALUE_OP_2(ShrToZero64, int64_t,
           (a + static_cast<int64_t>(static_cast<uint64_t>(a >> 63) >>
                                     (64 - (b & 63)))) >>
               (b & 63))
VALUE_OP_2(Rotl64, uint64_t, std::rotl(a, static_cast<int>(b & 63)))
VALUE_OP_2(Rotr64, uint64_t, std::rotr(a, static_cast<int>(b & 63)))
VALUE_OP_2(Shl32, uint32_t, a << (b & 31))
VALUE_OP_2(ShrU32, uint32_t, a >> (b & 31))
VALUE_OP_2(ShrS32, int32_t, a >> (b & 31))
VALUE_OP_2(Rotl32, uint32_t, std::rotl(a, static_cast<int>(b & 31)))
VALUE_OP_2(Rotr32, uint32_t, std::rotr(a, static_cast<int>(b & 31)))

VALUE_OP_1(Clz64, uint64_t, uint64_t(std::countl_zero(a)))
VALUE_OP_1(Ctz64, uint64_t, uint64_t(std::countr_zero(a)))
VALUE_OP_1(Popcnt64, uint64_t, uint64_t(std::popcount(a)))
VALUE_OP_1(Clz32, uint32_t, uint32_t(std::countl_zero(a)))
VALUE_OP_1(Ctz32, uint32_t, uint32_t(std::countr_zero(a)))
VALUE_OP_1(Popcnt32, uint32_t, uint32_t(std::popcount(a)))

// Sign and zero extension to 64 bits; they serve the 32-bit forms as well.
VALUE_OP_1(Extend8S, int8_t, a)
VALUE_OP_1(Extend16S, int16_t, a)
VALUE_OP_1(Extend32S, int32_t, a)
VALUE_OP_1(Extend32U, uint32_t, a)

template <class T>
struct DivS {
  static Trap Do(uint64_t x, uint64_t y, uint64_t& result) {
    const T a = As<T>(x), b = As<T>(y);
    if (b == 0) return Trap::kIntegerDivideByZero;
    if (a == std::numeric_limits<T>::min() && b == -1) {
      return Trap::kIntegerOverflow;
    }
    result = Bits(static_cast<T>(a / b));
    return Trap::kNone;
  }
};
template <class T>
struct RemS {
  static Trap Do(uint64_t x, uint64_t y, uint64_t& result) {
    const T a = As<T>(x), b = As<T>(y);
    if (b == 0) return Trap::kIntegerDivideByZero;
    result = b == -1 ? 0 : Bits(static_cast<T>(a % b));
    return Trap::kNone;
  }
};
template <class T>
struct DivU {
  static Trap Do(uint64_t x, uint64_t y, uint64_t& result) {
    const T a = As<T>(x), b = As<T>(y);
    if (b == 0) return Trap::kIntegerDivideByZero;
    result = a / b;
    return Trap::kNone;
  }
};
template <class T>
struct RemU {
  static Trap Do(uint64_t x, uint64_t y, uint64_t& result) {
    const T a = As<T>(x), b = As<T>(y);
    if (b == 0) return Trap::kIntegerDivideByZero;
    result = a % b;
    return Trap::kNone;
  }
};
using DivS64 = DivS<int64_t>;
using DivU64 = DivU<uint64_t>;
using RemS64 = RemS<int64_t>;
using RemU64 = RemU<uint64_t>;
using DivS32 = DivS<int32_t>;
using DivU32 = DivU<uint32_t>;
using RemS32 = RemS<int32_t>;
using RemU32 = RemU<uint32_t>;

// Comparisons; the result is 0 or 1 in all 64 bits.
VALUE_OP_2(Eq64, uint64_t, a == b)
VALUE_OP_2(Ne64, uint64_t, a != b)
VALUE_OP_2(LtS64, int64_t, a < b)
VALUE_OP_2(LtU64, uint64_t, a < b)
VALUE_OP_2(GtS64, int64_t, a > b)
VALUE_OP_2(GtU64, uint64_t, a > b)
VALUE_OP_2(LeS64, int64_t, a <= b)
VALUE_OP_2(LeU64, uint64_t, a <= b)
VALUE_OP_2(GeS64, int64_t, a >= b)
VALUE_OP_2(GeU64, uint64_t, a >= b)
VALUE_OP_2(Eq32, uint32_t, a == b)
VALUE_OP_2(Ne32, uint32_t, a != b)
VALUE_OP_2(LtS32, int32_t, a < b)
VALUE_OP_2(LtU32, uint32_t, a < b)
VALUE_OP_2(GtS32, int32_t, a > b)
VALUE_OP_2(GtU32, uint32_t, a > b)
VALUE_OP_2(LeS32, int32_t, a <= b)
VALUE_OP_2(LeU32, uint32_t, a <= b)
VALUE_OP_2(GeS32, int32_t, a >= b)
VALUE_OP_2(GeU32, uint32_t, a >= b)
VALUE_OP_2(EqF64, double, a == b)
VALUE_OP_2(NeF64, double, a != b)
VALUE_OP_2(LtF64, double, a < b)
VALUE_OP_2(GtF64, double, a > b)
VALUE_OP_2(LeF64, double, a <= b)
VALUE_OP_2(GeF64, double, a >= b)
VALUE_OP_2(EqF32, float, a == b)
VALUE_OP_2(NeF32, float, a != b)
VALUE_OP_2(LtF32, float, a < b)
VALUE_OP_2(GtF32, float, a > b)
VALUE_OP_2(LeF32, float, a <= b)
VALUE_OP_2(GeF32, float, a >= b)

// Floating point, section 4.3.3.
template <class T>
inline T Minimum(T a, T b) {
  if (a != a || b != b) return a + b;  // a quiet NaN
  if (a == b) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}
template <class T>
inline T Maximum(T a, T b) {
  if (a != a || b != b) return a + b;
  if (a == b) return std::signbit(a) ? b : a;
  return a > b ? a : b;
}
// The C library's rounding functions keep a signalling NaN as it is on some
// hosts; adding makes it quiet.
template <class T, T (*kRound)(T)>
inline T Rounded(T a) {
  return a != a ? a + a : kRound(a);
}

VALUE_OP_2(AddF64, double, a + b)
VALUE_OP_2(SubF64, double, a - b)
VALUE_OP_2(MulF64, double, a* b)
VALUE_OP_2(DivF64, double, a / b)
VALUE_OP_2(RSubF64, double, b - a)
VALUE_OP_2(RDivF64, double, b / a)
VALUE_OP_2(MinF64, double, Minimum(a, b))
VALUE_OP_2(MaxF64, double, Maximum(a, b))
VALUE_OP_2(AddF32, float, a + b)
VALUE_OP_2(SubF32, float, a - b)
VALUE_OP_2(MulF32, float, a* b)
VALUE_OP_2(DivF32, float, a / b)
VALUE_OP_2(MinF32, float, Minimum(a, b))
VALUE_OP_2(MaxF32, float, Maximum(a, b))
VALUE_OP_1(SqrtF64, double, std::sqrt(a))
VALUE_OP_1(CeilF64, double, (Rounded<double, std::ceil>(a)))
VALUE_OP_1(FloorF64, double, (Rounded<double, std::floor>(a)))
VALUE_OP_1(TruncF64, double, (Rounded<double, std::trunc>(a)))
VALUE_OP_1(NearestF64, double, (Rounded<double, std::nearbyint>(a)))
VALUE_OP_1(SqrtF32, float, std::sqrt(a))
VALUE_OP_1(CeilF32, float, (Rounded<float, std::ceil>(a)))
VALUE_OP_1(FloorF32, float, (Rounded<float, std::floor>(a)))
VALUE_OP_1(TruncF32, float, (Rounded<float, std::trunc>(a)))
VALUE_OP_1(NearestF32, float, (Rounded<float, std::nearbyint>(a)))

// Sign manipulation works on the bits, so that NaNs keep their payload.
inline constexpr uint64_t kSign64 = uint64_t{1} << 63;
inline constexpr uint32_t kSign32 = uint32_t{1} << 31;
VALUE_OP_1(AbsF64, uint64_t, a & ~kSign64)
VALUE_OP_1(NegF64, uint64_t, a ^ kSign64)
VALUE_OP_2(CopysignF64, uint64_t, (a & ~kSign64) | (b & kSign64))
VALUE_OP_1(AbsF32, uint32_t, a & ~kSign32)
VALUE_OP_1(NegF32, uint32_t, a ^ kSign32)
VALUE_OP_2(CopysignF32, uint32_t, (a & ~kSign32) | (b & kSign32))

// Conversions, section 4.3.4.
VALUE_OP_1(F32ConvertI32S, int32_t, static_cast<float>(a))
VALUE_OP_1(F32ConvertI32U, uint32_t, static_cast<float>(a))
VALUE_OP_1(F32ConvertI64S, int64_t, static_cast<float>(a))
VALUE_OP_1(F32ConvertI64U, uint64_t, static_cast<float>(a))
VALUE_OP_1(F64ConvertI32S, int32_t, static_cast<double>(a))
VALUE_OP_1(F64ConvertI32U, uint32_t, static_cast<double>(a))
VALUE_OP_1(F64ConvertI64S, int64_t, static_cast<double>(a))
VALUE_OP_1(F64ConvertI64U, uint64_t, static_cast<double>(a))
VALUE_OP_1(F32DemoteF64, double, static_cast<float>(a))
VALUE_OP_1(F64PromoteF32, float, static_cast<double>(a))

#undef VALUE_OP_1
#undef VALUE_OP_2

// The bounds between which a truncated F fits an Int: below kEnd, and not
// below kBegin or, where F cannot express the number before Int's minimum,
// above kBelow.
template <class Int, class F>
struct Truncation {
  static constexpr F kEnd =
      static_cast<F>(Int{1} << (std::numeric_limits<Int>::digits - 1)) * 2;
  static bool Fits(F a) {
    if constexpr (!std::is_signed_v<Int>) {
      return a > F{-1} && a < kEnd;
    } else if constexpr (std::numeric_limits<Int>::digits <
                         std::numeric_limits<F>::digits) {
      return a > -kEnd - 1 && a < kEnd;
    } else {
      return a >= -kEnd && a < kEnd;
    }
  }
};

template <class Int, class F>
struct Trunc {
  static Trap Do(uint64_t x, uint64_t& result) {
    const F a = As<F>(x);
    if (a != a) return Trap::kInvalidConversion;
    if (!Truncation<Int, F>::Fits(a)) return Trap::kIntegerOverflow;
    result = Bits(static_cast<Int>(a));
    return Trap::kNone;
  }
};
template <class Int, class F>
struct TruncSat {
  static uint64_t Do(uint64_t x) {
    const F a = As<F>(x);
    if (a != a) return 0;
    if (Truncation<Int, F>::Fits(a)) return Bits(static_cast<Int>(a));
    return Bits(a < 0 ? std::numeric_limits<Int>::min()
                      : std::numeric_limits<Int>::max());
  }
};
using I32TruncF32S = Trunc<int32_t, float>;
using I32TruncF32U = Trunc<uint32_t, float>;
using I32TruncF64S = Trunc<int32_t, double>;
using I32TruncF64U = Trunc<uint32_t, double>;
using I64TruncF32S = Trunc<int64_t, float>;
using I64TruncF32U = Trunc<uint64_t, float>;
using I64TruncF64S = Trunc<int64_t, double>;
using I64TruncF64U = Trunc<uint64_t, double>;
using I32TruncSatF32S = TruncSat<int32_t, float>;
using I32TruncSatF32U = TruncSat<uint32_t, float>;
using I32TruncSatF64S = TruncSat<int32_t, double>;
using I32TruncSatF64U = TruncSat<uint32_t, double>;
using I64TruncSatF32S = TruncSat<int64_t, float>;
using I64TruncSatF32U = TruncSat<uint64_t, float>;
using I64TruncSatF64S = TruncSat<int64_t, double>;
using I64TruncSatF64U = TruncSat<uint64_t, double>;

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_NUMERICS_H_
