#include "bench/micro/guest.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "interp/decoder.h"
#include "interp/module_validator.h"

namespace goshawk::bench {

using interp::HostFunction;
using interp::Instance;
using interp::InstanceOptions;
using interp::MemoryProtection;
using interp::Trap;

namespace {

// What one iteration runs, about.
constexpr uint64_t kStepsPerRun = 100'000;

Trap DoNothing(void*, Instance&, uint64_t*) { return Trap::kNone; }

}  // namespace

void Require(bool ok, std::string_view what) {
  if (ok) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

void Require(const absl::Status& status) {
  Require(status.ok(), status.ToString());
}

Guest::Guest(const std::vector<uint8_t>& bytes,
             const InstanceOptions& options) {
  absl::StatusOr<interp::Module> module = interp::Decode(bytes);
  Require(module.status());
  module_ = *std::move(module);
  Require(interp::ValidateModule(module_));
  auto resolve =
      [this](const interp::Import& import) -> absl::StatusOr<interp::Extern> {
    return HostFunction{module_.types[import.type_index], &DoNothing, nullptr};
  };
  auto instance = Instance::Create(module_, resolve, options);
  Require(instance.status());
  instance_ = *std::move(instance);
  Require(instance_->Initialize() == Trap::kNone, "Initialize traps");
  run_ = instance_->FindFunction("run");
  Require(run_ != nullptr, "there is no function \"run\"");
}

uint64_t Guest::Run(uint64_t rounds) {
  uint64_t value = rounds;
  const Trap trap = instance_->Invoke(*run_, &value);
  Require(trap == Trap::kNone, interp::Message(trap));
  return value;
}

double Guest::CountRound() {
  auto total = [this] {
    uint64_t sum = 0;
    for (const interp::FunctionProfile& profile : instance_->Profile()) {
      sum += profile.dispatches;
    }
    return sum;
  };
  constexpr uint64_t kRounds = 10;
  Run(1);  // translates
  const uint64_t start = total();
  Run(1);
  const uint64_t one = total();
  Run(1 + kRounds);
  const uint64_t all = total();
  return static_cast<double>((all - one) - (one - start)) / kRounds;
}

void MeasureRounds(benchmark::State& state, const std::vector<uint8_t>& module,
                   const InstanceOptions& options, uint64_t steps) {
  InstanceOptions counting = options;
  counting.dispatcher.clear();
  counting.protection = MemoryProtection::kExplicitChecks;
  counting.count = true;
  const double dispatches = Guest(module, counting).CountRound();

  Guest guest(module, options);
  const uint64_t rounds = std::max<uint64_t>(1, kStepsPerRun / steps);
  benchmark::DoNotOptimize(guest.Run(1));  // translates
  for (auto _ : state) benchmark::DoNotOptimize(guest.Run(rounds));

  using benchmark::Counter;
  const auto each = [&](double per_round) {
    return Counter(per_round * static_cast<double>(rounds),
                   Counter::kIsIterationInvariantRate | Counter::kInvert);
  };
  state.counters["step"] = each(static_cast<double>(steps));
  state.counters["dispatches"] = dispatches / static_cast<double>(steps);
  state.counters["dispatch"] = each(dispatches);
}

InstanceOptions OptionsFor(std::string_view dispatcher) {
  InstanceOptions options;
  options.dispatcher = std::string(dispatcher);
  options.protection = dispatcher == "tail" ? MemoryProtection::kGuardPages
                                            : MemoryProtection::kExplicitChecks;
  options.fuse = false;
  return options;
}

}  // namespace goshawk::bench
