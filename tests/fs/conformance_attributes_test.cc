// What modes, owners, times and numbers must do, whatever the backend.

#include <unistd.h>

#include "fs/file_system.h"
#include "tests/fs/backends.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using AttributesTest = BackendTest;

constexpr Nanos kSecond = 1'000'000'000;

TEST_P(AttributesTest, StatTellsKindAndSize) {
  ASSERT_EQ(WriteFile(fs_, "/f", "12345", 0640), Errno::kOk);
  Result<Stat> file = fs_.GetStat("/f");
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ(file->mode, kModeRegular | 0640);
  EXPECT_EQ(file->size, 5);
  EXPECT_EQ(file->nlink, 1u);
  EXPECT_GT(file->blksize, 0);
  EXPECT_GT(file->mtime, 1'600'000'000 * kSecond);
  EXPECT_THAT(fs_.GetStat("/no"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_.GetLstat("/no"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_.GetStat("/f/x"), Fails(Errno::kNotDir));
  EXPECT_THAT(fs_.GetLstat("/f/x"), Fails(Errno::kNotDir));
}

TEST_P(AttributesTest, NumbersIdentifyFiles) {
  ASSERT_EQ(WriteFile(fs_, "/a", ""), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/b", ""), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  Result<Stat> a = fs_.GetStat("/a");
  Result<Stat> b = fs_.GetStat("/b");
  Result<Stat> d = fs_.GetStat("/d");
  ASSERT_THAT(a, Fails(Errno::kOk));
  ASSERT_THAT(b, Fails(Errno::kOk));
  ASSERT_THAT(d, Fails(Errno::kOk));
  EXPECT_NE(a->ino, b->ino);
  EXPECT_NE(a->ino, d->ino);
  for (const Stat& stat : {*a, *b, *d}) {
    EXPECT_LT(stat.ino, uint64_t{1} << 53);
    EXPECT_LT(stat.dev, uint64_t{1} << 53);
  }
  auto file = fs_.Open("/a", kOpenReadWrite, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->GetStat()->ino, a->ino);
  EXPECT_EQ((*file)->GetStat()->dev, a->dev);
  // The same file it stays, whatever is done to it.
  EXPECT_EQ(fs_.Chmod("/a", 0600), Errno::kOk);
  EXPECT_THAT((*file)->Write(Bytes("x")), Gives(1u));
  EXPECT_EQ(fs_.GetStat("/a")->ino, a->ino);
}

TEST_P(AttributesTest, ChmodSetsAllPermissionBits) {
  ASSERT_EQ(WriteFile(fs_, "/f", "", 0644), Errno::kOk);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  for (uint32_t mode : {0u, 07777u, 0444u, 04755u, 02711u, 01600u}) {
    EXPECT_EQ(fs_.Chmod("/f", mode), Errno::kOk);
    EXPECT_EQ(fs_.GetStat("/f")->mode, kModeRegular | mode);
  }
  EXPECT_EQ(fs_.Chmod("/d", 01777), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/d")->mode, kModeDirectory | 01777);
  auto file = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Chmod(0611), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->mode, kModeRegular | 0611);
  auto dir = fs_.Open("/d", kOpenRead, 0);
  ASSERT_THAT(dir, Fails(Errno::kOk));
  EXPECT_EQ((*dir)->Chmod(0711), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/d")->mode, kModeDirectory | 0711);
  EXPECT_EQ(fs_.Chmod("/no", 0600), Errno::kNoEnt);
}

TEST_P(AttributesTest, NewFilesTakeAllModeBits) {
  ASSERT_EQ(fs_.Mkdir("/sticky", 01777), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/sticky")->mode, kModeDirectory | 01777);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenWrite | kOpenCreate, 0601), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->mode, kModeRegular | 0601);
}

TEST_P(AttributesTest, ChownKeepsWhatItIsToldTo) {
  if (geteuid() != 0) GTEST_SKIP() << "needs the rights of root";
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Symlink("f", "/link"), Errno::kOk);
  EXPECT_EQ(fs_.Chown("/f", 1000, 2000), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->uid, 1000u);
  EXPECT_EQ(fs_.GetStat("/f")->gid, 2000u);
  EXPECT_EQ(fs_.Chown("/link", kKeepId, 2001), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->uid, 1000u);
  EXPECT_EQ(fs_.GetStat("/f")->gid, 2001u);
  EXPECT_EQ(fs_.Lchown("/link", 7, kKeepId), Errno::kOk);
  EXPECT_EQ(fs_.GetLstat("/link")->uid, 7u);
  EXPECT_EQ(fs_.GetStat("/f")->uid, 1000u);
  auto file = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Chown(5, kKeepId), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->uid, 5u);
  EXPECT_EQ(fs_.Chown("/no", 1, 1), Errno::kNoEnt);
  EXPECT_EQ(fs_.Lchown("/no", 1, 1), Errno::kNoEnt);
}

TEST_P(AttributesTest, TimesKeepTheirNanoseconds) {
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  const Nanos atime = 1'234'567'890 * kSecond + 123'456'789;
  const Nanos mtime = 987'654'321 * kSecond + 1;
  EXPECT_EQ(fs_.Utimes("/f", atime, mtime), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->atime, atime);
  EXPECT_EQ(fs_.GetStat("/f")->mtime, mtime);
  auto file = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Utimes(0, -5 * kSecond / 2), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->atime, 0);
  EXPECT_EQ(fs_.GetStat("/f")->mtime, -5 * kSecond / 2);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Utimes("/d", 3 * kSecond, 4 * kSecond), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/d")->mtime, 4 * kSecond);
  EXPECT_EQ(fs_.Utimes("/no", 0, 0), Errno::kNoEnt);
}

TEST_P(AttributesTest, TimesMayBeLeftOrNow) {
  ASSERT_EQ(WriteFile(fs_, "/f", ""), Errno::kOk);
  ASSERT_EQ(fs_.Utimes("/f", kSecond, 2 * kSecond), Errno::kOk);
  EXPECT_EQ(fs_.Utimes("/f", kTimeOmit, 3 * kSecond), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->atime, kSecond);
  EXPECT_EQ(fs_.GetStat("/f")->mtime, 3 * kSecond);
  EXPECT_EQ(fs_.Utimes("/f", kTimeNow, kTimeOmit), Errno::kOk);
  EXPECT_GT(fs_.GetStat("/f")->atime, 1'600'000'000 * kSecond);
  EXPECT_EQ(fs_.GetStat("/f")->mtime, 3 * kSecond);
  auto file = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Utimes(5 * kSecond, kTimeNow), Errno::kOk);
  EXPECT_EQ(fs_.GetStat("/f")->atime, 5 * kSecond);
  EXPECT_GT(fs_.GetStat("/f")->mtime, 1'600'000'000 * kSecond);
}

TEST_P(AttributesTest, ChangesShowInTheTimes) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(fs_, "/d/f", ""), Errno::kOk);
  auto age = [&](std::string_view path) {
    EXPECT_EQ(fs_.Utimes(path, kSecond, kSecond), Errno::kOk);
  };
  auto is_old = [&](std::string_view path) {
    return fs_.GetStat(path)->mtime == kSecond;
  };
  auto file = fs_.Open("/d/f", kOpenReadWrite, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  age("/d/f");
  EXPECT_THAT((*file)->Write(Bytes("x")), Gives(1u));
  EXPECT_FALSE(is_old("/d/f")) << "write";
  age("/d/f");
  EXPECT_EQ((*file)->Truncate(0), Errno::kOk);
  EXPECT_FALSE(is_old("/d/f")) << "truncate";
  age("/d/f");
  EXPECT_EQ(fs_.Chmod("/d/f", 0600), Errno::kOk);
  EXPECT_TRUE(is_old("/d/f")) << "chmod";
  EXPECT_GT(fs_.GetStat("/d/f")->ctime, 1'600'000'000 * kSecond);
  age("/d");
  ASSERT_EQ(WriteFile(fs_, "/d/f", "more"), Errno::kOk);
  EXPECT_TRUE(is_old("/d")) << "writing to a file in it";
  ASSERT_EQ(WriteFile(fs_, "/d/g", ""), Errno::kOk);
  EXPECT_FALSE(is_old("/d")) << "create";
  age("/d");
  EXPECT_EQ(fs_.Rename("/d/g", "/g"), Errno::kOk);
  EXPECT_FALSE(is_old("/d")) << "rename";
  age("/d");
  EXPECT_EQ(fs_.Unlink("/d/f"), Errno::kOk);
  EXPECT_FALSE(is_old("/d")) << "unlink";
  age("/d");
  EXPECT_EQ(fs_.Symlink("x", "/d/s"), Errno::kOk);
  EXPECT_FALSE(is_old("/d")) << "symlink";
}

BACKEND_TESTS(AttributesTest);

}  // namespace
}  // namespace goshawk::fs::testing
