// Translated code as text: one operation a line, with its operands by kind and
// what it computes.

#ifndef GOSHAWK_INTERP_CODE_DUMP_H_
#define GOSHAWK_INTERP_CODE_DUMP_H_

#include <string>

#include "interp/code_buffer.h"

namespace goshawk::interp {

// The code of one function, with a '>' at positions that are branched to.
std::string Dump(CodeBuffer& code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CODE_DUMP_H_
