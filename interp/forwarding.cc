#include "interp/forwarding.h"

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "interp/op.h"

namespace goshawk::interp {
namespace {

// The same operation with the accumulator for one of the operands that are
// `slot`; Op::kNone if there is none.
Op WithAccumulator(Op op, const Word& word, uint32_t slot) {
  const OpInfo& info = Info(op);
  const bool branch = IsBranch(info.base);
  const auto is = [slot](Kind kind, uint32_t field) {
    return kind == Kind::kS && field == slot;
  };
  Op changed = Op::kNone;
  if (is(info.a, branch ? word.x : word.y)) {
    changed = FindOp(info.base, info.d, Kind::kA, info.b);
  }
  if (changed == Op::kNone && is(info.b, branch ? word.y : word.z & 0xffu)) {
    changed = FindOp(info.base, info.d, info.a, Kind::kA);
  }
  if (changed == Op::kNone && is(info.d, word.x) && !WritesSlot(op)) {
    changed = FindOp(info.base, Kind::kA, info.a, info.b);
  }
  return changed;
}

}  // namespace

void ForwardResults(CodeBuffer& code) {
  constexpr uint32_t kNone = UINT32_MAX;
  const std::vector<uint8_t>& labelled = code.Labelled();
  absl::Span<const uint32_t> starts = code.Starts();
  starts.remove_suffix(1);
  uint32_t slot = kNone;  // whose value the accumulator holds
  for (const uint32_t start : starts) {
    if (labelled[start] != 0) slot = kNone;
    Op op = code.OpAt(start);
    Word& word = code.at(start);
    if (slot != kNone) {
      const Op changed = WithAccumulator(op, word, slot);
      if (changed != Op::kNone) {
        op = changed;
        word.handler = static_cast<uint32_t>(op);
      }
    }
    switch (Info(op).use) {
      case AccumulatorUse::kKeeps:
        slot = word.x;
        break;
      case AccumulatorUse::kLeaves:
        if (WritesSlot(op) && word.x == slot) slot = kNone;
        break;
      case AccumulatorUse::kSets:
      case AccumulatorUse::kUnknown:
        slot = kNone;
        break;
    }
  }
}

}  // namespace goshawk::interp
