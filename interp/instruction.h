// Valid function bodies, instruction by instruction (section 5.4), for whoever
// wants to see them without computing anything. The validator, which trusts no
// byte, and the translator read for themselves.

#ifndef GOSHAWK_INTERP_INSTRUCTION_H_
#define GOSHAWK_INTERP_INSTRUCTION_H_

#include "interp/byte_reader.h"
#include "interp/module.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// A reader of `body`, in a module's `bytes`, that stands behind the locals.
ByteReader InstructionsOf(Bytes bytes, const FuncBody& body);

// The code of an instruction.
inline WasmOp ReadOp(ByteReader& in) {
  const uint8_t byte = in.Byte();
  if (byte != kPrefixFc) return static_cast<WasmOp>(byte);
  return static_cast<WasmOp>(kPrefixFc << 8 | in.VarU32());
}

// Moves behind what follows the code of an instruction.
void SkipImmediate(ByteReader& in, ImmediateKind kind);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_INSTRUCTION_H_
