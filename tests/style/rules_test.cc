#include "tests/style/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace goshawk::style {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kUnits[] =
    "# comment\n"
    "\n"
    "unit high low\n"
    "unit low\n";

TEST(RulesTest, UnitsIncludeWhatTheTableAllows) {
  const Tree tree = {
      {"high/a.h", "#include <map>\n#include \"high/b.h\"\n"},
      {"high/b.h", "#include \"low/c.h\"\n#include \"absl/x.h\"\n"},
      {"low/c.h", ""},
  };
  EXPECT_THAT(CheckUnits(tree, ParseTable(kUnits)), IsEmpty());
}

TEST(RulesTest, UnitsIncludeNothingElse) {
  const Tree tree = {
      {"low/c.h", "\n#include \"high/a.h\"\n"},
      {"new/d.h", ""},
  };
  EXPECT_THAT(CheckUnits(tree, ParseTable(kUnits)),
              ElementsAre("low/c.h:2: includes high/a.h: low may not include "
                          "high",
                          "new/d.h: no unit line for its folder"));
}

TEST(RulesTest, LinesThatAreNotUnderstoodAreNamed) {
  EXPECT_THAT(ParseTable("unit\nlayer a/b\nlevel a 1\nlayer a/ 1\n").errors,
              ElementsAre("not understood: unit", "not understood: layer a/b",
                          "not understood: level a 1"));
}

TEST(RulesTest, LayersIncludeSameOrLower) {
  const Table table = ParseTable("layer a/ 2\nlayer a/low 1\n");
  EXPECT_THAT(CheckLayers({{"a/top.h", "#include \"a/low_one.h\"\n"},
                           {"a/low_one.h", "#include \"a/low_two.h\"\n"},
                           {"b/any.h", "#include \"a/top.h\"\n"}},
                          table),
              IsEmpty());
  EXPECT_THAT(
      CheckLayers({{"a/low_one.h", "#include \"a/top.h\"\n"}}, table),
      ElementsAre("a/low_one.h:1: includes a/top.h: layer 1 may not include "
                  "layer 2"));
}

TEST(RulesTest, EveryFileOfALayeredFolderHasALayer) {
  EXPECT_THAT(CheckLayers({{"a/x.h", ""}, {"b/y.h", ""}},
                          ParseTable("layer a/low 1\n")),
              ElementsAre("a/x.h: no layer line for it"));
}

TEST(RulesTest, CyclesAreFoundOnce) {
  EXPECT_THAT(CheckCycles({{"a/1.h", "#include \"a/2.h\"\n"},
                           {"a/2.h", "#include \"a/3.h\"\n"},
                           {"a/3.h", "#include \"a/2.h\"\n"},
                           {"a/4.h", "#include \"a/1.h\"\n"}}),
              ElementsAre("a/2.h includes a/3.h includes a/2.h"));
  EXPECT_THAT(CheckCycles({{"a/1.h", "#include \"a/2.h\"\n"}, {"a/2.h", ""}}),
              IsEmpty());
}

TEST(RulesTest, OnlyListsMayBeLong) {
  const std::string lines = "1\n2\n3\n";
  EXPECT_THAT(CheckLengths({{"a.cc", lines}, {"a.def", lines}}, 2),
              ElementsAre("a.cc: 3 lines, more than 2"));
  EXPECT_THAT(CheckLengths({{"a.cc", lines}}, 3), IsEmpty());
}

}  // namespace
}  // namespace goshawk::style
