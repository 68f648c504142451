// Some packages of Go 1.27's standard library pass their own tests, as
// `go test -short` runs them. tests/go_std/BUILD has the list of packages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::HasSubstr;

namespace stdfs = std::filesystem;

constexpr std::string_view kVersion = "1.27";
constexpr char kFolder[] = "tests/go_std";
constexpr std::string_view kEnding = "_go1.27.wasm";

std::vector<std::string> Packages() {
  std::vector<std::string> packages;
  for (const auto& entry : stdfs::directory_iterator(kFolder)) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(kEnding)) continue;
    name.resize(name.size() - kEnding.size());
    std::replace(name.begin(), name.end(), '+', '/');
    packages.push_back(name);
  }
  std::sort(packages.begin(), packages.end());
  return packages;
}

const guests::Toolchain* FindToolchain() {
  for (const guests::Toolchain& toolchain : guests::kToolchains) {
    if (toolchain.version == kVersion && toolchain.present) return &toolchain;
  }
  return nullptr;
}

class SmokeTest : public testing::TestWithParam<std::string> {};

TEST_P(SmokeTest, PassesItsOwnTests) {
  // A Debian that debootstrap has just made has no such file.
  if (GetParam() == "os" && !stdfs::exists("/etc/hosts")) {
    GTEST_SKIP() << "no /etc/hosts, which the tests of os look for";
  }
  const std::string top = NewDirectory();
  const std::string exec = top + "/go_js_wasm_exec";
  stdfs::create_symlink(Runfile("tools/goshawk"), exec);
  std::string file = GetParam();
  std::replace(file.begin(), file.end(), '/', '+');
  const std::string wasm = Runfile(kFolder + ("/" + file).append(kEnding));
  const std::string root(FindToolchain()->root);
  Setting setting;
  setting.directory = root + "/src/" + GetParam();
  setting.env = {{"GOROOT", root}, {"HOME", top}, {"PATH", top}};
  const Outcome outcome =
      RunCommand({exec, wasm, "-test.paniconexit0", "-test.short"}, setting);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("PASS\n"));
}

INSTANTIATE_TEST_SUITE_P(Go1_27, SmokeTest, testing::ValuesIn(Packages()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SmokeTest);

// Says what a run of all tests leaves out.
TEST(LeftOutTest, StandardLibrary) {
  if (FindToolchain() == nullptr) GTEST_SKIP() << "no toolchain Go 1.27";
  GTEST_SKIP() << "left to tools/go_std_test.sh: the standard library but for "
               << Packages().size() << " packages of Go 1.27";
}
TEST(LeftOutTest, LanguageTests) {
  GTEST_SKIP() << "left to tools/go_lang_test.sh: Go's language tests";
}

}  // namespace
}  // namespace goshawk::program_test
