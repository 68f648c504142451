// Calls: of a function, through the table, of the host. A step is one call and
// the return from it.

#include <string>

#include "bench/micro/guest.h"
#include "bench/micro/rounds.h"
#include "interp/wasm_op.h"

namespace goshawk::bench {
namespace {

using interp::CodeBuilder;
using interp::ValueType;
using interp::WasmOp;

constexpr uint64_t kCalls = 10;  // in a round

// run calls a function that returns its parameter plus one.
std::vector<uint8_t> MakeCalls() {
  RoundsModule module;
  const uint32_t callee = module.builder.AddFunc(
      module.run_type, {},
      CodeBuilder().LocalGet(0).I64Const(1).Op(WasmOp::kI64Add).End());
  CodeBuilder body;
  for (uint64_t i = 0; i < kCalls; ++i) {
    body.LocalGet(kFirstValue).Call(callee).LocalSet(kFirstValue);
  }
  return module.Finish(body);
}

// The same through a table of eight such functions, one after the other or all
// the time the same.
std::vector<uint8_t> MakeIndirectCalls(bool same) {
  constexpr uint32_t kFunctions = 8;
  RoundsModule module;
  std::vector<uint32_t> callees;
  callees.reserve(kFunctions);
  for (uint32_t i = 0; i < kFunctions; ++i) {
    callees.push_back(module.builder.AddFunc(
        module.run_type, {},
        CodeBuilder().LocalGet(0).I64Const(i).Op(WasmOp::kI64Add).End()));
  }
  module.builder.AddTable({ValueType::kFuncRef, {kFunctions, kFunctions}});
  module.builder.AddElements(CodeBuilder().I32Const(0).End(), callees);
  CodeBuilder body;
  for (uint64_t i = 0; i < kCalls; ++i) {
    const auto index = static_cast<int32_t>(same ? 0 : i % kFunctions);
    body.LocalGet(kFirstValue).I32Const(index);
    body.Op(WasmOp::kCallIndirect, module.run_type, 0).LocalSet(kFirstValue);
  }
  return module.Finish(body);
}

std::vector<uint8_t> MakeHostCalls() {
  RoundsModule module;
  const uint32_t host = module.builder.ImportFunc("env", "f", module.run_type);
  CodeBuilder body;
  for (uint64_t i = 0; i < kCalls; ++i) {
    body.LocalGet(kFirstValue).Call(host).LocalSet(kFirstValue);
  }
  return module.Finish(body);
}

struct Row {
  const char* name;
  std::vector<uint8_t> (*make)();
};
constexpr Row kRows[] = {
    {"direct", &MakeCalls},
    {"indirect_one", [] { return MakeIndirectCalls(true); }},
    {"indirect_many", [] { return MakeIndirectCalls(false); }},
    {"host", &MakeHostCalls},
};

const bool kRegistered = [] {
  for (const Way& way : Ways()) {
    for (const Row& row : kRows) {
      Register("call/" + way.name + "/" + row.name,
               [&row, options = way.options](auto& state) {
                 MeasureRounds(state, row.make(), options, kCalls);
               });
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
