#include "interp/validator.h"

#include "interp/body_checker.h"
#include "interp/status_macros.h"

namespace goshawk::interp {

absl::Status FunctionValidator::Validate(uint32_t defined) {
  return BodyChecker(module_, defined, locals_, stack_).Run();
}

absl::Status ValidateFunction(const Module& module, uint32_t defined) {
  return FunctionValidator(module).Validate(defined);
}

absl::Status ValidateAll(const Module& module) {
  FunctionValidator validator(module);
  for (uint32_t i = 0; i < module.bodies.size(); ++i) {
    RETURN_IF_ERROR(validator.Validate(i));
  }
  return absl::OkStatus();
}

}  // namespace goshawk::interp
