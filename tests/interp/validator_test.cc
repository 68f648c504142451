// What the validator says about invalid modules and bodies. That it accepts and
// refuses the right ones is the core suite's business (spec_validation_test).

#include "interp/validator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "interp/decoder.h"
#include "interp/limits.h"
#include "interp/module_validator.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using ::testing::HasSubstr;

using ByteVector = std::vector<uint8_t>;

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
constexpr ValueType kF32 = ValueType::kF32;
constexpr ValueType kFuncRef = ValueType::kFuncRef;
constexpr ValueType kExternRef = ValueType::kExternRef;

CodeBuilder Const(int32_t value) {
  CodeBuilder code;
  return code.I32Const(value).End();
}

absl::Status Validate(const ByteVector& bytes) {
  absl::StatusOr<Module> module = Decode(bytes);
  if (!module.ok()) return module.status();
  absl::Status status = ValidateModule(*module);
  return status.ok() ? ValidateAll(*module) : status;
}

// ---- Everything but bodies

struct InvalidModule {
  const char* what;
  std::function<void(ModuleBuilder&)> build;
  const char* message;
};

std::vector<InvalidModule> InvalidModules() {
  return {
      {"SimdType", [](ModuleBuilder& m) { m.AddType({ValueType::kV128}, {}); },
       "section 1 (type), entry 0: needs SIMD (v128)"},
      {"TooManyParameters",
       [](ModuleBuilder& m) {
         m.AddType(std::vector<ValueType>(kMaxParams + 1, kI32), {});
       },
       "section 1 (type), entry 0: too many parameters: 1001, the limit is "
       "1000"},
      {"TypeOfImport", [](ModuleBuilder& m) { m.ImportFunc("env", "f", 7); },
       "section 2 (import), entry 0 (\"f\"): unknown type 7"},
      {"NamesAreEscaped",
       [](ModuleBuilder& m) { m.ImportFunc("env", "a\nb\"", 7); },
       "entry 0 (\"a\\nb\\\"\"): unknown type 7"},
      {"TypeOfFunction",
       [](ModuleBuilder& m) { m.AddFunc(3, {}, CodeBuilder().End()); },
       "section 3 (function), entry 0: unknown type 3"},
      {"TableLimits",
       [](ModuleBuilder& m) {
         m.ImportTable("env", "t", {kFuncRef, {1, std::nullopt}});
         m.AddTable({kFuncRef, {2, 1}});
       },
       "section 4 (table), entry 0: size minimum must not be greater than "
       "maximum: 2 > 1"},
      {"MemorySize",
       [](ModuleBuilder& m) { m.AddMemory({{65537, std::nullopt}}); },
       "section 5 (memory), entry 0: memory size must be at most 65536 pages"},
      {"TwoMemories",
       [](ModuleBuilder& m) {
         m.ImportMemory("env", "m", {{1, std::nullopt}});
         m.AddMemory({{1, std::nullopt}});
       },
       "needs multiple memories: the module has 2"},
      {"TypeOfGlobal",
       [](ModuleBuilder& m) { m.AddGlobal({kI64, false}, Const(1)); },
       "section 6 (global), entry 0: type mismatch: constant expression of "
       "type i32 instead of i64"},
      {"OwnGlobal",
       [](ModuleBuilder& m) {
         m.AddGlobal({kI32, false}, Const(1));
         m.AddGlobal({kI32, false}, CodeBuilder().GlobalGet(0).End());
       },
       "section 6 (global), entry 1: unknown imported global 0"},
      {"MutableGlobal",
       [](ModuleBuilder& m) {
         m.ImportGlobal("env", "g", {kI32, true});
         m.AddGlobal({kI32, false}, CodeBuilder().GlobalGet(0).End());
       },
       "constant expression required: global 0 is mutable"},
      {"ExportedFunction",
       [](ModuleBuilder& m) { m.AddExport("run", ExternKind::kFunc, 77); },
       "section 7 (export), entry 0 (\"run\"): unknown function 77"},
      {"ExportedTable",
       [](ModuleBuilder& m) { m.AddExport("t", ExternKind::kTable, 0); },
       "unknown table 0"},
      {"ExportedMemory",
       [](ModuleBuilder& m) { m.AddExport("m", ExternKind::kMemory, 0); },
       "unknown memory 0"},
      {"ExportedGlobal",
       [](ModuleBuilder& m) { m.AddExport("g", ExternKind::kGlobal, 2); },
       "unknown global 2"},
      {"TwoExports",
       [](ModuleBuilder& m) {
         m.AddMemory({{1, std::nullopt}});
         m.AddExport("mem", ExternKind::kMemory, 0);
         m.AddExport("mem", ExternKind::kMemory, 0);
       },
       "section 7 (export), entry 1 (\"mem\"): duplicate export name"},
      {"StartFunction", [](ModuleBuilder& m) { m.SetStart(1); },
       "section 8 (start), entry 0: unknown function 1"},
      {"TypeOfStart",
       [](ModuleBuilder& m) {
         m.ImportFunc("env", "f", m.AddType({kI32}, {}));
         m.SetStart(0);
       },
       "the start function must take and return nothing"},
      {"ElementsWithoutTable",
       [](ModuleBuilder& m) { m.AddElements(Const(0), {}); },
       "section 9 (element), entry 0: unknown table 0"},
      {"ElementsOfOtherType",
       [](ModuleBuilder& m) {
         m.AddTable({kExternRef, {1, std::nullopt}});
         m.AddElements(Const(0), {});
       },
       "type mismatch: elements are funcref, the table holds externref"},
      {"ElementFunction",
       [](ModuleBuilder& m) {
         m.AddTable({kFuncRef, {1, std::nullopt}});
         m.AddElements(Const(0), {5});
       },
       "section 9 (element), entry 0: unknown function 5"},
      {"DataWithoutMemory", [](ModuleBuilder& m) { m.AddData(Const(0), "x"); },
       "section 11 (data), entry 0: unknown memory 0"},
      {"OffsetOfOtherType",
       [](ModuleBuilder& m) {
         m.AddMemory({{1, std::nullopt}});
         m.AddData(CodeBuilder().I64Const(0).End(), "x");
       },
       "section 11 (data), entry 0: type mismatch"},
  };
}

class InvalidModuleTest : public testing::TestWithParam<InvalidModule> {};

TEST_P(InvalidModuleTest, SaysWhatAndWhere) {
  ModuleBuilder module;
  GetParam().build(module);
  absl::Status status = Validate(module.Build());
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(Validator, InvalidModuleTest,
                         testing::ValuesIn(InvalidModules()),
                         [](const testing::TestParamInfo<InvalidModule>& info) {
                           return info.param.what;
                         });

// ---- Bodies

// A module to put bodies into. The function under test is number 1; it takes
// an i32 and a funcref, returns an i32 and is named main.main.
ByteVector WithBody(const CodeBuilder& code) {
  ModuleBuilder m;
  uint32_t pair = m.AddType({}, {kI32, kI64});
  m.ImportFunc("env", "pair", pair);
  m.ImportGlobal("env", "constant", {kI64, false});
  m.AddFunc(m.AddType({kI32, kFuncRef}, {kI32}), {kF32}, code);
  m.AddTable({kFuncRef, {1, std::nullopt}});
  m.AddTable({kExternRef, {1, std::nullopt}});
  m.AddMemory({{1, std::nullopt}});
  m.AddPassiveElements({});
  m.NameFunctions({{1, "main.main"}});
  return m.Build();
}

struct InvalidBody {
  const char* what;
  CodeBuilder code;
  const char* message;
};

std::vector<InvalidBody> InvalidBodies() {
  using Op = WasmOp;
  auto code = [] { return CodeBuilder(); };
  return {
      {"OperandType",
       code().I64Const(1).F32Const(0).Op(Op::kI64Add).Op(Op::kDrop).End(),
       "type mismatch: i64.add expects i64, found f32"},
      {"FirstOperandType",
       code().F32Const(0).I64Const(1).Op(Op::kI64Add).Op(Op::kDrop).End(),
       "type mismatch: i64.add expects i64, found f32"},
      {"NoOperand", code().I32Const(1).Op(Op::kI32Add).End(),
       "type mismatch: i32.add expects i32, found nothing"},
      {"OperandBelowTheBlock",
       code().I32Const(1).Begin(Op::kBlock).Op(Op::kI32Eqz).End().End(),
       "type mismatch: i32.eqz expects i32, found nothing"},
      {"NoResult", code().End(), "type mismatch: end expects i32, found noth"},
      {"ResultType", code().I64Const(1).End(),
       "type mismatch: end expects i32, found i64"},
      {"TooManyResults", code().I32Const(1).I32Const(1).End(),
       "type mismatch: values remain at the end of the block"},
      {"NoEnd", code().I32Const(1), "unexpected end of the body: end expected"},
      {"BytesAfterTheEnd", code().I32Const(1).End().Op(Op::kNop),
       "bytes after the end of the function"},
      {"HalfANumber", code().Raw({0x41, 0x80}), "unexpected end"},
      {"NumberTooLong", code().Raw({0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0}),
       "integer representation too long"},
      {"ElseWithoutIf", code().Op(Op::kElse).End(), "else without if"},
      {"SecondElse",
       code().LocalGet(0).Begin(Op::kIf).Op(Op::kElse).Op(Op::kElse).End(),
       "else without if"},
      {"IfWithoutElse",
       code().LocalGet(0).Begin(Op::kIf, kI32).I32Const(1).End().End(),
       "if without else must leave what it takes"},
      {"ValuesAtElse",
       code().LocalGet(0).Begin(Op::kIf).I32Const(1).Op(Op::kElse).End(),
       "values remain at the else"},
      {"Label", code().Br(1).End(), "unknown label 1"},
      {"BranchValue", code().I64Const(1).Br(0).End(),
       "type mismatch: br expects i32, found i64"},
      {"BranchCondition", code().I32Const(1).I64Const(1).BrIf(0).End(),
       "type mismatch: br_if expects i32, found i64"},
      {"LabelsOfTableDiffer",
       code()
           .Begin(Op::kBlock)
           .I32Const(1)
           .LocalGet(0)
           .BrTable({0}, 1)
           .End()
           .End(),
       "labels of br_table take different values"},
      {"LabelOfTable", code().LocalGet(0).BrTable({9}, 0).End(),
       "unknown label 9"},
      {"TableOfLabelsTooLong",
       code().LocalGet(0).Raw({0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f, 0}),
       "more labels announced than bytes are left"},
      {"Function", code().Call(99).End(), "unknown function 99"},
      {"Argument", code().F32Const(0).Call(1).End(),
       "type mismatch: call expects funcref, found f32"},
      {"TypeOfIndirectCall",
       code().LocalGet(0).Op(Op::kCallIndirect, 9, 0).End(), "unknown type 9"},
      {"TableOfIndirectCall",
       code().LocalGet(0).Op(Op::kCallIndirect, 0, 2).End(), "unknown table 2"},
      {"TableOfOtherType", code().LocalGet(0).Op(Op::kCallIndirect, 0, 1).End(),
       "type mismatch: call_indirect expects funcref, found externref"},
      {"BlockTypeIndex", code().Begin(Op::kBlock, 50u).End(),
       "unknown type 50"},
      {"BlockTypeSimd", code().Raw({0x02, 0x7b, 0x0b}), "needs SIMD (v128)"},
      {"BlockTypeMalformed", code().Raw({0x02, 0x80, 0x7f, 0x0b}),
       "malformed block type"},
      {"SelectOfReferences",
       code().LocalGet(1).LocalGet(1).LocalGet(0).Op(Op::kSelect).End(),
       "select without a type takes numbers only"},
      {"SelectOfTwoTypes",
       code().LocalGet(0).I64Const(1).LocalGet(0).Op(Op::kSelect).End(),
       "type mismatch: select expects i32, found i64"},
      {"SelectOfNothing", code().LocalGet(0).Op(Op::kSelect).End(),
       "type mismatch: select expects a value, found nothing"},
      {"SelectOfTwoResults", code().Raw({0x1c, 2, 0x7f, 0x7f}),
       "invalid result arity of select"},
      {"Local", code().LocalGet(3).End(), "unknown local 3"},
      {"LocalType", code().I32Const(1).LocalSet(2).End(),
       "type mismatch: local.set expects f32, found i32"},
      {"Global", code().GlobalGet(1).End(), "unknown global 1"},
      {"ImmutableGlobal", code().I64Const(1).GlobalSet(0).End(),
       "global 0 is immutable"},
      {"Alignment", code().LocalGet(0).Op(Op::kI64Load8U, 1, 0).End(),
       "alignment must not be larger than natural"},
      {"MemoryIndex", code().Op(Op::kMemorySize, 1).End(),
       "zero byte expected"},
      {"NoDataCount", code().Op(Op::kDataDrop, 0).End(),
       "data count section required"},
      {"ElementSegment", code().Op(Op::kElemDrop, 1).End(),
       "unknown element segment 1"},
      {"TableInitType", code().Op(Op::kTableInit, 0, 1).End(),
       "type mismatch: table.init expects externref, found funcref"},
      {"TableCopyType", code().Op(Op::kTableCopy, 0, 1).End(),
       "type mismatch: table.copy expects funcref, found externref"},
      {"TableSetType",
       code().LocalGet(0).LocalGet(1).Op(Op::kTableSet, 1).End(),
       "type mismatch: table.set expects externref, found funcref"},
      {"RefFunc", code().Op(Op::kRefFunc, 1).End(),
       "undeclared function reference 1"},
      {"RefIsNull", code().LocalGet(0).Op(Op::kRefIsNull).End(),
       "ref.is_null expects a reference, found i32"},
      {"RefNullOfNumber", code().RefNull(kI32).End(),
       "malformed reference type"},
      {"Simd", code().LocalGet(0).Raw({0xfd, 0x00, 0x04, 0x00}).End(),
       "needs SIMD (v128.load)"},
      {"RelaxedSimd", code().Raw({0xfd, 0x85, 0x02}),
       "needs relaxed SIMD (f32x4.relaxed_madd)"},
      {"Threads", code().Raw({0xfe, 0x03, 0x00}),
       "needs threads (atomic.fence)"},
      {"TailCall", code().Raw({0x12, 0x00}), "needs tail calls (return_call)"},
      {"Exceptions", code().Raw({0x08, 0x00}),
       "needs exception handling (throw)"},
      {"GarbageCollection", code().Raw({0xfb, 0x01, 0x00}),
       "needs garbage collection (0xfb 0x01)"},
      {"Unknown", code().Raw({0xff}), "unknown instruction 0xff"},
      {"UnknownAfterPrefix", code().Raw({0xfc, 0x12}),
       "unknown instruction 0xfc 0x12"},
      {"UnknownFarAfterPrefix", code().Raw({0xfc, 0x80, 0x80, 0x04}),
       "unknown instruction 0xfc 0x10000"},
  };
}

class InvalidBodyTest : public testing::TestWithParam<InvalidBody> {};

TEST_P(InvalidBodyTest, SaysWhatAndWhere) {
  absl::Status status = Validate(WithBody(GetParam().code));
  EXPECT_FALSE(status.ok());
  std::string message(status.message());
  EXPECT_THAT(message, HasSubstr("function 1 \"main.main\" at offset 0x"));
  EXPECT_THAT(message, HasSubstr(GetParam().message));
  EXPECT_EQ(message.find('\n'), message.npos);
  bool is_feature = message.find("needs ") != message.npos;
  EXPECT_EQ(status.code(), is_feature ? absl::StatusCode::kUnimplemented
                                      : absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Validator, InvalidBodyTest,
                         testing::ValuesIn(InvalidBodies()),
                         [](const testing::TestParamInfo<InvalidBody>& info) {
                           return info.param.what;
                         });

TEST(ValidatorTest, NamesTheOffsetOfTheInstruction) {
  ByteVector bytes =
      WithBody(CodeBuilder().I32Const(7).Op(WasmOp::kI64Eqz).End());
  // i32.const 7, i64.eqz
  const uint8_t kCode[] = {0x41, 0x07, 0x50};
  auto at = std::search(bytes.begin(), bytes.end(), std::begin(kCode),
                        std::end(kCode));
  ASSERT_NE(at, bytes.end());
  std::ostringstream offset;
  offset << "at offset 0x" << std::hex << (at - bytes.begin() + 2) << ":";
  EXPECT_THAT(std::string(Validate(bytes).message()), HasSubstr(offset.str()));
}

// ---- Sizes

TEST(ValidatorTest, CountsLocalsBeforeItMakesThem) {
  auto with_locals = [](uint32_t first, uint32_t second) {
    ModuleBuilder m;
    ByteWriter body;
    body.U32(2).U32(first).Type(kI32).U32(second).Type(kI64);
    body.Bytes(CodeBuilder().End().bytes());
    m.AddFuncBody(m.AddType({}, {}), body.bytes());
    return Validate(m.Build());
  };
  EXPECT_TRUE(with_locals(kMaxLocals - 1, 1).ok());
  EXPECT_THAT(std::string(with_locals(kMaxLocals, 1).message()),
              HasSubstr("too many locals: the limit is 50000"));
  EXPECT_FALSE(with_locals(0xffffffff, 0xffffffff).ok());
}

TEST(ValidatorTest, OperandsHaveALimit) {
  auto with_operands = [](uint32_t count) {
    CodeBuilder code;
    for (uint32_t i = 0; i < count; ++i) code.LocalGet(0);
    return Validate(WithBody(code.Op(WasmOp::kReturn).End()));
  };
  EXPECT_TRUE(with_operands(kMaxOperands).ok());
  EXPECT_THAT(std::string(with_operands(kMaxOperands + 1).message()),
              HasSubstr("too many operands: the limit is 100000"));
}

TEST(ValidatorTest, NestingHasNoLimit) {
  constexpr int kDepth = 200'000;
  CodeBuilder code;
  for (int i = 0; i < kDepth; ++i) code.Begin(WasmOp::kBlock);
  code.Br(kDepth - 1);
  for (int i = 0; i < kDepth; ++i) code.End();
  absl::Status status = Validate(WithBody(code.I32Const(1).End()));
  EXPECT_TRUE(status.ok()) << status;
}

TEST(ValidatorTest, OneValidatorServesAfterAnError) {
  ModuleBuilder m;
  uint32_t type = m.AddType({}, {});
  m.AddFunc(type, {}, CodeBuilder().I32Const(1).Begin(WasmOp::kBlock).Br(7));
  m.AddFunc(type, {}, CodeBuilder().End());
  ByteVector bytes = m.Build();
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok());
  FunctionValidator validator(*module);
  EXPECT_FALSE(validator.Validate(0).ok());
  EXPECT_TRUE(validator.Validate(1).ok());
  EXPECT_FALSE(validator.Validate(0).ok());
  EXPECT_FALSE(ValidateFunction(*module, 0).ok());
}

// After an instruction that never returns, operands come from nowhere.
TEST(ValidatorTest, UnreachableCodeIsChecked) {
  using Op = WasmOp;
  auto body = [](const CodeBuilder& code) { return Validate(WithBody(code)); };
  CodeBuilder valid;
  valid.Op(Op::kUnreachable).Op(Op::kI64Add).Op(Op::kI64Eqz).End();
  EXPECT_TRUE(body(valid).ok()) << body(valid);
  CodeBuilder select;
  select.Op(Op::kUnreachable).Op(Op::kSelect).End();
  EXPECT_TRUE(body(select).ok()) << body(select);
  CodeBuilder wrong;
  wrong.Op(Op::kUnreachable).I32Const(1).Op(Op::kI64Eqz).End();
  EXPECT_THAT(std::string(body(wrong).message()),
              HasSubstr("i64.eqz expects i64, found i32"));
}

}  // namespace
}  // namespace goshawk::interp
