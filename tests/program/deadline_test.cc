// Programs that are stopped: by the command's --deadline, by a thread of an
// embedder. What they do while it happens, tests/guests/forever.go says.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "tests/program/command.h"
#include "tests/program/embedded.h"

namespace goshawk::program_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class DeadlineTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(GetParam()); }

  std::string Guest(std::string_view name) const {
    return Runfile(guests::Path(name, GetParam()));
  }
  std::string Message() const {
    return "goshawk: " + Guest("forever") +
           ": stopped, for its --deadline has passed\n";
  }
  // Under a shell that opens something in place of `redirected`.
  Outcome Redirected(const std::string& redirected, const std::string& what) {
    const std::string fifo = NewDirectory() + "/fifo";
    EXPECT_EQ(mkfifo(fifo.c_str(), 0600), 0);
    Setting setting;
    setting.env = {{"FIFO", fifo}};
    return RunCommand({"/bin/sh", "-c", "exec \"$@\" " + redirected, "sh",
                       Runfile("tools/goshawk"), "run", "--deadline=300ms",
                       Guest("forever"), what},
                      setting);
  }
};

TEST_P(DeadlineTest, StopsWhateverTheProgramDoes) {
  for (const std::string what :
       {"compute", "yield", "sleep", "callback", "script"}) {
    EXPECT_EQ(Goshawk({"run", "--deadline=300ms", Guest("forever"), what}),
              (Outcome{124, what + "\n", Message()}));
  }
}

TEST_P(DeadlineTest, StopsAProgramThatWaitsForInput) {
  EXPECT_EQ(Redirected("0<>\"$FIFO\"", "read"),
            (Outcome{124, "read\n", Message()}));
}

// Standard error is full as well, so nothing can be said.
TEST_P(DeadlineTest, StopsAProgramThatNobodyReads) {
  EXPECT_EQ(Redirected("2<>\"$FIFO\"", "write"), (Outcome{124, "write\n", ""}));
}

TEST_P(DeadlineTest, ThatIsFarAwayChangesNothing) {
  EXPECT_EQ(Goshawk({"run", "--deadline=1h30m", Guest("exit"), "9"}).exit_code,
            9);
  EXPECT_EQ(
      Goshawk({"run", "--deadline", "1000000h", Guest("deadlock")}).exit_code,
      2);
}

// What passes is real time; the program's own goes on as it does without.
TEST_P(DeadlineTest, LeavesAFixedClockAlone) {
  EXPECT_EQ(
      Goshawk({"run", "--deadline=100h", "--fixed-time=2000-01-01T00:00:00Z",
               Guest("forever"), "sleep"}),
      (Outcome{0, "sleep\n", ""}));
}

TEST_P(DeadlineTest, StatsAreThoseUntilThen) {
  const Outcome outcome =
      Goshawk({"stats", "--deadline=300ms", Guest("forever"), "compute"});
  EXPECT_EQ(outcome.exit_code, 124);
  EXPECT_THAT(outcome.err, StartsWith(Message()));
  EXPECT_THAT(outcome.err, HasSubstr("main.main"));
}

TEST_P(DeadlineTest, AnotherThreadInterrupts) {
  for (const std::string what : {"compute", "sleep", "callback"}) {
    Embedded guest("forever", GetParam());
    guest.options.args = {"forever", what};
    std::atomic<bool> runs = false;
    guest.options.standard_output =
        fs::NewOutputStream([&runs](std::string_view) { runs = true; });
    ASSERT_TRUE(guest.Load().ok());
    const std::function<void()> interrupt = guest->Interrupter();
    std::thread other([&] {
      while (!runs) std::this_thread::yield();
      interrupt();
    });
    EXPECT_EQ(guest->Run(), 1);
    other.join();
    interrupt();
    EXPECT_EQ(guest->trap(), interp::Trap::kInterrupted);
    EXPECT_THAT(guest->report(), StartsWith("interrupted"));
    EXPECT_EQ(guest->Start().code(), absl::StatusCode::kFailedPrecondition);
  }
}

TEST_P(DeadlineTest, InterruptedBeforeItStarts) {
  Embedded guest("forever", GetParam());
  guest.options.args = {"forever", "compute"};
  ASSERT_TRUE(guest.Load().ok());
  guest->Interrupter()();
  EXPECT_EQ(guest->Run(), 1);
  EXPECT_EQ(guest->trap(), interp::Trap::kInterrupted);
}

INSTANTIATE_TEST_SUITE_P(Go, DeadlineTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
