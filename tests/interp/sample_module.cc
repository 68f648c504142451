#include "tests/interp/sample_module.h"

#include "tests/interp/module_builder.h"

namespace goshawk::interp {

namespace {

// Some control, memory, tables and numbers.
CodeBuilder Loop() {
  CodeBuilder code;
  code.Begin(WasmOp::kBlock).Begin(WasmOp::kLoop).LocalGet(0);
  code.Begin(WasmOp::kIf, ValueType::kF64);
  code.F64Const(0x3ff0000000000000).Op(WasmOp::kElse);
  code.F32Const(0x3f800000).Op(WasmOp::kF64PromoteF32).End();
  code.Op(WasmOp::kI32TruncSatF64S).LocalTee(0).BrTable({0, 1, 0}, 2);
  code.End().End();
  code.LocalGet(0).I64Const(-5).Op(WasmOp::kI64Store, 3, 8);
  code.LocalGet(0).Op(WasmOp::kI32Load8U, 0, 200).Op(WasmOp::kDrop);
  code.I32Const(0).Op(WasmOp::kTableGet, 0).Op(WasmOp::kRefIsNull).BrIf(0);
  code.Op(WasmOp::kMemorySize, 0).I32Const(1).I32Const(2);
  code.Op(WasmOp::kMemoryInit, 1, 0).Op(WasmOp::kDataDrop, 1);
  code.Call(0).I32Const(3).Op(WasmOp::kCallIndirect, 1, 1);
  code.GlobalGet(1).GlobalSet(1).Op(WasmOp::kReturn).Op(WasmOp::kI64Add);
  return code.Op(WasmOp::kDrop).End();
}

}  // namespace

std::vector<uint8_t> SampleModule() {
  ModuleBuilder m;
  uint32_t type = m.AddType({ValueType::kI32, ValueType::kF64},
                            {ValueType::kI64, ValueType::kExternRef});
  uint32_t none = m.AddType({}, {});
  m.ImportFunc("env", "host", none);
  m.ImportTable("env", "table", {ValueType::kExternRef, {1, 5}});
  m.ImportMemory("env", "memory", {{2, std::nullopt}});
  m.ImportGlobal("env", "global", {ValueType::kF32, false});
  m.AddFunc(type, {ValueType::kI64},
            CodeBuilder().I64Const(1).RefNull(ValueType::kExternRef).End());
  m.AddFunc(none, {ValueType::kI32}, Loop());
  m.AddTable({ValueType::kFuncRef, {10, std::nullopt}});
  m.AddGlobal({ValueType::kI64, true}, CodeBuilder().I64Const(-2).End());
  m.AddGlobal({ValueType::kF32, false}, CodeBuilder().GlobalGet(0).End());
  m.AddGlobal({ValueType::kFuncRef, false},
              CodeBuilder().Op(WasmOp::kRefFunc, 2).End());
  m.AddExport("run", ExternKind::kFunc, 1);
  m.SetStart(2);
  m.AddPassiveElements({1, 2});
  m.SetDataCount(2);
  m.AddData(CodeBuilder().I32Const(16).End(), "abc");
  m.AddPassiveData("xy");
  m.AddCustom("note", {1, 2, 3});
  return m.Build();
}

}  // namespace goshawk::interp
