// Where a test finds the guests, and with which Go toolchains they were
// compiled. A test that needs a guest of every toolchain is parameterized:
//
//   class ExitTest : public testing::TestWithParam<guests::Toolchain> {};
//   TEST_P(ExitTest, ExitCodeIsTheArgument) {
//     GOSHAWK_SKIP_IF_MISSING(GetParam());
//     ... guests::Path("exit", GetParam()) ...
//   }
//   INSTANTIATE_TEST_SUITE_P(Go, ExitTest,
//                            testing::ValuesIn(guests::kToolchains),
//                            guests::ToolchainName);
//
// and names "//tests/guests:exit" in its data. A toolchain that tools/setup.sh
// could not fetch stays in the list: its tests are skipped, under its name.
#ifndef TESTS_GUESTS_GUESTS_H_
#define TESTS_GUESTS_GUESTS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

namespace goshawk::guests {

struct Toolchain {
  std::string_view version;  // As "1.27".
  bool present;
  std::string_view root;  // Its GOROOT, absolute; empty if not present.
};

inline constexpr Toolchain kToolchains[] = {
#define GOSHAWK_GO_VERSION(version, present, root) {version, present, root},
#include "tests/guests/go_versions.inc"
#undef GOSHAWK_GO_VERSION
};

// The guest's file, relative to the folder that Bazel runs tests in.
inline std::string Path(std::string_view guest, const Toolchain& toolchain) {
  return std::string("tests/guests/")
      .append(guest)
      .append("_go")
      .append(toolchain.version)
      .append(".wasm");
}

// The newest toolchain that is there, for tests that need just one guest;
// null if there is none.
inline const Toolchain* Newest() {
  const Toolchain* newest = nullptr;
  for (const Toolchain& toolchain : kToolchains) {
    if (toolchain.present) newest = &toolchain;
  }
  return newest;
}

// The folder of an npm package that tools/fetch_npm.sh fetched, as it calls it,
// in the cache where the toolchains are, too; empty if it is not there.
inline std::string Package(std::string_view name) {
  const Toolchain* toolchain = Newest();
  if (toolchain == nullptr) return "";
  const std::filesystem::path cache =
      std::filesystem::path(toolchain->root).parent_path().parent_path();
  const std::filesystem::path package = cache / name / "package";
  return std::filesystem::exists(package) ? package.string() : "";
}

// A parameter's name in the name of a test: "Go1_27".
inline std::string ToolchainName(
    const testing::TestParamInfo<Toolchain>& info) {
  std::string name = "Go" + std::string(info.param.version);
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

inline void PrintTo(const Toolchain& toolchain, std::ostream* out) {
  *out << "Go " << toolchain.version;
}

}  // namespace goshawk::guests

// tools/test.sh looks for this message to report the toolchains at its end.
#define GOSHAWK_SKIP_IF_MISSING(toolchain)                     \
  if (!(toolchain).present) {                                  \
    GTEST_SKIP() << "no toolchain Go " << (toolchain).version; \
  }                                                            \
  static_assert(true, "a semicolon follows")

#endif  // TESTS_GUESTS_GUESTS_H_
