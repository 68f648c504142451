// What the memory backend does beyond what the conformance suite asks of all.

#include "fs/memory_file_system.h"

#include "fs/mounts.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

TEST(MemoryTest, TheLimitOnContentsHolds) {
  auto fs = NewMemoryFileSystem({.max_bytes = 1000});
  EXPECT_EQ(WriteFile(*fs, "/a", std::string(600, 'a')), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs, "/b", std::string(401, 'b')), Errno::kNoSpc);
  EXPECT_EQ(WriteFile(*fs, "/b", std::string(400, 'b')), Errno::kOk);
  // What is there may be written over, and room comes back.
  auto a = fs->Open("/a", kOpenReadWrite, 0);
  ASSERT_THAT(a, Fails(Errno::kOk));
  EXPECT_THAT((*a)->Pwrite(Bytes("xyz"), 597), Gives(3u));
  EXPECT_THAT((*a)->Pwrite(Bytes("xyz"), 598), Fails(Errno::kNoSpc));
  EXPECT_EQ(fs->Truncate("/b", 100), Errno::kOk);
  EXPECT_THAT((*a)->Pwrite(Bytes("xyz"), 598), Gives(3u));
  // Not before the last File lets go.
  EXPECT_EQ(fs->Unlink("/a"), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs, "/c", std::string(500, 'c')), Errno::kNoSpc);
  a->reset();
  EXPECT_EQ(WriteFile(*fs, "/c", std::string(900, 'c')), Errno::kOk);
}

TEST(MemoryTest, HolesAreFree) {
  auto fs = NewMemoryFileSystem({.max_bytes = 100000});
  ASSERT_EQ(WriteFile(*fs, "/f", "x"), Errno::kOk);
  EXPECT_EQ(fs->Truncate("/f", int64_t{1} << 40), Errno::kOk);
  EXPECT_EQ(fs->GetStat("/f")->size, int64_t{1} << 40);
  EXPECT_EQ(fs->GetStat("/f")->blocks, 1);
  EXPECT_EQ(fs->Truncate("/f", int64_t{1} << 60), Errno::kFBig);
}

TEST(MemoryTest, FilesOutliveTheFileSystem) {
  auto fs = NewMemoryFileSystem();
  auto file = fs->Open("/f", kOpenReadWrite | kOpenCreate, 0644);
  ASSERT_THAT(file, Fails(Errno::kOk));
  fs.reset();
  EXPECT_THAT((*file)->Write(Bytes("text")), Gives(4u));
  EXPECT_THAT(PreadText(**file, 0), Gives("text"));
}

TEST(MemoryTest, DeepTreesDoNotExhaustTheStack) {
  auto fs = NewMemoryFileSystem();
  // Deeper than a path can name: grown by moving what is there down.
  const int kDepth = 50000;
  ASSERT_EQ(fs->Mkdir("/top", 0755), Errno::kOk);
  for (int i = 0; i < kDepth; ++i) {
    ASSERT_EQ(fs->Mkdir("/new", 0755), Errno::kOk);
    ASSERT_EQ(fs->Rename("/top", "/new/top"), Errno::kOk);
    ASSERT_EQ(fs->Rename("/new", "/top"), Errno::kOk);
  }
  fs.reset();
}

// Root made a world; somebody else lives in it.
class RightsTest : public ::testing::Test {
 protected:
  RightsTest() : fs_(NewMemoryFileSystem({.uid = 1000, .gid = 100})) {}
  std::unique_ptr<FileSystem> fs_;
};

TEST_F(RightsTest, ModesCountForTheOwner) {
  EXPECT_EQ(WriteFile(*fs_, "/f", "text", 0400), Errno::kOk)
      << "who makes a file may use it at once";
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenRead), Errno::kOk);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenWrite), Errno::kAcces);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenRead | kOpenTruncate), Errno::kAcces);
  EXPECT_EQ(fs_->Truncate("/f", 0), Errno::kAcces);
  EXPECT_EQ(fs_->Chmod("/f", 0200), Errno::kOk);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenRead), Errno::kAcces);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenReadWrite), Errno::kAcces);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenWrite), Errno::kOk);
}

TEST_F(RightsTest, DirectoriesGuardTheirNames) {
  ASSERT_EQ(fs_->Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(WriteFile(*fs_, "/d/f", ""), Errno::kOk);
  ASSERT_EQ(fs_->Chmod("/d", 0500), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs_, "/d/g", ""), Errno::kAcces);
  EXPECT_EQ(fs_->Mkdir("/d/g", 0755), Errno::kAcces);
  EXPECT_EQ(fs_->Symlink("x", "/d/g"), Errno::kAcces);
  EXPECT_EQ(fs_->Link("/d/f", "/d/g"), Errno::kAcces);
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kAcces);
  EXPECT_EQ(fs_->Rename("/d/f", "/f"), Errno::kAcces);
  EXPECT_EQ(fs_->Chmod("/d", 0600), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/f"), Fails(Errno::kAcces));
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(::testing::ElementsAre("f")));
  EXPECT_EQ(fs_->Chmod("/d", 0300), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/d"), Fails(Errno::kAcces));
  EXPECT_EQ(TryOpen(*fs_, "/d", kOpenRead), Errno::kAcces);
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
}

TEST_F(RightsTest, OnlyRootGivesFilesAway) {
  ASSERT_EQ(WriteFile(*fs_, "/f", ""), Errno::kOk);
  EXPECT_EQ(fs_->GetStat("/f")->uid, 1000u);
  EXPECT_EQ(fs_->GetStat("/f")->gid, 100u);
  EXPECT_EQ(fs_->Chown("/f", 1000, 100), Errno::kOk);
  EXPECT_EQ(fs_->Chown("/f", kKeepId, kKeepId), Errno::kOk);
  EXPECT_EQ(fs_->Chown("/f", 0, kKeepId), Errno::kPerm);
  EXPECT_EQ(fs_->Chown("/f", kKeepId, 0), Errno::kPerm);
}

TEST(MemoryTest, SetGidDirectoriesHandTheirGroupOn) {
  auto fs = NewMemoryFileSystem();
  ASSERT_EQ(fs->Mkdir("/d", 0755), Errno::kOk);
  ASSERT_EQ(fs->Chown("/d", kKeepId, 50), Errno::kOk);
  ASSERT_EQ(fs->Chmod("/d", 02755), Errno::kOk);
  ASSERT_EQ(WriteFile(*fs, "/d/f", ""), Errno::kOk);
  ASSERT_EQ(fs->Mkdir("/d/e", 0755), Errno::kOk);
  EXPECT_EQ(fs->GetStat("/d/f")->gid, 50u);
  EXPECT_EQ(fs->GetStat("/d/e")->gid, 50u);
  EXPECT_EQ(fs->GetStat("/d/e")->mode, kModeDirectory | 02755);
}

}  // namespace
}  // namespace goshawk::fs::testing
