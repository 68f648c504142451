// Names of the instructions and types that this engine does not have, for
// messages.

#ifndef GOSHAWK_INTERP_UNSUPPORTED_OP_H_
#define GOSHAWK_INTERP_UNSUPPORTED_OP_H_

#include <cstdint>

#include "absl/status/status.h"

namespace goshawk::interp {

// True for the first byte of codes of which the second part is a u32 number.
constexpr bool IsOpPrefix(uint8_t byte) { return byte >= 0xfb && byte != 0xff; }

// The error for an instruction that wasm_op.def does not have: UNIMPLEMENTED,
// "needs SIMD (v128.load)", if some version of WebAssembly or a proposal has
// it, else INVALID_ARGUMENT, "unknown instruction 0xff". `sub` counts only
// after a prefix.
absl::Status UnsupportedOp(uint8_t byte, uint32_t sub);

// The later feature that a type code outside WebAssembly 2.0 belongs to, or
// null.
const char* FeatureOfType(uint8_t code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_UNSUPPORTED_OP_H_
