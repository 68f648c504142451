// Shared libraries, loaded by a program that is linked dynamically and by one
// that is not: this test is built as both.

#include "fs/shared_library.h"

#include <dlfcn.h>

#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace goshawk::fs {
namespace {

TEST(SharedLibraryTest, GivesFunctionsThatRun) {
  std::string error;
  void* const library = LoadSharedLibrary("libz.so.1", error);
  ASSERT_NE(library, nullptr) << error;
  EXPECT_EQ(error, "");
  using Crc32 = uint64_t (*)(uint64_t, const char*, uint32_t);
  const auto crc32 = reinterpret_cast<Crc32>(dlsym(library, "crc32"));
  ASSERT_NE(crc32, nullptr);
  EXPECT_EQ(crc32(0, "123456789", 9), 0xcbf43926);
}

TEST(SharedLibraryTest, SaysWhatIsMissing) {
  std::string error;
  EXPECT_EQ(LoadSharedLibrary("libgoshawk-nothing.so.1", error), nullptr);
  EXPECT_THAT(error, testing::HasSubstr("libgoshawk-nothing.so.1"));
}

}  // namespace
}  // namespace goshawk::fs
