#include "bench/micro/guest.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "bench/micro/hardware_counters.h"
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

uint64_t CountDispatches(const Instance& instance) {
  uint64_t sum = 0;
  for (const interp::FunctionProfile& profile : instance.Profile()) {
    sum += profile.dispatches;
  }
  return sum;
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
  auto total = [this] { return CountDispatches(*instance_); };
  constexpr uint64_t kRounds = 10;
  Run(1);  // translates
  const uint64_t start = total();
  Run(1);
  const uint64_t one = total();
  Run(1 + kRounds);
  const uint64_t all = total();
  return static_cast<double>((all - one) - (one - start)) / kRounds;
}

std::vector<Way> Ways() {
  std::vector<Way> ways;
  const auto add = [&ways](std::string name, std::string_view dispatcher,
                           MemoryProtection protection, bool fuse) {
    Way& way = ways.emplace_back();
    way.name = std::move(name);
    way.options.dispatcher = std::string(dispatcher);
    way.options.protection = protection;
    way.options.fuse = fuse;
  };
  for (std::string_view name : interp::Dispatchers()) {
    if (name == "tail") {
      add("tail-fused", name, MemoryProtection::kGuardPages, true);
      add("tail", name, MemoryProtection::kGuardPages, false);
      add("tail-checks", name, MemoryProtection::kExplicitChecks, false);
    } else {
      add(std::string(name), name, MemoryProtection::kExplicitChecks, false);
    }
  }
  return ways;
}

benchmark::internal::Benchmark* Register(
    const std::string& name, std::function<void(benchmark::State&)> run) {
  auto* registered = benchmark::RegisterBenchmark(name.c_str(), std::move(run));
  const char* iterations = std::getenv("GOSHAWK_BENCH_ITERATIONS");
  if (iterations != nullptr) registered->Iterations(std::atoi(iterations));
  return registered;
}

InstanceOptions Counting(InstanceOptions options) {
  options.dispatcher.clear();
  options.protection = MemoryProtection::kExplicitChecks;
  options.count = true;
  return options;
}

void SetCounters(benchmark::State& state, double steps, double dispatches) {
  using benchmark::Counter;
  const auto each = [](double per_iteration) {
    return Counter(per_iteration,
                   Counter::kIsIterationInvariantRate | Counter::kInvert);
  };
  state.counters["step"] = each(steps);
  if (dispatches == 0) return;
  state.counters["dispatches"] = dispatches / steps;
  state.counters["dispatch"] = each(dispatches);
}

void MeasureRounds(benchmark::State& state, const std::vector<uint8_t>& module,
                   const InstanceOptions& options, uint64_t steps) {
  const double dispatches = Guest(module, Counting(options)).CountRound();
  Guest guest(module, options);
  const uint64_t rounds = std::max<uint64_t>(1, kStepsPerRun / steps);
  benchmark::DoNotOptimize(guest.Run(1));  // translates
  HardwareCounters hardware;
  hardware.Start();
  for (auto _ : state) benchmark::DoNotOptimize(guest.Run(rounds));
  const std::vector<HardwareCounters::Count> counts = hardware.Stop();

  const double all = dispatches * static_cast<double>(rounds);
  SetCounters(state, static_cast<double>(steps * rounds), all);
  for (const HardwareCounters::Count& count : counts) {
    state.counters[count.name] = benchmark::Counter(
        count.value / all, benchmark::Counter::kAvgIterations);
  }
}

namespace {
// Google Benchmark shows it with every result.
const bool kContextAdded = [] {
  const HardwareCounters hardware;
  benchmark::AddCustomContext("hardware_counters", hardware.why_not().empty()
                                                       ? "available"
                                                       : hardware.why_not());
  return true;
}();
}  // namespace

}  // namespace goshawk::bench
