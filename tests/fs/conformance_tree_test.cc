// What names and directories must do, whatever the backend.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "fs/file_system.h"
#include "tests/fs/backends.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using TreeTest = BackendTest;

TEST_P(TreeTest, TheRootIsThereAndStays) {
  Result<Stat> stat = fs_.GetStat("/");
  ASSERT_THAT(stat, Fails(Errno::kOk));
  EXPECT_TRUE(stat->IsDirectory());
  EXPECT_THAT(fs_.ReadDir("/"), Gives(IsEmpty()));
  EXPECT_EQ(fs_.Mkdir("/", 0755), Errno::kExist);
  EXPECT_EQ(fs_.Rmdir("/"), Errno::kBusy);
  EXPECT_EQ(fs_.Unlink("/"), Errno::kIsDir);
  EXPECT_THAT(fs_.Readlink("/"), Fails(Errno::kInval));
  EXPECT_EQ(fs_.Symlink("x", "/"), Errno::kExist);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Rename("/", "/d/x"), Errno::kBusy);
  EXPECT_EQ(fs_.Rename("/d", "/"), Errno::kBusy);
  EXPECT_EQ(TryOpen(fs_, "/", kOpenRead), Errno::kOk);
}

TEST_P(TreeTest, MkdirMakesEmptyDirectories) {
  EXPECT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Mkdir("/d/e", 0700), Errno::kOk);
  EXPECT_THAT(fs_.ReadDir("/d"), Gives(ElementsAre("e")));
  EXPECT_THAT(fs_.ReadDir("/d/e"), Gives(IsEmpty()));
  EXPECT_EQ(fs_.GetStat("/d/e")->mode, kModeDirectory | 0700);
  EXPECT_EQ(fs_.Mkdir("/d", 0755), Errno::kExist);
  EXPECT_EQ(fs_.Mkdir("/no/d", 0755), Errno::kNoEnt);
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  EXPECT_EQ(fs_.Mkdir("/f", 0755), Errno::kExist);
  EXPECT_EQ(fs_.Mkdir("/f/d", 0755), Errno::kNotDir);
  ASSERT_EQ(fs_.Symlink("/nowhere", "/dangling"), Errno::kOk);
  EXPECT_EQ(fs_.Mkdir("/dangling", 0755), Errno::kExist);
}

TEST_P(TreeTest, RmdirRemovesEmptyDirectoriesOnly) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("/d", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Rmdir("/d"), Errno::kNotEmpty);
  EXPECT_EQ(fs_.Rmdir("/d/f"), Errno::kNotDir);
  EXPECT_EQ(fs_.Rmdir("/link"), Errno::kNotDir);
  EXPECT_EQ(fs_.Rmdir("/no"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Rmdir("/d/f/x"), Errno::kNotDir);
  EXPECT_EQ(fs_.Unlink("/d/f"), Errno::kOk);
  EXPECT_EQ(fs_.Rmdir("/d"), Errno::kOk);
  EXPECT_THAT(fs_.GetStat("/d"), Fails(Errno::kNoEnt));
}

TEST_P(TreeTest, UnlinkRemovesAnythingElse) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Unlink("/d"), Errno::kIsDir);
  EXPECT_EQ(fs_.Unlink("/no"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Unlink("/f/x"), Errno::kNotDir);
  EXPECT_EQ(fs_.Unlink("/link"), Errno::kOk);
  EXPECT_THAT(fs_.ReadDir("/"), Gives(ElementsAre("d", "f")));
  EXPECT_EQ(fs_.Unlink("/f"), Errno::kOk);
  EXPECT_THAT(fs_.ReadDir("/"), Gives(ElementsAre("d")));
}

TEST_P(TreeTest, ListingsAreSortedAsBytes) {
  // Any bytes make a name; nothing is folded, normalised or hidden.
  for (const char* name : {"b", "B", "a", "10", "9", ".hidden", "\xff\xfe",
                           "\xc3\xa9", "e\xcc\x81", " ", "...", "a b\n"}) {
    EXPECT_EQ(WriteFile(fs_, std::string("/") + name, name), Errno::kOk);
  }
  EXPECT_THAT(
      fs_.ReadDir("/"),
      Gives(ElementsAre(" ", "...", ".hidden", "10", "9", "B", "a", "a b\n",
                        "b", "e\xcc\x81", "\xc3\xa9", "\xff\xfe")));
  EXPECT_THAT(ReadFile(fs_, "/\xff\xfe"), Gives("\xff\xfe"));
  EXPECT_THAT(fs_.ReadDir("/b"), Fails(Errno::kNotDir));
  EXPECT_THAT(fs_.ReadDir("/no"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_.ReadDir("/b/x"), Fails(Errno::kNotDir));
}

TEST_P(TreeTest, OpenDirectoriesListWhatIsThereNow) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  auto dir = fs_.Open("/d", kOpenRead, 0);
  ASSERT_THAT(dir, Fails(Errno::kOk));
  EXPECT_THAT((*dir)->ReadDir(), Gives(IsEmpty()));
  ASSERT_EQ(WriteFile(fs_, "/d/x", ""), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/a", ""), Errno::kOk);
  EXPECT_THAT((*dir)->ReadDir(), Gives(ElementsAre("a", "x")));
  auto file = fs_.Open("/d/x", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT((*file)->ReadDir(), Fails(Errno::kNotDir));
}

TEST_P(TreeTest, LargeDirectoriesAreComplete) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  const int kFiles = 1500;
  for (int i = 0; i < kFiles; ++i) {
    ASSERT_EQ(WriteFile(fs_, "/d/file-" + std::to_string(i), ""), Errno::kOk);
  }
  Result<Names> names = fs_.ReadDir("/d");
  ASSERT_THAT(names, Fails(Errno::kOk));
  EXPECT_EQ(names->size(), size_t{kFiles});
  EXPECT_TRUE(std::is_sorted(names->begin(), names->end()));
}

TEST_P(TreeTest, NamesHaveAtMost255Bytes) {
  const std::string longest = "/" + std::string(255, 'n');
  const std::string too_long = longest + "n";
  EXPECT_EQ(WriteFile(fs_, longest, "x"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, longest), Gives("x"));
  EXPECT_EQ(WriteFile(fs_, too_long, "x"), Errno::kNameTooLong);
  EXPECT_THAT(fs_.GetStat(too_long), Fails(Errno::kNameTooLong));
  EXPECT_THAT(fs_.GetLstat(too_long + "/x"), Fails(Errno::kNameTooLong));
  EXPECT_EQ(fs_.Mkdir(too_long, 0755), Errno::kNameTooLong);
  EXPECT_EQ(fs_.Symlink("x", too_long), Errno::kNameTooLong);
  EXPECT_EQ(fs_.Rename(longest, too_long), Errno::kNameTooLong);
  EXPECT_EQ(fs_.Unlink(too_long), Errno::kNameTooLong);
  std::string path;
  while (path.size() <= 4096) path += "/d";
  EXPECT_THAT(fs_.GetStat(path), Fails(Errno::kNameTooLong));
}

TEST_P(TreeTest, LongPathsWork) {
  std::string path;
  while (path.size() + 101 < 3800) {
    path += "/" + std::string(100, 'd');
    ASSERT_EQ(fs_.Mkdir(path, 0755), Errno::kOk);
  }
  EXPECT_EQ(WriteFile(fs_, path + "/f", "deep"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, path + "/f"), Gives("deep"));
  EXPECT_EQ(fs_.Rename(path + "/f", "/f"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("deep"));
}

TEST_P(TreeTest, RenameMovesFilesAndReplacesThem) {
  ASSERT_EQ(WriteFile(fs_, "/a", "a"), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/b", "b"), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  const uint64_t ino = fs_.GetStat("/a")->ino;
  EXPECT_EQ(fs_.Rename("/a", "/d/c"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/d/c"), Gives("a"));
  EXPECT_EQ(fs_.GetStat("/d/c")->ino, ino);
  EXPECT_THAT(fs_.GetStat("/a"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_.Rename("/b", "/d/c"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/d/c"), Gives("b"));
  EXPECT_THAT(fs_.ReadDir("/"), Gives(ElementsAre("d")));
  EXPECT_EQ(fs_.Rename("/d/c", "/d/c"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/d/c"), Gives("b"));
}

TEST_P(TreeTest, RenameMovesDirectories) {
  ASSERT_EQ(fs_.Mkdir("/a", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/a/sub", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/a/sub/f", "x"), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/empty", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/full", 0755), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/full/x", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Rename("/a", "/a/sub/x"), Errno::kInval);
  EXPECT_EQ(fs_.Rename("/a", "/a/x"), Errno::kInval);
  EXPECT_EQ(fs_.Rename("/a", "/full"), Errno::kNotEmpty);
  EXPECT_EQ(fs_.Rename("/a/sub", "/a"), Errno::kNotEmpty);
  EXPECT_EQ(fs_.Rename("/a", "/empty"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/empty/sub/f"), Gives("x"));
  EXPECT_EQ(fs_.Rename("/empty", "/full/y"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/full/y/sub/f"), Gives("x"));
  EXPECT_THAT(fs_.ReadDir("/"), Gives(ElementsAre("full")));
}

TEST_P(TreeTest, RenameKeepsKindsApart) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  EXPECT_EQ(fs_.Rename("/f", "/d"), Errno::kIsDir);
  EXPECT_EQ(fs_.Rename("/d", "/f"), Errno::kNotDir);
  EXPECT_EQ(fs_.Rename("/no", "/x"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Rename("/f", "/no/x"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Rename("/f", "/f/x"), Errno::kNotDir);
  EXPECT_EQ(fs_.Rename("/f/x", "/g"), Errno::kNotDir);
}

TEST_P(TreeTest, RenameTakesLinksThemselves) {
  ASSERT_EQ(WriteFile(fs_, "/f", "f"), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/g", "g"), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Rename("/link", "/moved"), Errno::kOk);
  EXPECT_THAT(fs_.Readlink("/moved"), Gives("f"));
  EXPECT_EQ(fs_.Rename("/g", "/moved"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/moved"), Gives("g"));
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("f"));
}

TEST_P(TreeTest, HardLinksAreTheSameFile) {
  ASSERT_EQ(WriteFile(fs_, "/a", "one"), Errno::kOk);
  EXPECT_EQ(fs_.Link("/a", "/b"), Errno::kOk);
  Result<Stat> a = fs_.GetStat("/a");
  Result<Stat> b = fs_.GetStat("/b");
  ASSERT_THAT(a, Fails(Errno::kOk));
  ASSERT_THAT(b, Fails(Errno::kOk));
  EXPECT_EQ(a->ino, b->ino);
  EXPECT_EQ(a->dev, b->dev);
  EXPECT_EQ(a->nlink, 2u);
  ASSERT_EQ(WriteFile(fs_, "/b", "two"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/a"), Gives("two"));
  // Two names of one file: nothing happens.
  EXPECT_EQ(fs_.Rename("/a", "/b"), Errno::kOk);
  EXPECT_THAT(fs_.ReadDir("/"), Gives(ElementsAre("a", "b")));
  EXPECT_EQ(fs_.Unlink("/a"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/b"), Gives("two"));
  EXPECT_EQ(fs_.GetStat("/b")->nlink, 1u);
}

TEST_P(TreeTest, LinkRefusesWhatItCannotDo) {
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/g", ""), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Link("/f", "/g"), Errno::kExist);
  EXPECT_EQ(fs_.Link("/f", "/d"), Errno::kExist);
  EXPECT_EQ(fs_.Link("/d", "/e"), Errno::kPerm);
  EXPECT_EQ(fs_.Link("/no", "/x"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Link("/f", "/no/x"), Errno::kNoEnt);
  EXPECT_EQ(fs_.Link("/f", "/g/x"), Errno::kNotDir);
  EXPECT_EQ(fs_.Link("/f/x", "/x"), Errno::kNotDir);
}

TEST_P(TreeTest, LinkDoesNotFollowLinks) {
  ASSERT_EQ(fs_.Symlink("nowhere", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Link("/link", "/again"), Errno::kOk);
  EXPECT_THAT(fs_.Readlink("/again"), Gives("nowhere"));
}

TEST_P(TreeTest, DirectoriesCountTheirSubdirectories) {
  // Some hosts have 1 for every directory.
  const uint64_t before = fs_.GetStat("/")->nlink;
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  const uint64_t after = fs_.GetStat("/")->nlink;
  EXPECT_TRUE(after == before + 1 || (before == 1 && after == 1));
  EXPECT_EQ(fs_.Rmdir("/d"), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/")->nlink, before);
}

TEST_P(TreeTest, ManyFilesCanBeOpen) {
  std::vector<std::unique_ptr<File>> files;
  for (int i = 0; i < 200; ++i) {
    auto file =
        fs_.Open("/" + std::to_string(i), kOpenWrite | kOpenCreate, 0644);
    ASSERT_THAT(file, Fails(Errno::kOk));
    files.push_back(*std::move(file));
  }
  EXPECT_EQ(fs_.ReadDir("/")->size(), files.size());
}

BACKEND_TESTS(TreeTest);

}  // namespace
}  // namespace goshawk::fs::testing
