// Loops that one handler runs from beginning to end, with their slots in
// machine registers: no dispatch, and no value that waits for a slot, from one
// round to the next. The list is loop.def.
//
// As with fused sequences (fusion.h), nothing changes in the code but the
// handler of the loop's first word. The loop ends wherever control leaves the
// way that the row describes; slots are written then.

#ifndef GOSHAWK_INTERP_LOOP_H_
#define GOSHAWK_INTERP_LOOP_H_

#include <cstdint>

#include "interp/machine.h"

namespace goshawk::interp {

// The row of loop.def that describes the loop at words[head]; -1 if there is
// none. REQUIRES: a branch leads back to `head`, and Word::handler holds the
// Op.
int FindLoop(const Word* words, uint32_t head);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOOP_H_
