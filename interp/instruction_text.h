// Instructions and types as text, nearly as the text format has them: for
// `goshawk dump` and `goshawk info`.

#ifndef GOSHAWK_INTERP_INSTRUCTION_TEXT_H_
#define GOSHAWK_INTERP_INSTRUCTION_TEXT_H_

#include <string>

#include "interp/byte_reader.h"
#include "interp/module.h"
#include "interp/names.h"

namespace goshawk::interp {

// "(i32, i64) -> (i32)"
std::string Text(const FuncType& type);

// Reads the instruction that `in` stands before. Functions have their index
// and name, types of blocks and calls are written out, an alignment is left out
// if it is the natural one: "call 7 main.sum", "block () -> (i32)", "i64.load
// offset=8". REQUIRES: the body is valid, and so is the module.
std::string TakeInstruction(ByteReader& in, const Module& module,
                            const FunctionNames& names);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_INSTRUCTION_TEXT_H_
