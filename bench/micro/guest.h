// A module made for a benchmark, running.

#ifndef GOSHAWK_BENCH_MICRO_GUEST_H_
#define GOSHAWK_BENCH_MICRO_GUEST_H_

#include <cstdint>
#include <functional>
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

// The operations that the instance has run. REQUIRES: options from Counting().
uint64_t CountDispatches(const interp::Instance& instance);

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

  // The operations of one round. REQUIRES: options from Counting().
  double CountRound();

 private:
  interp::Module module_;
  std::unique_ptr<interp::Instance> instance_;
  interp::Function* run_ = nullptr;
};

// Ways to run the same code, by name: the dispatchers, each with the best
// protection of memory that it can do and without superinstructions, so that
// they are compared over the same operations, and the fastest of them with
// what else it can do.
struct Way {
  std::string name;
  interp::InstanceOptions options;
};
std::vector<Way> Ways();

// Registers a benchmark with Google Benchmark. If the environment variable
// GOSHAWK_BENCH_ITERATIONS is a number, there will be so many iterations, for
// tools that count instead of timing.
benchmark::internal::Benchmark* Register(
    const std::string& name, std::function<void(benchmark::State&)> run);

// The same options, to count operations with.
interp::InstanceOptions Counting(interp::InstanceOptions options);

// Sets the counters of a benchmark each iteration of which is `steps` steps,
// for which `dispatches` operations run (the last two not if that is none):
//
//   step        the time of one step
//   dispatches  the operations of one step, before any are fused
//   dispatch    the time of one of these
void SetCounters(benchmark::State& state, double steps, double dispatches);

// Measures "run" of the module, a round of which is `steps` steps, in an
// instance made with `options`. Counters as above, a step's with its share of
// the round's own counter and jump back; besides, for each operation and as far
// as the processor counts them: instructions, branches, branch_misses.
void MeasureRounds(benchmark::State& state, const std::vector<uint8_t>& module,
                   const interp::InstanceOptions& options, uint64_t steps);

}  // namespace goshawk::bench

#endif  // GOSHAWK_BENCH_MICRO_GUEST_H_
