// The functions that programs call first, found by their names.

#include "gojs/startup.h"

#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "interp/decoder.h"
#include "tests/interp/module_builder.h"

namespace goshawk::gojs {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Names = std::vector<std::pair<uint32_t, std::string_view>>;

// Of a module that imports one function and has five more.
std::vector<uint32_t> FunctionsFound(const Names& names) {
  interp::ModuleBuilder builder;
  const uint32_t type = builder.AddType({}, {});
  builder.ImportFunc("env", "f", type);
  for (int i = 0; i < 5; ++i) {
    builder.AddFunc(type, {}, interp::CodeBuilder().End());
  }
  if (!names.empty()) builder.NameFunctions(names);
  const std::vector<uint8_t> bytes = builder.Build();
  absl::StatusOr<interp::Module> module = interp::Decode(bytes);
  EXPECT_TRUE(module.ok()) << module.status();
  return StartupFunctions(*module);
}

TEST(StartupTest, GoesBackFromMainThenFromTheEnd) {
  EXPECT_THAT(FunctionsFound({{1, "os.__File_.Write"},
                              {2, "main.main"},
                              {3, "runtime.wasmExit"},
                              {4, "runtime.rt0_go"},
                              {5, "runtime.schedinit"}}),
              ElementsAre(2, 5, 4, 3, 1));
  EXPECT_THAT(FunctionsFound({{1, "runtime.schedinit"},
                              {2, "main.other"},
                              {3, "os.__File_.Write"},
                              {4, "runtime.rt0_go"},
                              {5, "fmt.Fprintf"}}),
              ElementsAre(1, 4, 3, 5));
}

TEST(StartupTest, FindsNothingWhereThereAreNoSuchNames) {
  EXPECT_THAT(FunctionsFound({}), IsEmpty());
  EXPECT_THAT(FunctionsFound({{0, "runtime.rt0_go"}}), IsEmpty())
      << "an import";
  EXPECT_THAT(FunctionsFound({{1, "runtime.rt0_g"}, {2, "untime.rt0_go"}}),
              IsEmpty());
}

TEST(StartupTest, NamesThatAreThereTwiceDoNoHarm) {
  EXPECT_THAT(FunctionsFound({{1, "runtime.rt0_go"}, {2, "runtime.rt0_go"}}),
              ElementsAre(2));
}

}  // namespace
}  // namespace goshawk::gojs
