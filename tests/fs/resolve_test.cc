#include "fs/resolve.h"

#include "fs/memory_file_system.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

class ResolveTest : public ::testing::Test {
 protected:
  ResolveTest() : memory_(NewMemoryFileSystem()), fs_(*memory_) {
    EXPECT_EQ(fs_.Mkdir("/a", 0755), Errno::kOk);
    EXPECT_EQ(fs_.Mkdir("/a/b", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(fs_, "/a/f", ""), Errno::kOk);
    EXPECT_EQ(fs_.Symlink("a/b", "/dir"), Errno::kOk);
    EXPECT_EQ(fs_.Symlink("a/f", "/file"), Errno::kOk);
    EXPECT_EQ(fs_.Symlink("/a/../dir/..", "/up"), Errno::kOk);
    EXPECT_EQ(fs_.Symlink("gone", "/dangling"), Errno::kOk);
    EXPECT_EQ(fs_.Symlink("loop/..", "/loop"), Errno::kOk);
  }

  std::unique_ptr<FileSystem> memory_;
  FileSystem& fs_;
};

TEST_F(ResolveTest, DotDotLeavesWhereALinkLeads) {
  EXPECT_THAT(ResolvePath(fs_, "/", "dir/.."), Gives("/a"));
  EXPECT_THAT(ResolvePath(fs_, "/a", "../dir/../f"), Gives("/a/f"));
  EXPECT_THAT(ResolvePath(fs_, "/", "up/b/../../x"), Gives("/x"));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/b/.."), Gives("/a"));
  EXPECT_THAT(ResolvePath(fs_, "/", "../../.."), Gives("/"));
  EXPECT_THAT(ResolvePath(fs_, "/a/b", "../.."), Gives("/"));
  // A link at the end stays.
  EXPECT_THAT(ResolvePath(fs_, "/", "a/../dir"), Gives("/dir"));
}

TEST_F(ResolveTest, DotDotNeedsADirectory) {
  EXPECT_THAT(ResolvePath(fs_, "/", "a/f/.."), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "file/.."), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "no/../a"), Fails(Errno::kNoEnt));
  EXPECT_THAT(ResolvePath(fs_, "/", "dangling/../a"), Fails(Errno::kNoEnt));
  EXPECT_THAT(ResolvePath(fs_, "/", "loop/../a"), Fails(Errno::kLoop));
}

TEST_F(ResolveTest, ASlashAtTheEndNeedsADirectory) {
  EXPECT_THAT(ResolvePath(fs_, "/", "a/"), Gives("/a"));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/f/"), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/f/."), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "dir/"), Gives("/a/b"));
  EXPECT_THAT(ResolvePath(fs_, "/", "file/"), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "dangling/"), Fails(Errno::kNoEnt));
  EXPECT_THAT(ResolvePath(fs_, "/", "new/"), Gives("/new"));
  EXPECT_THAT(ResolvePath(fs_, "/", "/"), Gives("/"));
  using enum TrailingSlash;
  EXPECT_THAT(ResolvePath(fs_, "/", "a/", kEntry), Gives("/a"));
  EXPECT_THAT(ResolvePath(fs_, "/", "dir/", kEntry), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/f/", kEntry), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/f/", kAllowed), Gives("/a/f"));
}

TEST_F(ResolveTest, BadPathsAreRefused) {
  EXPECT_THAT(ResolvePath(fs_, "/", ""), Fails(Errno::kNoEnt));
  EXPECT_THAT(ResolvePath(fs_, "/", std::string_view("\0", 1)),
              Fails(Errno::kInval));
  EXPECT_THAT(ResolvePath(fs_, "/", "a/../" + std::string(300, 'x')),
              Fails(Errno::kNameTooLong));
}

TEST_F(ResolveTest, LinksAreReplacedByWhatTheyLeadTo) {
  EXPECT_THAT(ResolveLinks(fs_, "/dir/x", true), Gives("/a/b/x"));
  EXPECT_THAT(ResolveLinks(fs_, "/file", true), Gives("/a/f"));
  EXPECT_THAT(ResolveLinks(fs_, "/file", false), Gives("/file"));
  EXPECT_THAT(ResolveLinks(fs_, "/up/f", false), Gives("/a/f"));
  EXPECT_THAT(ResolveLinks(fs_, "/dangling", true), Gives("/gone"));
  EXPECT_THAT(ResolveLinks(fs_, "/dangling/x", false), Gives("/gone/x"));
  EXPECT_THAT(ResolveLinks(fs_, "/no/such", true), Gives("/no/such"));
  EXPECT_THAT(ResolveLinks(fs_, "/loop", true), Fails(Errno::kLoop));
  EXPECT_THAT(ResolveLinks(fs_, "/loop", false), Gives("/loop"));
  EXPECT_THAT(ResolveLinks(fs_, "/", false), Gives("/"));
}

TEST_F(ResolveTest, DirectoriesAreFoundWhereTheyAre) {
  EXPECT_THAT(ResolveDirectory(fs_, "/dir"), Gives("/a/b"));
  EXPECT_THAT(ResolveDirectory(fs_, "/up"), Gives("/a"));
  EXPECT_THAT(ResolveDirectory(fs_, "/"), Gives("/"));
  EXPECT_THAT(ResolveDirectory(fs_, "/file"), Fails(Errno::kNotDir));
  EXPECT_THAT(ResolveDirectory(fs_, "/no"), Fails(Errno::kNoEnt));
}

}  // namespace
}  // namespace goshawk::fs::testing
