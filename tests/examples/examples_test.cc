// The examples do what they say; hcl2json, with 100 random files, to the byte
// what the package's own launcher does under node.

#include <gmock/gmock.h>

#include "tests/examples/terraform.h"
#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::examples {
namespace {

using program_test::HasCommand;
using program_test::NewDirectory;
using program_test::Outcome;
using program_test::RunCommand;
using program_test::Runfile;
using program_test::WriteFile;
using ::testing::HasSubstr;

class ShelfTest : public testing::TestWithParam<guests::Toolchain> {};

TEST_P(ShelfTest, GoroutinesCallAnObjectOfCpp) {
  GOSHAWK_SKIP_IF_MISSING(GetParam());
  EXPECT_EQ(RunCommand({Runfile("tests/examples/shelf"),
                        Runfile(guests::Path("library", GetParam()))}),
            (Outcome{0, "100 books weigh 5050\n", ""}));
}

INSTANTIATE_TEST_SUITE_P(Go, ShelfTest, testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

class Hcl2JsonTest : public testing::Test {
 protected:
  void SetUp() override {
    package_ = guests::Package("hcl2json");
    if (package_.empty()) GTEST_SKIP() << "no hcl2json";
  }

  Outcome Convert(std::vector<std::string> files) {
    files.insert(files.begin(),
                 {Runfile("tests/examples/hcl2json"), package_ + "/main.wasm"});
    return RunCommand(files);
  }

  std::string package_;
};

TEST_F(Hcl2JsonTest, ConvertsAndComplains) {
  const std::string directory = NewDirectory();
  const Outcome outcome = Convert(
      {WriteFile(directory + "/a.tf", "variable \"x\" { default = 1 }\n"),
       WriteFile(directory + "/b.tf", "oops = = 1\n")});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              HasSubstr("{\"variable\":{\"x\":[{\"default\":1}]}}\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Invalid expression"));
}

TEST_F(Hcl2JsonTest, GivesNodesAnswersForRandomFiles) {
  if (!HasCommand("node")) GTEST_SKIP() << "no node to compare with";
  const std::string directory = NewDirectory();
  std::vector<std::string> files;
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const std::string name = std::to_string(seed) + ".tf";
    files.push_back(WriteFile(directory + "/" + name, RandomTerraform(seed)));
  }
  std::vector<std::string> node = {
      "node", Runfile("tests/examples/hcl2json.js"), package_};
  node.insert(node.end(), files.begin(), files.end());
  const Outcome expected = RunCommand(node);
  ASSERT_EQ(expected.exit_code, 0) << expected.err;
  const Outcome outcome = Convert(files);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, expected.out);
}

}  // namespace
}  // namespace goshawk::examples
