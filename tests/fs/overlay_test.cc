// What an overlay does beyond the conformance suite: the lower layer shows
// through, and is never changed.

#include "fs/overlay.h"

#include <algorithm>
#include <map>

#include "fs/memory_file_system.h"
#include "fs/path.h"
#include "fs/read_only.h"
#include "tests/fs/faulty.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Nanos kOld = 1'000'000'000;

// Path to kind, mode and contents, of all that is below `path`.
void Describe(FileSystem& fs, const std::string& path,
              std::map<std::string, std::string>& all) {
  const Stat stat = *fs.GetLstat(path);
  all[path] = std::to_string(stat.mode) + " " + std::to_string(stat.mtime);
  if (stat.IsRegular()) all[path] += *ReadFile(fs, path);
  if (stat.IsSymlink()) all[path] += *fs.Readlink(path);
  if (!stat.IsDirectory()) return;
  for (const std::string& name : *fs.ReadDir(path)) {
    Describe(fs, Join(path, name), all);
  }
}

class OverlayTest : public ::testing::Test {
 protected:
  OverlayTest() : lower_(NewMemoryFileSystem()), upper_(NewMemoryFileSystem()) {
    EXPECT_EQ(lower_->Mkdir("/d", 0751), Errno::kOk);
    EXPECT_EQ(lower_->Mkdir("/d/e", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(*lower_, "/d/f", "lower", 0640), Errno::kOk);
    EXPECT_EQ(WriteFile(*lower_, "/d/e/deep", "deep"), Errno::kOk);
    EXPECT_EQ(WriteFile(*lower_, "/g", "g"), Errno::kOk);
    EXPECT_EQ(lower_->Symlink("d/f", "/link"), Errno::kOk);
    for (const char* path : {"/d/f", "/d/e", "/d", "/g"}) {
      EXPECT_EQ(lower_->Utimes(path, kOld, kOld), Errno::kOk);
    }
    Describe(*lower_, "/", before_);
    fs_ = NewOverlay(lower_, upper_);
  }

  ~OverlayTest() override {
    std::map<std::string, std::string> after;
    Describe(*lower_, "/", after);
    EXPECT_EQ(after, before_) << "the lower layer was changed";
  }

  std::shared_ptr<FileSystem> lower_;
  std::shared_ptr<FileSystem> upper_;
  std::unique_ptr<FileSystem> fs_;
  std::map<std::string, std::string> before_;
};

TEST_F(OverlayTest, TheLowerLayerShowsThrough) {
  EXPECT_THAT(ReadFile(*fs_, "/d/e/deep"), Gives("deep"));
  EXPECT_THAT(ReadFile(*fs_, "/link"), Gives("lower"));
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("d", "g", "link")));
  EXPECT_EQ(fs_->FirstLink("/link"), 5u);
  EXPECT_THAT(upper_->ReadDir("/"), Gives(IsEmpty())) << "reading copies";
}

TEST_F(OverlayTest, WritingCopiesFirst) {
  auto file = fs_->Open("/d/f", kOpenReadWrite | kOpenAppend, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT((*file)->Write(Bytes(" and upper")), Gives(10u));
  EXPECT_THAT(ReadFile(*fs_, "/d/f"), Gives("lower and upper"));
  EXPECT_THAT(ReadFile(*fs_, "/link"), Gives("lower and upper"));
  EXPECT_THAT(ReadFile(*upper_, "/d/f"), Gives("lower and upper"));
  EXPECT_EQ(fs_->GetStat("/d/f")->mode, kModeRegular | 0640);
  EXPECT_EQ(fs_->GetStat("/d")->mode, kModeDirectory | 0751);
  EXPECT_EQ(fs_->GetStat("/d")->mtime, kOld) << "nothing happened in it";
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(ElementsAre("e", "f")));
}

TEST_F(OverlayTest, EveryChangeOfAFileCopies) {
  EXPECT_EQ(fs_->Chmod("/link", 0600), Errno::kOk);
  EXPECT_EQ(fs_->GetStat("/d/f")->mode, kModeRegular | 0600);
  EXPECT_EQ(fs_->GetStat("/d/f")->mtime, kOld);
  EXPECT_EQ(fs_->Utimes("/g", 5, 6), Errno::kOk);
  EXPECT_EQ(fs_->GetStat("/g")->mtime, 6);
  EXPECT_THAT(ReadFile(*fs_, "/g"), Gives("g"));
  EXPECT_EQ(fs_->Truncate("/d/e/deep", 2), Errno::kOk);
  EXPECT_THAT(ReadFile(*fs_, "/d/e/deep"), Gives("de"));
  EXPECT_EQ(fs_->Lchown("/link", 1, 2), Errno::kOk);
  EXPECT_EQ(fs_->GetLstat("/link")->uid, 1u);
  EXPECT_EQ(fs_->Chmod("/d", 0700), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(ElementsAre("e", "f")));
}

TEST_F(OverlayTest, ChangesThroughAnOpenFileCopyToo) {
  auto file = fs_->Open("/g", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Chmod(0600), Errno::kOk);
  EXPECT_EQ((*file)->Utimes(7, 8), Errno::kOk);
  EXPECT_EQ((*file)->Chown(3, 4), Errno::kOk);
  EXPECT_EQ(fs_->GetStat("/g")->mode, kModeRegular | 0600);
  EXPECT_EQ(fs_->GetStat("/g")->mtime, 8);
  EXPECT_EQ(fs_->GetStat("/g")->uid, 3u);
}

TEST_F(OverlayTest, CopiedFilesAreStillTheSame) {
  const Stat before = *fs_->GetStat("/g");
  const Stat dir = *fs_->GetStat("/d");
  ASSERT_EQ(WriteFile(*fs_, "/g", "new"), Errno::kOk);
  ASSERT_EQ(WriteFile(*fs_, "/d/new", "new"), Errno::kOk);
  auto file = fs_->Open("/g", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  for (const Stat& after : {*fs_->GetStat("/g"), *(*file)->GetStat()}) {
    EXPECT_EQ(after.dev, before.dev);
    EXPECT_EQ(after.ino, before.ino);
  }
  EXPECT_EQ(fs_->GetStat("/d")->ino, dir.ino);
}

TEST_F(OverlayTest, WhatIsRemovedStaysAway) {
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/f"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_->GetStat("/link"), Fails(Errno::kNoEnt));
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(ElementsAre("e")));
  EXPECT_EQ(fs_->Rmdir("/d"), Errno::kNotEmpty);
  EXPECT_EQ(fs_->Rmdir("/d/e"), Errno::kNotEmpty);
  EXPECT_EQ(fs_->Unlink("/d/e/deep"), Errno::kOk);
  EXPECT_EQ(fs_->Rmdir("/d/e"), Errno::kOk);
  EXPECT_EQ(fs_->Rmdir("/d"), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("g", "link")));
  // A new directory of that name has nothing of the old one.
  EXPECT_EQ(fs_->Mkdir("/d", 0755), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(IsEmpty()));
  EXPECT_EQ(WriteFile(*fs_, "/d/f", "again"), Errno::kOk);
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/f"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_->Rmdir("/d"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/e/deep"), Fails(Errno::kNoEnt));
  // And a file of that name is a file.
  EXPECT_EQ(WriteFile(*fs_, "/d", "file"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/f"), Fails(Errno::kNotDir));
}

TEST_F(OverlayTest, RemovedFilesThatWereCopiedStayAwayToo) {
  EXPECT_EQ(WriteFile(*fs_, "/g", "new"), Errno::kOk);
  EXPECT_EQ(fs_->Unlink("/g"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/g"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_->Unlink("/g"), Errno::kNoEnt);
}

TEST_F(OverlayTest, DirectoriesMoveWithAllThatIsInThem) {
  EXPECT_EQ(WriteFile(*fs_, "/d/new", "upper"), Errno::kOk);
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
  EXPECT_EQ(fs_->Rename("/d", "/moved"), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("g", "link", "moved")));
  EXPECT_THAT(fs_->ReadDir("/moved"), Gives(ElementsAre("e", "new")));
  EXPECT_THAT(ReadFile(*fs_, "/moved/e/deep"), Gives("deep"));
  EXPECT_THAT(fs_->GetStat("/d"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_->Rename("/moved", "/d"), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(ElementsAre("e", "new")))
      << "what was removed is back";
}

TEST_F(OverlayTest, RenamingOverWhatIsBelowHidesIt) {
  EXPECT_EQ(fs_->Rename("/g", "/d/f"), Errno::kOk);
  EXPECT_THAT(ReadFile(*fs_, "/d/f"), Gives("g"));
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/d/f"), Fails(Errno::kNoEnt));
  EXPECT_EQ(fs_->Unlink("/d/e/deep"), Errno::kOk);
  EXPECT_EQ(fs_->Mkdir("/new", 0755), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs_, "/new/x", "x"), Errno::kOk);
  EXPECT_EQ(fs_->Rename("/new", "/d/e"), Errno::kOk);
  EXPECT_THAT(fs_->ReadDir("/d/e"), Gives(ElementsAre("x")));
}

TEST_F(OverlayTest, AKeptUpperLayerShowsTheSameTree) {
  EXPECT_EQ(fs_->Unlink("/d/f"), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs_, "/g", "new"), Errno::kOk);
  EXPECT_EQ(fs_->Mkdir("/made", 0755), Errno::kOk);
  std::map<std::string, std::string> before;
  Describe(*fs_, "/", before);
  fs_ = NewOverlay(lower_, upper_);
  std::map<std::string, std::string> after;
  Describe(*fs_, "/", after);
  EXPECT_EQ(after, before);
}

TEST_F(OverlayTest, MarkersAreNotForPrograms) {
  EXPECT_EQ(fs_->Unlink("/g"), Errno::kOk);
  EXPECT_THAT(fs_->GetStat("/.wh.g"), Fails(Errno::kInval));
  EXPECT_EQ(fs_->Unlink("/.wh.g"), Errno::kInval);
  EXPECT_EQ(WriteFile(*fs_, "/.wh.d", ""), Errno::kInval);
  EXPECT_EQ(fs_->Mkdir("/.wh.d", 0755), Errno::kInval);
  EXPECT_THAT(fs_->ReadDir("/"), Gives(ElementsAre("d", "link")));
}

TEST_F(OverlayTest, AReadOnlyUpperLayerRefusesChanges) {
  fs_ = NewOverlay(lower_, NewReadOnlyFileSystem(upper_));
  EXPECT_THAT(ReadFile(*fs_, "/g"), Gives("g"));
  EXPECT_EQ(WriteFile(*fs_, "/g", "x"), Errno::kRoFs);
  EXPECT_EQ(fs_->Unlink("/g"), Errno::kRoFs);
  EXPECT_EQ(fs_->Chmod("/g", 0600), Errno::kRoFs);
  EXPECT_EQ(fs_->Rename("/g", "/h"), Errno::kRoFs);
}

TEST_F(OverlayTest, AFailingCopyLeavesTheOriginal) {
  // Whichever call of the upper layer fails, what was there is still there.
  for (int n = 1; n < 20; ++n) {
    upper_ = NewMemoryFileSystem();
    auto faulty = std::make_shared<FaultyFileSystem>(upper_);
    fs_ = NewOverlay(lower_, faulty);
    faulty->FailChange(n, Errno::kNoSpc);
    const Errno error = fs_->Chmod("/d/f", 0600);
    faulty->FailChange(0, Errno::kOk);
    EXPECT_THAT(ReadFile(*fs_, "/d/f"), Gives("lower")) << n;
    if (error == Errno::kOk) {
      EXPECT_GT(n, 5);
      return;
    }
    EXPECT_EQ(error, Errno::kNoSpc) << n;
  }
  ADD_FAILURE() << "it never worked";
}

}  // namespace
}  // namespace goshawk::fs::testing
