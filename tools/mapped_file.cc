#include "tools/mapped_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace goshawk::tools {
namespace {

absl::Status Failed(int fd, int error) {
  if (fd >= 0) close(fd);
  return absl::UnknownError(strerror(error));
}

}  // namespace

absl::StatusOr<MappedFile> MappedFile::Open(const std::string& path) {
  // Nobody need write to a named pipe just to be told that it is none of ours.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return Failed(fd, errno);
  struct stat s;
  if (fstat(fd, &s) != 0) return Failed(fd, errno);
  if (S_ISDIR(s.st_mode)) return Failed(fd, EISDIR);
  if (!S_ISREG(s.st_mode)) {
    close(fd);
    return absl::InvalidArgumentError("not a regular file");
  }
  const auto size = static_cast<size_t>(s.st_size);
  if (size == 0) {
    close(fd);
    return MappedFile(nullptr, 0);
  }
  void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) return Failed(fd, errno);
  close(fd);
  return MappedFile(static_cast<const uint8_t*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<uint8_t*>(data_), size_);
}

}  // namespace goshawk::tools
