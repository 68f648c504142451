// Validation of function bodies: the algorithm of the specification's appendix
// ("Validation Algorithm") over the bytes of one body, in one pass, without
// recursion and in time linear in its size. module_validator.h checks the rest
// of a module.
//
// The engine has a function validated when it is first called, so most
// functions of a program never are; who wants to know beforehand calls
// ValidateAll. What the translator's walk is sure of (function_translator.h) it
// does not ask for.

#ifndef GOSHAWK_INTERP_VALIDATOR_H_
#define GOSHAWK_INTERP_VALIDATOR_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "interp/module.h"
#include "interp/type_stack.h"

namespace goshawk::interp {

// Validates bodies one after the other with the same scratch memory. One thread
// at a time.
class FunctionValidator {
 public:
  // `module` has passed ValidateModule and must outlive this.
  explicit FunctionValidator(const Module& module) : module_(module) {}

  // Validates the body of the module's function `defined`, an index into
  // Module::bodies. INVALID_ARGUMENT for a body that is malformed or invalid,
  // UNIMPLEMENTED if it needs a feature that we do not have; one line:
  // "function 123 "main.main" at offset 0x1234: type mismatch: i64.add expects
  // i64, found f32".
  absl::Status Validate(uint32_t defined);

 private:
  const Module& module_;
  std::vector<ValueType> locals_;
  TypeStack stack_;
};

// Validates one body. For many, use one FunctionValidator.
absl::Status ValidateFunction(const Module& module, uint32_t defined);

// Validates every body of a module that has passed ValidateModule.
absl::Status ValidateAll(const Module& module);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_VALIDATOR_H_
