// Translated code as text: operations with their operands by kind and what they
// compute.

#ifndef GOSHAWK_INTERP_CODE_DUMP_H_
#define GOSHAWK_INTERP_CODE_DUMP_H_

#include <string>
#include <vector>

#include "interp/code_buffer.h"

namespace goshawk::interp {

// The operations of one function in order, each one line without its end, with
// a '>' at positions that are branched to.
std::vector<std::string> Dump(CodeBuffer& code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CODE_DUMP_H_
