// Services for runs that repeat exactly: random bytes from a seed, and a clock
// that knows nothing of the host's.

#ifndef GOSHAWK_GOJS_REPEATABLE_H_
#define GOSHAWK_GOJS_REPEATABLE_H_

#include <cstdint>
#include <span>

#include "gojs/services.h"

namespace goshawk::gojs {

// The bytes of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
// Number Generators, 2014), little-endian. Anyone who knows the seed knows them
// all: no keys should be made of them.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  void Fill(std::span<uint8_t> bytes) override;

 private:
  uint64_t state_;
  uint64_t word_ = 0;
  int left_ = 0;  // bytes of word_ not yet given
};

// A clock in UTC that starts at a given time. Looking at it takes a
// microsecond, so that loops which wait for time to pass come to an end; apart
// from that time passes only while the program sleeps, and then at once.
class FixedClock final : public Clock {
 public:
  // `start` in nanoseconds since 1970.
  explicit FixedClock(int64_t start) : now_(start) {}
  int64_t WallTime() override { return Tick(); }
  int64_t Monotonic() override { return Tick(); }
  int TimezoneOffset(int64_t) override { return 0; }
  bool SkipTo(int64_t deadline) override;

 private:
  int64_t Tick() { return now_ += 1000; }

  int64_t now_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_REPEATABLE_H_
