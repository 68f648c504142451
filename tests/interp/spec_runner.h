// Runs the commands of a script of WebAssembly's core test suite on instances
// of this engine.

#ifndef GOSHAWK_TESTS_INTERP_SPEC_RUNNER_H_
#define GOSHAWK_TESTS_INTERP_SPEC_RUNNER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "interp/instance.h"
#include "interp/module.h"
#include "interp/trap.h"
#include "tests/interp/spec_script.h"

namespace goshawk::interp {

// Knows the modules that a script has made so far. One for each script.
class SpecRunner {
 public:
  // All instances get `options`.
  explicit SpecRunner(const InstanceOptions& options);
  ~SpecRunner();
  SpecRunner(const SpecRunner&) = delete;
  SpecRunner& operator=(const SpecRunner&) = delete;

  // Runs the next command; says what is wrong, empty if nothing is.
  std::string Run(const SpecCommand& command);

 private:
  struct Loaded {
    std::vector<uint8_t> bytes;
    Module module;
    std::unique_ptr<Instance> instance;
  };

  // How a call ended.
  struct Outcome {
    Trap trap = Trap::kNone;
    std::vector<uint64_t> results;
    std::string report;  // of the trap
  };

  std::string RunModule(const SpecCommand& command);
  std::string RunRegister(const SpecCommand& command);
  std::string RunReturn(const SpecCommand& command);
  std::string RunTrap(const SpecCommand& command);
  std::string RunRefused(const SpecCommand& command);
  std::string RunUnlinkable(const SpecCommand& command);
  std::string RunUninstantiable(const SpecCommand& command);

  // Decodes and validates. Whatever was made stays until the runner ends:
  // others may share what an instance defined.
  absl::StatusOr<Loaded*> Load(std::vector<uint8_t> bytes);
  absl::Status Link(Loaded& loaded);
  absl::StatusOr<Extern> Resolve(const Import& import) const;
  absl::StatusOr<Outcome> Perform(const SpecAction& action);
  absl::StatusOr<Instance*> Find(const std::string& name) const;

  const InstanceOptions options_;
  std::vector<std::unique_ptr<Loaded>> all_;
  std::map<std::string, Instance*> named_;
  std::map<std::string, Instance*, std::less<>> registered_;
  Instance* last_ = nullptr;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_SPEC_RUNNER_H_
