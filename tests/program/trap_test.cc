// Traps: why, and a backtrace of Go's function names; exit code 1.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/interp/module_builder.h"
#include "tests/program/command.h"
#include "tests/program/small_program.h"

namespace goshawk::program_test {
namespace {

using interp::CodeBuilder;
using interp::WasmOp;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

struct Case {
  std::string_view name;
  std::string_view message;
  CodeBuilder code;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class TrapTest : public testing::TestWithParam<Case> {};

TEST_P(TrapTest, SaysWhyAndWhere) {
  SmallProgram program;
  const uint32_t inner = program.AddFunc("main.inner", GetParam().code);
  const uint32_t outer =
      program.AddFunc("main.outer", CodeBuilder().Call(inner).End());
  const std::string path =
      WriteFile(NewDirectory() + "/app.wasm",
                Text(program.Build(CodeBuilder().Call(outer).End()).Build()));
  const Outcome outcome = Goshawk({"run", path});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr(std::string(GetParam().message)),
                    ContainsRegex("main\\.inner(.|\n)*main\\.outer(.|\n)*"
                                  "_rt0_wasm_js")));
}

INSTANTIATE_TEST_SUITE_P(
    Traps, TrapTest,
    testing::Values(Case{"Unreachable", "unreachable",
                         CodeBuilder().Op(WasmOp::kUnreachable).End()},
                    Case{"DivisionByZero", "integer divide by zero",
                         CodeBuilder()
                             .I32Const(1)
                             .I32Const(0)
                             .Op(WasmOp::kI32DivS)
                             .Op(WasmOp::kDrop)
                             .End()},
                    Case{"Overflow", "integer overflow",
                         CodeBuilder()
                             .I64Const(INT64_MIN)
                             .I64Const(-1)
                             .Op(WasmOp::kI64DivS)
                             .Op(WasmOp::kDrop)
                             .End()},
                    Case{"OutOfBounds", "out of bounds memory access",
                         CodeBuilder()
                             .I32Const(-1)
                             .Op(WasmOp::kI64Load, 3, 0)
                             .Op(WasmOp::kDrop)
                             .End()}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(TrapTest, EndlessRecursionIsNoCrash) {
  SmallProgram program;
  const uint32_t self =
      program.AddFunc("main.self", CodeBuilder().Call(0).End());
  const std::string path =
      WriteFile(NewDirectory() + "/app.wasm",
                Text(program.Build(CodeBuilder().Call(self).End()).Build()));
  const Outcome outcome = Goshawk({"run", path});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("call stack exhausted"), HasSubstr("main.self")));
}

}  // namespace
}  // namespace goshawk::program_test
