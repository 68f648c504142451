// The edges of the numeric operations (WebAssembly 2.0, section 4.3), with
// results worked out by hand.

#include "interp/numerics.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace goshawk::interp {
namespace {

constexpr uint64_t kDirt = uint64_t{0xdeadbeef} << 32;  // above an i32
constexpr int64_t kMin64 = std::numeric_limits<int64_t>::min();
constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNan = std::numeric_limits<double>::quiet_NaN();

uint64_t U(int64_t value) { return static_cast<uint64_t>(value); }
uint64_t D(double value) { return Bits(value); }
uint64_t F(float value) { return Bits(value) | kDirt; }
uint32_t Low(uint64_t value) { return static_cast<uint32_t>(value); }

// An i32 operand with something in its upper half.
uint64_t I(uint32_t value) { return value | kDirt; }

TEST(NumericsTest, ShiftsTakeTheirCountModuloTheWidth) {
  EXPECT_EQ(Low(Shl32::Do(I(1), I(33))), 2u);
  EXPECT_EQ(Low(ShrU32::Do(I(0x80000000), I(63))), 1u);
  EXPECT_EQ(Low(ShrS32::Do(I(0x80000000), I(31))), 0xffffffffu);
  EXPECT_EQ(Low(ShrS32::Do(I(0x80000000), I(32))), 0x80000000u);
  EXPECT_EQ(Shl64::Do(1, 64), 1u);
  EXPECT_EQ(ShrU64::Do(U(kMin64), 127), 1u);
  EXPECT_EQ(ShrS64::Do(U(kMin64), 63), U(-1));
  EXPECT_EQ(Low(Rotl32::Do(I(0x80000001), I(1))), 3u);
  EXPECT_EQ(Low(Rotr32::Do(I(1), I(33))), 0x80000000u);
  EXPECT_EQ(Rotl64::Do(U(kMin64), 65), 1u);
  EXPECT_EQ(Rotr64::Do(1, 1), U(kMin64));
}

TEST(NumericsTest, CountsOfBits) {
  EXPECT_EQ(Clz32::Do(I(0)), 32u);
  EXPECT_EQ(Ctz32::Do(I(0)), 32u);
  EXPECT_EQ(Popcnt32::Do(I(0xf0)), 4u);
  EXPECT_EQ(Clz32::Do(I(1)), 31u);
  EXPECT_EQ(Clz64::Do(0), 64u);
  EXPECT_EQ(Ctz64::Do(0), 64u);
  EXPECT_EQ(Ctz64::Do(U(kMin64)), 63u);
  EXPECT_EQ(Popcnt64::Do(U(-1)), 64u);
}

TEST(NumericsTest, ExtensionsIgnoreWhatIsAbove) {
  EXPECT_EQ(Extend8S::Do(0x1ff), U(-1));
  EXPECT_EQ(Extend8S::Do(0x17f), 0x7fu);
  EXPECT_EQ(Extend16S::Do(0x18000), U(-0x8000));
  EXPECT_EQ(Extend32S::Do(I(0x80000000)), U(-0x80000000LL));
  EXPECT_EQ(Extend32U::Do(I(0x80000000)), 0x80000000u);
}

template <class Op>
Trap TrapOf(uint64_t a, uint64_t b) {
  uint64_t result = 0;
  return Op::Do(a, b, result);
}
template <class Op>
uint64_t ResultOf(uint64_t a, uint64_t b) {
  uint64_t result = 0;
  EXPECT_EQ(Op::Do(a, b, result), Trap::kNone);
  return result;
}

TEST(NumericsTest, Division) {
  EXPECT_EQ(TrapOf<DivS32>(I(1), I(0)), Trap::kIntegerDivideByZero);
  EXPECT_EQ(TrapOf<DivU32>(I(1), I(0)), Trap::kIntegerDivideByZero);
  EXPECT_EQ(TrapOf<RemS32>(I(1), I(0)), Trap::kIntegerDivideByZero);
  EXPECT_EQ(TrapOf<RemU64>(1, 0), Trap::kIntegerDivideByZero);
  EXPECT_EQ(TrapOf<DivS32>(I(0x80000000), I(0xffffffff)),
            Trap::kIntegerOverflow);
  EXPECT_EQ(TrapOf<DivS64>(U(kMin64), U(-1)), Trap::kIntegerOverflow);
  EXPECT_EQ(Low(ResultOf<RemS32>(I(0x80000000), I(0xffffffff))), 0u);
  EXPECT_EQ(ResultOf<RemS64>(U(kMin64), U(-1)), 0u);
  EXPECT_EQ(Low(ResultOf<DivS32>(I(U(-7)), I(2))), Low(U(-3)));
  EXPECT_EQ(Low(ResultOf<RemS32>(I(U(-7)), I(2))), Low(U(-1)));
  EXPECT_EQ(Low(ResultOf<RemS32>(I(7), I(U(-2)))), 1u);
  EXPECT_EQ(ResultOf<DivU32>(I(U(-1)), I(2)), 0x7fffffffu);
  EXPECT_EQ(ResultOf<DivU64>(U(-1), 2), U(-1) >> 1);
}

TEST(NumericsTest, ComparisonsOf32BitsIgnoreWhatIsAbove) {
  EXPECT_EQ(Eq32::Do(I(5), 5), 1u);
  EXPECT_EQ(LtS32::Do(I(0xffffffff), I(0)), 1u);
  EXPECT_EQ(LtU32::Do(I(0xffffffff), I(0)), 0u);
  EXPECT_EQ(GeU32::Do(5, I(5)), 1u);
  EXPECT_EQ(LtS64::Do(U(-1), 0), 1u);
  EXPECT_EQ(LtU64::Do(U(-1), 0), 0u);
}

TEST(NumericsTest, NothingCompareswithNan) {
  EXPECT_EQ(EqF64::Do(D(kNan), D(kNan)), 0u);
  EXPECT_EQ(NeF64::Do(D(kNan), D(kNan)), 1u);
  for (double other : {0.0, kInf, -kInf, kNan}) {
    EXPECT_EQ(LtF64::Do(D(kNan), D(other)), 0u);
    EXPECT_EQ(GtF64::Do(D(kNan), D(other)), 0u);
    EXPECT_EQ(LeF64::Do(D(other), D(kNan)), 0u);
    EXPECT_EQ(GeF64::Do(D(other), D(kNan)), 0u);
  }
  EXPECT_EQ(EqF64::Do(D(-0.0), D(0.0)), 1u);
  EXPECT_EQ(LtF32::Do(F(-0.0f), F(0.0f)), 0u);
}

TEST(NumericsTest, MinimumAndMaximumKnowNegativeZero) {
  EXPECT_EQ(MinF64::Do(D(0.0), D(-0.0)), D(-0.0));
  EXPECT_EQ(MinF64::Do(D(-0.0), D(0.0)), D(-0.0));
  EXPECT_EQ(MaxF64::Do(D(0.0), D(-0.0)), D(0.0));
  EXPECT_EQ(MaxF64::Do(D(-0.0), D(0.0)), D(0.0));
  EXPECT_EQ(MinF64::Do(D(-kInf), D(kInf)), D(-kInf));
  EXPECT_TRUE(std::isnan(As<double>(MinF64::Do(D(kNan), D(-kInf)))));
  EXPECT_TRUE(std::isnan(As<double>(MaxF64::Do(D(kInf), D(kNan)))));
  EXPECT_TRUE(std::isnan(As<float>(MinF32::Do(F(1.0f), Low(0x7fc00000)))));
}

TEST(NumericsTest, RoundingKeepsTheSignOfZeroAndHalvesGoToEven) {
  EXPECT_EQ(NearestF64::Do(D(0.5)), D(0.0));
  EXPECT_EQ(NearestF64::Do(D(-0.5)), D(-0.0));
  EXPECT_EQ(NearestF64::Do(D(1.5)), D(2.0));
  EXPECT_EQ(NearestF64::Do(D(2.5)), D(2.0));
  EXPECT_EQ(NearestF64::Do(D(4503599627370495.5)), D(4503599627370496.0));
  EXPECT_EQ(CeilF64::Do(D(-0.9)), D(-0.0));
  EXPECT_EQ(FloorF64::Do(D(-0.1)), D(-1.0));
  EXPECT_EQ(TruncF64::Do(D(-0.9)), D(-0.0));
  EXPECT_EQ(Low(NearestF32::Do(F(-2.5f))), Low(F(-2.0f)));
}

TEST(NumericsTest, NansBecomeQuiet) {
  const uint64_t signalling = 0x7ff0000000000001;
  const uint64_t quiet_bit = uint64_t{1} << 51;
  for (uint64_t result :
       {CeilF64::Do(signalling), FloorF64::Do(signalling),
        TruncF64::Do(signalling), NearestF64::Do(signalling),
        SqrtF64::Do(signalling), AddF64::Do(signalling, D(1)),
        MinF64::Do(signalling, D(1)), F64PromoteF32::Do(0x7f800001)}) {
    EXPECT_TRUE(std::isnan(As<double>(result)));
    EXPECT_NE(result & quiet_bit, 0u);
  }
}

TEST(NumericsTest, SignsAreBits) {
  EXPECT_EQ(NegF64::Do(0x7ff8000000000001), 0xfff8000000000001);
  EXPECT_EQ(AbsF64::Do(0xfff0000000000001), 0x7ff0000000000001u);
  EXPECT_EQ(CopysignF64::Do(D(1.0), 0xfff8000000000000), D(-1.0));
  EXPECT_EQ(Low(NegF32::Do(0x7f800001)), 0xff800001u);
  EXPECT_EQ(Low(CopysignF32::Do(F(-1.0f), F(0.0f))), Low(F(1.0f)));
}

TEST(NumericsTest, ConversionsRoundToNearestEven) {
  EXPECT_EQ(F64ConvertI64U::Do(U(-1)), D(18446744073709551616.0));
  EXPECT_EQ(F64ConvertI64S::Do(9007199254740993), D(9007199254740992.0));
  EXPECT_EQ(F64ConvertI64U::Do(0x8000000000000401), D(9223372036854777856.0));
  EXPECT_EQ(Low(F32ConvertI32S::Do(I(16777217))), Low(F(16777216.0f)));
  EXPECT_EQ(Low(F32ConvertI64U::Do(0x8000008000000001)),
            Low(F(9223373136366403584.0f)));
  EXPECT_EQ(F64ConvertI32U::Do(I(0xffffffff)), D(4294967295.0));
  EXPECT_EQ(F64ConvertI32S::Do(I(0xffffffff)), D(-1.0));
  EXPECT_EQ(Low(F32DemoteF64::Do(D(1e300))), 0x7f800000u);
}

// Operation, largest and smallest argument that fits, and those just beyond.
template <class Op, class Saturating>
void ExpectBounds(uint64_t first, uint64_t first_result, uint64_t below,
                  uint64_t last, uint64_t last_result, uint64_t beyond,
                  uint64_t min, uint64_t max, uint64_t nan, bool narrow) {
  const uint64_t mask = narrow ? UINT32_MAX : UINT64_MAX;
  uint64_t result = 0;
  EXPECT_EQ(Op::Do(first, result), Trap::kNone);
  EXPECT_EQ(result & mask, first_result & mask);
  EXPECT_EQ(Op::Do(last, result), Trap::kNone);
  EXPECT_EQ(result & mask, last_result & mask);
  EXPECT_EQ(Op::Do(below, result), Trap::kIntegerOverflow);
  EXPECT_EQ(Op::Do(beyond, result), Trap::kIntegerOverflow);
  EXPECT_EQ(Op::Do(nan, result), Trap::kInvalidConversion);
  EXPECT_EQ(Saturating::Do(first) & mask, first_result & mask);
  EXPECT_EQ(Saturating::Do(last) & mask, last_result & mask);
  EXPECT_EQ(Saturating::Do(below) & mask, min & mask);
  EXPECT_EQ(Saturating::Do(beyond) & mask, max & mask);
  EXPECT_EQ(Saturating::Do(nan) & mask, 0u);
}

TEST(NumericsTest, TruncationsKnowTheirBounds) {
  const uint64_t nan = D(kNan);
  const uint64_t nan32 = 0x7fc00000;
  const uint64_t max32 = 0x7fffffff, min32 = 0x80000000;
  const auto max64 = U(std::numeric_limits<int64_t>::max());
  ExpectBounds<I32TruncF64S, I32TruncSatF64S>(
      D(-2147483648.9), min32, D(-2147483649.0), D(2147483647.9), max32,
      D(2147483648.0), min32, max32, nan, true);
  ExpectBounds<I32TruncF64U, I32TruncSatF64U>(
      D(-0.9), 0, D(-1.0), D(4294967295.9), 0xffffffff, D(4294967296.0), 0,
      0xffffffff, nan, true);
  ExpectBounds<I32TruncF32S, I32TruncSatF32S>(
      F(-2147483648.0f), min32, F(-2147483904.0f), F(2147483520.0f), 2147483520,
      F(2147483648.0f), min32, max32, nan32, true);
  ExpectBounds<I32TruncF32U, I32TruncSatF32U>(
      F(-0.9f), 0, F(-1.0f), F(4294967040.0f), 4294967040, F(4294967296.0f), 0,
      0xffffffff, nan32, true);
  ExpectBounds<I64TruncF64S, I64TruncSatF64S>(
      D(-9223372036854775808.0), U(kMin64), D(-9223372036854777856.0),
      D(9223372036854774784.0), 9223372036854774784u, D(9223372036854775808.0),
      U(kMin64), max64, nan, false);
  ExpectBounds<I64TruncF64U, I64TruncSatF64U>(
      D(-0.9), 0, D(-1.0), D(18446744073709549568.0), 18446744073709549568u,
      D(18446744073709551616.0), 0, U(-1), nan, false);
  ExpectBounds<I64TruncF32S, I64TruncSatF32S>(
      F(-9223372036854775808.0f), U(kMin64), F(-9223373136366403584.0f),
      F(9223371487098961920.0f), 9223371487098961920u,
      F(9223372036854775808.0f), U(kMin64), max64, nan32, false);
  ExpectBounds<I64TruncF32U, I64TruncSatF32U>(
      F(-0.9f), 0, F(-1.0f), F(18446742974197923840.0f), 18446742974197923840u,
      F(18446744073709551616.0f), 0, U(-1), nan32, false);
}

}  // namespace
}  // namespace goshawk::interp
