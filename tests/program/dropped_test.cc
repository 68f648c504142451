// A program that makes values of JavaScript and drops them does not grow,
// however many they are: strings, objects, functions, errors, and circles of
// objects that only hold each other.

#include <gmock/gmock.h>

#include <iterator>

#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DroppedTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(GetParam()); }
};

TEST_P(DroppedTest, NothingIsLeftOfManyValues) {
  const Outcome outcome =
      Goshawk({"run", "--dir=/proc/self:/self:ro",
               Runfile(guests::Path("dropped", GetParam())), "/self", "34000"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  // Each kind, whether references and memory stayed as they were.
  EXPECT_THAT(outcome.out, HasSubstr("circles with scripts true true\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("false")));
}

// Every value costs Go itself some microseconds, so not with all of them.
INSTANTIATE_TEST_SUITE_P(Go, DroppedTest,
                         testing::Values(*std::begin(guests::kToolchains),
                                         *std::rbegin(guests::kToolchains)),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
