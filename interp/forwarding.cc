#include "interp/forwarding.h"

#include <array>
#include <bit>
#include <cstdint>

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

// A bit for each byte of x, y and the low half of z, which may name slots, as
// they lie in a word.
constexpr uint32_t kOnes = 0x010101;
constexpr uint32_t kTops = kOnes << 7;

// By slot_fields, the tops of those that are read.
constexpr auto kReads = [] {
  std::array<uint32_t, 2 * OpInfo::kWritesX> reads{};
  for (uint32_t fields = 0; fields < reads.size(); ++fields) {
    for (int field = 0; field < kNumFields; ++field) {
      if ((fields >> field & 1) != 0) reads[fields] |= 0x80u << 8 * field;
    }
  }
  return reads;
}();

uint32_t FieldsOf(const Word& word) {
  static_assert(std::endian::native == std::endian::little);
  return static_cast<uint32_t>(std::bit_cast<uint64_t>(word) >> 32);
}

}  // namespace

void ForwardResults(CodeBuffer& code) {
  const uint8_t* labelled = code.Labelled().data();
  absl::Span<const uint32_t> starts = code.Starts();
  starts.remove_suffix(1);
  // The slot whose value the accumulator holds, in each byte; `known` is kTops
  // or, if there is none, 0.
  uint32_t slot = 0;
  uint32_t known = 0;
  // What comes next cannot be predicted, so there are few branches here.
  for (const uint32_t start : starts) {
    known = labelled[start] != 0 ? 0 : known;
    Word& word = code.at(start);
    const OpInfo* info = &Info(static_cast<Op>(word.handler));
    const uint32_t differences = FieldsOf(word) ^ slot;
    // Those that are 0, and perhaps fields after one that is.
    const uint32_t same = (differences - kOnes) & ~differences & known;
    if ((same & kReads[info->slot_fields]) != 0) {
      const Op changed =
          WithAccumulator(static_cast<Op>(word.handler), word, slot & 0xff);
      if (changed != Op::kNone) {
        word.handler = static_cast<uint32_t>(changed);
        info = &Info(changed);
      }
    }
    const bool overwritten = (info->slot_fields & OpInfo::kWritesX) != 0 &&
                             (differences & 0xff) == 0;
    const bool leaves = info->use == AccumulatorUse::kLeaves && !overwritten;
    known = leaves ? known : 0;
    const bool keeps = info->use == AccumulatorUse::kKeeps;
    slot = keeps ? word.x * kOnes : slot;
    known = keeps ? kTops : known;
  }
}

}  // namespace goshawk::interp
