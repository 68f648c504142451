// A module made for a benchmark, running.

#ifndef GOSHAWK_BENCH_MICRO_GUEST_H_
#define GOSHAWK_BENCH_MICRO_GUEST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "benchmark/benchmark.h"
#include "interp/instance.h"
#include "interp/module.h"

namespace goshawk::bench {

// Ends the program with a message unless `ok`: a benchmark that measures
// something else than it says is worse than none.
void Require(bool ok, std::string_view what);
void Require(const absl::Status& status);

// One instance of one module, which exports a function "run" of type
// (i64) -> (i64): how often to go round, and something that depends on all that
// was computed.
class Guest {
 public:
  // Imports all resolve to a host function that does nothing. `bytes` must
  // outlive the guest.
  Guest(const std::vector<uint8_t>& bytes,
        const interp::InstanceOptions& options);

  // Calls "run".
  uint64_t Run(uint64_t rounds);

  // The operations of one round. REQUIRES: InstanceOptions::count.
  double CountRound();

 private:
  interp::Module module_;
  std::unique_ptr<interp::Instance> instance_;
  interp::Function* run_ = nullptr;
};

// Measures "run" of the module, a round of which is `steps` steps, in an
// instance made with `options`. Counters:
//
//   step        the time of one step, with its share of the round's own counter
//               and jump back
//   dispatches  the operations of one step, before any are fused
//   dispatch    the time of one of these
void MeasureRounds(benchmark::State& state, const std::vector<uint8_t>& module,
                   const interp::InstanceOptions& options, uint64_t steps);

// Options for a dispatcher, with the best protection of memory that it can do.
// Nothing is fused: dispatchers are compared over the same operations.
interp::InstanceOptions OptionsFor(std::string_view dispatcher);

}  // namespace goshawk::bench

#endif  // GOSHAWK_BENCH_MICRO_GUEST_H_
