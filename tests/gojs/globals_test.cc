// What `goshawk globals` lists is what there is.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>

#include "gojs/node/list_globals.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

using testing::Contains;

class GlobalsTest : public RealmTest {};

TEST_F(GlobalsTest, EveryLineIsTrue) {
  for (const std::string& line : ListGlobals(realm)) {
    const size_t space = line.find(' ');
    const std::string path = line.substr(0, space);
    const std::string kind =
        line.substr(space + 1, line.find(' ', space + 1) - space - 1);
    if (kind == "accessor" || kind == "alias") continue;
    const std::string source = "typeof " + path;
    EXPECT_EQ(Show(Call("globalThis", "eval", {Str(source)})), kind) << line;
  }
}

TEST_F(GlobalsTest, EveryRowOfTheTableIsListed) {
  std::set<std::string> names;
  for (const std::string& line : ListGlobals(realm)) {
    names.insert(line.substr(0, line.find(' ')));
  }
  for (const Member& member : kGlobalMembers) {
    EXPECT_TRUE(names.contains(std::string(member.name))) << member.name;
  }
  for (const char* const name :
       {"Array.prototype.push", "Array.prototype[Symbol.iterator]",
        "Map.prototype.size", "Math.PI", "Math.random", "JSON.stringify",
        "Promise.allSettled", "console.log", "fs.open", "process.argv",
        "Symbol.iterator", "TextDecoder.prototype.decode",
        "AbortSignal.prototype.aborted"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST_F(GlobalsTest, LinesHaveTheirForm) {
  const std::vector<std::string> lines = ListGlobals(realm);
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end()));
  EXPECT_THAT(lines, Contains("Array function 1"));
  EXPECT_THAT(lines, Contains("Array.prototype.push function 1"));
  EXPECT_THAT(lines, Contains("Map.prototype.size accessor"));
  EXPECT_THAT(lines, Contains("Math.PI number"));
  EXPECT_THAT(lines, Contains("global alias of globalThis"));
}

}  // namespace
}  // namespace goshawk::gojs
