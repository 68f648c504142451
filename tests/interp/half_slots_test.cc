// An i32 is the low half of its slot: whatever is in the upper half, nothing
// that reads the i32 may see it. All dispatchers share the bodies of
// operations, so what is expected is computed here and not by another of them.

#include <bit>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/module_builder.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
// Where the byte that is written and read is.
constexpr uint32_t kPlace = 1024;

CodeBuilder Code() { return CodeBuilder(); }

// Leaves the low half of parameter 0, an i64, on the stack as an i32. Local 1
// is an i32 and 0.
struct Source {
  const char* name;
  CodeBuilder code;
};

std::vector<Source> Sources() {
  const CodeBuilder wrapped = Code().LocalGet(0).Op(WasmOp::kI32WrapI64);
  const auto then = [&](const CodeBuilder& more) {
    return Code().Raw(wrapped.bytes()).Raw(more.bytes());
  };
  return {
      {"Wrapped", wrapped},
      {"InALocal", then(Code().LocalSet(2).LocalGet(2))},
      {"Computed", then(Code().LocalGet(1).Op(WasmOp::kI32Add))},
      {"ThroughACall", then(Code().Call(0))},
      {"ThroughABlock", Code()
                            .Begin(WasmOp::kBlock, kI32)
                            .Raw(wrapped.bytes())
                            .LocalGet(1)
                            .BrIf(0)
                            .End()},
  };
}

// Makes an i32 (i64 if `wide`) of the i32 on the stack.
struct Use {
  const char* name;
  CodeBuilder code;
  uint64_t (*expected)(uint32_t value);
  bool wide = false;
};

void PrintTo(const Use& use, std::ostream* out) { *out << use.name; }

CodeBuilder TwentyIfTaken(const CodeBuilder& branch) {
  return Code()
      .LocalSet(2)
      .Begin(WasmOp::kBlock)
      .LocalGet(2)
      .Raw(branch.bytes())
      .I32Const(10)
      .Op(WasmOp::kReturn)
      .End()
      .I32Const(20);
}

CodeBuilder Compared(WasmOp op, int32_t with) {
  return Code().I32Const(with).Op(op);
}

std::vector<Use> Uses() {
  using enum WasmOp;
  return {
      {"BrIf", TwentyIfTaken(Code().BrIf(0)),
       [](uint32_t v) -> uint64_t { return v != 0 ? 20 : 10; }},
      {"BrIfEqz", TwentyIfTaken(Code().Op(kI32Eqz).BrIf(0)),
       [](uint32_t v) -> uint64_t { return v == 0 ? 20 : 10; }},
      {"BrIfEqzTwice", TwentyIfTaken(Code().Op(kI32Eqz).Op(kI32Eqz).BrIf(0)),
       [](uint32_t v) -> uint64_t { return v != 0 ? 20 : 10; }},
      {"If", Code().Begin(kIf, kI32).I32Const(10).Op(kElse).I32Const(20).End(),
       [](uint32_t v) -> uint64_t { return v != 0 ? 10 : 20; }},
      {"Select",
       Code().LocalSet(2).I32Const(10).I32Const(20).LocalGet(2).Op(kSelect),
       [](uint32_t v) -> uint64_t { return v != 0 ? 10 : 20; }},
      // With nothing between what made the condition and the select.
      {"SelectOfWhatIsBelow",
       Code()
           .LocalSet(2)
           .I32Const(10)
           .I32Const(20)
           .LocalGet(2)
           .LocalGet(1)
           .Op(kI32Or)
           .Op(kSelect),
       [](uint32_t v) -> uint64_t { return v != 0 ? 10 : 20; }},
      {"SelectEqz",
       Code().LocalSet(2).I32Const(10).I32Const(20).LocalGet(2).Op(kI32Eqz).Op(
           kSelect),
       [](uint32_t v) -> uint64_t { return v == 0 ? 10 : 20; }},
      {"BrTable",
       Code()
           .LocalSet(2)
           .Begin(kBlock)
           .Begin(kBlock)
           .LocalGet(2)
           .BrTable({0}, 1)
           .End()
           .I32Const(10)
           .Op(kReturn)
           .End()
           .I32Const(20),
       [](uint32_t v) -> uint64_t { return v == 0 ? 10 : 20; }},
      {"Eqz", Code().Op(kI32Eqz),
       [](uint32_t v) -> uint64_t { return v == 0; }},
      {"Eq", Compared(kI32Eq, 5),
       [](uint32_t v) -> uint64_t { return v == 5; }},
      {"Ne", Compared(kI32Ne, -1),
       [](uint32_t v) -> uint64_t { return v != 0xffffffff; }},
      {"LtS", Compared(kI32LtS, 0),
       [](uint32_t v) -> uint64_t { return static_cast<int32_t>(v) < 0; }},
      {"LtU", Compared(kI32LtU, 5),
       [](uint32_t v) -> uint64_t { return v < 5; }},
      {"GtS", Compared(kI32GtS, 4),
       [](uint32_t v) -> uint64_t { return static_cast<int32_t>(v) > 4; }},
      {"GeU", Compared(kI32GeU, 5),
       [](uint32_t v) -> uint64_t { return v >= 5; }},
      {"BrIfLtU", TwentyIfTaken(Code().I32Const(5).Op(kI32LtU).BrIf(0)),
       [](uint32_t v) -> uint64_t { return v < 5 ? 20 : 10; }},
      {"BrIfGeS", TwentyIfTaken(Code().LocalGet(1).Op(kI32GeS).BrIf(0)),
       [](uint32_t v) -> uint64_t {
         return static_cast<int32_t>(v) >= 0 ? 20 : 10;
       }},
      {"ExtendU", Code().Op(kI64ExtendI32U),
       [](uint32_t v) -> uint64_t { return v; }, true},
      {"ExtendS", Code().Op(kI64ExtendI32S),
       [](uint32_t v) {
         return static_cast<uint64_t>(int64_t{static_cast<int32_t>(v)});
       },
       true},
      {"ToFloat", Code().Op(kF64ConvertI32U).Op(kI64ReinterpretF64),
       [](uint32_t v) {
         return std::bit_cast<uint64_t>(static_cast<double>(v));
       },
       true},
      {"ToFloatSigned", Code().Op(kF64ConvertI32S).Op(kI64ReinterpretF64),
       [](uint32_t v) {
         return std::bit_cast<uint64_t>(
             static_cast<double>(static_cast<int32_t>(v)));
       },
       true},
      {"AsFloat", Code().Op(kF32ReinterpretI32).Op(kI32ReinterpretF32),
       [](uint32_t v) -> uint64_t { return v; }},
      {"DivU", Code().I32Const(3).Op(kI32DivU),
       [](uint32_t v) -> uint64_t { return v / 3; }},
      {"DivS", Code().I32Const(3).Op(kI32DivS),
       [](uint32_t v) -> uint64_t {
         return static_cast<uint32_t>(static_cast<int32_t>(v) / 3);
       }},
      {"RemU", Code().I32Const(7).Op(kI32RemU),
       [](uint32_t v) -> uint64_t { return v % 7; }},
      {"ShrU", Code().I32Const(1).Op(kI32ShrU),
       [](uint32_t v) -> uint64_t { return v >> 1; }},
      {"ShrS", Code().I32Const(1).Op(kI32ShrS),
       [](uint32_t v) -> uint64_t {
         return static_cast<uint32_t>(static_cast<int32_t>(v) >> 1);
       }},
      {"ShiftCount", Code().LocalSet(2).I32Const(1).LocalGet(2).Op(kI32Shl),
       [](uint32_t v) -> uint64_t { return 1u << (v & 31); }},
      {"Rotl", Code().I32Const(4).Op(kI32Rotl),
       [](uint32_t v) -> uint64_t { return std::rotl(v, 4); }},
      {"Rotr", Code().I32Const(4).Op(kI32Rotr),
       [](uint32_t v) -> uint64_t { return std::rotr(v, 4); }},
      {"Clz", Code().Op(kI32Clz),
       [](uint32_t v) -> uint64_t { return std::countl_zero(v); }},
      {"Ctz", Code().Op(kI32Ctz),
       [](uint32_t v) -> uint64_t { return std::countr_zero(v); }},
      {"Popcnt", Code().Op(kI32Popcnt),
       [](uint32_t v) -> uint64_t { return std::popcount(v); }},
      // Memory has one page: half the values are addresses in it.
      {"Address", Code().Op(kI32Load8U, 0, kPlace),
       [](uint32_t v) -> uint64_t { return v == 0 || v == 5 ? 77 : 0; }},
      {"AddressOfAStore",
       Code()
           .I32Const(99)
           .Op(kI32Store8, 0, kPlace)
           .I32Const(5)
           .Op(kI32Load8U, 0, kPlace),
       [](uint32_t v) -> uint64_t { return v == 5 ? 99 : 77; }},
      {"Fill", Code().I32Const(99).LocalGet(1).Op(kMemoryFill, 0).I32Const(11),
       [](uint32_t) -> uint64_t { return 11; }},
      {"SizeOfAFill",
       Code()
           .LocalSet(2)
           .I32Const(kPlace)
           .I32Const(99)
           .LocalGet(2)
           .Op(kMemoryFill, 0)
           .I32Const(0)
           .Op(kI32Load8U, 0, kPlace + 5),
       [](uint32_t v) -> uint64_t { return v > 5 ? 99 : 77; }},
      {"Copy",
       Code()
           .LocalSet(2)
           .I32Const(8)
           .LocalGet(2)
           .I32Const(1)
           .Op(kMemoryCopy, 0, 0)
           .I32Const(11),
       [](uint32_t) -> uint64_t { return 11; }},
      {"Grow", Code().Op(kMemoryGrow, 0),
       [](uint32_t v) -> uint64_t { return v == 0 ? 1 : 0xffffffff; }},
      {"TableGet", Code().Op(kTableGet, 0).Op(kRefIsNull),
       [](uint32_t v) -> uint64_t { return v != 0; }},
      {"CallIndirect",
       Code().LocalSet(2).I32Const(33).LocalGet(2).Op(kCallIndirect, 1, 0),
       [](uint32_t) -> uint64_t { return 33; }},
      {"Global", Code().GlobalSet(0).GlobalGet(0),
       [](uint32_t v) -> uint64_t { return v; }},
      {"Return", Code().Op(kReturn), [](uint32_t v) -> uint64_t { return v; }},
  };
}

// The trap that a use of these values ends in, if it does.
bool Traps(const std::string& use, uint32_t value) {
  const uint64_t page = 65536;
  if (use == "Address" || use == "AddressOfAStore") {
    return uint64_t{value} + kPlace >= page;
  }
  if (use == "Fill") return value > page;
  if (use == "SizeOfAFill") return value + uint64_t{kPlace} > page;
  if (use == "Copy") return value >= page;
  if (use == "TableGet") return value >= 6;
  if (use == "CallIndirect") return value != 0;
  return false;
}

std::vector<uint8_t> Module(const Use& use) {
  ModuleBuilder module;
  const uint32_t result = module.AddType({kI64}, {use.wide ? kI64 : kI32});
  const uint32_t same = module.AddType({kI32}, {kI32});
  const uint32_t identity = module.AddFunc(same, {}, Code().LocalGet(0).End());
  for (const Source& source : Sources()) {
    module.AddExport(
        source.name, ExternKind::kFunc,
        module.AddFunc(
            result, {kI32, kI32},
            Code().Raw(source.code.bytes()).Raw(use.code.bytes()).End()));
  }
  module.AddTable({ValueType::kFuncRef, {6, {}}});
  module.AddElements(Code().I32Const(0).End(), {identity});
  module.AddMemory({{1, 1}});
  module.AddExport("memory", ExternKind::kMemory, 0);
  module.AddGlobal({kI32, true}, Code().I32Const(0).End());
  return module.Build();
}

class HalfSlotsTest : public testing::TestWithParam<Use> {};

TEST_P(HalfSlotsTest, TheUpperHalfOfAnI32IsNeverSeen) {
  const Use& use = GetParam();
  const std::vector<uint8_t> bytes = Module(use);
  for (const InstanceOptions& options : AllOptions()) {
    TestInstance instance(bytes, options);
    for (const Source& source : Sources()) {
      for (uint32_t low : {0u, 1u, 5u, 31u, 0x7fffffffu, 0x80000000u, ~0u}) {
        for (uint64_t high : {uint64_t{0}, uint64_t{1}, uint64_t{0xffffffff}}) {
          std::memset(instance.memory() + kPlace, 77, 1);
          std::memset(instance.memory() + kPlace + 5, 77, 1);
          const CallOutcome outcome =
              instance.Call(source.name, {high << 32 | low});
          const std::string where = Describe(options) + ", " + source.name +
                                    ", " + std::to_string(high) + ":" +
                                    std::to_string(low);
          if (Traps(use.name, low)) {
            EXPECT_NE(outcome.trap, Trap::kNone) << where;
          } else {
            ASSERT_EQ(outcome.trap, Trap::kNone) << where;
            EXPECT_EQ(outcome.results[0], use.expected(low)) << where;
          }
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Uses, HalfSlotsTest, testing::ValuesIn(Uses()),
                         [](const testing::TestParamInfo<Use>& info) {
                           return std::string(info.param.name);
                         });

}  // namespace
}  // namespace goshawk::interp
