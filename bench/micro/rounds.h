// Modules whose function "run" goes round a loop; see Guest.

#ifndef GOSHAWK_BENCH_MICRO_ROUNDS_H_
#define GOSHAWK_BENCH_MICRO_ROUNDS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "tests/interp/module_builder.h"

namespace goshawk::bench {

// Locals of "run", all i64. Local 0 counts rounds down. The body of the loop
// may change those from kFirstValue on, which start as small numbers; the first
// of them is the result.
inline constexpr uint32_t kFirstValue = 1;
inline constexpr uint32_t kNumValues = 8;

// A module under construction: function "run" of type `run_type` is still to be
// added; the memory has one page of zeroes.
struct RoundsModule {
  RoundsModule();

  // Adds "run" around `body`, which is what one round does.
  std::vector<uint8_t> Finish(const interp::CodeBuilder& body);

  interp::ModuleBuilder builder;
  uint32_t run_type;
};

// A module that needs nothing but "run".
std::vector<uint8_t> MakeRounds(const interp::CodeBuilder& body);

// Pseudo-random numbers, the same in every run and on every host.
class Random {
 public:
  // Below `limit`.
  uint32_t Next(uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>((state_ >> 33) % limit);
  }
  // One of the locals that a body may change.
  uint32_t NextLocal() { return kFirstValue + Next(kNumValues); }

 private:
  uint64_t state_ = 1;
};

}  // namespace goshawk::bench

#endif  // GOSHAWK_BENCH_MICRO_ROUNDS_H_
