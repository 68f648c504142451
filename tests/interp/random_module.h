// Random valid modules: every seed is a module that decodes and validates, uses
// all instructions but SIMD, comes near the bounds of its memory, traps now and
// then, and ends by itself: loops and calls draw on a fuel that is in a global.
//
// Half of the modules look as if the Go compiler had made them: global 0 is a
// stack pointer, and functions of type (i32) -> (i32) have Go's shape, exactly
// or nearly so (interp/go_shape.h).

#ifndef GOSHAWK_TESTS_INTERP_RANDOM_MODULE_H_
#define GOSHAWK_TESTS_INTERP_RANDOM_MODULE_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "interp/module.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {

// The same numbers on every host.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Bits() {  // splitmix64
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  uint32_t Below(size_t limit) {
    return static_cast<uint32_t>(Bits() % (limit == 0 ? 1 : limit));
  }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  template <class T>
  T Pick(std::initializer_list<T> list) {
    return list.begin()[Below(list.size())];
  }
  template <class T>
  const T& Pick(const std::vector<T>& list) {
    return list[Below(list.size())];
  }

 private:
  uint64_t state_;
};

// What the bodies of a module may refer to.
struct ModulePlan {
  // Type 0 is (i32) -> (i32), that of Go's functions.
  std::vector<FuncType> types;
  std::vector<uint32_t> funcs;  // type of each, imports first
  uint32_t imported_funcs = 0;
  std::vector<GlobalType> globals;
  uint32_t fuel = 0;  // the global that holds it
  bool go = false;    // globals 0 and 2 are those of a Go module
  uint32_t table_size = 0;
  uint32_t data_segments = 0;  // passive
  uint32_t element_segments = 0;
};

inline constexpr uint32_t kGoType = 0;

struct RandomModule {
  std::vector<uint8_t> bytes;
  ModulePlan plan;
};

// Who runs a module gives it fuel before each call and resets Go's stack.
inline constexpr int32_t kFuel = 1500;
inline constexpr int32_t kGoStack = 0x8000;

// All of the module's own functions are exported as f0, f1, ..., its globals as
// g0, g1, ..., its memory as "memory". It imports from "env", without `imports`
// nothing: "mix" (i64, i32) -> (i64) and "step" (i32) -> (i32). Without
// `imports` it exports two more functions for who cannot reach into it: "ready"
// () -> () gives it a little fuel and resets Go's stack, and "hash" () -> (i64)
// depends on all of its memory.
RandomModule MakeRandomModule(uint64_t seed, bool imports = true);

struct RandomCall {
  uint32_t func = 0;  // one of the module's own
  std::vector<uint64_t> args;
};

// Calls of every function of the module, a few of each.
std::vector<RandomCall> MakeRandomCalls(uint64_t seed, const ModulePlan& plan);

// An argument or a constant: small numbers, powers of two, limits, NaNs.
uint64_t RandomBits(Random& random, ValueType type);

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_RANDOM_MODULE_H_
