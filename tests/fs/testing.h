// What the tests of package fs share: printing errors, whole files as strings,
// directories of the host that go away.

#ifndef GOSHAWK_TESTS_FS_TESTING_H_
#define GOSHAWK_TESTS_FS_TESTING_H_

#include <cstddef>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "fs/errno.h"
#include "fs/file_system.h"
#include "fs/result.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace goshawk::fs {

// For GoogleTest's messages.
inline void PrintTo(Errno error, std::ostream* out) { *out << Name(error); }

namespace testing {

// A new directory of the host, removed with all that is in it.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

 private:
  std::string path_;
};

// Writes and reads files of the host, with no help of package fs.
void WriteHostFile(const std::string& path, std::string_view text);
std::string ReadHostFile(const std::string& path);

inline std::span<const std::byte> Bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

// Up to `size` bytes, with Read() or Pread().
Result<std::string> ReadText(File& file, size_t size = 4096);
Result<std::string> PreadText(File& file, int64_t offset, size_t size = 4096);

// The whole file at `path`, and a new one with `text` in it.
Result<std::string> ReadFile(FileSystem& fs, std::string_view path);
Errno WriteFile(FileSystem& fs, std::string_view path, std::string_view text,
                uint32_t mode = 0644);

// What opening gives, but for the file.
Errno TryOpen(FileSystem& fs, std::string_view path, int flags,
              uint32_t mode = 0644);

template <typename T>
Errno ErrorOf(const Result<T>& result) {
  return result.error();
}

MATCHER_P(Fails, error,
          std::string(negation ? "is not " : "is ") +
              std::string(Name(error))) {
  *result_listener << "which is " << Name(arg.error());
  return arg.error() == error;
}

MATCHER_P(Gives, value, "succeeds and gives what is expected") {
  if (!arg.ok()) {
    *result_listener << "which is " << Name(arg.error());
    return false;
  }
  return ::testing::ExplainMatchResult(value, *arg, result_listener);
}

}  // namespace testing
}  // namespace goshawk::fs

#endif  // GOSHAWK_TESTS_FS_TESTING_H_
