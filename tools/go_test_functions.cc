#include "tools/go_test_functions.h"

#include "gojs/program.h"

namespace goshawk::tools {

void AddGoTestFunctions(gojs::WasmFunctions& functions) {
  functions.Add("_gotest", "add", [](uint32_t a, uint32_t b) { return a + b; });
  functions.Add("_gotest", "callExport",
                [](gojs::Program& program, int32_t a,
                   int64_t b) -> absl::StatusOr<int64_t> {
                  absl::Status status = program.CallExport("testExport0");
                  if (!status.ok()) return status;
                  return program.CallExport<int64_t>("testExport", a, b);
                });
}

}  // namespace goshawk::tools
