// A module made by a test, run under given options, and everything about a call
// that the specification determines.

#ifndef GOSHAWK_TESTS_INTERP_TEST_INSTANCE_H_
#define GOSHAWK_TESTS_INTERP_TEST_INSTANCE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "interp/instance.h"
#include "interp/module.h"
#include "interp/trap.h"

namespace goshawk::interp {

// What a call leaves behind. NaN results are all the same NaN.
struct CallOutcome {
  Trap trap = Trap::kNone;
  std::vector<uint64_t> results;
  std::vector<uint64_t> globals;  // of those exported, in the order of exports
  uint64_t memory_size = 0;
  uint64_t memory_hash = 0;
  uint64_t host_hash = 0;  // of what the host functions were called with

  friend bool operator==(const CallOutcome&, const CallOutcome&) = default;
};

std::string Describe(const CallOutcome& outcome);
std::string Describe(const InstanceOptions& options);

// All that runs differently: every dispatcher there is with every protection it
// can do, with Go's shape recognised and not, and at last all functions
// translated ahead. The first one is the plainest.
std::vector<InstanceOptions> AllOptions();

// Fails the test if the module cannot be instantiated. Imports are resolved to
// host functions by name: "mix" (i64, i32) -> (i64) computes something, "step"
// (i32) -> (i32) returns 0 but for one call in 64, when it returns 1; "reenter"
// (i32) -> () calls the exported function "inner" () -> () and ends with what
// that ends with; "exit" () -> () sets the exported global "sp" to 4242 and
// ends the program.
class TestInstance {
 public:
  TestInstance(std::vector<uint8_t> bytes, const InstanceOptions& options);
  ~TestInstance();

  Instance& instance() { return *instance_; }
  const Module& module() const { return module_; }
  // What the start function and the segments left.
  Trap initialized() const { return initialized_; }

  // Calls an exported function.
  CallOutcome Call(const std::string& name, const std::vector<uint64_t>& args);
  uint64_t& Global(const std::string& name);
  uint8_t* memory();
  std::string Dump(uint32_t func);
  // True if the function was translated as one of Go's shape.
  bool IsGoShaped(uint32_t func);

 private:
  absl::StatusOr<Extern> Resolve(const Import& import);

  std::vector<uint8_t> bytes_;
  Module module_;
  std::unique_ptr<Instance> instance_;
  Trap initialized_ = Trap::kNone;
  uint64_t host_hash_ = 0;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_TEST_INSTANCE_H_
