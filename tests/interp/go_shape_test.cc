// Functions of Go's shape and near misses: what is recognised as Go's runs as
// the general translation does, and what only looks like it is not recognised.

#include "interp/go_shape.h"

#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "interp/liveness.h"
#include "tests/interp/go_function.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI64 = ValueType::kI64;

struct Case {
  const char* name;
  bool shaped;
  GoModule module;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

CodeBuilder Code() { return CodeBuilder(); }
CodeBuilder SetLocal(uint32_t local, int64_t value) {
  return Code().I64Const(value).LocalSet(local);
}
// Counts in global 1, so that it shows who ran.
CodeBuilder Count(int32_t by) {
  return Code().GlobalGet(1).I64Const(by).Op(WasmOp::kI64Add).GlobalSet(1);
}
CodeBuilder CountLocal(uint32_t local) {
  return Code().GlobalGet(1).LocalGet(local).Op(WasmOp::kI64Add).GlobalSet(1);
}
// if (local == 0) { ... }
CodeBuilder IfZero(uint32_t local, const CodeBuilder& then) {
  return Join({Code().LocalGet(local).Op(WasmOp::kI64Eqz).Begin(WasmOp::kIf),
               then, Code().End()});
}
CodeBuilder Target(uint32_t func) {
  return Code().I64Const((int64_t{func} << 16) | 7);
}

GoModule Blocks(std::vector<CodeBuilder> blocks) {
  GoModule module;
  module.body.blocks = std::move(blocks);
  return module;
}
GoModule WithBefore(const CodeBuilder& before, GoModule module) {
  module.body.before = before;
  return module;
}
GoModule WithAfter(const CodeBuilder& after, GoModule module) {
  module.body.after = after;
  return module;
}
GoModule WithGuard(uint32_t guard, GoModule module) {
  module.stack_guard = guard;
  return module;
}

// One block, so the loop is at depth 0 and the exit at 1.
GoModule OneBlock(std::vector<CodeBuilder> pieces) {
  pieces.push_back(GoReturn());
  return Blocks({Join(pieces)});
}

// As many locals as a function of Go's shape may have, all alive across each
// kind of call, and nothing in a slot behind them: there the callee's begin.
GoModule AllLocalsAlive(const CodeBuilder& call) {
  constexpr uint32_t kCount = Liveness::kMaxLocals - 2;
  constexpr int32_t kFrame = 8 * kCount;
  std::vector<CodeBuilder> pieces = {GoMoveSp(-kFrame)};
  for (uint32_t i = 0; i < kCount; ++i)
    pieces.push_back(SetLocal(2 + i, 9 + i));
  pieces.push_back(call);
  for (uint32_t i = 0; i < kCount; ++i)
    pieces.push_back(GoStoreLocal(2 + i, i));
  pieces.push_back(GoReturn(kFrame));
  GoModule module = Blocks({Join(pieces)});
  module.locals.assign(kCount, kI64);
  return module;
}

// local.get 1, a value, i64.store
CodeBuilder StoreToStack(const CodeBuilder& value, uint32_t offset) {
  return Join(
      {Code().LocalGet(1), value, Code().Op(WasmOp::kI64Store, 3, offset)});
}
CodeBuilder StackWord(uint32_t offset) {
  return Code().LocalGet(1).Op(WasmOp::kI64Load, 3, offset);
}

// A value read from Go's stack, on the operand stack while it is overwritten.
CodeBuilder CountBeforeAndAfter(uint32_t offset, const CodeBuilder& store) {
  return Join({Code().GlobalGet(1), StackWord(offset), store, StackWord(offset),
               Code().Op(WasmOp::kI64Mul),
               Code().Op(WasmOp::kI64Add).GlobalSet(1)});
}

std::vector<Case> Shaped() {
  using G = GoModule;
  return {
      {"MovesToTheStack", true,
       OneBlock({GoMoveSp(-64), StoreToStack(Code().I64Const(5), 0),
                 SetLocal(2, 7), StoreToStack(Code().LocalGet(2), 8),
                 StoreToStack(StackWord(8), 16), SetLocal(2, 11),
                 CountBeforeAndAfter(0, StoreToStack(StackWord(16), 0)),
                 CountBeforeAndAfter(8, StoreToStack(Code().LocalGet(2), 8)),
                 CountBeforeAndAfter(16, StoreToStack(Code().I64Const(3), 16)),
                 StackWord(0).LocalSet(3), CountLocal(3), GoMoveSp(64)})},
      {"MovesToTheStackWhereItHasNoWords", true,
       OneBlock(
           {GoMoveSp(-64), SetLocal(2, 7), StoreToStack(Code().I64Const(5), 12),
            StoreToStack(Code().LocalGet(2), 20),
            StoreToStack(StackWord(12), 28), StoreToStack(StackWord(28), 4096),
            StoreToStack(Code().LocalGet(2), 4104),
            StoreToStack(StackWord(4096), 32), StackWord(32).LocalSet(3),
            CountLocal(3), StackWord(4104).LocalSet(3), CountLocal(3),
            StackWord(28).LocalSet(3), CountLocal(3), GoMoveSp(64)})},
      {"AllLocalsAliveAcrossACall", true,
       AllLocalsAlive(GoCall(G::kDirties, 1))},
      {"AllLocalsAliveAcrossACallOfTheHost", true,
       AllLocalsAlive(GoCall(G::kStep, 1))},
      {"AllLocalsAliveAcrossACallOfOneThatIsNotGo", true,
       AllLocalsAlive(GoCall(G::kZero, 1))},
      {"AllLocalsAliveAcrossAnIndirectCall", true,
       AllLocalsAlive(Join({Target(G::kDirties), GoCallIndirect(true, 1)}))},
      {"AllLocalsAliveAcrossAnIndirectCallOfTheHost", true,
       AllLocalsAlive(Join({Target(G::kStep), GoCallIndirect(false, 1)}))},
      {"AllLocalsAliveAcrossAnIndirectCallOfOneThatIsNotGo", true,
       AllLocalsAlive(Join({Target(G::kZero), GoCallIndirect(true, 1)}))},
      {"Leaf", true, OneBlock({Count(5)})},
      {"Frame", true,
       Blocks({Join({GoMoveSp(-32), SetLocal(2, 9), GoStoreLocal(2, 3),
                     GoReturn(32)})})},
      {"Call", true, OneBlock({GoCall(G::kLeaf, 1), Count(5)})},
      {"CallOfOneThatYields", true,
       OneBlock({GoCall(G::kYields, 1), Count(5)})},
      {"CallOfOneThatIsNotGoAndReturnsOne", true,
       OneBlock({GoCall(G::kOne, 1), Count(5)})},
      {"CallOfOneThatIsNotGoAndReturnsZero", true,
       OneBlock({SetLocal(2, 11), GoCall(G::kZero, 1), CountLocal(2)})},
      {"CallOfTheHost", true,
       OneBlock({SetLocal(2, 11), GoCall(G::kStep, 1), CountLocal(2)})},
      {"LocalAliveAcrossACall", true,
       OneBlock({SetLocal(2, 11), GoCall(G::kDirties, 1), CountLocal(2)})},
      {"LocalsAliveAcrossAnIndirectCall", true,
       OneBlock({SetLocal(2, 11), SetLocal(3, 12), Target(G::kDirties),
                 GoCallIndirect(false, 1), CountLocal(2), CountLocal(3)})},
      {"LocalReadBeforeItIsWritten", true,
       Blocks({Join({CountLocal(2), SetLocal(2, 5), GoCall(G::kDirties, 2),
                     GoJump(1, 1)}),
               Join({CountLocal(2), CountLocal(3), GoReturn()})})},
      {"CalledAgainItsLocalsAreZero", true,
       Blocks({Join({GoCall(G::kDirties, 2), GoCall(G::kLeaf, 2),
                     Target(G::kLeaf), GoCallIndirect(true, 2)}),
               Join({CountLocal(2), CountLocal(3), GoReturn()})})},
      {"JumpBeyondTheTable", true,
       Blocks({Join({Count(1), GoJump(99, 2)}), Join({Count(2), GoJump(-1, 1)}),
               Join({Count(4), GoReturn()})})},
      {"LoopThroughTheTable", true,
       Blocks(
           {Join({SetLocal(2, 5), GoJump(1, 1)}),
            Join(
                {CountLocal(2),
                 Code().LocalGet(2).I64Const(1).Op(WasmOp::kI64Sub).LocalSet(2),
                 Code()
                     .LocalGet(2)
                     .I64Const(0)
                     .Op(WasmOp::kI64LeS)
                     .Begin(WasmOp::kIf),
                 GoReturn(), Code().End(), GoJump(1, 0)})})},
      {"CallIndirectWide", true,
       OneBlock({Target(G::kLeaf), GoCallIndirect(false, 1), Count(5)})},
      {"CallIndirectNarrow", true,
       OneBlock({Target(G::kYields), GoCallIndirect(true, 1), Count(5)})},
      // What is above bit 31 counts in one form and not in the other.
      {"CallIndirectNarrowOfALongNumber", true,
       OneBlock({Code().I64Const((int64_t{1} << 40) | (G::kLeaf << 16)),
                 GoCallIndirect(true, 1), Count(5)})},
      {"CallIndirectWideOfALongNumber", true,
       OneBlock({Code().I64Const((int64_t{1} << 40) | (G::kLeaf << 16)),
                 GoCallIndirect(false, 1), Count(5)})},
      {"CallIndirectOfAnotherType", true,
       OneBlock({Target(G::kKeeps), GoCallIndirect(true, 1), Count(5)})},
      {"CallIndirectOfNobody", true,
       OneBlock({Target(12), GoCallIndirect(true, 1), Count(5)})},
      {"CallIndirectBeyondTheTable", true,
       OneBlock({Target(16), GoCallIndirect(false, 1), Count(5)})},
      {"StackCheck", true,
       Blocks({Join({GoStackCheck(G::kLeaf, 1), GoMoveSp(-16), Count(5),
                     GoReturn(16)})})},
      {"StackCheckFails", true,
       WithGuard(0x7fffffff,
                 Blocks({Join({GoStackCheck(G::kLeaf, 1), GoMoveSp(-16),
                               Count(5), GoReturn(16)})}))},
      {"StackCheckFailsAndYields", true,
       WithGuard(0x7fffffff,
                 Blocks({Join({GoStackCheck(G::kYields, 1), GoMoveSp(-16),
                               Count(5), GoReturn(16)})}))},
      {"StackCheckOfALargeFrame", true,
       WithGuard(0x1efff0, Blocks({Join({GoStackCheck(G::kLeaf, 1, 0x10),
                                         GoMoveSp(-70000), Count(5),
                                         GoReturn(70000)})}))},
      {"StackCheckOfALargeFrameWraps", true,
       WithGuard(0xfffffff0,
                 Blocks({Join({GoStackCheck(G::kLeaf, 1, 0x20), GoMoveSp(-16),
                               Count(5), GoReturn(16)})}))},
      {"NilCheck", true,
       OneBlock({IfZero(2, GoCall(G::kYields, 2)), Count(5)})},
      {"NilCheckThatComesBack", true,
       OneBlock({SetLocal(3, 40), IfZero(2, GoCall(G::kDirties, 2)),
                 CountLocal(3)})},
      {"PlainCallThatKeepsSp", true,
       OneBlock({Code().Call(G::kKeeps), Count(5)})},
      {"PlainCallAndReload", true,
       OneBlock({Code().Call(G::kMovesSp), GoReload(), Count(5)})},
      {"CallWithAnotherArgument", true,
       OneBlock({GoMoveSp(-8), SetLocal(2, 3), GoStoreLocal(2, 0),
                 Code().I32Const(1).Call(G::kLeaf), GoReload(), Code().BrIf(1),
                 Count(5)})},
      {"SpChangesInARow", true,
       OneBlock({GoMoveSp(-16), GoMoveSp(8), GoMoveSp(-70000), Count(5),
                 GoMoveSp(70008)})},
      {"TrapAfterAChangeOfSp", true,
       OneBlock({GoMoveSp(-16), Code().Op(WasmOp::kUnreachable)})},
      {"TrapOfALoadAfterAChangeOfSp", true,
       OneBlock(
           {GoMoveSp(-16),
            Code().I32Const(-1).Op(WasmOp::kI32Load, 0, 0).Op(WasmOp::kDrop)})},
      {"SpSetToAnything", true,
       OneBlock({Code()
                     .LocalGet(2)
                     .Op(WasmOp::kI32WrapI64)
                     .I32Const(4096)
                     .Op(WasmOp::kI32Add)
                     .LocalTee(1)
                     .GlobalSet(0),
                 GoCall(G::kLeaf, 1)})},
      {"SpSetWhileAChangeIsPending", true,
       OneBlock({Code()
                     .LocalGet(2)
                     .Op(WasmOp::kI32WrapI64)
                     .I32Const(4096)
                     .Op(WasmOp::kI32Add),
                 GoMoveSp(-64), Code().LocalTee(1).GlobalSet(0), Count(5)})},
      {"CallWithSpBelowZero", true,
       OneBlock(
           {Code().LocalGet(2).Op(WasmOp::kI32WrapI64).LocalTee(1).GlobalSet(0),
            GoCall(G::kLeaf, 1)})},
  };
}

std::vector<Case> NearMisses() {
  using G = GoModule;
  GoModule many_locals = OneBlock({Count(5)});
  many_locals.locals.assign(70, kI64);
  GoModule exported = OneBlock({GoCall(G::kLeaf, 1), Count(5)});
  exported.export_table = true;
  GoModule references = OneBlock({Target(15), GoCallIndirect(true, 1)});
  references.reference_params = true;
  return {
      {"LocalOneWithoutGlobalZero", false,
       OneBlock({Code().LocalGet(1).I32Const(8).Op(WasmOp::kI32Sub).LocalSet(1),
                 SetLocal(2, 3), GoStoreLocal(2, 0)})},
      {"LocalOneTeedWithoutGlobalZero", false,
       OneBlock({Code()
                     .LocalGet(1)
                     .I32Const(8)
                     .Op(WasmOp::kI32Sub)
                     .LocalTee(1)
                     .Op(WasmOp::kDrop),
                 SetLocal(2, 3), GoStoreLocal(2, 0)})},
      {"GlobalZeroWithoutLocalOne", false,
       OneBlock(
           {Code().LocalGet(1).I32Const(8).Op(WasmOp::kI32Sub).GlobalSet(0),
            SetLocal(2, 3), GoStoreLocal(2, 0)})},
      {"ParameterReadElsewhere", false,
       OneBlock({Code().LocalGet(0).Op(WasmOp::kI64ExtendI32U).LocalSet(2),
                 CountLocal(2)})},
      {"ParameterWrittenWithoutAJump", false,
       OneBlock({Code().I32Const(3).LocalSet(0), Count(5)})},
      {"JumpToABlockThatIsNoConstant", false,
       Blocks({Join({Count(1), Code()
                                   .LocalGet(2)
                                   .Op(WasmOp::kI32WrapI64)
                                   .I32Const(1)
                                   .Op(WasmOp::kI32Add)
                                   .LocalSet(0)
                                   .Br(1)}),
               Join({Count(2), GoReturn()})})},
      {"CallOfOneThatMovesSpWithoutReload", false,
       OneBlock({Code().Call(G::kMovesSp), Count(5)})},
      {"GoCallWithoutReload", false,
       OneBlock({GoMoveSp(-8), SetLocal(2, 3), GoStoreLocal(2, 0),
                 Code().I32Const(0).Call(G::kLeaf).BrIf(1), Count(5)})},
      {"OperandsBelowACall", false,
       OneBlock(
           {Code().I64Const(3), GoCall(G::kLeaf, 1), Code().GlobalSet(1)})},
      {"OperandsBelowAnIndirectCall", false,
       OneBlock({Code().I64Const(3), Target(G::kLeaf), GoCallIndirect(true, 1),
                 Code().GlobalSet(1)})},
      {"SomethingAfterTheExitThatEndsAsFunctionsDo", false,
       WithAfter(Join({Code().Begin(WasmOp::kBlock), Count(100), Code().End()}),
                 OneBlock({GoCall(G::kYields, 1), Count(5)}))},
      {"TheSameIfOnlyAStackCheckCalls", false,
       WithGuard(0x7fffffff,
                 WithAfter(Join({Code().Begin(WasmOp::kBlock), Count(100),
                                 Code().End()}),
                           Blocks({Join({GoStackCheck(G::kYields, 1), Count(5),
                                         GoReturn()})})))},
      {"PlainBranchToTheLoop", false,
       Blocks(
           {Join({Count(1),
                  Code().GlobalGet(1).I64Const(3).Op(WasmOp::kI64LtS).BrIf(1)}),
            Join({Count(2), GoReturn()})})},
      {"ChangeOfSpBeforeTheTable", false,
       WithBefore(GoMoveSp(-16), OneBlock({Count(5)}))},
      {"TrapBeforeTheTable", false,
       WithBefore(Code()
                      .LocalGet(2)
                      .Op(WasmOp::kI64Eqz)
                      .Begin(WasmOp::kIf)
                      .Op(WasmOp::kUnreachable)
                      .End(),
                  OneBlock({Count(5)}))},
      {"TooManyLocals", false, many_locals},
      {"TableThatOthersMayChange", false, exported},
      {"TableThatMayHoldOthersFunctions", false, references},
      {"PlainIndirectCall", false,
       OneBlock({Code()
                     .I32Const(0)
                     .I32Const(G::kLeaf)
                     .Op(WasmOp::kCallIndirect, G::kGoType, 0)
                     .Op(WasmOp::kDrop),
                 GoReload()})},
      {"AnotherTable", false,
       OneBlock({Target(G::kLeaf), GoCallIndirect(true, 1, 1)})},
  };
}

// A call's br_if that leads elsewhere is no Go call, but a call it is.
std::vector<Case> Elsewhere() {
  using G = GoModule;
  return {{"ExitToAnInnerBlock", true,
           Blocks({Join({GoCall(G::kYields, 0), Count(5)}),
                   Join({Count(7), GoReturn()})})},
          {"SomethingAfterTheExit", true,
           WithAfter(Count(100), OneBlock({GoCall(G::kYields, 1), Count(5)}))}};
}

class GoShapeTest : public ::testing::TestWithParam<Case> {};

TEST_P(GoShapeTest, RunsAsTheGeneralTranslationDoes) {
  const Case& c = GetParam();
  const std::vector<uint8_t> bytes = c.module.Build();
  for (const InstanceOptions& options : AllOptions()) {
    if (!options.go_shape) continue;
    InstanceOptions general = AllOptions()[0];
    TestInstance expected(bytes, general);
    TestInstance actual(bytes, options);
    EXPECT_FALSE(expected.IsGoShaped(GoModule::kTested));
    EXPECT_EQ(actual.IsGoShaped(GoModule::kTested), c.shaped)
        << actual.Dump(GoModule::kTested);
    for (const char* name : {"f", "call"}) {
      for (uint64_t arg : {0, 1, 2, 1000, 0}) {
        const CallOutcome want = expected.Call(name, {arg});
        EXPECT_EQ(Describe(actual.Call(name, {arg})), Describe(want))
            << Describe(options) << ", " << name << " " << arg << "\n"
            << actual.Dump(GoModule::kTested);
        // Some leave the stack pointer anywhere.
        expected.Global("sp") = actual.Global("sp") = 0x1f0000;
      }
    }
  }
}

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Shaped, GoShapeTest, ::testing::ValuesIn(Shaped()),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(NearMiss, GoShapeTest,
                         ::testing::ValuesIn(NearMisses()), NameOf);
INSTANTIATE_TEST_SUITE_P(Elsewhere, GoShapeTest,
                         ::testing::ValuesIn(Elsewhere()), NameOf);

// f calls itself until global 1 has counted to 100,000: no frame of slots, no
// native stack.
TEST(GoShapeRecursionTest, GoesDeepAndComesBack) {
  const GoModule module =
      Blocks({Join({GoStackCheck(GoModule::kLeaf, 1), Count(1),
                    Code()
                        .GlobalGet(1)
                        .I64Const(100'000)
                        .Op(WasmOp::kI64LtS)
                        .Begin(WasmOp::kIf),
                    GoCall(GoModule::kTested, 2), Code().End(), GoReturn()})});
  for (const InstanceOptions& options : AllOptions()) {
    TestInstance instance(module.Build(), options);
    instance.Global("sp") -= 8;
    const CallOutcome outcome = instance.Call("f", {0});
    EXPECT_EQ(outcome.trap, Trap::kNone) << Describe(options);
    EXPECT_EQ(instance.Global("count"), 100'000u);
    EXPECT_EQ(instance.Global("sp"), 0x1f0000u);
  }
}

TEST(GoShapeForeignTest, FunctionOfAnotherInstanceInTheTable) {
  GoModule module = OneBlock({Target(15), GoCallIndirect(true, 1), Count(5)});
  module.reference_params = true;
  for (const InstanceOptions& options : AllOptions()) {
    TestInstance other(Blocks({Join({Count(3), GoYield()})}).Build(), options);
    TestInstance instance(module.Build(), options);
    Function* function = other.instance().FindFunction("f");
    instance.Call("set", {15, reinterpret_cast<uintptr_t>(function)});
    const CallOutcome outcome = instance.Call("f", {0});
    EXPECT_EQ(outcome.trap, Trap::kNone) << Describe(options);
    EXPECT_EQ(outcome.results, std::vector<uint64_t>{1});
    EXPECT_EQ(other.Global("count"), 3u);
    EXPECT_EQ(instance.Global("count"), 0u);
  }
}

}  // namespace
}  // namespace goshawk::interp
