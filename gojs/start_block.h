// Where a Go program for js finds its arguments and its environment: in its
// memory, at an address that its linker leaves free (wasm_exec.js, run).

#ifndef GOSHAWK_GOJS_START_BLOCK_H_
#define GOSHAWK_GOJS_START_BLOCK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace goshawk::gojs {

struct StartBlock {
  static constexpr uint32_t kAddress = 4096;
  // The program's own data starts here.
  static constexpr uint32_t kEnd = kAddress + 8192;

  std::vector<uint8_t> bytes;  // for kAddress
  uint32_t argc = 0;
  uint32_t argv = 0;  // address
};

// Lays out `args` and `env`. RESOURCE_EXHAUSTED, saying how much is too much,
// if they do not fit; INVALID_ARGUMENT if one of them holds a NUL.
absl::StatusOr<StartBlock> MakeStartBlock(
    const std::vector<std::string>& args,
    const std::map<std::string, std::string>& env);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_START_BLOCK_H_
