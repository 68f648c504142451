#include "bench/micro/rounds.h"

#include "interp/wasm_op.h"

namespace goshawk::bench {

using interp::CodeBuilder;
using interp::ExternKind;
using interp::MemoryType;
using interp::ValueType;
using interp::WasmOp;

RoundsModule::RoundsModule()
    : run_type(builder.AddType({ValueType::kI64}, {ValueType::kI64})) {
  builder.AddMemory(MemoryType{{.min = 1, .max = 1}});
}

std::vector<uint8_t> RoundsModule::Finish(const CodeBuilder& body) {
  CodeBuilder code;
  for (uint32_t i = 0; i < kNumValues; ++i) {
    code.I64Const(int64_t{8} * (i + 1)).LocalSet(kFirstValue + i);
  }
  code.Begin(WasmOp::kLoop).Raw(body.bytes());
  code.LocalGet(0).I64Const(1).Op(WasmOp::kI64Sub).LocalTee(0);
  code.I64Const(0).Op(WasmOp::kI64Ne).BrIf(0).End();
  code.LocalGet(kFirstValue).End();
  const std::vector<ValueType> locals(kNumValues, ValueType::kI64);
  builder.AddExport("run", ExternKind::kFunc,
                    builder.AddFunc(run_type, locals, code));
  return builder.Build();
}

std::vector<uint8_t> MakeRounds(const CodeBuilder& body) {
  return RoundsModule().Finish(body);
}

}  // namespace goshawk::bench
