// What the linker makes of a //go:wasmexport function: a wrapper, exported,
// that puts its parameters where Go expects them, calls the function and, if
// that switches goroutines, runs Go's scheduler until it returns. (Go's
// cmd/internal/obj/wasm/wasmobj.go, genWasmExportWrapper, since Go 1.24.)
//
// The wrapper cannot cope with a function that waits for an event, so the host
// does its work instead (host_exports.cc). Here it is read.

#ifndef GOSHAWK_GOJS_GO_EXPORT_H_
#define GOSHAWK_GOJS_GO_EXPORT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "interp/module.h"

namespace goshawk::gojs {

struct GoExport {
  // A parameter or result: `size` bytes at `offset` from SP.
  struct Field {
    uint32_t offset = 0;
    uint32_t size = 0;
  };
  uint32_t frame = 0;           // how far the wrapper moves SP down
  uint64_t return_address = 0;  // where Go returns to; names the wrapper
  uint32_t function = 0;        // what it calls, an index
  std::vector<Field> params;
  std::optional<Field> result;
};

// Reads the wrapper, an index of one of the module's own functions; nullopt if
// that is no such wrapper.
std::optional<GoExport> ReadGoExport(const interp::Module& module,
                                     uint32_t wrapper);

// The index of runtime.handleEvent, which the exported function "resume" calls
// before it runs Go's scheduler; nullopt if that is not what it does.
std::optional<uint32_t> ReadEventHandler(const interp::Module& module,
                                         uint32_t resume);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_GO_EXPORT_H_
