#include "gojs/js/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace goshawk::gojs {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(NumberToStringTest, WritesAsEcmaScriptDoes) {
  const struct {
    double number;
    const char* text;
  } kCases[] = {
      {0, "0"},
      {-0.0, "0"},
      {1, "1"},
      {-1, "-1"},
      {42.5, "42.5"},
      {0.1, "0.1"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1e15, "1000000000000000"},
      {123456789012345680000.0, "123456789012345680000"},
      {1e20, "100000000000000000000"},
      {1e21, "1e+21"},
      {1.5e21, "1.5e+21"},
      {-1.5e300, "-1.5e+300"},
      {0.000001, "0.000001"},
      {0.0000001, "1e-7"},
      {1.25e-7, "1.25e-7"},
      {9007199254740992, "9007199254740992"},
      {4294967295, "4294967295"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
      {std::numeric_limits<double>::denorm_min(), "5e-324"},
      {1.0 / 3, "0.3333333333333333"},
      {kInfinity, "Infinity"},
      {-kInfinity, "-Infinity"},
      {kNaN, "NaN"},
  };
  for (const auto& c : kCases) EXPECT_EQ(NumberToString(c.number), c.text);
}

TEST(StringToNumberTest, ReadsWhatNumberReads) {
  EXPECT_EQ(StringToNumber(""), 0);
  EXPECT_EQ(StringToNumber(" \t\n"), 0);
  EXPECT_EQ(StringToNumber(" 42 "), 42);
  EXPECT_EQ(StringToNumber("-1.5e3"), -1500);
  EXPECT_EQ(StringToNumber("+.5"), 0.5);
  EXPECT_EQ(StringToNumber("5."), 5);
  EXPECT_EQ(StringToNumber("0x1F"), 31);
  EXPECT_EQ(StringToNumber("0o17"), 15);
  EXPECT_EQ(StringToNumber("0b101"), 5);
  EXPECT_EQ(StringToNumber("-Infinity"), -kInfinity);
  EXPECT_EQ(StringToNumber("1e999"), kInfinity);
  EXPECT_EQ(StringToNumber("1e-999"), 0);
}

TEST(StringToNumberTest, AnythingElseIsNaN) {
  for (const char* text : {"x", "1x", "0x", "0xg", "inf", "nan", "infinity",
                           "--1", "1 2", "-", ".", "e5", "0x1.8"}) {
    EXPECT_TRUE(std::isnan(StringToNumber(text))) << text;
  }
}

TEST(ParseTest, PrefixesCount) {
  EXPECT_EQ(ParseFloat("3.14abc"), 3.14);
  EXPECT_TRUE(std::isnan(ParseFloat("abc")));
  EXPECT_EQ(ParseInt("42px", 10), 42);
  EXPECT_EQ(ParseInt("0x1f", 0), 31);
  EXPECT_EQ(ParseInt("-101", 2), -5);
  EXPECT_EQ(ParseInt("z", 36), 35);
  EXPECT_TRUE(std::isnan(ParseInt("", 0)));
  EXPECT_TRUE(std::isnan(ParseInt("9", 8)));
  EXPECT_TRUE(std::isnan(ParseInt("1", 37)));
}

TEST(IntegerTest, ConversionsWrapOrSaturate) {
  EXPECT_EQ(ToInt32(4294967295.0), -1);
  EXPECT_EQ(ToUint32(-1), 4294967295u);
  EXPECT_EQ(ToUint32(4294967296.0 + 7.9), 7u);
  EXPECT_EQ(ToUint32(kNaN), 0u);
  EXPECT_EQ(ToUint32(kInfinity), 0u);
  EXPECT_EQ(ToInt64Saturated(kNaN), 0);
  EXPECT_EQ(ToInt64Saturated(1e300), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(ToInt64Saturated(-1e300), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(ToInt64Saturated(-3.7), -3);
}

}  // namespace
}  // namespace goshawk::gojs
