#include "gojs/js/string.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace goshawk::gojs {
namespace {

TEST(StringTableTest, InternsByContent) {
  StringTable table;
  const Ref<String> a = table.Intern("name");
  const Ref<String> b = table.Intern("name");
  const Ref<String> c = table.Intern("game");
  EXPECT_EQ(a.get(), b.get());
  EXPECT_NE(a.get(), c.get());
  EXPECT_EQ(a->view(), "name");
}

TEST(StringTableTest, AStringJoinsOrFindsItsEqual) {
  StringTable table;
  const Ref<String> fresh = String::New("text");
  EXPECT_FALSE(fresh->interned());
  EXPECT_EQ(table.Intern(fresh.get()).get(), fresh.get());
  const Ref<String> other = String::New("text");
  EXPECT_EQ(table.Intern(other.get()).get(), fresh.get());
  EXPECT_FALSE(other->interned());
}

TEST(StringTableTest, DroppedStringsLeave) {
  StringTable table;
  {
    const Ref<String> s = table.Intern("gone soon");
    EXPECT_EQ(table.size(), 1u);
  }
  EXPECT_EQ(table.size(), 0u);
}

TEST(StringTableTest, ManyStringsOfAllLengths) {
  StringTable table;
  std::vector<Ref<String>> kept;
  for (int i = 0; i < 5000; ++i) {
    kept.push_back(table.Intern(std::string(i % 40, 'x') + std::to_string(i)));
  }
  for (int i = 0; i < 5000; ++i) {
    EXPECT_EQ(table.Intern(std::string(i % 40, 'x') + std::to_string(i)).get(),
              kept[i].get());
  }
  EXPECT_EQ(table.size(), 5000u);
}

// Short strings are hashed and compared in pieces that overlap.
TEST(StringTableTest, OneByteMakesAnotherString) {
  StringTable table;
  std::vector<Ref<String>> kept;
  for (size_t size = 0; size <= 40; ++size) {
    kept.push_back(table.Intern(std::string(size, 'x')));
    for (size_t i = 0; i < size; ++i) {
      std::string text(size, 'x');
      text[i] = '\xf8';
      kept.push_back(table.Intern(text));
      EXPECT_EQ(kept.back()->view(), text);
      EXPECT_EQ(table.Intern(text).get(), kept.back().get());
    }
  }
  EXPECT_EQ(table.size(), kept.size());
}

TEST(StringTableTest, StringsOutliveTheirTable) {
  Ref<String> s;
  {
    StringTable table;
    s = table.Intern("survivor");
  }
  EXPECT_FALSE(s->interned());
  EXPECT_EQ(s->view(), "survivor");
}

TEST(StringTableTest, KeepsBytesThatAreNoText) {
  StringTable table;
  const std::string bytes("\xff\xfe\0\xef\xbb\xbf", 6);
  EXPECT_EQ(table.Intern(bytes)->view(), bytes);
}

TEST(StringTest, KnowsArrayIndices) {
  StringTable table;
  EXPECT_EQ(table.Intern("0")->array_index(), 0u);
  EXPECT_EQ(table.Intern("17")->array_index(), 17u);
  EXPECT_EQ(table.Intern("4294967294")->array_index(), 4294967294u);
  for (const char* none : {"", "00", "01", "-1", "1.5", "4294967295",
                           "99999999999", "1a", "length"}) {
    EXPECT_EQ(table.Intern(none)->array_index(), String::kNoIndex) << none;
  }
}

}  // namespace
}  // namespace goshawk::gojs
