// WebAssembly's core test suite: one test for each script, on every dispatcher,
// with guard pages and with explicit checks. What is known to fail is listed in
// spec_failures.txt; an entry that passes is an error, too.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "interp/instance.h"
#include "tests/interp/spec_runner.h"
#include "tests/interp/spec_script.h"

namespace goshawk::interp {
namespace {

class SpecTest : public testing::Test {
 public:
  SpecTest(std::filesystem::path path, const InstanceOptions& options)
      : path_(std::move(path)), options_(options) {}

  void TestBody() override {
    static const auto* const kKnown =
        new std::set<std::string>(KnownSpecFailures());
    absl::StatusOr<SpecScript> script = ReadSpecScript(path_);
    ASSERT_TRUE(script.ok()) << script.status();
    SpecRunner runner(options_);
    for (const SpecCommand& command : script->commands) {
      std::string where = absl::StrCat(script->name, ":", command.line);
      std::string wrong = runner.Run(command);
      if (kKnown->count(where) == 1) {
        EXPECT_FALSE(wrong.empty()) << where << " is listed and passes";
      } else {
        EXPECT_EQ(wrong, "")
            << where << ": " << command.type << " " << command.text;
      }
    }
  }

 private:
  const std::filesystem::path path_;
  const InstanceOptions options_;
};

class NoSpecTest : public testing::Test {
 public:
  void TestBody() override {
    GTEST_SKIP() << "no folder of WebAssembly's core test suite";
  }
};

void RegisterScripts(const std::filesystem::path& folder,
                     const InstanceOptions& options, const std::string& name) {
  for (const std::filesystem::path& path : SpecScripts(folder)) {
    testing::RegisterTest(
        name.c_str(), path.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
        [path, options]() -> SpecTest* { return new SpecTest(path, options); });
  }
}

void RegisterAll() {
  auto folder = SpecFolder();
  if (!folder) {
    testing::RegisterTest("SpecTest", "CoreSuite", nullptr, nullptr, __FILE__,
                          __LINE__,
                          []() -> NoSpecTest* { return new NoSpecTest; });
    return;
  }
  for (std::string_view dispatcher : Dispatchers()) {
    InstanceOptions options;
    options.dispatcher = std::string(dispatcher);
    options.protection = MemoryProtection::kGuardPages;
    RegisterScripts(*folder, options,
                    absl::StrCat("SpecTest/", options.dispatcher, "/guard"));
    options.protection = MemoryProtection::kExplicitChecks;
    RegisterScripts(*folder, options,
                    absl::StrCat("SpecTest/", options.dispatcher, "/checks"));
  }
}

}  // namespace
}  // namespace goshawk::interp

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  goshawk::interp::RegisterAll();
  return RUN_ALL_TESTS();
}
