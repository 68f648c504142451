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

// Operations by what they are: a cuckoo hash table, so that finding that there
// is none takes no longer, and neither has to be predicted. An entry is the key
// and, in its low 12 bits, the Op. A key is at one of its two places.
inline constexpr size_t kTableSize = 4096;
inline constexpr uint32_t kEmpty = UINT32_MAX;
extern const std::array<uint32_t, kTableSize> kTable;

constexpr uint32_t Key(Base base, Kind d, Kind a, Kind b) {
  return static_cast<uint32_t>(base) << 9 | static_cast<uint32_t>(d) << 6 |
         static_cast<uint32_t>(a) << 3 | static_cast<uint32_t>(b);
}
struct Places {
  size_t first, second;
};
constexpr Places PlacesOf(uint32_t key) {
  const uint32_t hash = key * 2654435761u;
  return {hash >> 20, hash >> 8 & (kTableSize - 1)};
}

}  // namespace op_internal

// The operation for a combination, or Op::kNone.
inline Op FindOp(Base base, Kind d, Kind a, Kind b) {
  const uint32_t key = op_internal::Key(base, d, a, b);
  const op_internal::Places places = op_internal::PlacesOf(key);
  const uint32_t first = op_internal::kTable[places.first];
  const uint32_t second = op_internal::kTable[places.second];
  const uint32_t entry = first >> 12 == key ? first : second;
  return entry >> 12 == key ? static_cast<Op>(entry & 0xfff) : Op::kNone;
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
