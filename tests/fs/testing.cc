#include "tests/fs/testing.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace goshawk::fs::testing {

TempDir::TempDir() {
  std::string name = ::testing::TempDir() + "/goshawk_fs_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) abort();
  path_ = std::filesystem::canonical(name);
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void WriteHostFile(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string ReadHostFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<std::string> ReadText(File& file, size_t size) {
  std::string text(size, '\0');
  Result<size_t> count = file.Read(std::as_writable_bytes(std::span(text)));
  if (!count.ok()) return count.error();
  text.resize(*count);
  return text;
}

Result<std::string> PreadText(File& file, int64_t offset, size_t size) {
  std::string text(size, '\0');
  Result<size_t> count =
      file.Pread(std::as_writable_bytes(std::span(text)), offset);
  if (!count.ok()) return count.error();
  text.resize(*count);
  return text;
}

Result<std::string> ReadFile(FileSystem& fs, std::string_view path) {
  Result<std::unique_ptr<File>> file = fs.Open(path, kOpenRead, 0);
  if (!file.ok()) return file.error();
  std::string whole;
  while (true) {
    Result<std::string> piece = ReadText(**file);
    if (!piece.ok() || piece->empty()) {
      return piece.ok() ? Result<std::string>(whole) : piece;
    }
    whole += *piece;
  }
}

Errno WriteFile(FileSystem& fs, std::string_view path, std::string_view text,
                uint32_t mode) {
  Result<std::unique_ptr<File>> file =
      fs.Open(path, kOpenWrite | kOpenCreate | kOpenTruncate, mode);
  if (!file.ok()) return file.error();
  if (!text.empty()) {
    Result<size_t> count = (*file)->Write(Bytes(text));
    if (!count.ok()) return count.error();
  }
  return (*file)->Close();
}

Errno TryOpen(FileSystem& fs, std::string_view path, int flags, uint32_t mode) {
  return fs.Open(path, flags, mode).error();
}

}  // namespace goshawk::fs::testing
