// Instructions as they are read, skipped and written out.

#include "interp/instruction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

#include "interp/decoder.h"
#include "interp/instruction_text.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using ::testing::ElementsAre;

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
constexpr ValueType kF64 = ValueType::kF64;

// The code of a module's last function and what to read it with. It need not
// be valid for more than the reader.
class InstructionTest : public testing::Test {
 protected:
  void Take(const CodeBuilder& code) {
    ModuleBuilder builder;
    builder.AddType({kI32}, {kI32});
    const uint32_t type = builder.AddType({kI32, kI64}, {});
    builder.ImportFunc("env", "f", type);
    builder.AddFunc(type, {kI64, kF64}, code);
    builder.NameFunctions({{0, "main.sum"}});
    bytes_ = builder.Build();
    module_ = *Decode(bytes_);
  }

  ByteReader Instructions() const {
    return InstructionsOf(module_.bytes, module_.bodies[0]);
  }

  std::vector<std::string> Lines(const CodeBuilder& code) {
    Take(code);
    const FunctionNames names(module_);
    std::vector<std::string> lines;
    for (ByteReader in = Instructions(); !in.AtEnd();) {
      lines.push_back(TakeInstruction(in, module_, names));
    }
    return lines;
  }

  std::vector<uint8_t> bytes_;
  Module module_;
};

TEST_F(InstructionTest, ControlAsText) {
  EXPECT_THAT(Lines(CodeBuilder()
                        .Begin(WasmOp::kBlock)
                        .Begin(WasmOp::kIf, kF64)
                        .Begin(WasmOp::kLoop, 0u)
                        .BrTable({3, 1}, 2)
                        .BrIf(300)
                        .Call(0)
                        .Call(1)
                        .Op(WasmOp::kCallIndirect, 1, 0)
                        .Op(WasmOp::kCallIndirect, 0, 2)
                        .Op(WasmOp::kReturn)
                        .End()),
              ElementsAre("block", "if () -> (f64)", "loop (i32) -> (i32)",
                          "br_table 3 1 2", "br_if 300", "call 0 main.sum",
                          "call 1 func[1]", "call_indirect (i32, i64) -> ()",
                          "call_indirect 2 (i32) -> (i32)", "return", "end"));
}

TEST_F(InstructionTest, NumbersAsText) {
  EXPECT_THAT(Lines(CodeBuilder()
                        .I32Const(-1)
                        .I64Const(INT64_MIN)
                        .F32Const(std::bit_cast<uint32_t>(0.1f))
                        .F64Const(std::bit_cast<uint64_t>(-1e300))
                        .F64Const(0x7ff0000000000000)
                        .F64Const(0x7ff8000000000000)),
              ElementsAre("i32.const -1", "i64.const -9223372036854775808",
                          "f32.const 0.1", "f64.const -1e+300", "f64.const inf",
                          "f64.const nan"));
}

TEST_F(InstructionTest, MemoryTablesAndVariablesAsText) {
  EXPECT_THAT(
      Lines(CodeBuilder()
                .Op(WasmOp::kI64Load, 3, 0)
                .Op(WasmOp::kI64Load, 0, 4294967295)
                .Op(WasmOp::kI64Store16, 1, 8)
                .Op(WasmOp::kMemoryGrow, 0)
                .Op(WasmOp::kMemoryCopy, 0, 0)
                .Op(WasmOp::kMemoryInit, 5, 0)
                .Op(WasmOp::kDataDrop, 5)
                .Op(WasmOp::kTableInit, 6, 1)
                .Op(WasmOp::kTableCopy, 2, 3)
                .Op(WasmOp::kTableGet, 4)
                .RefNull(ValueType::kExternRef)
                .LocalTee(200)
                .GlobalGet(7)
                .Op(WasmOp::kSelectTyped, 1, static_cast<uint32_t>(kI64))),
      ElementsAre("i64.load", "i64.load offset=4294967295 align=1",
                  "i64.store16 offset=8", "memory.grow", "memory.copy",
                  "memory.init 5", "data.drop 5", "table.init 6 1",
                  "table.copy 2 3", "table.get 4", "ref.null externref",
                  "local.tee 200", "global.get 7", "select (i64)"));
}

// Each instruction by itself, with immediates that are numbers of two bytes
// where they can be: what is skipped is what is written out.
TEST_F(InstructionTest, SkippingEndsWhereReadingEnds) {
#define WASM_OP(enumerator, ...) WasmOp::enumerator,
  for (const WasmOp op : {
#include "interp/wasm_op.def"
       }) {
#undef WASM_OP
    CodeBuilder code;
    code.Op(op);
    switch (Info(op).immediate) {
      case ImmediateKind::kNone:
        break;
      case ImmediateKind::kBlockType:
      case ImmediateKind::kRefType:
        code.Raw({0x70});
        break;
      case ImmediateKind::kTypeAndTable:
        code.Raw({1, 0x80, 1});
        break;
      case ImmediateKind::kLabelTable:
        code.Raw({2, 0x80, 1, 0x81, 1, 0x82, 1});
        break;
      case ImmediateKind::kTypeList:
        code.Raw({2, 0x70, 0x6f});
        break;
      case ImmediateKind::kF32:
        code.Raw({1, 2, 3, 4});
        break;
      case ImmediateKind::kF64:
        code.Raw({1, 2, 3, 4, 5, 6, 7, 8});
        break;
      case ImmediateKind::kMemory:
        code.Raw({0});
        break;
      case ImmediateKind::kTwoMemories:
        code.Raw({0, 0});
        break;
      case ImmediateKind::kDataAndMemory:
        code.Raw({0x80, 1, 0});
        break;
      case ImmediateKind::kMemArg:
        code.Raw({0, 0x80, 1});
        break;
      case ImmediateKind::kTwoTables:
      case ImmediateKind::kElemAndTable:
        code.Raw({0x80, 1, 0x81, 1});
        break;
      default:
        code.Raw({0x80, 1});
    }
    Take(code);
    ByteReader skipped = Instructions();
    EXPECT_EQ(ReadOp(skipped), op);
    SkipImmediate(skipped, Info(op).immediate);
    EXPECT_TRUE(skipped.AtEnd() && skipped.ok()) << Name(op);
    ByteReader in = Instructions();
    EXPECT_THAT(TakeInstruction(in, module_, FunctionNames(module_)),
                testing::StartsWith(Name(op)));
    EXPECT_TRUE(in.AtEnd() && in.ok()) << Name(op);
  }
}

}  // namespace
}  // namespace goshawk::interp
