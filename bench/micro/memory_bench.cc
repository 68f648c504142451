// Access to memory, with guard pages against explicit checks and on every
// dispatcher. A step is one instruction that accesses memory.

#include <string>

#include "bench/micro/guest.h"
#include "bench/micro/rounds.h"
#include "interp/wasm_op.h"

namespace goshawk::bench {
namespace {

using interp::CodeBuilder;
using interp::WasmOp;

constexpr uint64_t kAccesses = 100;  // in a round

void PushAddress(CodeBuilder& code) {
  code.LocalGet(kFirstValue + 7).Op(WasmOp::kI32WrapI64);
}

void Load(CodeBuilder& code, uint32_t i) {
  PushAddress(code);
  code.Op(WasmOp::kI64Load, 3, 8 * i).LocalSet(kFirstValue + i % 4);
}

void LoadByte(CodeBuilder& code, uint32_t i) {
  PushAddress(code);
  code.Op(WasmOp::kI64Load8U, 0, i).LocalSet(kFirstValue + i % 4);
}

void Store(CodeBuilder& code, uint32_t i) {
  PushAddress(code);
  code.LocalGet(kFirstValue + i % 4).Op(WasmOp::kI64Store, 3, 8 * i);
}

// A load whose address is what the one before loaded: zero, always.
void Chase(CodeBuilder& code, uint32_t) {
  code.LocalGet(kFirstValue).Op(WasmOp::kI32WrapI64);
  code.Op(WasmOp::kI64Load, 3, 0).LocalSet(kFirstValue);
}

struct Row {
  const char* name;
  void (*step)(CodeBuilder& code, uint32_t i);
};
constexpr Row kRows[] = {
    {"load", &Load},
    {"load_byte", &LoadByte},
    {"store", &Store},
    {"chase", &Chase},
};

std::vector<uint8_t> MakeAccesses(const Row& row) {
  CodeBuilder body;
  for (uint32_t i = 0; i < kAccesses; ++i) row.step(body, i);
  return MakeRounds(body);
}

const bool kRegistered = [] {
  for (const Way& way : Ways()) {
    for (const Row& row : kRows) {
      Register("memory/" + way.name + "/" + row.name,
               [&row, options = way.options](auto& state) {
                 MeasureRounds(state, MakeAccesses(row), options, kAccesses);
               });
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
