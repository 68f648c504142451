// Go programs do the same in every way that the engine can run them: under
// every dispatcher, with either protection of memory, translated as Go's
// functions or as any other. A difference is reported with the function and
// instruction that it comes from.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "fs/streams.h"
#include "gojs/program.h"
#include "interp/decoder.h"
#include "tests/guests/guests.h"
#include "tests/interp/plain_module.h"
#include "tests/interp/test_instance.h"

namespace goshawk::program_test {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// The exit code and all output, without the times that a program of the
// benchmark suite measures.
std::string Run(const Bytes& bytes, const std::vector<std::string>& args,
                const interp::InstanceOptions& engine) {
  auto module = interp::Decode(bytes);
  if (!module.ok()) return module.status().ToString();
  std::string text;
  gojs::ProgramOptions options;
  options.args = args;
  options.engine = engine;
  options.standard_output = fs::NewOutputStream(&text);
  options.standard_error = options.standard_output;
  auto program = gojs::Program::Load(*module, std::move(options));
  if (!program.ok()) return program.status().ToString();
  const int code = (*program)->Run();
  text.erase(std::min(text.find(" best_ms="), text.size()));
  return "exit " + std::to_string(code) + "\n" + text + (*program)->report();
}

using Ways = std::vector<interp::InstanceOptions>;

void ExpectTheSame(const std::string& path,
                   const std::vector<std::string>& args, const Ways& ways) {
  SCOPED_TRACE(path);
  const Bytes bytes = ReadAll(path);
  const std::string expected = Run(bytes, args, ways[0]);
  EXPECT_EQ(expected.substr(0, 7), "exit 0\n") << expected;
  for (const interp::InstanceOptions& options : ways) {
    const std::string actual = Run(bytes, args, options);
    if (actual == expected) continue;
    ADD_FAILURE() << Describe(options) << ": " << actual << "\ninstead of "
                  << expected << "\nThe difference is "
                  << interp::LocateDifference(bytes, [&](const Bytes& plain) {
                       return Run(plain, args, options) != expected;
                     });
    return;
  }
}

TEST(WaysTest, Guests) {
  const guests::Toolchain* newest = guests::Newest();
  if (newest == nullptr) GTEST_SKIP() << "no toolchain";
  for (const guests::Toolchain& toolchain : {guests::kToolchains[0], *newest}) {
    if (!toolchain.present) continue;
    for (const char* guest : {"gc", "goroutines", "math", "mixed", "random"}) {
      ExpectTheSame(guests::Path(guest, toolchain), {guest},
                    interp::AllOptions());
    }
  }
}

// The plainest way, which differs in everything, and the fastest one.
TEST(WaysTest, BenchmarkSuite) {
  const Ways ways = {interp::AllOptions()[0], {}};
  int programs = 0;
  for (const auto& entry : std::filesystem::directory_iterator("bench")) {
    if (entry.path().extension() != ".wasm") continue;
    ExpectTheSame(entry.path(), {"suite", "small", "1"}, ways);
    ++programs;
  }
  if (programs == 0) GTEST_SKIP() << "no toolchain Go 1.27";
}

}  // namespace
}  // namespace goshawk::program_test
