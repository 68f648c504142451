// What is read from the accumulator instead of a slot, and what must not be.

#include "interp/forwarding.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "interp/code_buffer.h"
#include "interp/op.h"

namespace goshawk::interp {
namespace {

using enum Op;

// The operations that `write` makes, after forwarding.
std::vector<std::string> Forwarded(
    const std::function<void(CodeBuffer&)>& write) {
  CodeBuffer code;
  code.Clear();
  write(code);
  EXPECT_TRUE(code.ResolveBranches());
  ForwardResults(code);
  std::vector<std::string> names;
  for (const uint32_t start : code.Starts()) {
    if (start != code.size()) names.push_back(Name(code.OpAt(start)));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(ForwardingTest, AnyOperandMayBeTheLastResult) {
  const auto after_sum = [](Op op, uint32_t x, uint32_t y, uint32_t z) {
    return Forwarded([&](CodeBuffer& code) {
      code.Emit(kAdd64_SSI, 5, 4, 1);
      code.Emit(op, x, y, z);
    })[1];
  };
  EXPECT_EQ(after_sum(kMul64_SSS, 6, 5, 7), "Mul64_SAS");
  EXPECT_EQ(after_sum(kMul64_SSS, 6, 7, 5), "Mul64_SSA");
  EXPECT_EQ(after_sum(kMul64_SSS, 6, 5, 5), "Mul64_SAS");
  EXPECT_EQ(after_sum(kMul64_SSS, 5, 6, 7), "Mul64_SSS");
  EXPECT_EQ(after_sum(kLoad64_SSN, 6, 5, 0), "Load64_SAN");
  EXPECT_EQ(after_sum(kStore64_SSN, 5, 6, 0), "Store64_ASN");
  EXPECT_EQ(after_sum(kStore64_SSN, 6, 5, 0), "Store64_SAN");
  EXPECT_EQ(after_sum(kMove_MNS, 6, 0, 5), "Move_MNA");
  // Factors are beside the operand.
  EXPECT_EQ(after_sum(kIndex64_SSS, 6, 7, 5 | 8 << 8), "Index64_SSA");
  EXPECT_EQ(after_sum(kIndex64_SSS, 6, 7, 9 | 5 << 8), "Index64_SSS");
  // There is no form of these with an accumulator for that operand.
  EXPECT_EQ(after_sum(kSelect_SSS, 6, 5, 7 | 8 << 8), "Select_SSS");
  EXPECT_EQ(after_sum(kAddF64_SSS, 6, 5, 7), "AddF64_SSS");
}

TEST(ForwardingTest, BranchesTakeTheResultToo) {
  EXPECT_EQ(Forwarded([](CodeBuffer& code) {
              const auto end = code.NewLabel();
              code.Emit(kAdd64_SSI, 5, 4, 1);
              code.EmitBranch(kBrLtS64_NSS, 5, 6, end);
              code.EmitBranch(kBrLtS64_NSS, 6, 5, end);
              code.Emit(kMove_SNS, 7, 0, 5);
              code.Bind(end);
            }),
            (Names{"Add64_SSI", "BrLtS64_NAS", "BrLtS64_NSA", "Move_SNA"}));
}

TEST(ForwardingTest, OperationsInBetweenMayLeaveTheAccumulatorAlone) {
  EXPECT_EQ(Forwarded([](CodeBuffer& code) {
              code.Emit(kLoad64_SSN, 5, 4, 8);
              code.Emit(kMove_SNI, 6, 0, 1);
              code.Emit(kLtS64_SSS, 7, 8, 9);
              code.Emit(kAddF64_SSS, 10, 11, 12);
              code.Emit(kStore32_ISN, 0, 8, 0);
              code.Emit(kAdd64_SSS, 6, 5, 6);
            }).back(),
            "Add64_SAS");
}

TEST(ForwardingTest, NothingIsForwardedFromBeforeAnotherResult) {
  for (const Op op : {kAdd64_ASS, kAdd64_SSS, kLoad8U_ASN, kMove_ANI}) {
    EXPECT_EQ(Forwarded([&](CodeBuffer& code) {
                code.Emit(kAdd64_SSI, 5, 4, 1);
                code.Emit(op, 6, 7, 8);
                code.Emit(kMul64_SSS, 9, 5, 5);
              }).back(),
              "Mul64_SSS")
        << Name(op);
  }
}

TEST(ForwardingTest, NothingIsForwardedWhenTheSlotHasChanged) {
  for (const Op op : {kMove_SNI, kMove_SNM, kLtS64_SSS, kAddF64_SSS}) {
    EXPECT_EQ(Forwarded([&](CodeBuffer& code) {
                code.Emit(kAdd64_SSI, 5, 4, 1);
                code.Emit(op, 5, 7, 8);
                code.Emit(kMul64_SSS, 9, 5, 5);
              }).back(),
              "Mul64_SSS")
        << Name(op);
  }
}

TEST(ForwardingTest, NothingIsForwardedOverLabelsAndCalls) {
  EXPECT_EQ(Forwarded([](CodeBuffer& code) {
              code.Emit(kAdd64_SSI, 5, 4, 1);
              code.Bind(code.NewLabel());
              code.Emit(kMul64_SSS, 9, 5, 5);
            }).back(),
            "Mul64_SSS");
  EXPECT_EQ(Forwarded([](CodeBuffer& code) {
              code.Emit(kAdd64_SSI, 5, 4, 1);
              code.Emit(kMemoryGrow_SSN, 6, 7);
              code.Emit(kMul64_SSS, 9, 5, 5);
            }).back(),
            "Mul64_SSS");
}

// A comparison is computed when another one's result is in the accumulator.
TEST(ForwardingTest, WhatIsComputedAtAnyTimeLeavesTheAccumulatorAlone) {
  for (const Op op : {kEq64_SSS, kLtF64_SSS, kGeU32_SSI, kMove_SNM, kMove_SNJ,
                      kSpAddress_SNI, kLoad64_SSJ, kMemorySize_SNN}) {
    EXPECT_NE(Info(op).use, AccumulatorUse::kKeeps) << Name(op);
    EXPECT_NE(Info(op).use, AccumulatorUse::kSets) << Name(op);
  }
}

}  // namespace
}  // namespace goshawk::interp
