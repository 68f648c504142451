#include "fs/path.h"

#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

TEST(PathTest, CleanFollowsPosix) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "/"},
      {"/", "/"},
      {"//", "/"},
      {"///a", "/a"},
      {".", "/"},
      {"..", "/"},
      {"/..", "/"},
      {"/../../a", "/a"},
      {"a", "/a"},
      {"a/b", "/a/b"},
      {"/a/", "/a"},
      {"/a//b///c", "/a/b/c"},
      {"/a/./b/.", "/a/b"},
      {"/a/../b", "/b"},
      {"/a/b/../../c", "/c"},
      {"/a/b/../../..", "/"},
      {"/a/..", "/"},
      {"/...", "/..."},
      {"/..a/.b/a..", "/..a/.b/a.."},
      {"/a/../../../b/", "/b"},
      {"/\xff/\xc3\xa9", "/\xff/\xc3\xa9"},
      {"/ / a ", "/ / a "},
      {"\\a\\..\\b", "/\\a\\..\\b"},
  };
  for (const auto& [path, clean] : kCases) {
    EXPECT_EQ(Clean(path), clean) << path;
    EXPECT_TRUE(IsClean(Clean(path))) << path;
    EXPECT_EQ(Clean(Clean(path)), clean) << path;
  }
}

TEST(PathTest, IsCleanFindsWhatIsNot) {
  for (const char* path : {"/", "/a", "/a/b", "/...", "/.a", "/a.", "/..a"}) {
    EXPECT_TRUE(IsClean(path)) << path;
  }
  for (const char* path : {"", "a", "a/b", "//", "/a/", "/a//b", "/.", "/..",
                           "/a/.", "/a/..", "/./a", "/../a", "/a/../b"}) {
    EXPECT_FALSE(IsClean(path)) << path;
  }
  EXPECT_FALSE(IsClean(std::string_view("/a\0b", 4)));
}

TEST(PathTest, ResolveStartsAtTheCurrentDirectory) {
  EXPECT_THAT(Resolve("/", "a"), Gives("/a"));
  EXPECT_THAT(Resolve("/w", "a/b"), Gives("/w/a/b"));
  EXPECT_THAT(Resolve("/w", "."), Gives("/w"));
  EXPECT_THAT(Resolve("/w", ".."), Gives("/"));
  EXPECT_THAT(Resolve("/w/x", "../y/"), Gives("/w/y"));
  EXPECT_THAT(Resolve("/w", "../../../.."), Gives("/"));
  EXPECT_THAT(Resolve("/w", "/a"), Gives("/a"));
  EXPECT_THAT(Resolve("/w", "//a/../b"), Gives("/b"));
}

TEST(PathTest, ResolveRefusesWhatNoPathMayBe) {
  EXPECT_THAT(Resolve("/", ""), Fails(Errno::kNoEnt));
  EXPECT_THAT(Resolve("/", std::string_view("a\0", 2)), Fails(Errno::kInval));
  EXPECT_THAT(Resolve("/", std::string(255, 'n')).error(),
              ::testing::Eq(Errno::kOk));
  EXPECT_THAT(Resolve("/", std::string(256, 'n')), Fails(Errno::kNameTooLong));
  EXPECT_THAT(Resolve("/", "/a/" + std::string(256, 'n') + "/../b"),
              Fails(Errno::kNameTooLong));
  std::string path;
  while (path.size() <= kMaxPath) path += "/a";
  EXPECT_THAT(Resolve("/", path), Fails(Errno::kNameTooLong));
  path.resize(kMaxPath);
  EXPECT_EQ(CheckPath(path), Errno::kOk);
}

TEST(PathTest, ParentAndBaseNameSplit) {
  EXPECT_EQ(Parent("/a/b"), "/a");
  EXPECT_EQ(BaseName("/a/b"), "b");
  EXPECT_EQ(Parent("/a"), "/");
  EXPECT_EQ(BaseName("/a"), "a");
  EXPECT_EQ(Parent("/"), "/");
  EXPECT_EQ(BaseName("/"), "");
  EXPECT_EQ(Join("/", "a"), "/a");
  EXPECT_EQ(Join("/a", "b"), "/a/b");
}

TEST(PathTest, InsideCountsWholeComponents) {
  EXPECT_TRUE(IsInside("/a", "/"));
  EXPECT_TRUE(IsInside("/", "/"));
  EXPECT_TRUE(IsInside("/a", "/a"));
  EXPECT_TRUE(IsInside("/a/b", "/a"));
  EXPECT_FALSE(IsInside("/ab", "/a"));
  EXPECT_FALSE(IsInside("/", "/a"));
  EXPECT_FALSE(IsInside("/b/a", "/a"));
  EXPECT_EQ(PathInside("/a/b/c", "/a"), "/b/c");
  EXPECT_EQ(PathInside("/a", "/a"), "/");
  EXPECT_EQ(PathInside("/a/b", "/"), "/a/b");
  EXPECT_EQ(PathInside("/", "/"), "/");
}

TEST(PathTest, ComponentsComeOneByOne) {
  std::string_view rest = "//a/b//c/";
  EXPECT_EQ(NextComponent(rest), "a");
  EXPECT_EQ(rest, "b//c/");
  EXPECT_EQ(NextComponent(rest), "b");
  EXPECT_EQ(NextComponent(rest), "c");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(NextComponent(rest), "");
}

TEST(PathTest, WrittenNameIsTheLastComponentAsItStands) {
  EXPECT_EQ(WrittenName("/a/b"), "b");
  EXPECT_EQ(WrittenName("a"), "a");
  EXPECT_EQ(WrittenName("a/b//"), "b");
  EXPECT_EQ(WrittenName("a/."), ".");
  EXPECT_EQ(WrittenName("a/../"), "..");
  EXPECT_EQ(WrittenName("."), ".");
  EXPECT_EQ(WrittenName("//"), "");
  EXPECT_EQ(WrittenName(""), "");
}

}  // namespace
}  // namespace goshawk::fs::testing
