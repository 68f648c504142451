// The kernel's calls in the words of this package: errors as Errno, EINTR and
// short writes dealt with, numbers converted. Private to the host backends.

#ifndef GOSHAWK_FS_HOST_IO_H_
#define GOSHAWK_FS_HOST_IO_H_

#include <errno.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "fs/errno.h"
#include "fs/file_system.h"
#include "fs/result.h"
#include "fs/stat.h"

namespace goshawk::fs {

// A host descriptor that is closed once, or -1 for none.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.Release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    Reset(other.Release());
    return *this;
  }
  ~UniqueFd() { Reset(-1); }

  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }
  // Closes what was there. The error of close(2) is lost.
  void Reset(int fd);

 private:
  int fd_ = -1;
};

// Calls `call` again for as long as a signal interrupts it.
template <typename Call>
auto Retry(Call call) {
  while (true) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

// What the last call of the kernel failed with.
inline Errno LastError() { return FromHost(errno); }

// kOk, or LastError() if `result`, of the kernel, is negative.
inline Errno CheckHost(int result) {
  return result < 0 ? LastError() : Errno::kOk;
}

// As the methods of File. A descriptor that somebody made non-blocking is
// waited for; writes go on until all is written.
Result<size_t> ReadHost(int fd, std::span<std::byte> buffer);
Result<size_t> PreadHost(int fd, std::span<std::byte> buffer, int64_t offset);
Result<size_t> WriteHost(int fd, std::span<const std::byte> data);
Result<size_t> PwriteHost(int fd, std::span<const std::byte> data,
                          int64_t offset);

// The names in the directory `fd`, from its start, sorted.
Result<Names> ReadDirHost(int fd);

Stat FromHostStat(const struct stat& host);

// Atime and mtime for utimensat(2).
struct HostTimes {
  HostTimes(Nanos atime, Nanos mtime);
  struct timespec values[2];
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_HOST_IO_H_
