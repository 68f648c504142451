// The programs of tests/guests, compiled by every Go toolchain and run by
// every dispatcher: they do what Go says, the same under all of them, and the
// same as under node.

#include "tests/guests/guests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <tuple>

#include "interp/instance.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

using GuestParam = std::tuple<guests::Toolchain, std::string_view>;

std::string ParamName(const testing::TestParamInfo<GuestParam>& info) {
  const auto& [toolchain, dispatcher] = info.param;
  return guests::ToolchainName({toolchain, info.index}) + "_" +
         std::string(dispatcher);
}

class GuestTest : public testing::TestWithParam<GuestParam> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(toolchain()); }

  const guests::Toolchain& toolchain() const { return std::get<0>(GetParam()); }

  Outcome Run(std::string_view guest, const std::vector<std::string>& args = {},
              const Setting& setting = {},
              const std::vector<std::string>& flags = {}) {
    std::vector<std::string> all = {
        "run", "--dispatch=" + std::string(std::get<1>(GetParam()))};
    all.insert(all.end(), flags.begin(), flags.end());
    all.push_back(Runfile(guests::Path(guest, toolchain())));
    all.insert(all.end(), args.begin(), args.end());
    return Goshawk(all, setting);
  }
};

TEST_P(GuestTest, HelloPrintsItsLine) {
  EXPECT_EQ(Run("hello"), (Outcome{0, "Hello from Go on js/wasm!\n", ""}));
}

TEST_P(GuestTest, ExitCodeIsTheProgramsOwn) {
  EXPECT_EQ(Run("exit", {"7"}), (Outcome{7, "exiting with 7\n", ""}));
  EXPECT_EQ(Run("exit", {"0"}), (Outcome{0, "exiting with 0\n", ""}));
  EXPECT_EQ(Run("exit", {"255"}), (Outcome{255, "exiting with 255\n", ""}));
}

TEST_P(GuestTest, PanicPrintsGosTraceback) {
  const Outcome outcome = Run("panic");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "recovered: caught in time\n");
  EXPECT_THAT(outcome.err,
              AllOf(StartsWith("panic: "), HasSubstr("the sky is falling"),
                    HasSubstr("goroutine 1 [running]:"),
                    HasSubstr("main.fall("), HasSubstr("main.main()")));
}

TEST_P(GuestTest, NilPointerIsAPanic) {
  const Outcome outcome = Run("nilderef");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out,
            "recovered: runtime error: invalid memory address or nil pointer "
            "dereference\n");
  EXPECT_THAT(outcome.err,
              AllOf(StartsWith("panic: runtime error: invalid memory address "
                               "or nil pointer dereference"),
                    HasSubstr("main.set("), HasSubstr("main.main()")));
}

TEST_P(GuestTest, DeadlockIsGosOwnReport) {
  const Outcome outcome = Run("deadlock");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "waiting\n");
  EXPECT_THAT(
      outcome.err,
      AllOf(StartsWith("fatal error: all goroutines are asleep - deadlock!\n"),
            HasSubstr("goroutine 1 [chan receive]:\nmain.main()")));
}

TEST_P(GuestTest, StdinIsReadToItsEnd) {
  Setting setting;
  setting.input.assign(3000000, 'x');
  EXPECT_EQ(Run("stdin", {}, setting),
            (Outcome{0,
                     "3000000 e55b8bdf621ddaa8f462c74745db9680d3bb7536a9cf854f"
                     "8d6668b34a287890\n",
                     ""}));
  EXPECT_EQ(Run("stdin"),
            (Outcome{0,
                     "0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495"
                     "991b7852b855\n",
                     ""}));
}

// On a busy machine two timers can be late together, and then fire in any
// order.
TEST_P(GuestTest, TimersFire) {
  const Outcome outcome = Run("sleep");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("slept long enough: true\n"
                                        "sleepers: [123] [123] [123]\n"
                                        "tick 1\ntick 2\ntick 3\n"
                                        "stopped in time: true\n"
                                        "reset in time: true\n"
                                        "fired: (reset late|late reset)\n"
                                        "done\n"));
}

TEST_P(GuestTest, NapsEndBeforeGoIsIdle) {
  const Outcome outcome = Run("naps", {}, {}, {"--tmpfs=/"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(StartsWith("1ns 2ns "), EndsWith("131.072µs done\n")));
}

TEST_P(GuestTest, SelectsTimeOut) {
  const Outcome outcome = Run("selects");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("timed out\n"),
                                 EndsWith("map[left:100 right:50]\n")));
}

TEST_P(GuestTest, TenThousandGoroutinesTalk) {
  const Outcome outcome = Run("goroutines");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("sum: 50005000\nchain: 10000\n"));
}

TEST_P(GuestTest, RecursionIsOneMillionDeep) {
  EXPECT_EQ(Run("recursion"), (Outcome{0,
                                       "sum: 500000500000\neven: true\n"
                                       "in a goroutine: 125000250000\n",
                                       ""}));
}

TEST_P(GuestTest, GoAndJavaScriptNestUntilTheStackEnds) {
  const Outcome outcome = Run("reentry");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("on the way back: JavaScript error: Maximum call stack "
                      "size exceeded\n"),
            EndsWith("JavaScript error: Maximum call stack size exceeded true\n"
                     "JavaScript error: Maximum call stack size exceeded\n"
                     "done\n")));
}

TEST_P(GuestTest, StackOverflowIsGosOwnReport) {
  const Outcome outcome = Run("recursion", {"overflow"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("fatal error: stack overflow"));
}

TEST_P(GuestTest, MemoryGrowsPastTwoGiB) {
  EXPECT_EQ(Run("bigmemory"),
            (Outcome{0,
                     "past 2 GiB: true\nwrong: 0 dirty: 0\nspanning\n"
                     "16492674416640 15\n",
                     ""}));
}

TEST_P(GuestTest, ArgumentsEnvironmentAndDirectoryArriveAsGiven) {
  Setting setting;
  setting.env = {{"INHERITED", "yes"}, {"OTHER", "1"}};
  EXPECT_EQ(
      Run("args", {"", "two words", "--env=X", "ä日"}, setting,
          {"--env=A=1=2", "--env=EMPTY=", "--env=INHERITED", "--env=NOT_THERE",
           "--dir=" + NewDirectory() + ":/some/where", "--cwd=/some/where"}),
      (Outcome{0,
               "arg 1 \"\"\narg 2 \"two words\"\narg 3 \"--env=X\"\n"
               "arg 4 \"ä日\"\n"
               "env \"A=1=2\"\nenv \"EMPTY=\"\nenv \"INHERITED=yes\"\n"
               "cwd \"/some/where\"\n",
               ""}));
  EXPECT_THAT(Run("args", {}, setting, {"--inherit-env"}).out,
              StartsWith("env \"INHERITED=yes\"\nenv \"OTHER=1\"\n"));
}

TEST_P(GuestTest, FilesLiveInTheDirectoryGiven) {
  const std::string directory = NewDirectory();
  const Outcome outcome =
      Run("files", {"/data"}, {}, {"--dir=" + directory + ":/data"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, EndsWith("removed: true\n"));
  EXPECT_TRUE(std::filesystem::is_empty(directory));
}

TEST_P(GuestTest, FilesAreNotThereUnlessGiven) {
  EXPECT_EQ(Run("files", {"/"}).out,
            "mkdir failed: mkdir /files-guest: not implemented on js\n");
}

// Programs that say the same whatever compiled and ran them: compared with the
// first toolchain's, run by the first dispatcher. Where Go itself began to say
// something else with the release `changed`, only with those on the same side.
class SameForAllTest : public GuestTest {
 protected:
  void ExpectSame(std::string_view guest, std::string_view changed = "1.0") {
    const Outcome outcome = Run(guest);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    for (const guests::Toolchain& first : guests::kToolchains) {
      if (!first.present ||
          (first.version < changed) != (toolchain().version < changed)) {
        continue;
      }
      EXPECT_EQ(outcome, Goshawk({"run", Runfile(guests::Path(guest, first))}));
      return;
    }
  }
};

// From 1.26 on conversions that are out of range saturate.
TEST_P(SameForAllTest, Math) { ExpectSame("math", "1.26"); }
TEST_P(SameForAllTest, Mixed) { ExpectSame("mixed"); }
TEST_P(SameForAllTest, Gc) { ExpectSame("gc"); }

// Go itself says other things from 1.22 on.
TEST_P(SameForAllTest, JsValues) {
  const Outcome outcome = Run("jsvalues");
  EXPECT_EQ(outcome,
            Goshawk({"run", Runfile(guests::Path("jsvalues", toolchain()))}));
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("\nsizes tried\n"));
}

TEST_P(SameForAllTest, Random) { ExpectSame("random"); }

const auto kEverything =
    testing::Combine(testing::ValuesIn(guests::kToolchains),
                     testing::ValuesIn(interp::Dispatchers()));
INSTANTIATE_TEST_SUITE_P(Go, GuestTest, kEverything, ParamName);
INSTANTIATE_TEST_SUITE_P(Go, SameForAllTest, kEverything, ParamName);

}  // namespace
}  // namespace goshawk::program_test
