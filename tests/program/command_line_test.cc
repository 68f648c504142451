// What goshawk can be told, and what it answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/fs/archives.h"
#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(HelpTest, NamesEveryCommand) {
  for (const char* flag : {"--help", "-h", "help"}) {
    const Outcome outcome = Goshawk({flag});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out,
                AllOf(StartsWith("usage: goshawk COMMAND"),
                      HasSubstr("\n  run "), HasSubstr("\n  info ")));
  }
}

TEST(HelpTest, OfRunNamesEveryFlag) {
  const Outcome outcome = Goshawk({"run", "--help"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(
      outcome.out,
      AllOf(StartsWith("usage: goshawk run [flags] app.wasm [args...]\n"),
            HasSubstr("--dir=HOST[:GUEST[:ro]]"), HasSubstr("--env="),
            HasSubstr("--inherit-env"), HasSubstr("--cwd="),
            HasSubstr("--tmpfs=GUEST"), HasSubstr("--overlay=HOST[:GUEST]"),
            HasSubstr("--archive=FILE[:GUEST]"), HasSubstr("--umask=OCTAL"),
            HasSubstr("--uid=UID[:GID]"), HasSubstr("--deadline=DURATION"),
            HasSubstr("--dispatch=")));
}

TEST(HelpTest, OfTheOtherCommands) {
  for (const std::string command :
       {"run", "stats", "info", "dump", "globals"}) {
    for (const char* flag : {"--help", "-h"}) {
      EXPECT_THAT(Goshawk({command, flag}).out,
                  StartsWith("usage: goshawk " + command));
    }
  }
}

// Under a shell that redirects something.
Outcome Redirected(const std::string& redirection,
                   std::vector<std::string> args) {
  args.insert(args.begin(), {"/bin/sh", "-c", "exec \"$@\" " + redirection,
                             "sh", Runfile("tools/goshawk")});
  return RunCommand(args);
}

TEST(OutputTest, ThatCannotBeWrittenIsAnError) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--help"}, {"run", "--help"}, {"globals"}}) {
    EXPECT_EQ(Redirected(">/dev/full", args),
              (Outcome{1, "",
                       "goshawk: standard output: No space left on device\n"}));
  }
}

TEST(HelpTest, Version) {
  const Outcome outcome = Goshawk({"--version"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("goshawk [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

struct Mistake {
  std::vector<std::string> args;
  std::string_view complaint;
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.complaint;
}

class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsOneLineAndExitCodeTwo) {
  EXPECT_EQ(Goshawk(GetParam().args),
            (Outcome{2, "", std::string(GetParam().complaint) + "\n"}));
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, MistakeTest,
    testing::Values(
        Mistake{{}, "goshawk: no command given; see goshawk --help"},
        Mistake{{"fly"}, "goshawk: unknown command fly; see goshawk --help"},
        Mistake{{"run"},
                "goshawk: run: no program given; see goshawk run --help"},
        Mistake{{"run", "--fly", "a"}, "goshawk: unknown flag --fly"},
        Mistake{{"run", "-x", "a"}, "goshawk: unknown flag -x"},
        Mistake{{"run", "--help=yes"}, "goshawk: --help takes no value"},
        Mistake{{"run", "--dir=/nowhere/x", "a"},
                "goshawk: --dir=/nowhere/x: no such file or directory"},
        Mistake{{"run", "--dir=/dev/null", "a"},
                "goshawk: --dir=/dev/null: not a directory"},
        Mistake{{"run", "--cwd=x", "a"},
                "goshawk: --cwd=x: not an absolute path"},
        Mistake{{"run", "--dir=/dev:/d", "--cwd=/x", "a"},
                "goshawk: --cwd=/x: the program sees no such directory"},
        Mistake{{"run", "--overlay=/nowhere/x", "a"},
                "goshawk: --overlay=/nowhere/x: no such file or directory"},
        Mistake{{"run", "--overlay=/dev/null:/d", "a"},
                "goshawk: --overlay=/dev/null:/d: not a directory"},
        Mistake{{"run", "--tmpfs=tmp", "a"},
                "goshawk: --tmpfs=tmp: not an absolute path"},
        Mistake{{"run", "--tmpfs=", "a"},
                "goshawk: --tmpfs=: not an absolute path"},
        Mistake{{"run", "--archive=/nowhere/x.zip", "a"},
                "goshawk: --archive=/nowhere/x.zip: no such file or directory"},
        Mistake{{"run", "--archive=/dev:/d", "a"},
                "goshawk: --archive=/dev:/d: neither a zip nor a tar archive"},
        Mistake{{"run", "--archive=/etc/passwd", "a"},
                "goshawk: --archive=/etc/passwd: neither a zip nor a tar "
                "archive"},
        Mistake{{"run", "--profile=/nowhere/p", "a"},
                "goshawk: --profile=/nowhere/p: No such file or directory"},
        Mistake{{"run", "--umask=888", "a"},
                "goshawk: --umask=888: not an octal number up to 777"},
        Mistake{{"run", "--umask=1777", "a"},
                "goshawk: --umask=1777: not an octal number up to 777"},
        Mistake{{"run", "--umask=", "a"},
                "goshawk: --umask=: not an octal number up to 777"},
        Mistake{{"run", "--uid=root", "a"},
                "goshawk: --uid=root: not a user's number"},
        Mistake{{"run", "--uid=-1", "a"},
                "goshawk: --uid=-1: not a user's number"},
        Mistake{{"run", "--uid=4294967295", "a"},
                "goshawk: --uid=4294967295: not a user's number"},
        Mistake{{"run", "--uid=1:", "a"},
                "goshawk: --uid=1:: not a group's number"},
        Mistake{{"run", "--uid", "1:x"},
                "goshawk: --uid=1:x: not a group's number"},
        Mistake{{"run", "--env==x", "a"}, "goshawk: --env==x: no name"},
        Mistake{{"run", "--allow-net=http://x", "a"},
                "goshawk: --allow-net=http://x: not of the form "
                "HOST[:PORT],..."},
        Mistake{{"run", "--seed=-1", "a"},
                "goshawk: --seed=-1: not a number from 0 to 2^64 - 1"},
        Mistake{{"run", "--fixed-time=now", "a"},
                "goshawk: --fixed-time=now: not of the form "
                "2006-01-02T15:04:05Z"},
        Mistake{{"run", "--fixed-time=1969-12-31T23:59:59Z", "a"},
                "goshawk: --fixed-time=1969-12-31T23:59:59Z: not of the years "
                "1970 to 2261"},
        Mistake{{"run", "--", "--fly"},
                "goshawk: --fly: No such file or directory"},
        Mistake{{"info"}, "goshawk: usage: goshawk info app.wasm"},
        Mistake{{"info", "/nowhere/a"},
                "goshawk: /nowhere/a: No such file or directory"}));

TEST(MistakeTest, DeadlinesAreDurations) {
  for (const std::string deadline :
       {"", "5", "s", "1.5", "-1s", "0s", "1s-500ms", "1 s", "1sx", "inf",
        "infs", "nanh", "1e3s", "1000000.1h", "1us"}) {
    EXPECT_EQ(Goshawk({"run", "--deadline=" + deadline, "a"}),
              (Outcome{2, "",
                       "goshawk: --deadline=" + deadline +
                           ": not a duration such as 500ms, 1.5s or "
                           "2m30s\n"}));
  }
}

TEST(MistakeTest, DispatcherOfAnotherNameListsThose) {
  const Outcome outcome = Goshawk({"run", "--dispatch=magic", "a"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err,
              AllOf(StartsWith("goshawk: --dispatch=magic: not one of "),
                    HasSubstr("tail")));
}

// With one guest, of the newest Go.
class DirTest : public testing::Test {
 protected:
  void SetUp() override {
    const guests::Toolchain* newest = guests::Newest();
    if (newest == nullptr) GTEST_SKIP() << "no toolchain Go";
    toolchain_ = newest;
    host_ = NewDirectory();
  }

  Outcome Files(const std::vector<std::string>& flags,
                const std::string& directory) {
    return Run("files", flags, {directory});
  }

  Outcome Run(std::string_view guest, std::vector<std::string> args,
              const std::vector<std::string>& rest,
              const Setting& setting = {}) {
    args.insert(args.begin(), "run");
    args.push_back(Runfile(guests::Path(guest, *toolchain_)));
    args.insert(args.end(), rest.begin(), rest.end());
    return Goshawk(args, setting);
  }

  const guests::Toolchain* toolchain_ = nullptr;
  std::string host_;
};

TEST_F(DirTest, AtItsOwnPath) {
  EXPECT_EQ(Files({"--dir=" + host_}, host_).exit_code, 0);
}

TEST_F(DirTest, AsTwoWords) {
  EXPECT_EQ(Files({"--dir", host_}, host_).exit_code, 0);
}

TEST_F(DirTest, DoesNotTakeThePlaceOfAClosedStream) {
  const std::string guest = Runfile(guests::Path("stdin", *toolchain_));
  const Outcome outcome = Redirected("<&-", {"run", "--dir=" + host_, guest});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, StartsWith("0 e3b0c442"));
}

TEST_F(DirTest, RelativeIsAtItsRealPath) {
  Setting setting;
  setting.directory = host_;
  EXPECT_EQ(Run("files", {"--dir=."}, {host_}, setting).exit_code, 0);
}

TEST_F(DirTest, AtAnotherPath) {
  EXPECT_EQ(Files({"--dir=" + host_ + ":/a/b"}, "/a/b").exit_code, 0);
  EXPECT_EQ(Files({"--dir=" + host_ + ":/"}, "/").exit_code, 0);
  EXPECT_THAT(Files({"--dir=" + host_ + ":/a/b"}, host_).out,
              HasSubstr("No such file or directory"));
}

TEST_F(DirTest, MoreThanOne) {
  const std::string other = NewDirectory();
  EXPECT_EQ(Files({"--dir=" + host_ + ":/x:ro", "--dir=" + other + ":/y"}, "/y")
                .exit_code,
            0);
}

TEST_F(DirTest, ReadOnlyChangesNothing) {
  for (const std::string& flag :
       {"--dir=" + host_ + ":/a:ro", "--dir=" + host_ + ":ro"}) {
    const std::string seen = flag.ends_with("/a:ro") ? "/a" : host_;
    EXPECT_EQ(Files({flag}, seen).out, "mkdir failed: mkdir " + seen +
                                           "/files-guest: Read-only file "
                                           "system\n");
  }
  EXPECT_TRUE(std::filesystem::is_empty(host_));
}

TEST_F(DirTest, WhatCannotBeChangedSaysSoToEachCall) {
  std::filesystem::create_directory(host_ + "/dir");
  std::filesystem::create_symlink("file", host_ + "/link");
  WriteFile(host_ + "/file", "text");
  const std::string tar = WriteFile(NewDirectory() + "/a.tar",
                                    fs::testing::Tar({{"dir/", '5', "", 0755},
                                                      {"link", '2', "file"},
                                                      {"file", '0', "text"}}));
  for (const std::string& flag :
       {"--dir=" + host_ + ":/d:ro", "--archive=" + tar + ":/d"}) {
    const Outcome outcome = Run("writing", {flag}, {"/d"});
    std::istringstream lines(outcome.out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_THAT(line, ::testing::EndsWith(": Read-only file system"));
    }
    EXPECT_EQ(count, 24) << outcome.out;
  }
  // They would have been possible.
  EXPECT_THAT(Run("writing", {"--dir=" + host_ + ":/d"}, {"/d"}).out,
              ::testing::Not(HasSubstr("Read-only")));
}

TEST_F(DirTest, NothingOutsideIsSeen) {
  std::filesystem::create_directory(host_ + "/inside");
  std::filesystem::create_symlink("../..", host_ + "/inside/out");
  const std::vector<std::string> flags = {"--dir=" + host_ + "/inside:/in"};
  for (const char* path : {"/in/../..", "/in/out", "/", host_.c_str()}) {
    EXPECT_NE(Files(flags, path).exit_code, 0) << path;
  }
  EXPECT_FALSE(std::filesystem::exists(host_ + "/files-guest"));
}

TEST_F(DirTest, TheProgramStartsWhereTheUserIsIfItCanSeeThat) {
  Setting setting;
  setting.directory = host_;
  EXPECT_EQ(Run("args", {"--dir=" + host_}, {}, setting).out,
            "cwd \"" + host_ + "\"\n");
  EXPECT_EQ(Run("args", {"--dir=" + host_ + ":/other"}, {}, setting).out,
            "cwd \"/\"\n");
  EXPECT_EQ(Run("args", {}, {}, setting).out, "cwd \"/\"\n");
  std::filesystem::create_directory(host_ + "/sub");
  EXPECT_EQ(
      Run("args", {"--dir=" + host_ + ":/o", "--cwd=/o/sub/"}, {}, setting).out,
      "cwd \"/o/sub\"\n");
}

TEST_F(DirTest, TmpfsIsAnEmptyDirectory) {
  EXPECT_EQ(Files({"--tmpfs=/tmp"}, "/tmp").exit_code, 0);
  EXPECT_EQ(Files({"--tmpfs=/"}, "/").exit_code, 0);
  EXPECT_EQ(Files({"--tmpfs", "/a/../b/"}, "/b").exit_code, 0);
  // Within what else there is.
  WriteFile(host_ + "/below", "hidden");
  EXPECT_EQ(Run("tree", {"--dir=" + host_ + ":/d", "--tmpfs=/d/t"}, {"/d"}).out,
            "below -rw-r--r-- hidden\nt drwxr-xr-x\n");
  EXPECT_FALSE(std::filesystem::exists(host_ + "/t"));
}

TEST_F(DirTest, OverlayLeavesTheHostAsItIs) {
  WriteFile(host_ + "/one", "as it was");
  EXPECT_EQ(Files({"--overlay=" + host_}, host_).exit_code, 0);
  EXPECT_EQ(Run("tree", {"--overlay=" + host_ + ":/o", "--umask=022"},
                {"/o", "one", "new"})
                .out,
            "new -rw-r--r-- new\none -rw-r--r-- as it wasone\n");
  EXPECT_EQ(Run("tree", {"--dir=" + host_ + ":/o"}, {"/o"}).out,
            "one -rw-r--r-- as it was\n");
}

TEST_F(DirTest, ArchivesAreDirectories) {
  const std::string tar = WriteFile(
      host_ + "/a.tar", fs::testing::Tar({{"f", '0', "text"},
                                          {"d/", '5', "", 0755},
                                          {"d/g", '0', "more", 0600}}));
  const std::string zip =
      WriteFile(host_ + "/a.zip", fs::testing::Zip({{"z", '0', "zipped"}}));
  const std::string seen =
      "d drwxr-xr-x\nd/g -rw------- more\nf -rw-r--r-- text\n";
  EXPECT_EQ(Run("tree", {"--archive=" + tar + ":/a"}, {"/a"}).out, seen);
  EXPECT_EQ(Run("tree", {"--archive", tar, "--archive=" + zip}, {tar}).out,
            seen);
  EXPECT_EQ(Run("tree", {"--archive=" + zip + ":/"}, {"/"}).out,
            "z -rw-r--r-- zipped\n");
  EXPECT_EQ(Files({"--archive=" + zip + ":/z"}, "/z").out,
            "mkdir failed: mkdir /z/files-guest: Read-only file system\n");
  EXPECT_THAT(Run("tree", {"--archive=" + host_ + "/a.tar:/a"}, {host_}).out,
              HasSubstr("No such file or directory"));
}

TEST_F(DirTest, DamagedArchivesAreRefused) {
  const std::string tar =
      fs::testing::Tar({{"f", '0', std::string(9000, 'x')}});
  const std::string cut =
      WriteFile(host_ + "/cut.tar", std::string_view(tar).substr(0, 5000));
  EXPECT_EQ(
      Run("tree", {"--archive=" + cut + ":/a"}, {"/a"}),
      (Outcome{2, "",
               "goshawk: --archive=" + cut + ":/a: a damaged archive\n"}));
}

TEST_F(DirTest, UmaskIsTheProgramsOwn) {
  const std::vector<std::string> args = {"/t", "new"};
  EXPECT_EQ(Run("tree", {"--tmpfs=/t", "--umask=077"}, args).out,
            "new -rw------- new\n");
  EXPECT_EQ(Run("tree", {"--tmpfs=/t", "--umask=0"}, args).out,
            "new -rw-rw-rw- new\n");
  EXPECT_EQ(Run("tree", {"--dir=" + host_ + ":/t", "--umask", "27"}, args).out,
            "new -rw-r----- new\n");
}

TEST_F(DirTest, UidIsWhoTheProgramIs) {
  EXPECT_EQ(Run("identity", {"--uid=1000:100", "--tmpfs=/t"}, {"/t"}).out,
            "user 1000 1000, group 100 100\nfile of 1000 100\n"
            "given away: operation not permitted\n");
  EXPECT_EQ(Run("identity", {"--tmpfs=/t", "--uid=0:0"}, {"/t"}).out,
            "user 0 0, group 0 0\nfile of 0 0\ngiven away: <nil>\n");
}

// As go_js_wasm_exec the command gives what node would give.
TEST_F(DirTest, GoExecGivesFilesEnvironmentAndDirectory) {
  const std::string exec = host_ + "/go_js_wasm_exec";
  std::filesystem::create_symlink(Runfile("tools/goshawk"), exec);
  Setting setting;
  setting.directory = host_;
  setting.env = {{"A", "1"}, {"TMPDIR", "/tmp"}};
  EXPECT_EQ(
      RunCommand({exec, Runfile(guests::Path("args", *toolchain_)), "--x"},
                 setting),
      (Outcome{0,
               "arg 1 \"--x\"\nenv \"A=1\"\nenv \"TMPDIR=/tmp\"\ncwd \"" +
                   host_ + "\"\n",
               ""}));
  EXPECT_EQ(
      RunCommand({exec, Runfile(guests::Path("files", *toolchain_)), host_})
          .exit_code,
      0);
  EXPECT_EQ(RunCommand({exec, Runfile(guests::Path("exit", *toolchain_)), "9"})
                .exit_code,
            9);
  EXPECT_EQ(RunCommand({exec}),
            (Outcome{2, "",
                     "goshawk: usage: go_js_wasm_exec program.wasm "
                     "[args...]\n"}));
}

TEST_F(DirTest, DumpShowsInstructionsAndTheirCode) {
  const std::string hello = Runfile(guests::Path("hello", *toolchain_));
  const Outcome outcome = Goshawk({"dump", hello, "main.main"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("function "));
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr(" main.main (i32) -> (i32)\n"),
            testing::ContainsRegex(" [0-9]+  call [0-9]+ fmt.Fprint(ln|f)\n"),
            testing::ContainsRegex(
                " [0-9]+  return +>? +[0-9]+  GoReturn_NNI ")));
  EXPECT_EQ(
      Goshawk({"dump", hello, "no.such"}),
      (Outcome{2, "", "goshawk: " + hello + ": no function is selected\n"}));
}

TEST_F(DirTest, InfoShowsWhatAProgramIs) {
  const Outcome outcome =
      Goshawk({"info", Runfile(guests::Path("hello", *toolchain_))});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("Go: go" + std::string(toolchain_->version)),
            HasSubstr("sections:\n"), HasSubstr("runtime.wasmWrite"),
            HasSubstr("\n  run (i32, i32) -> ()"), HasSubstr("features: ")));
}

}  // namespace
}  // namespace goshawk::program_test
