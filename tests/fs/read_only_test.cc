// A read-only file system refuses each writing call, over every backend that
// has the option, and lets each reading one through.

#include "fs/read_only.h"

#include <unistd.h>

#include <filesystem>

#include "fs/archive_file_system.h"
#include "fs/host_file_system.h"
#include "fs/memory_file_system.h"
#include "fs/mounts.h"
#include "tests/fs/archives.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

class ReadOnlyTest : public ::testing::TestWithParam<const char*> {
 protected:
  ReadOnlyTest() {
    const std::string kind = GetParam();
    HostOptions options;
    if (kind == "HostWalk") options.lookup = HostOptions::Lookup::kWalk;
    base_ = *NewHostFileSystem(dir_.path(), options);
    if (kind == "Memory") base_ = NewMemoryFileSystem();
    EXPECT_EQ(base_->Mkdir("/d", 0755), Errno::kOk);
    EXPECT_EQ(base_->Mkdir("/empty", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(*base_, "/f", "text"), Errno::kOk);
    EXPECT_EQ(WriteFile(*base_, "/d/g", "more"), Errno::kOk);
    EXPECT_EQ(base_->Symlink("f", "/link"), Errno::kOk);
    options.read_only = true;
    fs_ = kind == "Memory" ? NewReadOnlyFileSystem(base_)
                           : *NewHostFileSystem(dir_.path(), options);
    if (kind == "Mounted") fs_ = NewMounts({{"/", std::move(fs_)}});
    if (kind == "Archive") {
      WriteHostFile(other_ / "archive", Tar({{"d/", '5', "", 0755},
                                             {"d/g", '0', "more"},
                                             {"empty/", '5', "", 0755},
                                             {"f", '0', "text"},
                                             {"link", '2', "f"}}));
      fs_ = *NewArchiveFileSystem(other_ / "archive");
      base_ = *NewArchiveFileSystem(other_ / "archive");
    }
  }

  TempDir other_;
  TempDir dir_;
  std::shared_ptr<FileSystem> base_;
  std::unique_ptr<FileSystem> fs_;
};

TEST_P(ReadOnlyTest, RefusesEachWritingCall) {
  const Stat before = *base_->GetStat("/f");
  for (int flags : {kOpenWrite, kOpenReadWrite, kOpenRead | kOpenTruncate,
                    kOpenWrite | kOpenCreate, kOpenWrite | kOpenAppend,
                    kOpenRead | kOpenCreate | kOpenExclusive}) {
    EXPECT_EQ(TryOpen(*fs_, "/f", flags), Errno::kRoFs) << flags;
  }
  EXPECT_EQ(TryOpen(*fs_, "/new", kOpenRead | kOpenCreate), Errno::kRoFs);
  EXPECT_EQ(TryOpen(*fs_, "/new", kOpenWrite | kOpenCreate), Errno::kRoFs);
  EXPECT_EQ(fs_->Mkdir("/new", 0755), Errno::kRoFs);
  EXPECT_EQ(fs_->Rmdir("/empty"), Errno::kRoFs);
  EXPECT_EQ(fs_->Unlink("/f"), Errno::kRoFs);
  EXPECT_EQ(fs_->Rename("/f", "/new"), Errno::kRoFs);
  EXPECT_EQ(fs_->Link("/f", "/new"), Errno::kRoFs);
  EXPECT_EQ(fs_->Symlink("f", "/new"), Errno::kRoFs);
  EXPECT_EQ(fs_->Chmod("/f", 0600), Errno::kRoFs);
  EXPECT_EQ(fs_->Chown("/f", 1, 1), Errno::kRoFs);
  EXPECT_EQ(fs_->Lchown("/link", 1, 1), Errno::kRoFs);
  EXPECT_EQ(fs_->Utimes("/f", 0, 0), Errno::kRoFs);
  EXPECT_EQ(fs_->Truncate("/f", 0), Errno::kRoFs);
  auto file = fs_->Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT((*file)->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_THAT((*file)->Pwrite(Bytes("x"), 0), Fails(Errno::kBadF));
  EXPECT_EQ((*file)->Truncate(0), Errno::kInval);
  EXPECT_EQ((*file)->Chmod(0600), Errno::kRoFs);
  EXPECT_EQ((*file)->Chown(1, 1), Errno::kRoFs);
  EXPECT_EQ((*file)->Utimes(0, 0), Errno::kRoFs);
  const Stat after = *base_->GetStat("/f");
  EXPECT_EQ(after.mode, before.mode);
  EXPECT_EQ(after.uid, before.uid);
  EXPECT_EQ(after.mtime, before.mtime);
  EXPECT_EQ(after.ctime, before.ctime);
  EXPECT_THAT(ReadFile(*base_, "/f"), Gives("text"));
  EXPECT_THAT(base_->ReadDir("/"),
              Gives(::testing::ElementsAre("d", "empty", "f", "link")));
}

TEST_P(ReadOnlyTest, AllowsEachReadingCall) {
  EXPECT_THAT(ReadFile(*fs_, "/link"), Gives("text"));
  EXPECT_TRUE(fs_->GetStat("/d")->IsDirectory());
  EXPECT_TRUE(fs_->GetLstat("/link")->IsSymlink());
  EXPECT_THAT(fs_->Readlink("/link"), Gives("f"));
  EXPECT_THAT(fs_->ReadDir("/d"), Gives(::testing::ElementsAre("g")));
  EXPECT_EQ(fs_->FirstLink("/link"), 5u);
  EXPECT_EQ(TryOpen(*fs_, "/no", kOpenRead), Errno::kNoEnt);
  EXPECT_EQ(TryOpen(*fs_, "/f", kOpenRead | kOpenCreate), Errno::kOk);
  auto file = fs_->Open("/f", kOpenRead, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT(PreadText(**file, 1, 2), Gives("ex"));
  EXPECT_EQ((*file)->GetStat()->size, 4);
  EXPECT_EQ((*file)->Sync(), Errno::kOk);
  EXPECT_EQ((*file)->PollFd(), -1);
  EXPECT_EQ((*file)->Close(), Errno::kOk);
  auto dir = fs_->Open("/d", kOpenRead | kOpenDirectory, 0);
  ASSERT_THAT(dir, Fails(Errno::kOk));
  EXPECT_THAT((*dir)->ReadDir(), Gives(::testing::ElementsAre("g")));
}

INSTANTIATE_TEST_SUITE_P(All, ReadOnlyTest,
                         ::testing::Values("Host", "HostWalk", "Memory",
                                           "Mounted", "Archive"),
                         [](const auto& info) {
                           return std::string(info.param);
                         });

}  // namespace
}  // namespace goshawk::fs::testing
