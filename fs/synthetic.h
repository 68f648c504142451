// What the kernel gives to files of the host, for those that live in this
// process: device numbers and the time. Private to the backends.

#ifndef GOSHAWK_FS_SYNTHETIC_H_
#define GOSHAWK_FS_SYNTHETIC_H_

#include <time.h>

#include <atomic>
#include <cstdint>

#include "fs/stat.h"

namespace goshawk::fs {

// A number for Stat::dev that no other call gives and no device of the host
// has: Linux tells processes 32 bits. Any thread may call it.
inline uint64_t NewDevice() {
  static std::atomic<uint64_t> last{uint64_t{1} << 32};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

inline Nanos Now() {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return Nanos{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_SYNTHETIC_H_
