// The operations of the machine as data: an enumeration and what there is to
// know of each, all from op.def.

#ifndef GOSHAWK_INTERP_OP_H_
#define GOSHAWK_INTERP_OP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "interp/machine.h"

namespace goshawk::interp {

// What an operation computes.
enum class Base : uint16_t {
#define BASE(base, doc) k##base,
#include "interp/op.def"
};

// Where an operand is; see operand.h.
enum class Kind : uint8_t { kS, kA, kM, kF, kI, kJ, kN };
inline constexpr int kNumKinds = 7;

// What an operation computes from where to where.
enum class Op : uint16_t {
#define OP(base, d, a, b, ...) k##base##_##d##a##b,
#include "interp/op.def"
  kNone,  // no such combination
};
inline constexpr int kNumOps = static_cast<int>(Op::kNone);

// What an operation does to accumulator A.
enum class AccumulatorUse : uint8_t {
  kUnknown,
  kLeaves,  // nothing
  kSets,    // its result is there
  kKeeps,   // its result is there, and in the slot that x names
};

struct OpInfo {
  Base base;
  Kind d, a, b;
  uint8_t words;  // length in code words
  AccumulatorUse use;
  // Which fields name slots: a bit for each of x, y and z that it reads, and
  // kWritesX.
  uint8_t slot_fields;

  static constexpr uint8_t kWritesX = 1 << kNumFields;
};

// One for each operation.
extern const OpInfo kOpInfos[];
inline const OpInfo& Info(Op op) { return kOpInfos[static_cast<size_t>(op)]; }

namespace op_internal {

inline constexpr size_t kNumBases = [] {
  size_t count = 0;
#define BASE(base, doc) ++count;
#include "interp/op.def"
  return count;
}();

// Operations by what they are. Each base has a row of places, one for each
// combination of kinds, of which it uses a few; the rows lie over one another
// where none needs the place of another one.
struct Rows {
  static constexpr size_t kSize = 2048 + 512;
  std::array<uint16_t, kNumBases> first{};  // by base, where its row begins
  // By place, the base whose it is, and in the low 16 bits the operation.
  std::array<uint32_t, kSize> entries{};
};
extern const Rows kRows;

constexpr size_t Column(Kind d, Kind a, Kind b) {
  return static_cast<size_t>(d) << 6 | static_cast<size_t>(a) << 3 |
         static_cast<size_t>(b);
}

}  // namespace op_internal

// The operation for a combination, or Op::kNone.
inline Op FindOp(Base base, Kind d, Kind a, Kind b) {
  using op_internal::kRows;
  const size_t place =
      kRows.first[static_cast<size_t>(base)] + op_internal::Column(d, a, b);
  const uint32_t entry = kRows.entries[place];
  return entry >> 16 == static_cast<uint32_t>(base)
             ? static_cast<Op>(entry & 0xffff)
             : Op::kNone;
}

// The accumulator that takes the results of a computation.
Kind AccumulatorFor(Base base);

// The number of words of the operation at `word`, tables included. REQUIRES:
// Word::handler holds the Op.
uint32_t OpLength(const Word* word);

// Whether fields x and y are the operands a and b, which elsewhere are y and z.
bool IsBranch(Base base);
// Whether field x names a slot that the operation writes.
inline bool WritesSlot(Op op) {
  return (Info(op).slot_fields & OpInfo::kWritesX) != 0;
}

// "Add64_SSI"
std::string Name(Op op);
// "d = a + b"
const char* Doc(Base base);

// A load or store whose address is computed on the way; Base::kUnreachable
// where there is no such operation.
struct AddressForms {
  Base base;
  uint32_t size;       // in bytes, which the index is multiplied by
  Base indexed;        // a plus the index b
  Base const_indexed;  // a constant b plus the index a
  Base summed;         // a plus an immediate
  Base at_sp;          // sp plus an immediate plus the index a
};
// Those of a load or store; none of them for what is neither.
const AddressForms& FormsOf(Base base);
// True if the high byte of z is a factor, and its low byte the operand b or
// what that is made of.
bool HasFactor(Base base);

// The branch for a comparison: taken when it holds (`sense`) or when not.
Base BranchOn(Base comparison, bool sense);

// The comparison that holds when this one does not; itself for floating point,
// where there is none.
Base Opposite(Base comparison);

// The same operation with its operands exchanged; Base::kUnreachable if there
// is none.
Base Exchanged(Base base);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_OP_H_
