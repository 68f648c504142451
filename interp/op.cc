#include "interp/op.h"

#include <array>

#include "interp/control.h"

namespace goshawk::interp {
namespace {

constexpr OpInfo kInfos[] = {
#define OP(base, d, a, b, ...) \
  {Base::k##base, Kind::k##d, Kind::k##a, Kind::k##b, __VA_ARGS__::kWords},
#include "interp/op.def"
};

constexpr const char* kBaseNames[] = {
#define BASE(base, doc) #base,
#include "interp/op.def"
};

constexpr const char* kDocs[] = {
#define BASE(base, doc) doc,
#include "interp/op.def"
};

constexpr int kNumBases = sizeof(kDocs) / sizeof(kDocs[0]);

// Operations are found by base and kinds: the operations of one base follow
// each other, so a byte says which of them it is. No operation's d is a J, and
// no a a constant.
constexpr size_t IndexOf(Base base, Kind d, Kind a, Kind b) {
  constexpr size_t kKindsOfD = kNumKinds, kKindsOfA = 5;
  const size_t index_of_a = a == Kind::kN ? 4 : static_cast<size_t>(a);
  return ((static_cast<size_t>(base) * kKindsOfD + static_cast<size_t>(d)) *
              kKindsOfA +
          index_of_a) *
             kNumKinds +
         static_cast<size_t>(b);
}

constexpr uint8_t kNoOp = 0xff;

struct OpTable {
  std::array<uint16_t, kNumBases> first{};
  std::array<uint8_t, IndexOf(static_cast<Base>(kNumBases), Kind::kS, Kind::kS,
                              Kind::kS)>
      offset{};
};

constexpr OpTable kOps = [] {
  OpTable table;
  for (uint8_t& offset : table.offset) offset = kNoOp;
  for (int i = kNumOps; i-- > 0;) {
    table.first[static_cast<size_t>(kInfos[i].base)] = static_cast<uint16_t>(i);
  }
  for (int i = 0; i < kNumOps; ++i) {
    const OpInfo& info = kInfos[i];
    table.offset[IndexOf(info.base, info.d, info.a, info.b)] =
        static_cast<uint8_t>(i - table.first[static_cast<size_t>(info.base)]);
  }
  return table;
}();

}  // namespace

const OpInfo& Info(Op op) { return kInfos[static_cast<size_t>(op)]; }

Op FindOp(Base base, Kind d, Kind a, Kind b) {
  // An operand a that is a constant is one that nothing takes.
  if (a == Kind::kI || a == Kind::kJ) return Op::kNone;
  const uint8_t offset = kOps.offset[IndexOf(base, d, a, b)];
  if (offset == kNoOp) return Op::kNone;
  return static_cast<Op>(kOps.first[static_cast<size_t>(base)] + offset);
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

Base Exchanged(Base base) {
  switch (base) {
#define SAME(op)    \
  case Base::k##op: \
    return base;
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
    EXCHANGED(Sub64, RSub64)
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
