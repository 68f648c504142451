// What a file is that is not a WebAssembly module.

#ifndef GOSHAWK_INTERP_FILE_KIND_H_
#define GOSHAWK_INTERP_FILE_KIND_H_

#include "absl/status/status.h"
#include "interp/module.h"

namespace goshawk::interp {

// The error for a file whose first bytes are not a module's: tells text and
// WebAssembly's text format from other bytes. REQUIRES: `bytes` is not empty.
absl::Status NotAModule(Bytes bytes);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FILE_KIND_H_
