#include "gojs/services.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include <cstdlib>

namespace goshawk::gojs {
namespace {

int64_t Now(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * int64_t{1000000000} + t.tv_nsec;
}

class HostClockImpl final : public Clock {
 public:
  int64_t WallTime() override { return Now(CLOCK_REALTIME); }
  int64_t Monotonic() override { return origin_ + Now(CLOCK_MONOTONIC); }

  int TimezoneOffset(int64_t at) override {
    const time_t seconds = static_cast<time_t>(at / 1000000000);
    tm local;
    if (localtime_r(&seconds, &local) == nullptr) return 0;
    return static_cast<int>(-local.tm_gmtoff / 60);
  }

 private:
  const int64_t origin_ = Now(CLOCK_REALTIME) - Now(CLOCK_MONOTONIC);
};

class HostRandomImpl final : public RandomSource {
 public:
  void Fill(std::span<uint8_t> bytes) override {
    while (!bytes.empty()) {
      const ssize_t n = getrandom(bytes.data(), bytes.size(), 0);
      if (n < 0) {
        if (errno == EINTR) continue;
        // A program must never run on bytes that are not random.
        std::abort();
      }
      bytes = bytes.subspan(static_cast<size_t>(n));
    }
  }
};

}  // namespace

Clock& HostClock() {
  static HostClockImpl* const kClock = new HostClockImpl;
  return *kClock;
}

RandomSource& HostRandom() {
  static HostRandomImpl* const kRandom = new HostRandomImpl;
  return *kRandom;
}

}  // namespace goshawk::gojs
