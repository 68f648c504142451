// Streams of this process and of the host. Nothing may be lost on the way.

#include "fs/streams.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "fs/host_file.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

TEST(StreamsTest, InputEnds) {
  std::unique_ptr<File> in = NewInputStream("some text");
  EXPECT_THAT(ReadText(*in, 4), Gives("some"));
  EXPECT_THAT(ReadText(*in, 0), Gives(""));
  EXPECT_THAT(ReadText(*in, 100), Gives(" text"));
  EXPECT_THAT(ReadText(*in, 100), Gives(""));
  EXPECT_THAT(ReadText(*in, 100), Gives(""));
  EXPECT_THAT(PreadText(*in, 0), Fails(Errno::kSPipe));
  EXPECT_THAT(in->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_EQ(in->PollFd(), -1) << "it never waits";
}

TEST(StreamsTest, OutputArrives) {
  std::string text;
  std::unique_ptr<File> out = NewOutputStream(&text);
  EXPECT_THAT(out->Write(Bytes("one ")), Gives(4u));
  EXPECT_THAT(out->Write(Bytes("two")), Gives(3u));
  EXPECT_EQ(text, "one two");
  EXPECT_THAT(out->Pwrite(Bytes("x"), 0), Fails(Errno::kSPipe));
  EXPECT_THAT(ReadText(*out), Fails(Errno::kBadF));
  std::vector<std::string> pieces;
  out = NewOutputStream(
      [&](std::string_view piece) { pieces.emplace_back(piece); });
  EXPECT_THAT(out->Write(Bytes("a")), Gives(1u));
  EXPECT_THAT(out->Write(Bytes("bc")), Gives(2u));
  EXPECT_THAT(pieces, ::testing::ElementsAre("a", "bc"));
}

TEST(StreamsTest, TheNullStreamSwallows) {
  std::unique_ptr<File> null = NewNullStream();
  EXPECT_THAT(ReadText(*null), Gives(""));
  EXPECT_THAT(null->Write(Bytes("abc")), Gives(3u));
  EXPECT_EQ(null->GetStat()->mode & kModeTypeMask, kModeCharDevice);
}

TEST(StreamsTest, StatTellsStreamsApart) {
  std::unique_ptr<File> a = NewInputStream("");
  std::unique_ptr<File> b = NewInputStream("");
  EXPECT_EQ(a->GetStat()->mode & kModeTypeMask, kModeFifo);
  EXPECT_NE(a->GetStat()->dev, b->GetStat()->dev);
  EXPECT_THAT(a->ReadDir(), Fails(Errno::kNotDir));
  EXPECT_EQ(a->Truncate(0), Errno::kInval);
}

class PipeTest : public ::testing::Test {
 protected:
  PipeTest() {
    signal(SIGPIPE, SIG_IGN);
    EXPECT_EQ(pipe(fds_), 0);
    reader_ = NewHostFile(fds_[0], Ownership::kOwned);
    writer_ = NewHostFile(fds_[1], Ownership::kOwned);
  }

  int fds_[2];
  std::unique_ptr<File> reader_;
  std::unique_ptr<File> writer_;
};

TEST_F(PipeTest, IsAStreamToTheEventLoop) {
  ASSERT_EQ(reader_->PollFd(), fds_[0]);
  struct pollfd poll_fd = {reader_->PollFd(), POLLIN, 0};
  EXPECT_EQ(poll(&poll_fd, 1, 0), 0) << "nothing to read yet";
  EXPECT_THAT(writer_->Write(Bytes("x")), Gives(1u));
  EXPECT_EQ(poll(&poll_fd, 1, 0), 1);
  EXPECT_THAT(ReadText(*reader_), Gives("x"));
  EXPECT_EQ(writer_->Close(), Errno::kOk);
  EXPECT_EQ(poll(&poll_fd, 1, 0), 1) << "the end is readable too";
  EXPECT_THAT(ReadText(*reader_), Gives(""));
  EXPECT_THAT(PreadText(*reader_, 0), Fails(Errno::kSPipe));
}

TEST_F(PipeTest, LargeWritesArriveWhole) {
  // Far more than a pipe holds, through a descriptor that takes pieces only.
  ASSERT_EQ(fcntl(fds_[1], F_SETFL, O_NONBLOCK), 0);
  std::string text;
  for (int i = 0; i < 1 << 20; ++i) text += static_cast<char>(i * 31);
  std::string received;
  std::thread thread([&] {
    while (true) {
      Result<std::string> piece = ReadText(*reader_, 10007);
      if (!piece.ok() || piece->empty()) break;
      received += *piece;
    }
  });
  EXPECT_THAT(writer_->Write(Bytes(text)), Gives(text.size()));
  writer_.reset();
  thread.join();
  EXPECT_TRUE(received == text);
}

TEST_F(PipeTest, NonBlockingReadsWait) {
  ASSERT_EQ(fcntl(fds_[0], F_SETFL, O_NONBLOCK), 0);
  std::thread thread([&] {
    usleep(20000);
    EXPECT_THAT(writer_->Write(Bytes("late")), Gives(4u));
  });
  EXPECT_THAT(ReadText(*reader_), Gives("late"));
  thread.join();
  EXPECT_NE(fcntl(fds_[0], F_GETFL) & O_NONBLOCK, 0) << "flags are not ours";
}

TEST_F(PipeTest, SignalsInterruptNothing) {
  struct sigaction action = {};
  action.sa_handler = [](int) {};  // without SA_RESTART
  ASSERT_EQ(sigaction(SIGUSR1, &action, nullptr), 0);
  const pthread_t self = pthread_self();
  std::thread thread([&] {
    for (int i = 0; i < 20; ++i) {
      pthread_kill(self, SIGUSR1);
      usleep(1000);
    }
    EXPECT_THAT(writer_->Write(Bytes("done")), Gives(4u));
  });
  EXPECT_THAT(ReadText(*reader_), Gives("done"));
  thread.join();
}

TEST_F(PipeTest, AClosedReaderIsAnError) {
  reader_.reset();
  EXPECT_THAT(writer_->Write(Bytes("x")), Fails(Errno::kPipe));
}

TEST(HostFileTest, BorrowedDescriptorsStayOpen) {
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  {
    std::unique_ptr<File> file = NewHostFile(fds[1], Ownership::kBorrowed);
    EXPECT_EQ(file->Close(), Errno::kOk);
  }
  EXPECT_EQ(write(fds[1], "x", 1), 1);
  NewHostFile(fds[1], Ownership::kOwned).reset();
  EXPECT_EQ(fcntl(fds[1], F_GETFD), -1);
  close(fds[0]);
}

TEST(HostFileTest, FilesNeverWait) {
  TempDir dir;
  const int fd = open((dir / "f").c_str(), O_RDWR | O_CREAT, 0600);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(NewHostFile(fd, Ownership::kOwned)->PollFd(), -1);
  int sockets[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
  EXPECT_EQ(NewHostFile(sockets[0], Ownership::kOwned)->PollFd(), sockets[0]);
  close(sockets[1]);
}

TEST(HostFileTest, BadDescriptorsGiveErrors) {
  std::unique_ptr<File> file = NewHostFile(-1, Ownership::kBorrowed);
  EXPECT_THAT(ReadText(*file), Fails(Errno::kBadF));
  EXPECT_THAT(file->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_THAT(file->GetStat(), Fails(Errno::kBadF));
  EXPECT_THAT(file->ReadDir(), Fails(Errno::kBadF));
  EXPECT_EQ(file->PollFd(), -1);
}

TEST(DefaultsTest, EverythingIsNoSysUnlessOverridden) {
  File file;
  EXPECT_THAT(ReadText(file), Fails(Errno::kNoSys));
  EXPECT_THAT(file.Write(Bytes("x")), Fails(Errno::kNoSys));
  EXPECT_THAT(PreadText(file, 0), Fails(Errno::kNoSys));
  EXPECT_THAT(file.Pwrite(Bytes("x"), 0), Fails(Errno::kNoSys));
  EXPECT_THAT(file.GetStat(), Fails(Errno::kNoSys));
  EXPECT_THAT(file.ReadDir(), Fails(Errno::kNoSys));
  EXPECT_EQ(file.Truncate(0), Errno::kNoSys);
  EXPECT_EQ(file.Sync(), Errno::kNoSys);
  EXPECT_EQ(file.Chmod(0), Errno::kNoSys);
  EXPECT_EQ(file.Chown(0, 0), Errno::kNoSys);
  EXPECT_EQ(file.Utimes(0, 0), Errno::kNoSys);
  EXPECT_EQ(file.Close(), Errno::kOk);
  EXPECT_EQ(file.PollFd(), -1);
  FileSystem fs;
  EXPECT_EQ(TryOpen(fs, "/", kOpenRead), Errno::kNoSys);
  EXPECT_THAT(fs.GetStat("/"), Fails(Errno::kNoSys));
  EXPECT_THAT(fs.GetLstat("/"), Fails(Errno::kNoSys));
  EXPECT_THAT(fs.ReadDir("/"), Fails(Errno::kNoSys));
  EXPECT_THAT(fs.Readlink("/x"), Fails(Errno::kNoSys));
  EXPECT_EQ(fs.Mkdir("/x", 0), Errno::kNoSys);
  EXPECT_EQ(fs.Rmdir("/x"), Errno::kNoSys);
  EXPECT_EQ(fs.Unlink("/x"), Errno::kNoSys);
  EXPECT_EQ(fs.Rename("/x", "/y"), Errno::kNoSys);
  EXPECT_EQ(fs.Link("/x", "/y"), Errno::kNoSys);
  EXPECT_EQ(fs.Symlink("x", "/y"), Errno::kNoSys);
  EXPECT_EQ(fs.Chmod("/x", 0), Errno::kNoSys);
  EXPECT_EQ(fs.Chown("/x", 0, 0), Errno::kNoSys);
  EXPECT_EQ(fs.Lchown("/x", 0, 0), Errno::kNoSys);
  EXPECT_EQ(fs.Utimes("/x", 0, 0), Errno::kNoSys);
  EXPECT_EQ(fs.Truncate("/x", 0), Errno::kNoSys);
  EXPECT_EQ(fs.FirstLink("/x"), 0u);
}

}  // namespace
}  // namespace goshawk::fs::testing
