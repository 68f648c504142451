#include "gojs/go_export.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "interp/decoder.h"
#include "tests/interp/module_builder.h"

namespace goshawk::gojs {
namespace {

using interp::CodeBuilder;
using interp::ModuleBuilder;
using enum interp::ValueType;
using enum interp::WasmOp;

constexpr uint64_t kAddress = uint64_t{0x16a1} << 16 | 1;

CodeBuilder MoveSp(interp::WasmOp direction, int32_t by) {
  CodeBuilder code;
  code.GlobalGet(0).I32Const(by).Op(direction).GlobalSet(0);
  return code;
}

// As Go 1.24 to 1.27 make it of func(int32, int64, unsafe.Pointer, bool)
// float64.
CodeBuilder Wrapper() {
  CodeBuilder code;
  code.GlobalGet(0).Op(kI32Eqz).Begin(kIf).Call(0).End();
  code.Raw(MoveSp(kI32Sub, 40).bytes());
  code.GlobalGet(0).LocalGet(0).Op(kI32Store, 2, 0);
  code.GlobalGet(0).LocalGet(1).Op(kI64Store, 3, 8);
  code.GlobalGet(0).LocalGet(2).Op(kI64ExtendI32U).Op(kI64Store, 3, 16);
  code.GlobalGet(0).LocalGet(3).Op(kI32Store8, 0, 24);
  code.Raw(MoveSp(kI32Sub, 8).bytes());
  code.GlobalGet(0).I64Const(kAddress).Op(kI64Store, 3, 0);
  code.I32Const(0).Call(2).Begin(kIf);
  code.I64Const(kAddress).I64Const(16).Op(kI64ShrU).Op(kI32WrapI64);
  code.Call(0).End();
  code.GlobalGet(0).Op(kF64Load, 3, 32);
  code.Raw(MoveSp(kI32Add, 40).bytes());
  return code.Op(kReturn).Op(kUnreachable).End();
}

// Reads a body of that type; functions 0 and 1 are an import and an empty one.
std::optional<GoExport> Read(const std::vector<interp::ValueType>& params,
                             const std::vector<interp::ValueType>& results,
                             const std::vector<uint8_t>& body,
                             uint32_t function = 2) {
  ModuleBuilder module;
  const uint32_t nothing = module.AddType({}, {});
  module.ImportFunc("m", "f", nothing);
  module.AddFunc(nothing, {}, CodeBuilder().End());
  std::vector<uint8_t> whole = {0};  // no locals
  whole.insert(whole.end(), body.begin(), body.end());
  module.AddFuncBody(module.AddType(params, results), whole);
  const std::vector<uint8_t> bytes = module.Build();
  const auto decoded = interp::Decode(bytes);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_FALSE(ReadEventHandler(*decoded, function).has_value());
  return ReadGoExport(*decoded, function);
}

std::optional<GoExport> Read(const std::vector<uint8_t>& body) {
  return Read({kI32, kI64, kI32, kI32}, {kF64}, body);
}

TEST(GoExportTest, ReadsWhatTheLinkerWrites) {
  const auto found = Read(Wrapper().bytes());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->frame, 40u);
  EXPECT_EQ(found->return_address, kAddress);
  EXPECT_EQ(found->function, 2u);
  std::string fields;
  for (const GoExport::Field& field : found->params) {
    fields += std::to_string(field.offset) + ":" + std::to_string(field.size);
    fields += " ";
  }
  EXPECT_EQ(fields, "0:4 8:8 16:8 24:1 ");
  ASSERT_TRUE(found->result.has_value());
  EXPECT_EQ(found->result->offset, 32u);
  EXPECT_EQ(found->result->size, 8u);
}

TEST(GoExportTest, WithoutParametersAndResultThereIsNoFrame) {
  CodeBuilder code;
  code.GlobalGet(0).Op(kI32Eqz).Begin(kIf).Call(0).End();
  code.Raw(MoveSp(kI32Sub, 8).bytes());
  code.GlobalGet(0).I64Const(kAddress).Op(kI64Store, 3, 0);
  code.I32Const(0).Call(1).Begin(kIf);
  code.I64Const(kAddress).I64Const(16).Op(kI64ShrU).Op(kI32WrapI64);
  code.Call(0).End().Op(kReturn).Op(kUnreachable).End();
  const auto found = Read({}, {}, code.bytes());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->frame, 0u);
  EXPECT_EQ(found->function, 1u);
  EXPECT_FALSE(found->result.has_value());
}

TEST(GoExportTest, NothingElseIsTakenForIt) {
  const std::vector<uint8_t> whole = Wrapper().bytes();
  EXPECT_FALSE(Read({kI32, kI64, kI32, kI32}, {}, whole).has_value());
  EXPECT_FALSE(Read({kI32, kI64, kI32}, {kF64}, whole).has_value());
  EXPECT_FALSE(Read({}, {}, whole, 0).has_value());
  EXPECT_FALSE(Read({}, {}, whole, 3).has_value());
  // After the return may be anything.
  const size_t needed = whole.size() - 2;
  for (size_t size = 0; size < needed; ++size) {
    const std::vector<uint8_t> part(whole.data(), whole.data() + size);
    EXPECT_FALSE(Read(part).has_value()) << size;
  }
  for (size_t i = 0; i < needed; ++i) {
    std::vector<uint8_t> changed = whole;
    changed[i] ^= 0xff;
    static_cast<void>(Read(changed));
  }
}

TEST(GoExportTest, ReadsWhichFunctionHandlesEvents) {
  ModuleBuilder module;
  CodeBuilder code;
  code.I32Const(0).Call(7).Op(kDrop).Call(8).Op(kReturn).End();
  module.AddFunc(module.AddType({}, {}), {}, code);
  const std::vector<uint8_t> bytes = module.Build();
  const auto decoded = interp::Decode(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(ReadEventHandler(*decoded, 0), 7u);
}

}  // namespace
}  // namespace goshawk::gojs
