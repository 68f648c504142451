// The table of what Go programs import from the host, under the module names
// `go` (Go 1.16 to 1.20) and `gojs` (from 1.21 on). Which of the rows a
// program imports, how often and in which order is its linker's business.

#ifndef GOSHAWK_GOJS_IMPORTS_H_
#define GOSHAWK_GOJS_IMPORTS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "gojs/host.h"
#include "interp/instance.h"

namespace goshawk::gojs {

struct ImportRow {
  std::string_view name;
  interp::HostFunction::Call call;
  std::span<const uint32_t> offsets;  // from SP: parameters, then results
};

// All rows, in the order of wasm_exec.js.
std::span<const ImportRow> Imports();

// The function that `import` names, of `host`. NOT_FOUND, with a message that
// names it, if there is none.
absl::StatusOr<interp::Extern> ResolveImport(Host& host,
                                             const interp::Import& import);

// True if `module` is one that the table serves.
bool IsGoModule(std::string_view module);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_IMPORTS_H_
