// With --seed and --fixed-time runs are the same to the last byte, and an hour
// passes in no time.

#include <gmock/gmock.h>

#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

class RepeatableTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(GetParam()); }
  Outcome Run(std::vector<std::string> flags) {
    flags.insert(flags.begin(), "run");
    flags.push_back(Runfile(guests::Path("repeatable", GetParam())));
    return Goshawk(flags);
  }
};

TEST_P(RepeatableTest, SeedAndTimeAreAllThereIs) {
  const std::string time = "--fixed-time=2024-02-29T12:00:00Z";
  const Outcome first = Run({"--seed=1", time});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, StartsWith("2024-02-29T12:00:00."));
  EXPECT_THAT(first.out, EndsWith("1h0m0s +0000\n"));
  EXPECT_EQ(Run({"--seed=1", time}), first);
  EXPECT_NE(Run({"--seed=2", time}).out, first.out);
  EXPECT_NE(Run({"--seed=1", "--fixed-time=1970-01-01T00:00:00Z"}).out,
            first.out);
  EXPECT_NE(Run({time}).out, Run({time}).out);
}

INSTANTIATE_TEST_SUITE_P(Go, RepeatableTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
