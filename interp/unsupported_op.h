// Names of the instructions and types that this engine does not have, for
// messages.

#ifndef GOSHAWK_INTERP_UNSUPPORTED_OP_H_
#define GOSHAWK_INTERP_UNSUPPORTED_OP_H_

#include <cstdint>
#include <string>

namespace goshawk::interp {

// True for the first byte of codes of which the second part is a u32 number.
constexpr bool IsOpPrefix(uint8_t byte) { return byte >= 0xfb && byte != 0xff; }

// "needs SIMD (v128.load)" for a code that some version of WebAssembly or a
// proposal defines and wasm_op.def does not have; else
// "unknown instruction 0xff". `sub` counts only after a prefix.
std::string DescribeUnsupportedOp(uint8_t byte, uint32_t sub);

// The later feature that a type code outside WebAssembly 2.0 belongs to, or
// null.
const char* FeatureOfType(uint8_t code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_UNSUPPORTED_OP_H_
