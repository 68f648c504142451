// Superinstructions: sequences of operations that one handler runs, so that one
// dispatch does the work of several. The list is fusion.def.
//
// A fused sequence changes nothing in the code but the handler of its first
// word. The other operations keep their words, with their own handlers, so a
// branch into the middle of a sequence needs no care, and a branch out of it
// that is not taken may be part of it.
//
// Dispatchers that have no handlers for fused sequences run the same code
// without.

#ifndef GOSHAWK_INTERP_FUSION_H_
#define GOSHAWK_INTERP_FUSION_H_

#include <cstdint>

#include "interp/op.h"

namespace goshawk::interp {

// Finds the longest fused sequence that begins with what has been stepped
// through.
class FusionMatcher {
 public:
  // Appends an operation. False if no sequence goes on like this.
  bool Step(Op op);
  // The sequence that ends with the operation appended last, as an index into
  // fusion.def; -1 if there is none.
  int Match() const { return match_; }

 private:
  uint32_t state_ = 0;
  int match_ = -1;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FUSION_H_
