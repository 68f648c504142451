#include "tests/interp/go_function.h"

#include <cstring>

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;

CodeBuilder CallStart() {
  return Join({GoMoveSp(-8), CodeBuilder().LocalGet(1).I64Const(0x120000).Op(
                                 WasmOp::kI64Store, 3, 0)});
}

CodeBuilder Count(int32_t by) {
  return CodeBuilder()
      .GlobalGet(1)
      .I64Const(by)
      .Op(WasmOp::kI64Add)
      .GlobalSet(1);
}

}  // namespace

CodeBuilder Join(const std::vector<CodeBuilder>& pieces) {
  CodeBuilder all;
  for (const CodeBuilder& piece : pieces) all.Raw(piece.bytes());
  return all;
}

CodeBuilder GoReload() { return CodeBuilder().GlobalGet(0).LocalSet(1); }

CodeBuilder GoMoveSp(int32_t delta) {
  return CodeBuilder()
      .LocalGet(1)
      .I32Const(delta < 0 ? -delta : delta)
      .Op(delta < 0 ? WasmOp::kI32Sub : WasmOp::kI32Add)
      .LocalTee(1)
      .GlobalSet(0);
}

CodeBuilder GoCall(uint32_t func, uint32_t exit) {
  return Join({CallStart(), CodeBuilder().I32Const(0).Call(func), GoReload(),
               CodeBuilder().BrIf(exit)});
}

CodeBuilder GoCallIndirect(bool narrow, uint32_t exit, uint32_t table) {
  CodeBuilder index;
  if (narrow) {
    index.Op(WasmOp::kI32WrapI64).I32Const(16).Op(WasmOp::kI32ShrU);
  } else {
    index.I64Const(16).Op(WasmOp::kI64ShrU).Op(WasmOp::kI32WrapI64);
  }
  index.LocalSet(0).I32Const(0).LocalGet(0);
  index.Op(WasmOp::kCallIndirect, GoModule::kGoType, table);
  return Join({CallStart(), index, GoReload(), CodeBuilder().BrIf(exit)});
}

CodeBuilder GoStackCheck(uint32_t morestack, uint32_t exit, int32_t large) {
  CodeBuilder check;
  check.LocalGet(1).GlobalGet(2).Op(WasmOp::kI32WrapI64);
  check.Op(WasmOp::kI32Load, 2, 16);
  if (large != 0) check.I32Const(large).Op(WasmOp::kI32Add);
  check.Op(WasmOp::kI32LeU).Begin(WasmOp::kIf);
  return Join({check, GoCall(morestack, exit + 1), CodeBuilder().End()});
}

CodeBuilder GoJump(int32_t block, uint32_t loop) {
  return CodeBuilder().I32Const(block).LocalSet(0).Br(loop);
}

CodeBuilder GoReturn(int32_t frame) {
  return Join(
      {GoMoveSp(frame + 8), CodeBuilder().I32Const(0).Op(WasmOp::kReturn)});
}

CodeBuilder GoYield() { return CodeBuilder().I32Const(1).Op(WasmOp::kReturn); }

CodeBuilder GoStoreLocal(uint32_t local, uint32_t index) {
  return CodeBuilder().LocalGet(1).LocalGet(local).Op(WasmOp::kI64Store, 3,
                                                      8 * index);
}

CodeBuilder GoBody::Code() const {
  CodeBuilder code = Join({GoReload(), before});
  code.Begin(WasmOp::kBlock).Begin(WasmOp::kLoop);
  std::vector<uint32_t> labels;
  for (uint32_t i = 0; i < blocks.size(); ++i) {
    code.Begin(WasmOp::kBlock);
    if (i + 1 < blocks.size()) labels.push_back(i);
  }
  code.LocalGet(0).BrTable(labels, static_cast<uint32_t>(blocks.size()) - 1);
  for (const CodeBuilder& block : blocks) code.End().Raw(block.bytes());
  code.End().End().Raw(after.bytes()).I32Const(1).End();
  return code;
}

std::vector<uint8_t> GoModule::Build() const {
  ModuleBuilder module;
  module.AddType({kI32}, {kI32});
  module.AddType({}, {});
  if (reference_params) module.AddType({kI32, ValueType::kFuncRef}, {});
  module.ImportFunc("env", "step", kGoType);
  auto add = [&module](const std::vector<CodeBuilder>& blocks) {
    module.AddFunc(kGoType, {kI32, kI64, kI64}, GoBody{{}, blocks, {}}.Code());
  };
  add({Join({Count(1), GoReturn()})});
  add({Join({Count(2), GoMoveSp(8), GoYield()})});
  add({Join({CodeBuilder().I64Const(-1).LocalSet(2).I64Const(-2).LocalSet(3),
             GoReturn()})});
  const CodeBuilder pop =
      CodeBuilder().GlobalGet(0).I32Const(8).Op(WasmOp::kI32Add).GlobalSet(0);
  const std::vector<ValueType> dirt(7, kI64);
  CodeBuilder fill;
  for (uint32_t i = 1; i < 7; ++i) fill.I64Const(-1).LocalSet(i);
  for (int32_t result : {1, 0}) {
    module.AddFunc(kGoType, dirt,
                   Join({fill, pop,
                         CodeBuilder()
                             .LocalGet(0)
                             .I32Const(result)
                             .Op(WasmOp::kI32Add)
                             .End()}));
  }
  module.AddFunc(kPlainType, dirt, Join({fill, CodeBuilder().End()}));
  module.AddFunc(kPlainType, {}, Join({pop, pop, CodeBuilder().End()}));

  std::vector<ValueType> all = {kI32};
  all.insert(all.end(), locals.begin(), locals.end());
  module.AddExport("f", ExternKind::kFunc,
                   module.AddFunc(kGoType, all, body.Code()));
  // Calls "f" as nobody in Go does: with a value in a local and on the stack.
  module.AddExport("call", ExternKind::kFunc,
                   module.AddFunc(kGoType, {kI64},
                                  CodeBuilder()
                                      .I64Const(77)
                                      .LocalSet(1)
                                      .I32Const(1000)
                                      .LocalGet(0)
                                      .Call(kTested)
                                      .Op(WasmOp::kI32Add)
                                      .LocalGet(1)
                                      .Op(WasmOp::kI32WrapI64)
                                      .Op(WasmOp::kI32Add)
                                      .End()));
  if (reference_params) {
    module.AddExport("set", ExternKind::kFunc,
                     module.AddFunc(kRefType, {},
                                    CodeBuilder()
                                        .LocalGet(0)
                                        .LocalGet(1)
                                        .Op(WasmOp::kTableSet, 0)
                                        .End()));
  }
  for (int i = 0; i < 2; ++i) {
    module.AddTable({ValueType::kFuncRef, {16, {}}});
  }
  if (export_table) module.AddExport("table", ExternKind::kTable, 0);
  module.AddMemory({{32, {}}});
  module.AddExport("memory", ExternKind::kMemory, 0);
  module.AddGlobal({kI32, true}, CodeBuilder().I32Const(0x1f0000).End());
  module.AddGlobal({kI64, true}, CodeBuilder().I64Const(0).End());
  module.AddGlobal({kI64, true}, CodeBuilder().I64Const(64).End());
  module.AddExport("sp", ExternKind::kGlobal, 0);
  module.AddExport("count", ExternKind::kGlobal, 1);
  module.AddElements(
      CodeBuilder().I32Const(0).End(),
      {0, kLeaf, kYields, kDirties, kOne, kZero, kKeeps, kMovesSp, kTested});
  std::string guard(4, 0);
  std::memcpy(guard.data(), &stack_guard, 4);
  module.AddData(CodeBuilder().I32Const(64 + 16).End(), guard);
  return module.Build();
}

}  // namespace goshawk::interp
