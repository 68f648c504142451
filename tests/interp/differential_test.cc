// Every way to run a module against every other, on random modules. The
// reference is the plain form of the module run the plainest way. A difference
// is reported with the module's seed and the function called.
//
// GOSHAWK_SEED and GOSHAWK_MODULES, if set, say with which seed to begin and
// how many modules to try.

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/random_module.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

uint64_t Setting(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 0);
}

struct Step {
  std::string name;
  std::vector<uint64_t> args;
};

// Calls every function of the module a few times.
std::vector<Step> MakeSteps(uint64_t seed, const ModulePlan& plan) {
  Random random(~seed);
  std::vector<Step> steps;
  for (int round = 0; round < 3; ++round) {
    for (uint32_t i = plan.imported_funcs; i < plan.funcs.size(); ++i) {
      Step step{"f" + std::to_string(i), {}};
      for (ValueType type : plan.types[plan.funcs[i]].params) {
        // References are null; where to resume is mostly somewhere.
        uint64_t bits = RandomBits(random, type);
        if (plan.funcs[i] == kGoType && random.Chance(70)) bits %= 6;
        step.args.push_back(bits);
      }
      steps.push_back(std::move(step));
    }
  }
  return steps;
}

std::vector<CallOutcome> RunSteps(const RandomModule& module, bool plain,
                                  const std::vector<Step>& steps,
                                  const InstanceOptions& options) {
  TestInstance instance(plain ? module.plain_bytes : module.bytes, options);
  std::vector<CallOutcome> outcomes;
  const std::string fuel = "g" + std::to_string(module.plan.fuel);
  for (const Step& step : steps) {
    instance.Global(fuel) = 1500;
    if (module.plan.go) instance.Global("g0") = 0x8000;
    outcomes.push_back(instance.Call(step.name, step.args));
  }
  return outcomes;
}

TEST(DifferentialTest, AllWaysToRunAModuleAgree) {
  const uint64_t first = Setting("GOSHAWK_SEED", 1);
  const uint64_t count = Setting("GOSHAWK_MODULES", 1000);
  const std::vector<InstanceOptions> all = AllOptions();
  int failures = 0;
  size_t calls = 0, traps = 0;
  for (uint64_t seed = first; seed < first + count && failures < 5; ++seed) {
    const RandomModule module = MakeRandomModule(seed);
    const std::vector<Step> steps = MakeSteps(seed, module.plan);
    const std::vector<CallOutcome> expected =
        RunSteps(module, true, steps, all[0]);
    if (::testing::Test::HasFailure() && failures == 0) {
      FAIL() << "seed " << seed << " makes no valid module";
    }
    calls += expected.size();
    for (const CallOutcome& outcome : expected) {
      if (outcome.trap != Trap::kNone) ++traps;
    }
    for (size_t i = 0; i < all.size(); ++i) {
      const std::vector<CallOutcome> actual =
          RunSteps(module, false, steps, all[i]);
      if (actual == expected) continue;
      size_t step = 0;
      while (actual[step] == expected[step]) ++step;
      ADD_FAILURE() << "seed " << seed << ", call " << step << ", "
                    << steps[step].name << "\n"
                    << "the reference:\n  " << Describe(expected[step]) << "\n"
                    << Describe(all[i]) << ":\n  " << Describe(actual[step]);
      ++failures;
      break;
    }
  }
  // The modules are worth something.
  EXPECT_LT(traps, calls * 3 / 4);
  RecordProperty("calls", static_cast<int>(calls));
  RecordProperty("traps", static_cast<int>(traps));
}

}  // namespace
}  // namespace goshawk::interp
