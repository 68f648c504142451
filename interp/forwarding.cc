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

// Whether the operation, of those slot_fields, reads `slot`.
bool ReadsSlot(const Word& word, uint8_t slot_fields, uint32_t slot) {
  const uint32_t reads = (word.x == slot ? 1u : 0u) |
                         (word.y == slot ? 2u : 0u) |
                         ((word.z & 0xffu) == slot ? 4u : 0u);
  return (reads & slot_fields) != 0;
}

}  // namespace

void ForwardResults(CodeBuffer& code) {
  constexpr uint32_t kNone = UINT32_MAX;
  const uint8_t* labelled = code.Labelled().data();
  absl::Span<const uint32_t> starts = code.Starts();
  starts.remove_suffix(1);
  uint32_t slot = kNone;  // whose value the accumulator holds
  // What comes next cannot be predicted, so there are few branches here.
  for (const uint32_t start : starts) {
    slot = labelled[start] != 0 ? kNone : slot;
    Word& word = code.at(start);
    const OpInfo* info = &Info(static_cast<Op>(word.handler));
    if (ReadsSlot(word, info->slot_fields, slot)) {
      const Op changed =
          WithAccumulator(static_cast<Op>(word.handler), word, slot);
      if (changed != Op::kNone) {
        word.handler = static_cast<uint32_t>(changed);
        info = &Info(changed);
      }
    }
    const bool overwritten =
        (info->slot_fields & OpInfo::kWritesX) != 0 && word.x == slot;
    const bool leaves = info->use == AccumulatorUse::kLeaves && !overwritten;
    slot = leaves ? slot : kNone;
    slot = info->use == AccumulatorUse::kKeeps ? word.x : slot;
  }
}

}  // namespace goshawk::interp
