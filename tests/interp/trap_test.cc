// Traps are exact: memory and globals are as the instructions before the one
// that trapped left them, and an instance can be used again.

#include "interp/trap.h"

#include <sys/resource.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/interp/module_builder.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;

CodeBuilder Code() { return CodeBuilder(); }

// One page of memory; globals sp (i32, 4096) and count (i64); functions "inner"
// () -> (), and "f" () -> () with locals i32, i64, i64.
std::vector<uint8_t> Module(const CodeBuilder& f, const CodeBuilder& inner) {
  ModuleBuilder module;
  const uint32_t type = module.AddType({}, {});
  const uint32_t grow_type = module.AddType({kI32}, {});
  module.ImportFunc("env", "reenter", grow_type);
  module.ImportFunc("env", "exit", type);
  module.AddExport("inner", ExternKind::kFunc,
                   module.AddFunc(type, {kI32, kI64, kI64}, inner));
  module.AddExport("f", ExternKind::kFunc,
                   module.AddFunc(type, {kI32, kI64, kI64}, f));
  module.AddExport(
      "fine", ExternKind::kFunc,
      module.AddFunc(
          module.AddType({}, {kI64}), {},
          Code().GlobalGet(1).I64Const(1).Op(WasmOp::kI64Add).End()));
  module.AddMemory({{1, 1}});
  module.AddExport("memory", ExternKind::kMemory, 0);
  module.AddGlobal({kI32, true}, Code().I32Const(4096).End());
  module.AddGlobal({kI64, true}, Code().I64Const(0).End());
  module.AddExport("sp", ExternKind::kGlobal, 0);
  module.AddExport("count", ExternKind::kGlobal, 1);
  return module.Build();
}

CodeBuilder SetGlobals(int32_t sp, int64_t count) {
  return Code().I32Const(sp).GlobalSet(0).I64Const(count).GlobalSet(1);
}

struct Case {
  const char* name;
  CodeBuilder code;  // after sp = 8192 and count = 7, before count = 8
  Trap trap = Trap::kMemoryOutOfBounds;
  uint32_t sp = 8192;
  uint64_t count = 7;
};

std::vector<Case> Cases() {
  auto sp = [](int32_t value) { return Code().I32Const(value).GlobalSet(0); };
  auto at_sp = [sp](int32_t value) { return sp(value).GlobalGet(0); };
  const CodeBuilder store_constant =
      Code().I32Const(65533).I32Const(-1).Op(WasmOp::kI32Store, 0, 0);
  return {
      {"LoadAtAConstant",
       Code().I32Const(65533).Op(WasmOp::kI32Load, 0, 0).LocalSet(0)},
      {"StoreAtAConstant", store_constant},
      {"LoadAtALocal", Code()
                           .I32Const(-1)
                           .LocalSet(0)
                           .LocalGet(0)
                           .Op(WasmOp::kI64Load, 0, 0)
                           .LocalSet(1)},
      {"StoreAtALocalWithAnOffset",
       Code().I32Const(65000).LocalSet(0).LocalGet(0).I64Const(-1).Op(
           WasmOp::kI64Store, 0, 529)},
      {"StoreWithAFarOffset",
       Code().LocalGet(0).I64Const(-1).Op(WasmOp::kI64Store8, 0, 0xffffffff)},
      {"StoreAtTheSumOfTwoLargeNumbers",
       Code().I32Const(-1).LocalSet(0).LocalGet(0).LocalGet(1).Op(
           WasmOp::kI64Store, 0, 0xffffffff)},
      {"LoadAtAResult", Code()
                            .LocalGet(0)
                            .I32Const(65530)
                            .Op(WasmOp::kI32Add)
                            .Op(WasmOp::kI64Load, 0, 0)
                            .LocalSet(1)},
      {"LoadOfAStackWord", at_sp(65532).Op(WasmOp::kI64Load, 3, 0).LocalSet(1),
       Trap::kMemoryOutOfBounds, 65532},
      {"LoadOfAStackWordThatIsDropped",
       at_sp(65528).Op(WasmOp::kI64Load, 3, 8).Op(WasmOp::kDrop),
       Trap::kMemoryOutOfBounds, 65528},
      {"LoadOfAStackWordBeforeADivision",
       at_sp(65536)
           .Op(WasmOp::kI64Load, 3, 0)
           .LocalGet(1)
           .LocalGet(2)
           .Op(WasmOp::kI64DivU)
           .Op(WasmOp::kI64Add)
           .LocalSet(1),
       Trap::kMemoryOutOfBounds, 65536},
      {"LoadOfAStackWordBeforeAGlobalChanges",
       at_sp(65536)
           .Op(WasmOp::kI64Load, 3, 0)
           .I64Const(100)
           .GlobalSet(1)
           .LocalSet(1),
       Trap::kMemoryOutOfBounds, 65536},
      {"LoadOfAStackWordBeforeABranch",
       at_sp(65536)
           .Begin(WasmOp::kBlock, kI64)
           .GlobalGet(0)
           .Op(WasmOp::kI64Load, 3, 0)
           .I64Const(3)
           .Br(0)
           .End()
           .LocalSet(1)
           .LocalSet(0),
       Trap::kMemoryOutOfBounds, 65536},
      {"StoreOfAStackWord", at_sp(-8).I64Const(5).Op(WasmOp::kI64Store, 3, 0),
       Trap::kMemoryOutOfBounds, 0xfffffff8},
      {"StackWordPlusAStackWordToAStackWord",
       at_sp(65520)
           .GlobalGet(0)
           .Op(WasmOp::kI64Load, 3, 0)
           .GlobalGet(0)
           .Op(WasmOp::kI64Load, 3, 8)
           .Op(WasmOp::kI64Add)
           .Op(WasmOp::kI64Store, 3, 16),
       Trap::kMemoryOutOfBounds, 65520},
      {"CopyBeyondTheEnd", Code().I32Const(0).I32Const(65530).I32Const(7).Op(
                               WasmOp::kMemoryCopy, 0, 0)},
      {"FillBeyondTheEnd", Code().I32Const(65530).I32Const(9).I32Const(7).Op(
                               WasmOp::kMemoryFill, 0)},
      // As Go's memeqbody: a loop that one handler runs.
      {"ComparingBeyondTheEnd", Code()
                                    .I32Const(65000)
                                    .LocalSet(0)
                                    .I64Const(65000)
                                    .LocalSet(1)
                                    .I64Const(1000)
                                    .LocalSet(2)
                                    .Begin(WasmOp::kLoop)
                                    .LocalGet(2)
                                    .Op(WasmOp::kI64Eqz)
                                    .Begin(WasmOp::kIf)
                                    .Op(WasmOp::kReturn)
                                    .End()
                                    .LocalGet(0)
                                    .Op(WasmOp::kI64Load8U, 0, 0)
                                    .LocalGet(1)
                                    .Op(WasmOp::kI32WrapI64)
                                    .Op(WasmOp::kI64Load8U, 0, 0)
                                    .Op(WasmOp::kI64Ne)
                                    .Begin(WasmOp::kIf)
                                    .Op(WasmOp::kReturn)
                                    .End()
                                    .LocalGet(0)
                                    .I32Const(1)
                                    .Op(WasmOp::kI32Add)
                                    .LocalSet(0)
                                    .LocalGet(1)
                                    .I64Const(1)
                                    .Op(WasmOp::kI64Add)
                                    .LocalSet(1)
                                    .LocalGet(2)
                                    .I64Const(1)
                                    .Op(WasmOp::kI64Sub)
                                    .LocalSet(2)
                                    .Br(0)
                                    .End()},
      {"Division",
       Code().LocalGet(1).LocalGet(2).Op(WasmOp::kI64DivU).LocalSet(1),
       Trap::kIntegerDivideByZero},
      {"Unreachable", Code().Op(WasmOp::kUnreachable), Trap::kUnreachable},
      {"InACallOfTheHost", Code().I32Const(0).Call(0), Trap::kUnreachable, 16,
       70},
      {"ExitByTheHost", Code().Call(1), Trap::kHostExit, 4242},
  };
}

TEST(TrapTest, LeaveMemoryAndGlobalsAsTheyWere) {
  const CodeBuilder inner =
      Code().Raw(SetGlobals(16, 70).bytes()).Op(WasmOp::kUnreachable).End();
  for (const Case& c : Cases()) {
    CodeBuilder f = SetGlobals(8192, 7);
    f.I32Const(100).I64Const(0x1234).Op(WasmOp::kI64Store, 0, 0);
    f.Raw(c.code.bytes()).Raw(SetGlobals(1, 8).bytes());
    f.I32Const(100).I64Const(0).Op(WasmOp::kI64Store, 0, 0).End();
    for (const InstanceOptions& options : AllOptions()) {
      SCOPED_TRACE(std::string(c.name) + ": " + Describe(options));
      TestInstance instance(Module(f, inner), options);
      uint64_t hash = 0;
      for (int round = 0; round < 2; ++round) {
        const CallOutcome outcome = instance.Call("f", {});
        EXPECT_EQ(Message(outcome.trap), Message(c.trap));
        EXPECT_EQ(outcome.globals, (std::vector<uint64_t>{c.sp, c.count}));
        EXPECT_EQ(instance.memory()[100], 0x34);
        EXPECT_EQ(instance.memory()[101], 0x12);
        for (uint32_t i = 65000; i < kPageSize; ++i) {
          ASSERT_EQ(instance.memory()[i], 0) << i;
        }
        if (round == 0) hash = outcome.memory_hash;
        EXPECT_EQ(outcome.memory_hash, hash);
        EXPECT_EQ(instance.Call("fine", {}).results,
                  std::vector<uint64_t>{c.count + 1});
      }
    }
  }
}

TEST(TrapTest, EndlessRecursionExhaustsTheStackAgainAndAgain) {
  // With arguments on the stack, so that slots are what runs out.
  const CodeBuilder inner = Code().I64Const(1).LocalSet(1).Call(2).End();
  for (const InstanceOptions& options : AllOptions()) {
    TestInstance instance(Module(Code().Call(2).End(), inner), options);
    for (int round = 0; round < 2; ++round) {
      EXPECT_EQ(instance.Call("f", {}).trap, Trap::kStackExhausted)
          << Describe(options);
      EXPECT_EQ(instance.Call("fine", {}).trap, Trap::kNone);
    }
  }
}

TEST(TrapTest, SaysSoWhereThereIsNoRoomForTheStack) {
  TestInstance instance(Module(Code().End(), Code().End()), {});
  size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
  const rlimit little = {pages * 4096 + (64 << 20), before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_AS, &little), 0);
  EXPECT_EQ(instance.Call("f", {}).trap, Trap::kOutOfHostMemory);
  EXPECT_EQ(instance.instance().TrapReport(), Message(Trap::kOutOfHostMemory));
  ASSERT_EQ(setrlimit(RLIMIT_AS, &before), 0);
  EXPECT_EQ(instance.Call("f", {}).trap, Trap::kNone);
}

// `f` is interrupted by another thread once it has written count.
void ExpectInterrupted(const CodeBuilder& f, const CodeBuilder& inner) {
  for (const InstanceOptions& options : AllOptions()) {
    SCOPED_TRACE(Describe(options));
    TestInstance instance(Module(f, inner), options);
    for (int round = 0; round < 3; ++round) {
      instance.Global("count") = 0;
      auto* count = &instance.Global("count");
      std::thread other([&instance, count] {
        while (__atomic_load_n(count, __ATOMIC_RELAXED) == 0) {
          std::this_thread::yield();
        }
        instance.instance().Interrupt();
      });
      EXPECT_EQ(Message(instance.Call("f", {}).trap),
                Message(Trap::kInterrupted));
      other.join();
      EXPECT_EQ(instance.Call("fine", {}).trap, Trap::kNone);
    }
  }
}

TEST(InterruptTest, EndsALoop) {
  ExpectInterrupted(
      Code().Begin(WasmOp::kLoop).I64Const(1).GlobalSet(1).Br(0).End().End(),
      Code().End());
}

TEST(InterruptTest, EndsALoopThatOneHandlerRuns) {
  ExpectInterrupted(Code()
                        .I64Const(1)
                        .GlobalSet(1)
                        .Begin(WasmOp::kLoop)
                        .LocalGet(1)
                        .I64Const(1)
                        .Op(WasmOp::kI64Add)
                        .LocalSet(1)
                        .LocalGet(1)
                        .I64Const(int64_t{1} << 62)
                        .Op(WasmOp::kI64LtS)
                        .BrIf(0)
                        .End()
                        .End(),
                    Code().End());
}

TEST(InterruptTest, EndsALoopOfCalls) {
  ExpectInterrupted(Code().Begin(WasmOp::kLoop).Call(2).Br(0).End().End(),
                    Code().I64Const(1).GlobalSet(1).End());
}

TEST(InterruptTest, EndsALoopThatTheHostCalled) {
  ExpectInterrupted(
      Code().I32Const(0).Call(0).End(),
      Code().Begin(WasmOp::kLoop).I64Const(1).GlobalSet(1).Br(0).End().End());
}

}  // namespace
}  // namespace goshawk::interp
