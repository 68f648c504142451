#include "tests/interp/plain_module.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "interp/decoder.h"
#include "interp/module_validator.h"
#include "interp/validator.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

// f0(a, b) and f1(a, b) are (a + b) * b; with every kind of immediate before.
std::vector<uint8_t> TwoFunctions() {
  ModuleBuilder module;
  const uint32_t type =
      module.AddType({ValueType::kI32, ValueType::kI32}, {ValueType::kI32});
  for (int i = 0; i < 2; ++i) {
    CodeBuilder code;
    code.I64Const(INT64_MIN).Op(WasmOp::kDrop);
    code.F32Const(1).Op(WasmOp::kDrop).F64Const(2).Op(WasmOp::kDrop);
    code.I32Const(0).Begin(WasmOp::kIf).End();
    code.Begin(WasmOp::kBlock).I32Const(0).BrTable({0, 0, 0}, 0).End();
    code.I32Const(4).Op(WasmOp::kI64Load, 3, 8).Op(WasmOp::kDrop);
    code.I32Const(0).I32Const(0).I32Const(0);
    code.Op(WasmOp::kMemoryFill).Raw({0});
    code.LocalGet(0).LocalGet(1).Op(WasmOp::kI32Add);
    code.LocalGet(1).Op(WasmOp::kI32Mul).End();
    module.AddFunc(type, {ValueType::kI64, ValueType::kI64}, code);
  }
  module.AddMemory({{1, 1}});
  module.NameFunctions({{1, "second"}});
  return module.Build();
}

// Whether the last function multiplies right after its last get of a local.
bool MultipliesAtOnce(const std::vector<uint8_t>& bytes) {
  const std::vector<uint8_t> tail = {0x20, 1, 0x6c, 0x0b};
  const FuncBody body = Decode(bytes)->bodies.back();
  const auto end = bytes.begin() + body.body_offset + body.body_size;
  return std::equal(tail.begin(), tail.end(), end - 4);
}

TEST(PlainModuleTest, PlainModulesAreValid) {
  const std::vector<uint8_t> bytes = TwoFunctions();
  const size_t count = CountInstructions(bytes);
  EXPECT_EQ(MakePlain(bytes, 0).size(), bytes.size());
  for (size_t plain = 1; plain <= count; ++plain) {
    const std::vector<uint8_t> made = MakePlain(bytes, plain);
    const auto module = Decode(made);
    ASSERT_TRUE(module.ok()) << module.status();
    EXPECT_TRUE(ValidateModule(*module).ok());
    EXPECT_TRUE(ValidateAll(*module).ok());
    // Behind the end of a function nothing is added.
    const size_t added = plain - (plain >= count / 2) - (plain == count);
    EXPECT_EQ(CountInstructions(made), count + 2 * added);
  }
}

TEST(PlainModuleTest, ADifferenceIsLocated) {
  EXPECT_EQ(LocateDifference(TwoFunctions(), MultipliesAtOnce),
            "from function 1 second, instruction 23, local.get at offset 176");
}

TEST(PlainModuleTest, ADifferenceThatPlainCodeHasTooIsNot) {
  const auto always = [](const std::vector<uint8_t>&) { return true; };
  EXPECT_EQ(LocateDifference(TwoFunctions(), always),
            "there even if all instructions are plain");
  const auto never = [](const std::vector<uint8_t>&) { return false; };
  EXPECT_EQ(LocateDifference(TwoFunctions(), never), "one that comes and goes");
}

}  // namespace
}  // namespace goshawk::interp
