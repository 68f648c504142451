// bench/measure.py over programs that are shell scripts: whatever they do, it
// runs to the end and says what happened.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/program/command.h"

namespace goshawk::bench {
namespace {

using program_test::NewDirectory;
using program_test::Outcome;
using program_test::ReadFile;
using program_test::RunCommand;
using program_test::Runfile;
using program_test::WriteFile;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHello = "#!/bin/sh\necho hello, world\n";

std::string PrintsBench(const std::string& checksum) {
  return "#!/bin/sh\necho bench x size=1 repeats=3 checksum=" + checksum +
         " best_ms=1.500 median_ms=2.500\n";
}

class MeasureTest : public testing::Test {
 protected:
  MeasureTest() {
    for (const char* build : {"js", "native"}) {
      Program(build, "hello", kHello);
      Program(build, "good", PrintsBench("ab"));
    }
    // Goshawk is a shell that drops its first argument.
    Script(goshawk, "#!/bin/sh\nshift\nexec \"$@\"\n");
  }

  void Script(const std::string& path, const std::string& text) {
    WriteFile(path, text);
    std::filesystem::permissions(path, std::filesystem::perms::all);
  }

  void Program(const std::string& build, const std::string& name,
               const std::string& text) {
    std::filesystem::create_directories(root + "/suite/" + build);
    Script(root + "/suite/" + build + "/" + name, text);
  }

  Outcome Measure(std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"python3",
                                     "-B",
                                     Runfile("bench/measure.py"),
                                     "--out",
                                     root,
                                     "--go",
                                     "1.27",
                                     "--suite",
                                     root + "/suite",
                                     "--engines",
                                     "goshawk,native",
                                     "--runs",
                                     "2",
                                     "--path",
                                     "go=/bin/true",
                                     "--path",
                                     "goshawk=" + goshawk,
                                     "--path",
                                     "spawn=" + Runfile("bench/spawn")};
    args.insert(args.end(), more.begin(), more.end());
    return RunCommand(args, {{{"PATH", std::getenv("PATH")}}, "", ""});
  }

  std::string Csv() { return ReadFile(root + "/results.csv"); }

  const std::string root = NewDirectory();
  const std::string goshawk = root + "/goshawk";
};

TEST_F(MeasureTest, RowsHoldWhatProgramsSay) {
  const Outcome done = Measure();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("0 failures"));
  EXPECT_THAT(Csv(), HasSubstr("1.27,good,full,goshawk,"));
  EXPECT_THAT(Csv(), HasSubstr(",1,ok,ab,3,1.5,2.5,"));
  EXPECT_THAT(ReadFile(root + "/machine.json"), HasSubstr("\"left_out\": {}"));
}

TEST_F(MeasureTest, FailuresAreNamedAndStopNothing) {
  for (const char* build : {"js", "native"}) {
    Program(build, "crash", "#!/bin/sh\necho bad luck >&2\nexit 3\n");
    Program(build, "killed", "#!/bin/sh\nkill -9 $$\n");
    Program(build, "mute", "#!/bin/sh\n");
    Program(build, "differs",
            PrintsBench(build == std::string("js") ? "1" : "2"));
  }
  Program("native", "broken", "#!/nowhere/at/all\n");
  Program("js", "broken", PrintsBench("ab"));
  Program("js", "missing", PrintsBench("ab"));
  const Outcome done = Measure();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  for (const char* words :
       {"FAILED crash (full) under native: failed: exit code 3: bad luck",
        "FAILED killed (small) under goshawk: failed: exit code 137",
        "FAILED mute (full) under native: failed: no bench line",
        "FAILED differs (full) under goshawk: wrong output: checksum 1",
        "FAILED broken (full) under native: failed: exit code 127"}) {
    EXPECT_THAT(done.err, HasSubstr(words));
  }
  EXPECT_THAT(done.err, Not(HasSubstr("FAILED good")));
  EXPECT_THAT(Csv(), HasSubstr("1.27,missing,full,goshawk,"));
  EXPECT_THAT(Csv(), Not(HasSubstr("1.27,missing,full,native,")));
}

TEST_F(MeasureTest, AnEngineThatCannotRunHelloIsLeftOut) {
  Script(goshawk, "#!/bin/sh\necho not today >&2\nexit 1\n");
  const Outcome done = Measure();
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("Goshawk is left out: hello failed with "
                                  "exit code 1: not today"));
  EXPECT_THAT(Csv(), HasSubstr("1.27,good,full,native,"));
}

TEST_F(MeasureTest, GoesOnWhereItStopped) {
  ASSERT_EQ(Measure().exit_code, 0);
  const std::string all = Csv();
  // As if it had been interrupted before the last three lines.
  size_t end = all.size();
  for (int i = 0; i < 4; ++i) end = all.rfind('\n', end - 1);
  WriteFile(root + "/results.csv", all.substr(0, end + 1));
  const Outcome again = Measure();
  EXPECT_THAT(again.err, HasSubstr("compare: 3 runs to do"));
  const Outcome nothing = Measure();
  EXPECT_THAT(nothing.err, HasSubstr("compare: 0 runs to do"));
}

TEST_F(MeasureTest, WhatChangedIsMeasuredAgain) {
  ASSERT_EQ(Measure().exit_code, 0);
  Program("native", "good", PrintsBench("ab") + "# changed\n");
  const Outcome again = Measure();
  // Two sizes, two rounds.
  EXPECT_THAT(again.err, HasSubstr("compare: 4 runs to do"));
}

TEST_F(MeasureTest, RoundsEndWithTheTime) {
  const Outcome done = Measure({"--runs", "9", "--minutes", "0"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("no time for round 2"));
  EXPECT_THAT(Csv(), Not(HasSubstr(",1,ok,ab,")));
}

TEST_F(MeasureTest, UnknownNamesAreRefused) {
  const Outcome program = Measure({"--programs", "none"});
  EXPECT_EQ(program.exit_code, 2);
  EXPECT_THAT(program.err, HasSubstr("no program is called 'none'"));
  const Outcome engine = Measure({"--engines", "none"});
  EXPECT_EQ(engine.exit_code, 2);
  EXPECT_THAT(engine.err, HasSubstr("no engine is called 'none'"));
}

}  // namespace
}  // namespace goshawk::bench
