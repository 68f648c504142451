// Several file systems as one tree: what is not the business of one alone.

#include "fs/mounts.h"

#include <cstring>

#include "fs/memory_file_system.h"
#include "fs/read_only.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using ::testing::ElementsAre;

class MountsTest : public ::testing::Test {
 protected:
  MountsTest()
      : root_(NewMemoryFileSystem()),
        data_(NewMemoryFileSystem()),
        deep_(NewMemoryFileSystem()) {
    EXPECT_EQ(root_->Mkdir("/home", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(*root_, "/home/f", "home"), Errno::kOk);
    EXPECT_EQ(root_->Mkdir("/data", 0700), Errno::kOk);
    EXPECT_EQ(WriteFile(*root_, "/data/hidden", ""), Errno::kOk);
    EXPECT_EQ(WriteFile(*data_, "/f", "data"), Errno::kOk);
    EXPECT_EQ(WriteFile(*deep_, "/f", "deep"), Errno::kOk);
    fs_ = NewMounts({{"/", root_}, {"/data", data_}, {"/a/b/deep", deep_}});
  }

  std::shared_ptr<FileSystem> root_;
  std::shared_ptr<FileSystem> data_;
  std::shared_ptr<FileSystem> deep_;
  std::unique_ptr<FileSystem> fs_;
};

TEST_F(MountsTest, TheLongestPathCounts) {
  EXPECT_THAT(ReadFile(*fs_, "/home/f"), Gives("home"));
  EXPECT_THAT(ReadFile(*fs_, "/data/f"), Gives("data"));
  EXPECT_THAT(ReadFile(*fs_, "/a/b/deep/f"), Gives("deep"));
  EXPECT_THAT(ReadFile(*fs_, "/data/hidden"), Fails(Errno::kNoEnt));
  EXPECT_THAT(ReadFile(*fs_, "/database"), Fails(Errno::kNoEnt));
  EXPECT_EQ(WriteFile(*fs_, "/data/new", "x"), Errno::kOk);
  EXPECT_THAT(ReadFile(*data_, "/new"), Gives("x"));
  EXPECT_THAT(fs_->ReadDir("/data"), Gives(ElementsAre("f", "new")));
  EXPECT_NE(fs_->GetStat("/data")->dev, fs_->GetStat("/")->dev);
}

TEST_F(MountsTest, MountPointsShowUp) {
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("a", "data", "home")));
  EXPECT_THAT(fs_->ReadDir("/a"), Gives(ElementsAre("b")));
  EXPECT_THAT(fs_->ReadDir("/a/b"), Gives(ElementsAre("deep")));
  for (const char* path : {"/", "/a", "/a/b", "/a/b/deep", "/data"}) {
    EXPECT_TRUE(fs_->GetStat(path)->IsDirectory()) << path;
    EXPECT_TRUE(fs_->GetLstat(path)->IsDirectory()) << path;
    auto dir = fs_->Open(path, kOpenRead | kOpenDirectory, 0);
    ASSERT_THAT(dir, Fails(Errno::kOk)) << path;
    EXPECT_EQ((*dir)->GetStat()->ino, fs_->GetStat(path)->ino) << path;
    EXPECT_EQ((*dir)->GetStat()->dev, fs_->GetStat(path)->dev) << path;
    EXPECT_EQ(*(*dir)->ReadDir(), *fs_->ReadDir(path)) << path;
    EXPECT_THAT(ReadText(**dir), Fails(Errno::kIsDir)) << path;
  }
  EXPECT_NE(fs_->GetStat("/a")->ino, fs_->GetStat("/a/b")->ino);
}

TEST_F(MountsTest, MountPointsCannotBeRemovedOrReplaced) {
  for (const char* path : {"/", "/a", "/a/b", "/a/b/deep", "/data"}) {
    EXPECT_EQ(fs_->Rmdir(path), Errno::kBusy) << path;
    EXPECT_EQ(fs_->Unlink(path), Errno::kIsDir) << path;
    EXPECT_EQ(fs_->Rename(path, "/home/x"), Errno::kBusy) << path;
    EXPECT_EQ(fs_->Rename("/home", path), Errno::kBusy) << path;
    EXPECT_EQ(fs_->Mkdir(path, 0755), Errno::kExist) << path;
    EXPECT_EQ(fs_->Symlink("x", path), Errno::kExist) << path;
    EXPECT_EQ(fs_->Link("/home/f", path), Errno::kExist) << path;
    EXPECT_EQ(fs_->Link(path, "/home/x"), Errno::kPerm) << path;
    EXPECT_EQ(fs_->Truncate(path, 0), Errno::kIsDir) << path;
    EXPECT_EQ(TryOpen(*fs_, path, kOpenWrite), Errno::kIsDir) << path;
    EXPECT_EQ(TryOpen(*fs_, path, kOpenRead | kOpenCreate), Errno::kIsDir)
        << path;
    EXPECT_EQ(TryOpen(*fs_, path, kOpenWrite | kOpenCreate | kOpenExclusive),
              Errno::kExist)
        << path;
    EXPECT_THAT(fs_->Readlink(path), Fails(Errno::kInval)) << path;
  }
}

TEST_F(MountsTest, WhatIsMadeUpCannotBeChanged) {
  for (const char* path : {"/a", "/a/b"}) {
    EXPECT_EQ(fs_->Chmod(path, 0700), Errno::kRoFs) << path;
    EXPECT_EQ(fs_->Chown(path, 1, 1), Errno::kRoFs) << path;
    EXPECT_EQ(fs_->Lchown(path, 1, 1), Errno::kRoFs) << path;
    EXPECT_EQ(fs_->Utimes(path, 0, 0), Errno::kRoFs) << path;
    const std::string inside = std::string(path) + "/new";
    EXPECT_EQ(fs_->Mkdir(inside, 0755), Errno::kRoFs);
    EXPECT_EQ(fs_->Symlink("x", inside), Errno::kRoFs);
    EXPECT_EQ(fs_->Rename("/home/f", inside), Errno::kRoFs);
    EXPECT_EQ(fs_->Link("/home/f", inside), Errno::kRoFs);
    EXPECT_EQ(WriteFile(*fs_, inside, ""), Errno::kRoFs);
    EXPECT_THAT(fs_->GetStat(inside), Fails(Errno::kNoEnt));
    EXPECT_EQ(fs_->Unlink(inside), Errno::kNoEnt);
  }
  // A mount point is the root of what is mounted there.
  EXPECT_EQ(fs_->Chmod("/data", 0711), Errno::kOk);
  EXPECT_EQ(data_->GetStat("/")->mode & kModePermMask, 0711u);
  EXPECT_EQ(root_->GetStat("/data")->mode & kModePermMask, 0700u);
}

TEST_F(MountsTest, NothingMovesFromOneToAnother) {
  EXPECT_EQ(fs_->Rename("/home/f", "/data/x"), Errno::kXDev);
  EXPECT_EQ(fs_->Rename("/data/f", "/a/b/deep/f"), Errno::kXDev);
  EXPECT_EQ(fs_->Link("/home/f", "/data/x"), Errno::kXDev);
  EXPECT_EQ(fs_->Rename("/home/f", "/home/g"), Errno::kOk);
  EXPECT_EQ(fs_->Link("/data/f", "/data/g"), Errno::kOk);
}

TEST_F(MountsTest, LinksLeadAnywhereInTheTree) {
  EXPECT_EQ(fs_->Symlink("/data/f", "/home/absolute"), Errno::kOk);
  EXPECT_EQ(fs_->Symlink("../data/f", "/home/relative"), Errno::kOk);
  EXPECT_EQ(fs_->Symlink("../home/f", "/data/back"), Errno::kOk);
  EXPECT_EQ(fs_->Symlink("/home", "/a/b/deep/home"), Errno::kOk);
  EXPECT_EQ(fs_->Symlink("/f", "/data/root"), Errno::kOk);
  EXPECT_EQ(fs_->Symlink("../a/b/deep", "/home/deep"), Errno::kOk);
  EXPECT_THAT(ReadFile(*fs_, "/home/absolute"), Gives("data"));
  EXPECT_THAT(ReadFile(*fs_, "/home/relative"), Gives("data"));
  EXPECT_THAT(ReadFile(*fs_, "/data/back"), Gives("home"));
  EXPECT_THAT(ReadFile(*fs_, "/a/b/deep/home/f"), Gives("home"));
  EXPECT_THAT(ReadFile(*fs_, "/data/root"), Fails(Errno::kNoEnt))
      << "the root is that of the tree, not of the mount";
  EXPECT_THAT(ReadFile(*fs_, "/home/deep/home/deep/f"), Gives("deep"));
  EXPECT_EQ(WriteFile(*fs_, "/home/deep/new", "x"), Errno::kOk);
  EXPECT_THAT(ReadFile(*deep_, "/new"), Gives("x"));
  EXPECT_EQ(fs_->FirstLink("/home/deep/home"), strlen("/home/deep"));
  EXPECT_EQ(fs_->FirstLink("/a/b/deep/home"), strlen("/a/b/deep/home"));
  EXPECT_EQ(fs_->FirstLink("/a/b/deep/f"), 0u);
}

TEST_F(MountsTest, TheLaterOfTwoAtOnePathCounts) {
  fs_ = NewMounts({{"/x", root_}, {"/x", data_}});
  EXPECT_THAT(ReadFile(*fs_, "/x/f"), Gives("data"));
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("x")));
}

TEST_F(MountsTest, WithoutARootThereIsAnEmptyOne) {
  fs_ = NewMounts({{"/data", data_}});
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("data")));
  EXPECT_TRUE(fs_->GetStat("/")->IsDirectory());
  EXPECT_THAT(fs_->GetStat("/home"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_->Mkdir("/home", 0755), Errno::kRoFs);
  EXPECT_EQ(WriteFile(*fs_, "/f", ""), Errno::kRoFs);
  EXPECT_EQ(fs_->Unlink("/no"), Errno::kRoFs);
  EXPECT_EQ(fs_->Mkdir("/no/x", 0755), Errno::kNoEnt);
  EXPECT_EQ(WriteFile(*fs_, "/no/x", ""), Errno::kNoEnt);
  fs_ = NewMounts({});
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre()));
  EXPECT_THAT(fs_->GetStat("/x"), Fails(Errno::kNoEnt));
}

TEST_F(MountsTest, MountsLieAboveWhatIsNoDirectory) {
  ASSERT_EQ(WriteFile(*root_, "/file", "covered"), Errno::kOk);
  fs_ = NewMounts({{"/", root_}, {"/file/below", data_}});
  EXPECT_TRUE(fs_->GetStat("/file")->IsDirectory());
  EXPECT_THAT(fs_->ReadDir("/file"), Gives(ElementsAre("below")));
  EXPECT_THAT(ReadFile(*fs_, "/file/below/f"), Gives("data"));
}

TEST_F(MountsTest, EachMountHasItsOwnRights) {
  fs_ = NewMounts({{"/", root_}, {"/data", NewReadOnlyFileSystem(data_)}});
  EXPECT_EQ(WriteFile(*fs_, "/data/f", "x"), Errno::kRoFs);
  EXPECT_EQ(fs_->Mkdir("/data/d", 0755), Errno::kRoFs);
  EXPECT_EQ(WriteFile(*fs_, "/home/f", "x"), Errno::kOk);
}

}  // namespace
}  // namespace goshawk::fs::testing
