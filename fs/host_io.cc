#include "fs/host_io.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace goshawk::fs {
namespace {

constexpr int64_t kNanosPerSecond = 1'000'000'000;

// Waits until `fd`, which is not blocking, is ready for `events`.
void Wait(int fd, int16_t events) {
  struct pollfd poll_fd = {fd, events, 0};
  Retry([&] { return poll(&poll_fd, 1, -1); });
}

// Calls `read`, which returns a count or sets errno, until it gives an answer.
template <typename Read>
Result<size_t> ReadOnce(int fd, Read read) {
  while (true) {
    const ssize_t count = Retry(read);
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EAGAIN) return LastError();
    Wait(fd, POLLIN);
  }
}

// Calls `write(done)`, which writes what is left behind `done` bytes, until
// all `size` bytes are written.
template <typename Write>
Result<size_t> WriteAll(int fd, size_t size, Write write) {
  size_t done = 0;
  do {
    const ssize_t count = Retry([&] { return write(done); });
    if (count >= 0) {
      done += static_cast<size_t>(count);
    } else if (errno == EAGAIN) {
      Wait(fd, POLLOUT);
    } else if (done > 0) {
      return done;  // the next call meets the error again
    } else {
      return LastError();
    }
  } while (done < size);
  return done;
}

Nanos FromHostTime(const struct timespec& time) {
  return int64_t{time.tv_sec} * kNanosPerSecond + time.tv_nsec;
}

struct timespec ToHostTime(Nanos time) {
  if (time == kTimeNow) return {0, UTIME_NOW};
  if (time == kTimeOmit) return {0, UTIME_OMIT};
  int64_t seconds = time / kNanosPerSecond;
  int64_t nanos = time % kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  return {seconds, nanos};
}

// Inode numbers reach the program as floating point numbers. The few host file
// systems that use all 64 bits keep something in the upper ones that tells
// file systems apart; it is folded in.
uint64_t Fold(uint64_t number) {
  constexpr int kBits = 53;
  return (number ^ (number >> kBits)) & ((uint64_t{1} << kBits) - 1);
}

}  // namespace

void UniqueFd::Reset(int fd) {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

Result<size_t> ReadHost(int fd, std::span<std::byte> buffer) {
  return ReadOnce(fd, [&] { return read(fd, buffer.data(), buffer.size()); });
}

Result<size_t> PreadHost(int fd, std::span<std::byte> buffer, int64_t offset) {
  return ReadOnce(
      fd, [&] { return pread(fd, buffer.data(), buffer.size(), offset); });
}

Result<size_t> WriteHost(int fd, std::span<const std::byte> data) {
  return WriteAll(fd, data.size(), [&](size_t done) {
    return write(fd, data.data() + done, data.size() - done);
  });
}

Result<size_t> PwriteHost(int fd, std::span<const std::byte> data,
                          int64_t offset) {
  return WriteAll(fd, data.size(), [&](size_t done) {
    return pwrite(fd, data.data() + done, data.size() - done,
                  offset + static_cast<int64_t>(done));
  });
}

Result<Names> ReadDirHost(int fd) {
  if (lseek(fd, 0, SEEK_SET) < 0) return LastError();
  Names names;
  alignas(struct dirent64) char buffer[32768];
  while (true) {
    const ssize_t size = getdents64(fd, buffer, sizeof buffer);
    if (size < 0) return LastError();
    if (size == 0) break;
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const struct dirent64*>(buffer + at);
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
      at += entry->d_reclen;
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

Stat FromHostStat(const struct stat& host) {
  Stat stat;
  stat.dev = Fold(host.st_dev);
  stat.ino = Fold(host.st_ino);
  stat.mode = host.st_mode;
  stat.nlink = host.st_nlink;
  stat.uid = host.st_uid;
  stat.gid = host.st_gid;
  stat.rdev = Fold(host.st_rdev);
  stat.size = host.st_size;
  stat.blksize = host.st_blksize;
  stat.blocks = host.st_blocks;
  stat.atime = FromHostTime(host.st_atim);
  stat.mtime = FromHostTime(host.st_mtim);
  stat.ctime = FromHostTime(host.st_ctim);
  return stat;
}

HostTimes::HostTimes(Nanos atime, Nanos mtime)
    : values{ToHostTime(atime), ToHostTime(mtime)} {}

}  // namespace goshawk::fs
