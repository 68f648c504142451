// A whole file in memory, mapped so that only what is looked at is read.

#ifndef GOSHAWK_TOOLS_MAPPED_FILE_H_
#define GOSHAWK_TOOLS_MAPPED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace goshawk::tools {

class MappedFile {
 public:
  // The message of a failure is the system's: "No such file or directory".
  static absl::StatusOr<MappedFile> Open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  std::span<const uint8_t> bytes() const { return {data_, size_}; }

 private:
  MappedFile(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  const uint8_t* data_;
  size_t size_;
};

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_MAPPED_FILE_H_
