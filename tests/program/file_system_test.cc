// Files that an embedder brings: Go sees them as it sees any, with every error
// as itself, and what waits makes nothing else wait.

#include <gmock/gmock.h>
#include <unistd.h>

#include "fs/archive_file_system.h"
#include "fs/host_file.h"
#include "fs/memory_file_system.h"
#include "fs/read_only.h"
#include "tests/fs/archives.h"
#include "tests/fs/backends.h"
#include "tests/fs/faulty.h"
#include "tests/fs/testing.h"
#include "tests/program/embedded.h"

namespace goshawk::program_test {
namespace {

using fs::Errno;
using fs::testing::World;

// Every call fails with the error that a path's last component is called; the
// files of the directory /file are open and then fail.
class Raising : public fs::FileSystem {
 public:
  class RaisingFile : public fs::File {
   public:
    explicit RaisingFile(Errno error) : error_(error) {}
    fs::Result<size_t> Read(std::span<std::byte>) override { return error_; }
    fs::Result<size_t> Write(std::span<const std::byte>) override {
      return error_;
    }
    fs::Result<size_t> Pread(std::span<std::byte>, int64_t) override {
      return error_;
    }
    fs::Result<size_t> Pwrite(std::span<const std::byte>, int64_t) override {
      return error_;
    }
    fs::Result<fs::Stat> GetStat() override { return error_; }
    Errno Truncate(int64_t) override { return error_; }
    Errno Sync() override { return error_; }
    Errno Chmod(uint32_t) override { return error_; }
    Errno Chown(uint32_t, uint32_t) override { return error_; }
    Errno Close() override { return error_; }

   private:
    const Errno error_;
  };

  static Errno At(std::string_view path) {
    return *fs::FromName(path.substr(path.rfind('/') + 1));
  }
  fs::Result<std::unique_ptr<fs::File>> Open(std::string_view path, int,
                                             uint32_t) override {
    if (!path.starts_with("/file/")) return At(path);
    return std::make_unique<RaisingFile>(At(path));
  }
  fs::Result<fs::Stat> GetStat(std::string_view p) override { return At(p); }
  fs::Result<fs::Stat> GetLstat(std::string_view p) override { return At(p); }
  fs::Result<fs::Names> ReadDir(std::string_view p) override { return At(p); }
  fs::Result<std::string> Readlink(std::string_view p) override {
    return At(p);
  }
  Errno Mkdir(std::string_view p, uint32_t) override { return At(p); }
  Errno Rmdir(std::string_view p) override { return At(p); }
  Errno Unlink(std::string_view p) override { return At(p); }
  Errno Rename(std::string_view p, std::string_view) override { return At(p); }
  Errno Link(std::string_view p, std::string_view) override { return At(p); }
  Errno Symlink(std::string_view, std::string_view p) override { return At(p); }
  Errno Chmod(std::string_view p, uint32_t) override { return At(p); }
  Errno Chown(std::string_view p, uint32_t, uint32_t) override { return At(p); }
  Errno Lchown(std::string_view p, uint32_t, uint32_t) override {
    return At(p);
  }
  Errno Utimes(std::string_view p, fs::Nanos, fs::Nanos) override {
    return At(p);
  }
  Errno Truncate(std::string_view p, int64_t) override { return At(p); }
  size_t FirstLink(std::string_view) override { return 0; }
};

class FileSystemTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(GetParam()); }

  // What a guest prints that has these files.
  std::string Run(std::string_view name, fs::FileSystem& files,
                  std::vector<std::string> args = {},
                  std::unique_ptr<fs::File> input = nullptr) {
    Embedded guest(name, GetParam());
    args.insert(args.begin(), std::string(name));
    guest.options.args = std::move(args);
    guest.options.file_system = &files;
    if (input != nullptr) guest.options.standard_input = std::move(input);
    const absl::Status loaded = guest.Load();
    if (!loaded.ok()) return loaded.ToString();
    if (const int code = guest->Run(); code != 0) {
      guest.out += "exit " + std::to_string(code) + " " + guest->report();
    }
    return guest.out + guest.err;
  }
};

TEST_P(FileSystemTest, EveryErrorArrivesAsItself) {
  std::vector<std::string> names;
  std::string expected;
  for (int i = 1; i <= fs::kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i);
    names.emplace_back(fs::Name(error));
    expected += names.back() + " " + std::to_string(fs::Number(error)) + "\n";
  }
  Raising files;
  EXPECT_EQ(Run("raised", files, names), expected);
}

// Each method fails in its nth call, for every n there is: Go sees that error,
// in the call of syscall that stands for it, and nothing else goes wrong.
TEST_P(FileSystemTest, TheNthCallOfEachMethodFailsAlone) {
  using fs::testing::Method;
  struct Walk {
    Method method;
    std::vector<std::string> calls;  // in the guest, "" if it sees nothing
  };
  const auto twice = [](const std::string& call) {
    return std::vector<std::string>{call + " 1", call + " 2"};
  };
  const Walk walks[] = {
      {Method::kOpen, {"open 0", "open 1", "open 2", "readdir 1", "readdir 2"}},
      {Method::kGetStat, twice("stat")},
      {Method::kGetLstat, twice("lstat")},
      {Method::kReadDir, twice("readdir")},
      {Method::kReadlink, twice("readlink")},
      {Method::kMkdir, twice("mkdir")},
      {Method::kRmdir, twice("rmdir")},
      {Method::kUnlink, twice("unlink")},
      {Method::kRename, twice("rename")},
      {Method::kLink, twice("link")},
      {Method::kSymlink, twice("symlink")},
      {Method::kChmod, twice("chmod")},
      {Method::kChown, twice("chown")},
      {Method::kLchown, twice("lchown")},
      {Method::kUtimes, twice("utimes")},
      {Method::kTruncate, twice("truncate")},
      {Method::kFileRead, twice("read")},
      {Method::kFileWrite, twice("write")},
      {Method::kFilePread, twice("pread")},
      {Method::kFilePwrite, twice("pwrite")},
      // Go looks whether what it opened is a directory; if it cannot, it is
      // none.
      {Method::kFileGetStat, {"", "fstat 1", "fstat 2", "", "", "", ""}},
      // Node's functions do not get there.
      {Method::kFileReadDir, {}},
      {Method::kFileTruncate, twice("ftruncate")},
      {Method::kFileSync, twice("fsync")},
      {Method::kFileChmod, twice("fchmod")},
      {Method::kFileChown, twice("fchown")},
      {Method::kFileUtimes, {}},
      {Method::kFileClose, twice("close")},
  };
  const bool newest = GetParam().version == guests::Newest()->version;
  int next = 0;
  for (const Walk& walk : walks) {
    ASSERT_EQ(static_cast<int>(walk.method), next++);
    // The first call tells what there is to tell of older versions.
    const size_t last = newest ? walk.calls.size() + 1 : 1;
    for (size_t n = 1; n <= last; ++n) {
      fs::testing::FaultyFileSystem files(fs::NewMemoryFileSystem());
      ASSERT_EQ(fs::testing::WriteFile(files, "/f", "text"), Errno::kOk);
      ASSERT_EQ(files.Symlink("f", "/s"), Errno::kOk);
      for (const char* i : {"1", "2", "3"}) {
        const std::string number = i;
        for (const char* file : {"/gone", "/from"}) {
          ASSERT_EQ(fs::testing::WriteFile(files, file + number, ""),
                    Errno::kOk);
        }
        ASSERT_EQ(files.Mkdir("/empty" + number, 0755), Errno::kOk);
      }
      files.FailMethod(walk.method, static_cast<int>(n), Errno::kDQuot);
      const std::string call = n <= walk.calls.size() ? walk.calls[n - 1] : "";
      const int number = fs::Number(Errno::kDQuot);
      EXPECT_EQ(
          Run("faults", files),
          (call.empty() ? "" : call + ": " + std::to_string(number) + "\n") +
              "end\n")
          << "method " << next - 1 << ", call " << n;
    }
  }
}

TEST_P(FileSystemTest, GosOwnTestPassesOverEveryBackend) {
  for (const fs::testing::Backend& backend : fs::testing::AllBackends()) {
    const World world = backend.make();
    EXPECT_EQ(Run("backend", *world.fs, {"make"}), "checked\n") << backend.name;
    EXPECT_EQ(Run("backend", *fs::NewReadOnlyFileSystem(world.fs)), "checked\n")
        << backend.name;
  }
}

TEST_P(FileSystemTest, GosOwnTestPassesOverArchives) {
  const std::vector<fs::testing::Entry> entries = {
      {"hello.txt", '0', "hello, world\n"},
      {"empty", '0', ""},
      {"sub/", '5', "", 0755},
      {"sub/inner.txt", '0', "inner"},
      {"sub/deeper/last.txt", '0', "last"}};
  fs::testing::TempDir dir;
  const std::string tar = fs::testing::Tar(entries);
  for (const std::string& bytes :
       {tar, fs::testing::Gzip(tar), fs::testing::Zip(entries)}) {
    fs::testing::WriteHostFile(dir / "archive", bytes);
    auto files = fs::NewArchiveFileSystem(dir / "archive");
    ASSERT_TRUE(files.ok());
    EXPECT_EQ(Run("backend", **files), "checked\n");
  }
}

TEST_P(FileSystemTest, ACrowdOfGoroutinesUsesFiles) {
  for (const fs::testing::Backend& backend : fs::testing::AllBackends()) {
    if (backend.name != "HostOpenat2" && backend.name != "Memory") continue;
    const World world = backend.make();
    EXPECT_EQ(Run("crowd", *world.fs, {"/"}), "3999000 bytes, 0 left, <nil>\n");
  }
}

// The input comes when the program has ticked three times, which it could not
// if waiting for input stopped it.
TEST_P(FileSystemTest, WaitingForInputStopsNothing) {
  int pipe_fds[2];
  ASSERT_EQ(pipe(pipe_fds), 0);
  Embedded guest("ticks", GetParam());
  guest.options.standard_input =
      fs::NewHostFile(pipe_fds[0], fs::Ownership::kOwned);
  std::string out;
  guest.options.standard_output =
      fs::NewOutputStream([&](std::string_view text) {
        out += text;
        if (text == "tick 3\n") {
          ASSERT_EQ(write(pipe_fds[1], "a line\n", 7), 7);
        }
        if (text == "read a line\n") close(pipe_fds[1]);
      });
  ASSERT_TRUE(guest.Load().ok());
  EXPECT_EQ(guest->Run(), 0);
  EXPECT_THAT(out, testing::StartsWith("tick 1\ntick 2\ntick 3\n"));
  EXPECT_THAT(out, testing::HasSubstr("\nread a line\n"));
  EXPECT_THAT(out, testing::EndsWith("\nend\n"));
}

INSTANTIATE_TEST_SUITE_P(Go, FileSystemTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
