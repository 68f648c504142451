// A function's instructions with the code that they became beside them: what
// `goshawk dump` prints.

#ifndef GOSHAWK_INTERP_LISTING_H_
#define GOSHAWK_INTERP_LISTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "interp/code_buffer.h"
#include "interp/module.h"
#include "interp/names.h"

namespace goshawk::interp {

// Some instructions that were translated together, and their code. A step
// begins where the one before it ends.
struct TranslationStep {
  size_t end;     // the offset in the module behind its last instruction
  uint32_t code;  // the position in the code behind its last operation
};

// One instruction a line, on the left with its offset in the module. To the
// right of the last instruction of a step, and below, are its operations
// (code_dump.h). Operations that were combined stand beside the last
// instruction of both; one whose result was sent elsewhere later stays where it
// was. The first line has the types of the locals, and what opens the function;
// behind the last instruction comes code that was moved out of the way. The
// first of `steps` ends behind the locals.
std::string MakeListing(const Module& module, const FuncBody& body,
                        const std::vector<TranslationStep>& steps,
                        const FunctionNames& names, CodeBuffer& code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LISTING_H_
