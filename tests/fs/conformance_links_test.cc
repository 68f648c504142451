// What symbolic links must do, whatever the backend.

#include <cstring>
#include <string>

#include "fs/file_system.h"
#include "tests/fs/backends.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using ::testing::ElementsAre;
using LinksTest = BackendTest;

TEST_P(LinksTest, TargetsAreKeptAsTheyAre) {
  for (const char* target : {"f", "/abs", "../../x", "a//b/", ".", "\xff"}) {
    EXPECT_EQ(fs_.Symlink(target, "/link"), Errno::kOk);
    EXPECT_THAT(fs_.Readlink("/link"), Gives(target));
    Result<Stat> stat = fs_.GetLstat("/link");
    ASSERT_THAT(stat, Fails(Errno::kOk));
    EXPECT_TRUE(stat->IsSymlink());
    EXPECT_EQ(stat->size, static_cast<int64_t>(strlen(target)));
    EXPECT_EQ(fs_.Unlink("/link"), Errno::kOk);
  }
  EXPECT_EQ(fs_.Symlink("", "/link"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Symlink(std::string_view("a\0b", 3), "/link"), Errno::kInval);
}

TEST_P(LinksTest, SymlinkAndReadlinkTellWhatIsWrong) {
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Symlink("x", "/f"), Errno::kExist);
  EXPECT_EQ(fs_.Symlink("x", "/d"), Errno::kExist);
  EXPECT_EQ(fs_.Symlink("x", "/no/link"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Symlink("x", "/f/link"), Errno::kNotDir);
  EXPECT_THAT(fs_.Readlink("/f"), Fails(Errno::kInval));
  EXPECT_THAT(fs_.Readlink("/d"), Fails(Errno::kInval));
  EXPECT_THAT(fs_.Readlink("/no"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_.Readlink("/f/x"), Fails(Errno::kNotDir));
}

TEST_P(LinksTest, LinksAreFollowedAnywhereOnTheWay) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d/e", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/e/f", "found"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("d/e", "/relative"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("/d/e", "/absolute"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("../relative/f", "/d/up"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("absolute/../e/./f", "/dots"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("../../../../d", "/d/e/top"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("e/../..", "/d/root"), Errno::kOk);
  for (const char* path :
       {"/relative/f", "/absolute/f", "/d/up", "/dots", "/d/e/top/e/f",
        "/absolute/top/e/top/up", "/d/root/d/up"}) {
    EXPECT_THAT(ReadFile(fs_, path), Gives("found")) << path;
    EXPECT_TRUE(fs_.GetStat(path)->IsRegular()) << path;
  }
  EXPECT_THAT(fs_.ReadDir("/absolute"), Gives(ElementsAre("f", "top")));
  EXPECT_EQ(TryOpen(fs_, "/absolute", kOpenRead | kOpenDirectory), Errno::kOk);
  EXPECT_EQ(WriteFile(fs_, "/relative/g", "new"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/d/e/g"), Gives("new"));
  EXPECT_EQ(fs_.Rename("/relative/g", "/absolute/h"), Errno::kOk);
  EXPECT_EQ(fs_.Unlink("/absolute/h"), Errno::kOk);
  EXPECT_EQ(fs_.Mkdir("/absolute/sub", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Rmdir("/d/e/sub"), Errno::kOk);
}

TEST_P(LinksTest, DotDotFollowsTheTargetNotTheName) {
  ASSERT_EQ(fs_.Mkdir("/a", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/a/b", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/a/f", "in a"), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/f", "in the root"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("a/b", "/link"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("link/../f", "/through"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/through"), Gives("in a"));
}

TEST_P(LinksTest, DanglingLinksLeadNowhere) {
  ASSERT_EQ(fs_.Symlink("nowhere", "/link"), Errno::kOk);
  EXPECT_THAT(fs_.GetStat("/link"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_.GetLstat("/link").error(), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/link", kOpenRead), Errno::kNoEnt);
  EXPECT_EQ(TryOpen(fs_, "/link/x", kOpenRead), Errno::kNoEnt);
  EXPECT_EQ(fs_.Chmod("/link", 0600), Errno::kNoEnt);
  EXPECT_EQ(fs_.Truncate("/link", 0), Errno::kNoEnt);
  EXPECT_EQ(fs_.Utimes("/link", 0, 0), Errno::kNoEnt);
  EXPECT_THAT(fs_.ReadDir("/link"), Fails(Errno::kNoEnt));
}

TEST_P(LinksTest, CreatingThroughADanglingLinkMakesTheTarget) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("d/target", "/link"), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/link", kOpenWrite | kOpenCreate | kOpenExclusive),
            Errno::kExist);
  EXPECT_EQ(WriteFile(fs_, "/link", "made"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/d/target"), Gives("made"));
  EXPECT_TRUE(fs_.GetLstat("/link")->IsSymlink());
}

TEST_P(LinksTest, NoFollowRefusesALinkAtTheEnd) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("d", "/dir"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("d/f", "/file"), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/file", kOpenRead | kOpenNoFollow), Errno::kLoop);
  EXPECT_EQ(TryOpen(fs_, "/dir/f", kOpenRead | kOpenNoFollow), Errno::kOk);
}

TEST_P(LinksTest, LoopsEnd) {
  ASSERT_EQ(fs_.Symlink("self", "/self"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("b", "/a"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("/a", "/b"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("dots/..", "/dots"), Errno::kOk);
  for (const char* path : {"/self", "/a", "/self/x", "/b/x", "/dots"}) {
    EXPECT_THAT(fs_.GetStat(path), Fails(Errno::kLoop)) << path;
    EXPECT_EQ(TryOpen(fs_, path, kOpenWrite | kOpenCreate), Errno::kLoop)
        << path;
    EXPECT_THAT(fs_.ReadDir(path), Fails(Errno::kLoop)) << path;
  }
  EXPECT_EQ(fs_.Mkdir("/a/x", 0755), Errno::kLoop);
  EXPECT_THAT(fs_.GetLstat("/a/x"), Fails(Errno::kLoop));
  EXPECT_TRUE(fs_.GetLstat("/a")->IsSymlink());
}

TEST_P(LinksTest, FortyLinksAreAllowed) {
  ASSERT_EQ(WriteFile(fs_, "/0", "end"), Errno::kOk);
  for (int i = 1; i <= 41; ++i) {
    ASSERT_EQ(fs_.Symlink(std::to_string(i - 1), "/" + std::to_string(i)),
              Errno::kOk);
  }
  EXPECT_THAT(ReadFile(fs_, "/40"), Gives("end"));
  EXPECT_THAT(ReadFile(fs_, "/41"), Fails(Errno::kLoop));
}

TEST_P(LinksTest, LinksToFilesAreNoDirectories) {
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/link"), Errno::kOk);
  EXPECT_THAT(fs_.GetStat("/link/x"), Fails(Errno::kNotDir));
  EXPECT_EQ(fs_.Mkdir("/link/x", 0755), Errno::kNotDir);
  EXPECT_EQ(TryOpen(fs_, "/link", kOpenRead | kOpenDirectory), Errno::kNotDir);
}

TEST_P(LinksTest, ChangesOfAttributesFollowLinks) {
  ASSERT_EQ(WriteFile(fs_, "/f", "text"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Chmod("/link", 0604), Errno::kOk);
  EXPECT_EQ(fs_.Utimes("/link", 1'000'000'000, 2'000'000'000), Errno::kOk);
  EXPECT_EQ(fs_.Truncate("/link", 2), Errno::kOk);
  Result<Stat> stat = fs_.GetStat("/f");
  ASSERT_THAT(stat, Fails(Errno::kOk));
  EXPECT_EQ(stat->mode, kModeRegular | 0604);
  EXPECT_EQ(stat->size, 2);
  EXPECT_TRUE(fs_.GetLstat("/link")->IsSymlink());
  EXPECT_EQ(fs_.Lchown("/link", kKeepId, kKeepId), Errno::kOk);
}

TEST_P(LinksTest, FirstLinkFindsTheFirst) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d/e", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/e/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("e", "/d/link"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/d/e/last"), Errno::kOk);
  EXPECT_EQ(fs_.FirstLink("/"), 0u);
  EXPECT_EQ(fs_.FirstLink("/d/e/f"), 0u);
  EXPECT_EQ(fs_.FirstLink("/d/link/last"), strlen("/d/link"));
  EXPECT_EQ(fs_.FirstLink("/d/e/last"), strlen("/d/e/last"));
  EXPECT_EQ(fs_.FirstLink("/d/no/link"), 0u);
  EXPECT_EQ(fs_.FirstLink("/d/e/f/x"), 0u);
}

BACKEND_TESTS(LinksTest);

}  // namespace
}  // namespace goshawk::fs::testing
