// How fast each dispatcher gets from one operation to the next, over what the
// operations are and how many different places of code are hot: a processor
// predicts the jumps of a short loop and runs out of room in a long one.
//
// Every step is one operation. Sizes are steps in a round.

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
};
constexpr uint64_t kSizes[] = {10, 100, 1000, 3000, 10'000};

std::vector<uint8_t> MakeChain(const Shape& shape, uint64_t size) {
  CodeBuilder body;
  Random random;
  for (uint64_t i = 0; i < size; ++i) shape.step(body, random);
  return MakeRounds(body);
}

const bool kRegistered = [] {
  for (std::string_view dispatcher : interp::Dispatchers()) {
    for (const Shape& shape : kShapes) {
      for (uint64_t size : kSizes) {
        const std::string name = std::string("dispatch/") +
                                 std::string(dispatcher) + "/" + shape.name +
                                 "/" + std::to_string(size);
        benchmark::RegisterBenchmark(
            name.c_str(), [&shape, size, dispatcher](benchmark::State& state) {
              MeasureRounds(state, MakeChain(shape, size),
                            OptionsFor(dispatcher), size);
            });
      }
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
