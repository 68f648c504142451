// What is known about a file: Stat, with the mode bits and the times in it.
// The values are those of Linux, which are also those of Node and Go.

#ifndef GOSHAWK_FS_STAT_H_
#define GOSHAWK_FS_STAT_H_

#include <cstdint>
#include <limits>

namespace goshawk::fs {

// The upper part of Stat::mode: what kind of file it is.
inline constexpr uint32_t kModeTypeMask = 0170000;
inline constexpr uint32_t kModeSocket = 0140000;
inline constexpr uint32_t kModeSymlink = 0120000;
inline constexpr uint32_t kModeRegular = 0100000;
inline constexpr uint32_t kModeBlockDevice = 0060000;
inline constexpr uint32_t kModeDirectory = 0040000;
inline constexpr uint32_t kModeCharDevice = 0020000;
inline constexpr uint32_t kModeFifo = 0010000;

// The lower part: permissions with setuid, setgid and sticky.
inline constexpr uint32_t kModePermMask = 07777;
inline constexpr uint32_t kModeSetUid = 04000;
inline constexpr uint32_t kModeSetGid = 02000;
inline constexpr uint32_t kModeSticky = 01000;

// A point in time: nanoseconds since 1970-01-01 00:00 UTC, negative before.
using Nanos = int64_t;

// Where a time is to be set, these say "now" and "leave it as it is".
inline constexpr Nanos kTimeNow = std::numeric_limits<Nanos>::min();
inline constexpr Nanos kTimeOmit = kTimeNow + 1;

struct Stat {
  // (dev, ino) identifies a file while it exists: Go's os.SameFile and
  // os.Getwd compare them. Both must stay below 2^53, for they reach the
  // program as floating point numbers.
  uint64_t dev = 0;
  uint64_t ino = 0;
  uint32_t mode = 0;  // type and permissions
  uint64_t nlink = 0;
  uint32_t uid = 0;
  uint32_t gid = 0;
  uint64_t rdev = 0;    // of a device
  int64_t size = 0;     // bytes; of a symbolic link, the length of its target
  int64_t blksize = 0;  // bytes, a good size for reading and writing
  int64_t blocks = 0;   // of 512 bytes
  Nanos atime = 0;
  Nanos mtime = 0;
  Nanos ctime = 0;

  bool IsDirectory() const { return (mode & kModeTypeMask) == kModeDirectory; }
  bool IsRegular() const { return (mode & kModeTypeMask) == kModeRegular; }
  bool IsSymlink() const { return (mode & kModeTypeMask) == kModeSymlink; }
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_STAT_H_
