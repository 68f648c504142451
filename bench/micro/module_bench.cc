// What a program costs before it runs: decoding its module, validating and
// translating its functions. All of them: programs run about a third.
//
//   bazel run -c opt //bench/micro:module_bench
//   bazel-bin/bench/micro/module_bench --module=program.wasm
//
// Counters: `instruction`, the time for one instruction of WebAssembly; `byte`,
// the time for one byte of function bodies.

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "bench/micro/guest.h"
#include "bench/micro/instruction_count.h"
#include "interp/decoder.h"
#include "interp/linker.h"
#include "interp/module_validator.h"
#include "interp/state.h"
#include "interp/translator.h"
#include "interp/validator.h"

namespace goshawk::bench {
namespace {

using interp::Module;
using interp::Trap;

// The program and what it consists of.
struct Program {
  std::vector<uint8_t> bytes;
  Module module;
  uint64_t body_bytes = 0;
  uint64_t instructions = 0;
};

Program Load(const std::string& path) {
  Program program;
  std::ifstream file(path, std::ios::binary);
  Require(file.good(), "cannot read " + path);
  program.bytes.assign(std::istreambuf_iterator<char>(file), {});
  absl::StatusOr<Module> module = interp::Decode(program.bytes);
  Require(module.status());
  program.module = *std::move(module);
  Require(interp::ValidateModule(program.module));
  Require(interp::ValidateAll(program.module));
  for (const interp::FuncBody& body : program.module.bodies) {
    program.body_bytes += body.body_size;
  }
  program.instructions = CountInstructions(program.module);
  return program;
}

void SetCounters(benchmark::State& state, const Program& program) {
  using benchmark::Counter;
  state.counters["instruction"] =
      Counter(static_cast<double>(program.instructions),
              Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["instructions"] = static_cast<double>(program.instructions);
  state.counters["byte"] =
      Counter(static_cast<double>(program.body_bytes),
              Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["body_bytes"] = static_cast<double>(program.body_bytes);
}

void Decode(benchmark::State& state, const Program& program) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(interp::Decode(program.bytes).ok());
  }
  SetCounters(state, program);
}

void ValidateModule(benchmark::State& state, const Program& program) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(interp::ValidateModule(program.module).ok());
  }
  SetCounters(state, program);
}

void ValidateBodies(benchmark::State& state, const Program& program) {
  for (auto _ : state) Require(interp::ValidateAll(program.module));
  SetCounters(state, program);
}

// Translation includes validation, as it does when a program runs. A program
// that has been linked anew has all its functions still to be translated.
void Translate(benchmark::State& state, const Program& program) {
  auto resolve =
      [&program](
          const interp::Import& import) -> absl::StatusOr<interp::Extern> {
    return interp::HostFunction{
        program.module.types[import.type_index],
        [](void*, interp::Instance&, uint64_t*) { return Trap::kNone; },
        nullptr};
  };
  size_t words = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto linked = std::make_unique<interp::State>();
    linked->module = &program.module;
    linked->options.huge_pages = true;  // as the command has it
    Require(interp::Link(*linked, resolve));
    auto translator = std::make_unique<interp::Translator>(*linked);
    state.ResumeTiming();
    for (interp::Function& function : linked->own_functions) {
      if (function.index < program.module.imported_funcs) continue;
      Require(translator->Translate(function) == Trap::kNone, linked->failure);
    }
    state.PauseTiming();
    words = linked->code.size();
    translator.reset();
    linked.reset();
    state.ResumeTiming();
  }
  SetCounters(state, program);
  state.counters["words"] = static_cast<double>(words);
}

struct Row {
  const char* name;
  void (*run)(benchmark::State& state, const Program& program);
};
constexpr Row kRows[] = {
    {"module/decode", &Decode},
    {"module/validate_module", &ValidateModule},
    {"module/validate_bodies", &ValidateBodies},
    {"module/translate", &Translate},
};

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::string path = GOSHAWK_BENCH_PROGRAM;
  for (int i = 1; i < argc; ++i) {
    constexpr std::string_view kFlag = "--module=";
    const std::string_view argument = argv[i];
    Require(argument.substr(0, kFlag.size()) == kFlag, "usage: --module=FILE");
    path = argument.substr(kFlag.size());
  }
  const Program program = Load(path);
  for (const Row& row : kRows) {
    Register(row.name, [&row, &program](auto& state) {
      row.run(state, program);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace goshawk::bench

int main(int argc, char** argv) { return goshawk::bench::Main(argc, argv); }
