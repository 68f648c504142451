// What is special about a directory of the host.

#include "fs/host_file_system.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using Lookup = HostOptions::Lookup;

TEST(HostFileSystemTest, TheRootMustBeADirectory) {
  TempDir dir;
  WriteHostFile(dir / "f", "");
  EXPECT_THAT(NewHostFileSystem(dir / "no"), Fails(Errno::kNoEnt));
  EXPECT_THAT(NewHostFileSystem(dir / "f"), Fails(Errno::kNotDir));
  EXPECT_THAT(NewHostFileSystem(""), Fails(Errno::kNoEnt));
}

TEST(HostFileSystemTest, TheHostsRootIsSeenAlikeDirectlyAndByWalking) {
  auto direct = NewHostFileSystem("/");
  auto walk = NewHostFileSystem("/", {.lookup = Lookup::kWalk});
  ASSERT_THAT(direct, Fails(Errno::kOk));
  ASSERT_THAT(walk, Fails(Errno::kOk));
  for (const char* path : {"/", "/etc", "/etc/passwd", "/bin", "/usr/bin/env",
                           "/dev/null", "/no/such", "/etc/passwd/x"}) {
    Result<Stat> a = (*direct)->GetStat(path);
    Result<Stat> b = (*walk)->GetStat(path);
    ASSERT_EQ(a.error(), b.error()) << path;
    if (!a.ok()) continue;
    EXPECT_EQ(a->ino, b->ino) << path;
    EXPECT_EQ(a->dev, b->dev) << path;
    EXPECT_EQ(a->mode, b->mode) << path;
    EXPECT_EQ((*direct)->GetLstat(path)->ino, (*walk)->GetLstat(path)->ino);
    EXPECT_EQ((*direct)->FirstLink(path), (*walk)->FirstLink(path)) << path;
  }
  EXPECT_EQ(*ReadFile(**direct, "/etc/passwd"),
            *ReadFile(**walk, "/etc/passwd"));
}

class HostKindsTest : public ::testing::TestWithParam<Lookup> {
 protected:
  HostKindsTest()
      : fs_(*NewHostFileSystem(dir_.path(), {.lookup = GetParam()})) {}
  TempDir dir_;
  std::unique_ptr<FileSystem> fs_;
};

TEST_P(HostKindsTest, FifosAndSocketsAreWhatTheyAre) {
  ASSERT_EQ(mkfifo((dir_ / "fifo").c_str(), 0600), 0);
  ASSERT_EQ(mknod((dir_ / "socket").c_str(), S_IFSOCK | 0600, 0), 0);
  EXPECT_EQ(fs_->GetStat("/fifo")->mode & kModeTypeMask, kModeFifo);
  EXPECT_EQ(fs_->GetStat("/socket")->mode & kModeTypeMask, kModeSocket);
  EXPECT_EQ(TryOpen(*fs_, "/socket", kOpenRead), Errno::kNxIo);
  EXPECT_EQ(fs_->Truncate("/fifo", 0), Errno::kInval);
  auto fifo = fs_->Open("/fifo", kOpenReadWrite, 0);
  ASSERT_THAT(fifo, Fails(Errno::kOk));
  EXPECT_GE((*fifo)->PollFd(), 0);
  EXPECT_THAT((*fifo)->Write(Bytes("x")), Gives(1u));
  EXPECT_THAT(ReadText(**fifo), Gives("x"));
}

TEST_P(HostKindsTest, AProgramBeingRunIsBusy) {
  // Go has no ETXTBSY.
  const std::string program = dir_ / "sleep";
  WriteHostFile(program, ReadHostFile("/bin/sleep"));
  ASSERT_EQ(chmod(program.c_str(), 0700), 0);
  const pid_t pid = fork();
  if (pid == 0) {
    execl(program.c_str(), "sleep", "10", nullptr);
    _exit(1);
  }
  // Until the child has got there, opening succeeds.
  Errno error = Errno::kOk;
  for (int i = 0; i < 1000 && error == Errno::kOk; ++i) {
    usleep(1000);
    error = TryOpen(*fs_, "/sleep", kOpenWrite);
  }
  EXPECT_EQ(error, Errno::kBusy);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

TEST_P(HostKindsTest, TheUmaskOfThisProcessCounts) {
  const mode_t old = umask(027);
  EXPECT_EQ(fs_->Mkdir("/d", 0777), Errno::kOk);
  EXPECT_EQ(WriteFile(*fs_, "/f", "", 0666), Errno::kOk);
  umask(old);
  EXPECT_EQ(fs_->GetStat("/d")->mode & kModePermMask, 0750u);
  EXPECT_EQ(fs_->GetStat("/f")->mode & kModePermMask, 0640u);
}

TEST_P(HostKindsTest, NulEndsNoPath) {
  ASSERT_EQ(WriteFile(*fs_, "/f", "text"), Errno::kOk);
  const std::string_view path("/f\0g", 4);
  EXPECT_THAT(ReadFile(*fs_, path), Fails(Errno::kInval));
  EXPECT_EQ(fs_->Unlink(path), Errno::kInval);
  EXPECT_EQ(fs_->Rename(path, "/g"), Errno::kInval);
}

INSTANTIATE_TEST_SUITE_P(All, HostKindsTest,
                         ::testing::Values(Lookup::kAuto, Lookup::kWalk),
                         [](const auto& info) {
                           return info.param == Lookup::kAuto ? "Openat2"
                                                              : "Walk";
                         });

}  // namespace
}  // namespace goshawk::fs::testing
