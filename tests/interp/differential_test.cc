// Every way to run a module against every other, on random modules. The
// reference is the plain form of the module run the plainest way. A difference
// is reported with the module's seed, the call that shows it, and the function
// and instruction that it comes from.
//
// GOSHAWK_SEED and GOSHAWK_MODULES, if set, say with which seed to begin and
// how many modules to try.

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/plain_module.h"
#include "tests/interp/random_module.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

uint64_t Setting(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 0);
}

std::vector<CallOutcome> RunCalls(const std::vector<uint8_t>& bytes,
                                  const ModulePlan& plan,
                                  const std::vector<RandomCall>& calls,
                                  const InstanceOptions& options) {
  TestInstance instance(bytes, options);
  std::vector<CallOutcome> outcomes;
  const std::string fuel = "g" + std::to_string(plan.fuel);
  for (const RandomCall& call : calls) {
    instance.Global(fuel) = kFuel;
    if (plan.go) instance.Global("g0") = kGoStack;
    outcomes.push_back(
        instance.Call("f" + std::to_string(call.func), call.args));
  }
  return outcomes;
}

TEST(DifferentialTest, AllWaysToRunAModuleAgree) {
  const uint64_t first = Setting("GOSHAWK_SEED", 1);
  const uint64_t count = Setting("GOSHAWK_MODULES", 1000);
  const std::vector<InstanceOptions> all = AllOptions();
  int failures = 0;
  size_t num_calls = 0, traps = 0;
  for (uint64_t seed = first; seed < first + count && failures < 5; ++seed) {
    const RandomModule module = MakeRandomModule(seed);
    const std::vector<RandomCall> calls = MakeRandomCalls(seed, module.plan);
    const std::vector<CallOutcome> expected =
        RunCalls(MakePlain(module.bytes), module.plan, calls, all[0]);
    if (::testing::Test::HasFailure() && failures == 0) {
      FAIL() << "seed " << seed << " makes no valid module";
    }
    num_calls += expected.size();
    for (const CallOutcome& outcome : expected) {
      if (outcome.trap != Trap::kNone) ++traps;
    }
    for (size_t i = 0; i < all.size(); ++i) {
      const auto run = [&](const std::vector<uint8_t>& bytes) {
        return RunCalls(bytes, module.plan, calls, all[i]);
      };
      const std::vector<CallOutcome> actual = run(module.bytes);
      if (actual == expected) continue;
      size_t step = 0;
      while (actual[step] == expected[step]) ++step;
      ADD_FAILURE() << "seed " << seed << ", call " << step << ", "
                    << "f" << calls[step].func << "\n"
                    << "the reference:\n  " << Describe(expected[step]) << "\n"
                    << Describe(all[i]) << ":\n  " << Describe(actual[step])
                    << "\nthe difference is "
                    << LocateDifference(module.bytes,
                                        [&](const std::vector<uint8_t>& bytes) {
                                          return run(bytes) != expected;
                                        });
      ++failures;
      break;
    }
  }
  // The modules are worth something.
  EXPECT_LT(traps, num_calls * 3 / 4);
  RecordProperty("calls", static_cast<int>(num_calls));
  RecordProperty("traps", static_cast<int>(traps));
}

}  // namespace
}  // namespace goshawk::interp
