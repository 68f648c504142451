// Real programs under everything the engine can do: each dispatcher, with and
// without superinstructions, guard pages and the recognition of Go's functions.
// A step is a run of the program, from nothing to its exit.
//
//   bazel run //bench/micro:program_bench

#include <fstream>
#include <iterator>
#include <string>

#include "bench/micro/guest.h"
#include "gojs/program.h"
#include "interp/decoder.h"

namespace goshawk::bench {
namespace {

using interp::InstanceOptions;
using interp::Module;

constexpr const char* kKinds[] = {"json", "sort", "strings", "javascript"};

// The module is read once and never freed: benchmarks refer to it.
const Module& TheModule() {
  static const Module& module = *[] {
    std::ifstream file(GOSHAWK_BENCH_PROGRAM, std::ios::binary);
    Require(file.good(), "cannot read " GOSHAWK_BENCH_PROGRAM);
    auto* bytes =
        new std::vector<uint8_t>((std::istreambuf_iterator<char>(file)), {});
    absl::StatusOr<Module> decoded = interp::Decode(*bytes);
    Require(decoded.status());
    return new Module(*std::move(decoded));
  }();
  return module;
}

std::unique_ptr<gojs::Program> Load(const char* kind,
                                    const InstanceOptions& engine) {
  gojs::ProgramOptions options;
  options.args = {"program", kind};
  options.engine = engine;
  auto program = gojs::Program::Load(TheModule(), std::move(options));
  Require(program.status());
  return *std::move(program);
}

void Run(gojs::Program& program) {
  Require(program.Run() == 0, "the program fails: " + program.report());
}

void Measure(benchmark::State& state, const char* kind,
             const InstanceOptions& options) {
  const auto counting = Load(kind, Counting(options));
  Run(*counting);
  const uint64_t dispatches = CountDispatches(counting->instance());
  for (auto _ : state) Run(*Load(kind, options));
  SetCounters(state, 1, static_cast<double>(dispatches));
}

const bool kRegistered = [] {
  std::vector<Way> ways = Ways();
  ways.push_back({"general", {}});
  ways.back().options.go_shape = false;
  for (const Way& way : ways) {
    for (const char* kind : kKinds) {
      Register(std::string("program/") + way.name + "/" + kind,
               [kind, options = way.options](auto& state) {
                 Measure(state, kind, options);
               })
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
