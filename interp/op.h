// The operations of the machine as data: an enumeration and what there is to
// know of each, all from op.def.

#ifndef GOSHAWK_INTERP_OP_H_
#define GOSHAWK_INTERP_OP_H_

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

struct OpInfo {
  Base base;
  Kind d, a, b;
  uint8_t words;  // length in code words
};

// One for each operation.
extern const OpInfo kOpInfos[];
inline const OpInfo& Info(Op op) { return kOpInfos[static_cast<size_t>(op)]; }

// The operation for a combination, or Op::kNone.
Op FindOp(Base base, Kind d, Kind a, Kind b);

// The number of words of the operation at `word`, tables included. REQUIRES:
// Word::handler holds the Op.
uint32_t OpLength(const Word* word);

// "Add64_SSI"
std::string Name(Op op);
// "d = a + b"
const char* Doc(Base base);

// The load or store whose address is an indexed one, kIndexLoad64 for kLoad64;
// Base::kUnreachable if there is none. The same for a constant address that is
// indexed, and for a sum with an immediate.
Base Indexed(Base base);
Base ConstIndexed(Base base);
Base Summed(Base base);
// How many bytes a load or store that can be indexed moves.
uint32_t AccessSize(Base base);
// True if the high byte of z is a factor, and its low byte the operand b.
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
