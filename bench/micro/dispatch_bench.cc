// How fast each dispatcher gets from one operation to the next, over what the
// operations are and how many different places of code are hot: a processor
// predicts the jumps of a short loop and runs out of room in a long one.
//
// Sizes are steps in a round; most steps are one operation.

#include <string>

#include "bench/micro/guest.h"
#include "bench/micro/rounds.h"
#include "interp/wasm_op.h"

namespace goshawk::bench {
namespace {

using interp::CodeBuilder;
using interp::WasmOp;

// local = local + local, always the same operation.
void Add(CodeBuilder& code, Random& random) {
  code.LocalGet(random.NextLocal()).LocalGet(random.NextLocal());
  code.Op(WasmOp::kI64Add).LocalSet(random.NextLocal());
}

// Each waits for the one before.
void DependentAdd(CodeBuilder& code, Random& random) {
  code.LocalGet(kFirstValue).LocalGet(kFirstValue + 1 + random.Next(7));
  code.Op(WasmOp::kI64Add).LocalSet(kFirstValue);
}

// Any of 18 operations, in an order that does not repeat within a round.
void Mixed(CodeBuilder& code, Random& random) {
  constexpr WasmOp kOps[] = {
      WasmOp::kI64Add, WasmOp::kI64Sub,  WasmOp::kI64Mul,
      WasmOp::kI64And, WasmOp::kI64Or,   WasmOp::kI64Xor,
      WasmOp::kI64Shl, WasmOp::kI64ShrU, WasmOp::kI64Eq,
  };
  const WasmOp op = kOps[random.Next(std::size(kOps))];
  code.LocalGet(random.NextLocal());
  if (random.Next(2) == 0) {
    code.LocalGet(random.NextLocal());
  } else {
    code.I64Const(2 + random.Next(50));
  }
  code.Op(op);
  if (op == WasmOp::kI64Eq) code.Op(WasmOp::kI64ExtendI32U);
  code.LocalSet(random.NextLocal());
}

// local = memory[local], within the first page of the memory.
void Load(CodeBuilder& code, Random& random) {
  code.LocalGet(kFirstValue + 4 + random.Next(4)).Op(WasmOp::kI32WrapI64);
  code.Op(WasmOp::kI64Load, 3, 8 * random.Next(1000));
  code.LocalSet(kFirstValue + random.Next(4));
}

// A conditional branch that is never taken, or always.
void Branch(CodeBuilder& code, uint32_t a, uint32_t b) {
  code.Begin(WasmOp::kBlock).LocalGet(a).LocalGet(b);
  code.Op(WasmOp::kI64Eq).BrIf(0).End();
}
void BranchNotTaken(CodeBuilder& code, Random& random) {
  const uint32_t a = random.Next(4);
  Branch(code, kFirstValue + a, kFirstValue + 4 + random.Next(4));
}
void BranchTaken(CodeBuilder& code, Random& random) {
  const uint32_t a = random.NextLocal();
  Branch(code, a, a);
}

// One that half of the time is taken, as nothing can foresee: it looks at a bit
// of a linear congruential generator.
void BranchRandom(CodeBuilder& code, Random&) {
  code.LocalGet(kFirstValue).I64Const(6364136223846793005).Op(WasmOp::kI64Mul);
  code.I64Const(1442695040888963407).Op(WasmOp::kI64Add);
  code.LocalTee(kFirstValue).I64Const(0).Op(WasmOp::kI64LtS);
  code.Begin(WasmOp::kIf).LocalGet(kFirstValue + 1).I64Const(1);
  code.Op(WasmOp::kI64Add).LocalSet(kFirstValue + 1).End();
}

// What compilers emit all the time, and superinstructions are made for: two
// counters go on, two values move, a pointer in memory is followed.
void Phrase(CodeBuilder& code, Random& random) {
  switch (random.Next(3)) {
    case 0:
      for (int i = 0; i < 2; ++i) {
        const uint32_t local = kFirstValue + random.Next(4);
        code.LocalGet(local).I64Const(1 + random.Next(8));
        code.Op(WasmOp::kI64Add).LocalSet(local);
      }
      return;
    case 1:
      code.LocalGet(kFirstValue + random.Next(4)).LocalSet(kFirstValue + 6);
      code.LocalGet(kFirstValue + random.Next(4)).LocalSet(kFirstValue + 7);
      return;
    default:
      code.LocalGet(kFirstValue + 4).Op(WasmOp::kI32WrapI64);
      code.Op(WasmOp::kI64Load, 3, 8 * random.Next(1000));
      code.Op(WasmOp::kI32WrapI64);
      code.Op(WasmOp::kI64Load, 3, 8 * random.Next(1000));
      code.LocalSet(kFirstValue + 5);
  }
}

struct Shape {
  const char* name;
  void (*step)(CodeBuilder& code, Random& random);
};
constexpr Shape kShapes[] = {
    {"add", &Add},
    {"dependent_add", &DependentAdd},
    {"mixed", &Mixed},
    {"load", &Load},
    {"branch_not_taken", &BranchNotTaken},
    {"branch_taken", &BranchTaken},
    {"branch_random", &BranchRandom},
    {"phrase", &Phrase},
};
constexpr uint64_t kSizes[] = {10, 30, 100, 300, 1000, 3000, 10'000};

std::vector<uint8_t> MakeChain(const Shape& shape, uint64_t size) {
  CodeBuilder body;
  Random random;
  for (uint64_t i = 0; i < size; ++i) shape.step(body, random);
  return MakeRounds(body);
}

const bool kRegistered = [] {
  for (const Way& way : Ways()) {
    for (const Shape& shape : kShapes) {
      for (uint64_t size : kSizes) {
        Register("dispatch/" + way.name + "/" + shape.name + "/" +
                     std::to_string(size),
                 [&shape, size, options = way.options](auto& state) {
                   MeasureRounds(state, MakeChain(shape, size), options, size);
                 });
      }
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
