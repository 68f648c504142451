#include "tests/guests/guests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace goshawk::guests {
namespace {

using ::testing::StartsWith;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

class GuestsTest : public testing::TestWithParam<Toolchain> {};

TEST_P(GuestsTest, ToolchainCompilesToWasm) {
  GOSHAWK_SKIP_IF_MISSING(GetParam());
  const std::string module = ReadFile(Path("hello", GetParam()));
  EXPECT_THAT(module, StartsWith(std::string("\0asm\1\0\0\0", 8)));
  // The linker notes which Go it belongs to.
  EXPECT_NE(module.find("go" + std::string(GetParam().version)),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Go, GuestsTest, testing::ValuesIn(kToolchains),
                         ToolchainName);

TEST(NewestTest, IsTheLastThatIsThere) {
  const Toolchain* newest = Newest();
  for (const Toolchain& toolchain : kToolchains) {
    if (toolchain.present) {
      ASSERT_NE(newest, nullptr);
      EXPECT_LE(&toolchain, newest);
    }
  }
}

}  // namespace
}  // namespace goshawk::guests
