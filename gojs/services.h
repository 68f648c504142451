// What a program may ask of the machine beside files: the time and random
// bytes. Both can be replaced, for runs that repeat exactly.

#ifndef GOSHAWK_GOJS_SERVICES_H_
#define GOSHAWK_GOJS_SERVICES_H_

#include <cstdint>
#include <span>

namespace goshawk::gojs {

// Times are nanoseconds since 1970-01-01 00:00 UTC.
class Clock {
 public:
  virtual ~Clock() = default;

  // What a calendar shows; may jump when the host's clock is set.
  virtual int64_t WallTime() = 0;

  // Never goes back. Starts near WallTime(); timers are measured with it.
  virtual int64_t Monotonic() = 0;

  // Minutes that local time is behind UTC at the time `at`, which is what
  // Date.getTimezoneOffset answers: -60 in Berlin in winter.
  virtual int TimezoneOffset(int64_t at) = 0;

  // A program waits for Monotonic() to reach `deadline`. True if the clock
  // went there at once; false, as by default, if somebody has to wait.
  virtual bool SkipTo(int64_t /*deadline*/) { return false; }
};

// The host's clock and time zone. Threads: any, it lives for ever.
Clock& HostClock();

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void Fill(std::span<uint8_t> bytes) = 0;
};

// The kernel's generator. Threads: any, it lives for ever.
RandomSource& HostRandom();

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_SERVICES_H_
