#include "interp/op.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <type_traits>

#include "interp/body_of.h"

namespace goshawk::interp {
namespace {

template <class Body>
constexpr AccumulatorUse UseOf() {
  if constexpr (requires { typename Body::Result; }) {
    using Result = typename Body::Result;
    return std::is_same_v<Result, SlotAndA> ? AccumulatorUse::kKeeps
           : std::is_same_v<Result, A>      ? AccumulatorUse::kSets
                                            : AccumulatorUse::kLeaves;
  }
  return AccumulatorUse::kUnknown;
}

constexpr const char* kBaseNames[] = {
#define BASE(base, doc) #base,
#include "interp/op.def"
};

constexpr const char* kDocs[] = {
#define BASE(base, doc) doc,
#include "interp/op.def"
};

// By Base, whether its text in `texts` begins so.
constexpr auto BasesWith(const char* const (&texts)[std::size(kDocs)],
                         std::string_view beginning) {
  std::array<bool, std::size(kDocs)> with{};
  for (size_t i = 0; i < with.size(); ++i) {
    with[i] = std::string_view(texts[i]).starts_with(beginning);
  }
  return with;
}
constexpr auto kBranches = BasesWith(kBaseNames, "Br");
constexpr auto kAssignments = BasesWith(kDocs, "d =");

constexpr uint8_t SlotFields(Base base, Kind d, Kind a, Kind b) {
  const auto bit = [](Kind kind, Field field) {
    return kind == Kind::kS ? 1 << static_cast<int>(field) : 0;
  };
  int fields = 0;
  if (kBranches[static_cast<size_t>(base)]) {
    fields = bit(a, Field::kX) | bit(b, Field::kY);
  } else {
    fields = bit(a, Field::kY) | bit(b, Field::kZ);
    if (!kAssignments[static_cast<size_t>(base)]) {
      fields |= bit(d, Field::kX);
    } else if (d == Kind::kS) {
      fields |= OpInfo::kWritesX;
    }
  }
  return static_cast<uint8_t>(fields);
}

}  // namespace

constexpr OpInfo kOpInfos[] = {
#define OP(base, d, a, b, ...) \
  {Base::k##base,              \
   Kind::k##d,                 \
   Kind::k##a,                 \
   Kind::k##b,                 \
   __VA_ARGS__::kWords,        \
   UseOf<__VA_ARGS__>(),       \
   SlotFields(Base::k##base, Kind::k##d, Kind::k##a, Kind::k##b)},
#include "interp/op.def"
};

namespace op_internal {

constexpr Rows kRows = [] {
  // Plain arrays, and little of anything: compilers do not calculate for ever.
  constexpr size_t kMostColumns = 96;
  constexpr uint16_t kNobody = kNumBases;
  // The operations of each base, which op.def has in any order.
  uint16_t ops[kNumBases][kMostColumns] = {};
  uint16_t columns[kNumBases][kMostColumns] = {};
  size_t sizes[kNumBases] = {};
  size_t longest = 0;
  for (uint16_t op = 0; op < kNumOps; ++op) {
    const OpInfo& info = kOpInfos[op];
    const auto base = static_cast<size_t>(info.base);
    const size_t i = sizes[base]++;
    ops[base][i] = op;
    columns[base][i] = static_cast<uint16_t>(Column(info.d, info.a, info.b));
    longest = std::max(longest, sizes[base]);
  }
  Rows rows;
  uint16_t bases[Rows::kSize];
  // The free place after each, or one on the way there.
  uint16_t next[Rows::kSize];
  for (uint16_t place = 0; place < Rows::kSize; ++place) {
    bases[place] = kNobody;
    next[place] = place + 1;
  }
  // The longest rows are the hardest to place.
  for (size_t size = longest; size > 0; --size) {
    for (uint16_t base = 0; base < kNumBases; ++base) {
      if (sizes[base] != size) continue;
      const uint16_t* const wanted = columns[base];
      size_t place = wanted[0];
      for (size_t fitting = 0; fitting < size;) {
        if (bases[place - wanted[0] + wanted[fitting]] == kNobody) {
          ++fitting;
          continue;
        }
        fitting = 0;
        while (bases[next[place]] != kNobody) next[place] = next[next[place]];
        place = next[place];
      }
      const size_t first = place - wanted[0];
      rows.first[base] = static_cast<uint16_t>(first);
      for (size_t i = 0; i < size; ++i) {
        bases[first + wanted[i]] = base;
        rows.entries[first + wanted[i]] = ops[base][i];
      }
    }
  }
  for (size_t place = 0; place < Rows::kSize; ++place) {
    rows.entries[place] |= uint32_t{bases[place]} << 16;
  }
  return rows;
}();
// A row has room for all columns.
static_assert(*std::max_element(kRows.first.begin(), kRows.first.end()) +
                  Column(Kind::kN, Kind::kN, Kind::kN) <
              Rows::kSize);

}  // namespace op_internal

Kind AccumulatorFor(Base base) {
  static constexpr auto kAccumulators = [] {
    std::array<Kind, std::size(kDocs)> accumulators{};
    for (Kind& accumulator : accumulators) accumulator = Kind::kA;
    for (const OpInfo& info : kOpInfos) {
      if (info.d != Kind::kF) continue;
      accumulators[static_cast<size_t>(info.base)] = Kind::kF;
    }
    return accumulators;
  }();
  return kAccumulators[static_cast<size_t>(base)];
}

uint32_t OpLength(const Word* word) {
  const OpInfo& info = Info(static_cast<Op>(word->handler));
  if (info.base != Base::kJumpTable && info.base != Base::kGoResume) {
    return info.words;
  }
  const auto count = DataAt<uint32_t>(word + 1);
  return info.words + (count + 2) / 2;
}

std::string Name(Op op) {
  const OpInfo& info = Info(op);
  std::string name = kBaseNames[static_cast<size_t>(info.base)];
  name += '_';
  for (Kind kind : {info.d, info.a, info.b}) {
    name += "SAMFIJN"[static_cast<size_t>(kind)];
  }
  return name;
}

bool IsBranch(Base base) { return kBranches[static_cast<size_t>(base)]; }

const char* Doc(Base base) { return kDocs[static_cast<size_t>(base)]; }

Base Opposite(Base comparison) {
  switch (comparison) {
#define OPPOSITES(one, other) \
  case Base::k##one:          \
    return Base::k##other;    \
  case Base::k##other:        \
    return Base::k##one;
    OPPOSITES(Eq64, Ne64)
    OPPOSITES(LtS64, GeS64)
    OPPOSITES(LtU64, GeU64)
    OPPOSITES(GtS64, LeS64)
    OPPOSITES(GtU64, LeU64)
    OPPOSITES(Eq32, Ne32)
    OPPOSITES(LtS32, GeS32)
    OPPOSITES(LtU32, GeU32)
    OPPOSITES(GtS32, LeS32)
    OPPOSITES(GtU32, LeU32)
#undef OPPOSITES
    default:
      return comparison;
  }
}

Base BranchOn(Base comparison, bool sense) {
  const Base opposite = Opposite(comparison);
  if (!sense && opposite != comparison) return BranchOn(opposite, true);
  switch (comparison) {
#define INTEGER(op) \
  case Base::k##op: \
    return Base::kBr##op;
    INTEGER(Eq64)
    INTEGER(Ne64)
    INTEGER(LtS64)
    INTEGER(LtU64)
    INTEGER(GtS64)
    INTEGER(GtU64)
    INTEGER(LeS64)
    INTEGER(LeU64)
    INTEGER(GeS64)
    INTEGER(GeU64)
    INTEGER(Eq32)
    INTEGER(Ne32)
    INTEGER(LtS32)
    INTEGER(LtU32)
    INTEGER(GtS32)
    INTEGER(GtU32)
    INTEGER(LeS32)
    INTEGER(LeU32)
    INTEGER(GeS32)
    INTEGER(GeU32)
#undef INTEGER
#define FLOAT(op)   \
  case Base::k##op: \
    return sense ? Base::kBr##op : Base::kBrNot##op;
    FLOAT(EqF64)
    FLOAT(NeF64)
    FLOAT(LtF64)
    FLOAT(GtF64)
    FLOAT(LeF64)
    FLOAT(GeF64)
    FLOAT(EqF32)
    FLOAT(NeF32)
    FLOAT(LtF32)
    FLOAT(GtF32)
    FLOAT(LeF32)
    FLOAT(GeF32)
#undef FLOAT
    default:
      return Base::kUnreachable;
  }
}

const AddressForms& FormsOf(Base base) {
  using enum Base;
  static constexpr AddressForms kForms[] = {
      {kLoad64, 8, kIndexLoad64, kConstIndexLoad64, kSumLoad64, kSpIndexLoad64},
      {kLoad32U, 4, kIndexLoad32U, kConstIndexLoad32U, kUnreachable,
       kSpIndexLoad32U},
      {kLoad32S, 4, kIndexLoad32S, kConstIndexLoad32S, kUnreachable,
       kUnreachable},
      {kLoad16U, 2, kIndexLoad16U, kConstIndexLoad16U, kUnreachable,
       kUnreachable},
      {kLoad8U, 1, kIndexLoad8U, kConstIndexLoad8U, kUnreachable,
       kSpIndexLoad8U},
      {kStore64, 8, kIndexStore64, kUnreachable, kSumStore64, kSpIndexStore64},
      {kStore32, 4, kIndexStore32, kUnreachable, kUnreachable, kSpIndexStore32},
      {kStore16, 2, kIndexStore16, kUnreachable, kUnreachable, kUnreachable},
      {kStore8, 1, kIndexStore8, kUnreachable, kUnreachable, kSpIndexStore8},
      {kUnreachable, 0, kUnreachable, kUnreachable, kUnreachable, kUnreachable},
  };
  const AddressForms* forms = kForms;
  while (forms->base != base && forms->base != kUnreachable) ++forms;
  return *forms;
}

bool HasFactor(Base base) {
  return base == Base::kIndex64 || base == Base::kConstIndex64 ||
         base == Base::kSpIndex64;
}

Base Exchanged(Base base) {
  switch (base) {
#define SAME(op) case Base::k##op:
#define EXCHANGED(one, other) \
  case Base::k##one:          \
    return Base::k##other;    \
  case Base::k##other:        \
    return Base::k##one;
    SAME(Add64)
    SAME(Mul64)
    SAME(And64)
    SAME(Or64)
    SAME(Xor64)
    SAME(Eq64)
    SAME(Ne64)
    SAME(Eq32)
    SAME(Ne32)
    SAME(AddF64)
    SAME(MulF64)
    SAME(EqF64)
    SAME(NeF64)
    return base;
    EXCHANGED(Sub64, RSub64)
    EXCHANGED(Shl64, RShl64)
    EXCHANGED(SubF64, RSubF64)
    EXCHANGED(DivF64, RDivF64)
    EXCHANGED(LtF64, GtF64)
    EXCHANGED(LeF64, GeF64)
    EXCHANGED(LtS64, GtS64)
    EXCHANGED(LtU64, GtU64)
    EXCHANGED(LeS64, GeS64)
    EXCHANGED(LeU64, GeU64)
    EXCHANGED(LtS32, GtS32)
    EXCHANGED(LtU32, GtU32)
    EXCHANGED(LeS32, GeS32)
    EXCHANGED(LeU32, GeU32)
#undef SAME
#undef EXCHANGED
    default:
      return Base::kUnreachable;
  }
}

}  // namespace goshawk::interp
