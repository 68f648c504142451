// The import module `_gotest`, which every launcher of Go offers
// (wasm_exec.js): Go's own tests of package syscall/js use it.

#ifndef GOSHAWK_TOOLS_GO_TEST_FUNCTIONS_H_
#define GOSHAWK_TOOLS_GO_TEST_FUNCTIONS_H_

#include "gojs/wasm_functions.h"

namespace goshawk::tools {

void AddGoTestFunctions(gojs::WasmFunctions& functions);

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_GO_TEST_FUNCTIONS_H_
