// Reads of slots that need not be: what an operation has put into a slot is in
// the accumulator, too (AccumulatorUse::kKeeps), so an operation that comes
// before the next result may take it from there. A value that has just been
// stored takes several cycles to be read again.

#ifndef GOSHAWK_INTERP_FORWARDING_H_
#define GOSHAWK_INTERP_FORWARDING_H_

#include "interp/code_buffer.h"

namespace goshawk::interp {

// Changes operations of finished code that read such a slot to those that read
// the accumulator, where there is such a one.
void ForwardResults(CodeBuffer& code);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FORWARDING_H_
