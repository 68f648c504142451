// Superinstructions: sequences of operations that one handler runs, so that one
// dispatch does the work of several. The list is fusion.def.
//
// A fused sequence changes nothing in the code but the handler of its first
// word. The other operations keep their words, with their own handlers, so a
// branch into the middle of a sequence needs no care, and a branch out of it
// that is not taken may be part of it.
//
// Rows may differ in nothing but what wires their steps have (step.h); the
// first one in the list that holds is taken.
//
// Dispatchers that have no handlers for fused sequences run the same code
// without.

#ifndef GOSHAWK_INTERP_FUSION_H_
#define GOSHAWK_INTERP_FUSION_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "interp/machine.h"
#include "interp/op.h"
#include "interp/step.h"

namespace goshawk::interp {

namespace fusion_internal {

// A set of the pairs of operations that sequences begin with, as a Bloom filter
// of one hash: a bit for each.
inline constexpr int kPairBits = 14;
extern const std::array<uint64_t, (1 << kPairBits) / 64> kPairs;

constexpr uint32_t PlaceOfPair(Op first, Op second) {
  const uint32_t pair =
      static_cast<uint32_t>(first) << 16 | static_cast<uint32_t>(second);
  return pair * 2654435761u >> (32 - kPairBits);
}

}  // namespace fusion_internal

// Whether a fused sequence may begin with these two operations: false for most
// pairs that none begins with. It is the first look, which more than half of
// the operations do not get past.
inline bool MayBeFused(Op first, Op second) {
  const uint32_t place = fusion_internal::PlaceOfPair(first, second);
  return (fusion_internal::kPairs[place / 64] >> place % 64 & 1) != 0;
}

struct FusedSequence {
  int row = -1;  // of fusion.def; -1: no sequence
  uint32_t length = 1;
};

// Whether `wire` leads to the operand `to` of the operation at
// words[starts[step]] from where step.h says it does.
bool WireHolds(const Word* words, absl::Span<const uint32_t> starts,
               size_t step, Field to, Wire wire);

// The longest fused sequence of the operations that start at words[starts[0]],
// words[starts[1]] and so on. REQUIRES: starts is not empty, and Word::handler
// holds the Op.
FusedSequence FindFused(const Word* words, absl::Span<const uint32_t> starts);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FUSION_H_
