// What small functions are translated to, compared with the files in golden/.
// A change there is to be looked at, and then taken with
//
//   GOSHAWK_UPDATE_GOLDEN=$PWD/tests/interp/golden bazel run
//   //tests/interp:golden_test
//
// Addresses differ from run to run and are left out.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/go_function.h"
#include "tests/interp/module_builder.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
constexpr ValueType kF64 = ValueType::kF64;

CodeBuilder Code() { return CodeBuilder(); }

void Compare(const std::string& name, const std::vector<uint8_t>& bytes,
             uint32_t func) {
  // Fused operations change with the profiles that chose them.
  InstanceOptions options;
  options.fuse = false;
  TestInstance instance(bytes, options);
  const std::string text = std::regex_replace(
      instance.Dump(func), std::regex("0x[0-9a-f]{6,} *"), "address ");
  if (const char* folder = std::getenv("GOSHAWK_UPDATE_GOLDEN")) {
    std::ofstream(std::string(folder) + "/" + name + ".txt") << text;
    return;
  }
  std::ifstream file("tests/interp/golden/" + name + ".txt");
  ASSERT_TRUE(file) << name;
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {}));
}

std::vector<uint8_t> OneFunction(const FuncType& type,
                                 const std::vector<ValueType>& locals,
                                 const CodeBuilder& code) {
  ModuleBuilder module;
  module.AddFunc(module.AddType(type.params, type.results), locals, code);
  module.AddMemory({{1, {}}});
  return module.Build();
}

// for (; n != 0; --n) sum += memory[4 * n]
TEST(GoldenTest, Loop) {
  Compare("loop",
          OneFunction({{kI32}, {kI64}}, {kI64},
                      Code()
                          .Begin(WasmOp::kLoop)
                          .LocalGet(0)
                          .I32Const(2)
                          .Op(WasmOp::kI32Shl)
                          .Op(WasmOp::kI64Load32U, 2, 0)
                          .LocalGet(1)
                          .Op(WasmOp::kI64Add)
                          .LocalSet(1)
                          .LocalGet(0)
                          .I32Const(1)
                          .Op(WasmOp::kI32Sub)
                          .LocalTee(0)
                          .BrIf(0)
                          .End()
                          .LocalGet(1)
                          .End()),
          0);
}

TEST(GoldenTest, Recursion) {
  Compare("recursion",
          OneFunction({{kI32}, {kI32}}, {},
                      Code()
                          .LocalGet(0)
                          .I32Const(2)
                          .Op(WasmOp::kI32LtU)
                          .Begin(WasmOp::kIf, kI32)
                          .LocalGet(0)
                          .Op(WasmOp::kElse)
                          .LocalGet(0)
                          .I32Const(1)
                          .Op(WasmOp::kI32Sub)
                          .Call(0)
                          .LocalGet(0)
                          .I32Const(2)
                          .Op(WasmOp::kI32Sub)
                          .Call(0)
                          .Op(WasmOp::kI32Add)
                          .End()
                          .End()),
          0);
}

TEST(GoldenTest, Floats) {
  Compare("floats",
          OneFunction({{kF64, kF64}, {kF64}}, {},
                      Code()
                          .LocalGet(0)
                          .LocalGet(1)
                          .Op(WasmOp::kF64Mul)
                          .LocalGet(0)
                          .LocalGet(0)
                          .LocalGet(1)
                          .Op(WasmOp::kF64Lt)
                          .Op(WasmOp::kSelect)
                          .Op(WasmOp::kF64Sqrt)
                          .End()),
          0);
}

TEST(GoldenTest, GoLeaf) {
  GoModule module;
  module.body.blocks = {Join({GoMoveSp(-16),
                              Code()
                                  .LocalGet(1)
                                  .LocalGet(1)
                                  .Op(WasmOp::kI64Load, 3, 24)
                                  .LocalGet(1)
                                  .Op(WasmOp::kI64Load, 3, 32)
                                  .Op(WasmOp::kI64Add)
                                  .Op(WasmOp::kI64Store, 3, 40),
                              GoReturn(16)})};
  Compare("go_leaf", module.Build(), GoModule::kTested);
}

TEST(GoldenTest, GoCalls) {
  GoModule module;
  module.body.blocks = {Join({GoStackCheck(GoModule::kZero, 2), GoMoveSp(-32),
                              GoCall(GoModule::kLeaf, 2), GoJump(1, 1)}),
                        Join({Code().LocalGet(1).Op(WasmOp::kI64Load, 3, 8),
                              GoCallIndirect(true, 1), GoReturn(32)})};
  Compare("go_calls", module.Build(), GoModule::kTested);
}

// A local lives across a call and one is read before it is written.
TEST(GoldenTest, GoLocals) {
  GoModule module;
  module.body.blocks = {
      Join({Code().I64Const(5).LocalSet(2), GoCall(GoModule::kLeaf, 1),
            GoStoreLocal(2, 1), GoStoreLocal(3, 2), GoReturn()})};
  Compare("go_locals", module.Build(), GoModule::kTested);
}

}  // namespace
}  // namespace goshawk::interp
