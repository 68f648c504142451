#include "gojs/go_abi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gojs/imports.h"
#include "interp/memory.h"

namespace goshawk::gojs {
namespace {

using interp::Trap;

// Every offset from SP that Go's own wasm_exec.js uses, from Go 1.16 to 1.27.
// resetMemoryDataView uses none, debug gets no SP.
const std::map<std::string, std::vector<uint32_t>>& WasmExecOffsets() {
  static const auto* const kOffsets =
      new std::map<std::string, std::vector<uint32_t>>{
          {"runtime.wasmExit", {8}},
          {"runtime.wasmWrite", {8, 16, 24}},
          {"runtime.resetMemoryDataView", {}},
          {"runtime.nanotime1", {8}},
          {"runtime.walltime", {8, 16}},
          {"runtime.walltime1", {8, 16}},
          {"runtime.scheduleTimeoutEvent", {8, 16}},
          {"runtime.clearTimeoutEvent", {8}},
          {"runtime.getRandomData", {8}},
          {"syscall/js.finalizeRef", {8}},
          {"syscall/js.stringVal", {8, 24}},
          {"syscall/js.valueGet", {8, 16, 32}},
          {"syscall/js.valueSet", {8, 16, 32}},
          {"syscall/js.valueDelete", {8, 16}},
          {"syscall/js.valueIndex", {8, 16, 24}},
          {"syscall/js.valueSetIndex", {8, 16, 24}},
          {"syscall/js.valueCall", {8, 16, 32, 56, 64}},
          {"syscall/js.valueInvoke", {8, 16, 40, 48}},
          {"syscall/js.valueNew", {8, 16, 40, 48}},
          {"syscall/js.valueLength", {8, 16}},
          {"syscall/js.valuePrepareString", {8, 16, 24}},
          {"syscall/js.valueLoadString", {8, 16}},
          {"syscall/js.valueInstanceOf", {8, 16, 24}},
          {"syscall/js.copyBytesToGo", {8, 32, 40, 48}},
          {"syscall/js.copyBytesToJS", {8, 16, 40, 48}},
          {"debug", {}},
      };
  return *kOffsets;
}

TEST(GoAbiTest, LayoutsAreThoseOfWasmExec) {
  EXPECT_EQ(Imports().size(), WasmExecOffsets().size());
  for (const ImportRow& row : Imports()) {
    const auto it = WasmExecOffsets().find(std::string(row.name));
    ASSERT_NE(it, WasmExecOffsets().end()) << row.name;
    EXPECT_THAT(row.offsets, testing::ElementsAreArray(it->second)) << row.name;
  }
}

// A host whose methods show what reached them.
class FakeHost {
 public:
  interp::Memory& memory() { return *memory_; }
  uint64_t go_runs() const { return runs; }
  Trap StackPointer(uint32_t* sp) {
    *sp = moved_sp;
    return Trap::kNone;
  }
  Trap TakeTrap() const { return trap; }

  // func mixed(a int32, b bool, c int64, s string, p []byte, r []ref) (bool,
  // int64)
  Results<bool, int64_t> Mixed(int32_t a, bool b, int64_t c, GoString s,
                               GoBytes p, GoRefs r) {
    seen = std::to_string(a) + (b ? " true " : " false ") + std::to_string(c) +
           " " + std::string(s) + " " + std::to_string(p.size()) + " " +
           std::to_string(r.size());
    if (!p.empty()) p[0] = 'X';
    return {true, -5};
  }
  void Nothing() { seen = "nothing"; }
  int32_t Reenter() {
    ++runs;
    return 77;
  }

  std::unique_ptr<interp::Memory> memory_ =
      *interp::Memory::Create({.limits = {.min = 1, .max = 2}},
                              interp::MemoryProtection::kExplicitChecks);
  uint64_t runs = 0;
  uint32_t moved_sp = 0;
  Trap trap = Trap::kNone;
  std::string seen;
};

class GoThunkTest : public testing::Test {
 protected:
  template <typename T>
  void Put(uint32_t address, T value) {
    std::memcpy(host.memory().base() + address, &value, sizeof(value));
  }
  template <typename T>
  T At(uint32_t address) {
    T value;
    std::memcpy(&value, host.memory().base() + address, sizeof(value));
    return value;
  }
  template <auto kMethod>
  Trap Call(uint64_t sp) {
    uint64_t values[] = {sp};
    // The thunk never looks at the caller.
    alignas(interp::Instance) static char nobody[sizeof(interp::Instance)];
    auto* caller = reinterpret_cast<interp::Instance*>(nobody);
    return GoThunk<kMethod>(&host, *caller, values);
  }
  void PutMixed(uint32_t sp) {
    Put<int32_t>(sp + 8, -3);
    Put<uint8_t>(sp + 12, 1);
    Put<int64_t>(sp + 16, int64_t{1} << 40);
    Put<uint64_t>(sp + 24, 1000);  // string
    Put<uint64_t>(sp + 32, 2);
    Put<uint64_t>(sp + 40, 2000);  // []byte
    Put<uint64_t>(sp + 48, 5);
    Put<uint64_t>(sp + 64, 3001);  // []ref, unaligned
    Put<uint64_t>(sp + 72, 4);
    Put<uint16_t>(1000, 'h' | 'i' << 8);
  }

  FakeHost host;
};

TEST_F(GoThunkTest, LoadsParametersAndStoresResults) {
  constexpr uint32_t kSp = 0x4000;
  PutMixed(kSp);
  ASSERT_EQ(Call<&FakeHost::Mixed>(kSp), Trap::kNone);
  EXPECT_EQ(host.seen, "-3 true 1099511627776 hi 5 4");
  EXPECT_EQ(At<uint8_t>(kSp + 88), 1);
  EXPECT_EQ(At<int64_t>(kSp + 96), -5);
  EXPECT_EQ(At<uint8_t>(2000), 'X');
}

TEST_F(GoThunkTest, OnlyTheLowHalfIsTheStackPointer) {
  PutMixed(0x4000);
  EXPECT_EQ(Call<&FakeHost::Mixed>(0xdead'0000'4000), Trap::kNone);
}

TEST_F(GoThunkTest, PointersOutOfTheMemoryTrap) {
  const struct {
    uint32_t offset;
    uint64_t value;
  } kBad[] = {
      {24, 65535},        {24, uint64_t{1} << 63},
      {32, 65536},        {32, ~uint64_t{0}},
      {40, 65532},        {48, ~uint64_t{0}},
      {64, 65536 - 31},   {72, uint64_t{1} << 61},
      {72, ~uint64_t{0}}, {64, ~uint64_t{0}},
  };
  for (const auto& bad : kBad) {
    PutMixed(0x4000);
    Put<uint64_t>(0x4000 + bad.offset, bad.value);
    host.seen = "";
    EXPECT_EQ(Call<&FakeHost::Mixed>(0x4000), Trap::kMemoryOutOfBounds)
        << bad.offset << " " << bad.value;
    EXPECT_EQ(host.seen, "");
  }
}

TEST_F(GoThunkTest, EmptySlicesMayPointAnywhere) {
  PutMixed(0x4000);
  Put<uint64_t>(0x4000 + 24, ~uint64_t{0});
  Put<uint64_t>(0x4000 + 32, 0);
  Put<uint64_t>(0x4000 + 40, ~uint64_t{0});
  Put<uint64_t>(0x4000 + 48, 0);
  EXPECT_EQ(Call<&FakeHost::Mixed>(0x4000), Trap::kNone);
}

TEST_F(GoThunkTest, FramesOutOfTheMemoryTrap) {
  EXPECT_EQ(Call<&FakeHost::Mixed>(65536 - 103), Trap::kMemoryOutOfBounds);
  EXPECT_EQ(Call<&FakeHost::Mixed>(0xffff'fff8), Trap::kMemoryOutOfBounds);
  EXPECT_EQ(Call<&FakeHost::Nothing>(65536), Trap::kMemoryOutOfBounds);
  EXPECT_EQ(Call<&FakeHost::Nothing>(65536 - 8), Trap::kNone);
}

TEST_F(GoThunkTest, ResultsFollowAStackThatMoved) {
  host.moved_sp = 0x8000;
  ASSERT_EQ(Call<&FakeHost::Reenter>(0x4000), Trap::kNone);
  EXPECT_EQ(At<int32_t>(0x4008), 0);
  EXPECT_EQ(At<int32_t>(0x8008), 77);
  host.moved_sp = 0xffff'fff0;
  EXPECT_EQ(Call<&FakeHost::Reenter>(0x4000), Trap::kMemoryOutOfBounds);
}

TEST_F(GoThunkTest, AStopLeavesNoResults) {
  PutMixed(0x4000);
  host.trap = Trap::kHostExit;
  EXPECT_EQ(Call<&FakeHost::Mixed>(0x4000), Trap::kHostExit);
  EXPECT_EQ(At<uint8_t>(0x4000 + 88), 0);
  EXPECT_EQ(Call<&FakeHost::Nothing>(0x4000), Trap::kHostExit);
}

}  // namespace
}  // namespace goshawk::gojs
