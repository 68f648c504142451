// Validation of everything in a module but its function bodies (WebAssembly
// 2.0, section 3.4): types, limits, indices, constant expressions, names of
// exports. The time needed is that of the module's entries.

#ifndef GOSHAWK_INTERP_MODULE_VALIDATOR_H_
#define GOSHAWK_INTERP_MODULE_VALIDATOR_H_

#include "absl/status/status.h"
#include "interp/module.h"

namespace goshawk::interp {

// INVALID_ARGUMENT for an invalid module, UNIMPLEMENTED if it needs a feature
// that we do not have; one line with the entry at fault: "section 7 (export),
// entry 3 ("run"): unknown function 77". Nothing in a module may be used as an
// index before this has passed.
absl::Status ValidateModule(const Module& module);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_MODULE_VALIDATOR_H_
