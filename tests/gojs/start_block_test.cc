#include "gojs/start_block.h"

#include <gtest/gtest.h>

#include <cstring>

namespace goshawk::gojs {
namespace {

std::string StringAt(const StartBlock& block, uint32_t address) {
  return reinterpret_cast<const char*>(block.bytes.data()) + address -
         StartBlock::kAddress;
}

uint64_t PointerAt(const StartBlock& block, uint32_t address) {
  uint64_t pointer;
  std::memcpy(&pointer, block.bytes.data() + address - StartBlock::kAddress, 8);
  return pointer;
}

TEST(StartBlockTest, LaysOutArgumentsAndSortedEnvironment) {
  const auto block =
      MakeStartBlock({"app", "seven77", ""}, {{"B", "2"}, {"A", "=x"}});
  ASSERT_TRUE(block.ok());
  EXPECT_EQ(block->argc, 3u);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < 7; ++i) {
    const uint64_t pointer = PointerAt(*block, block->argv + 8 * i);
    EXPECT_EQ(pointer % 8, 0u);
    texts.push_back(pointer == 0
                        ? "(end)"
                        : StringAt(*block, static_cast<uint32_t>(pointer)));
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"app", "seven77", "", "(end)",
                                             "A==x", "B=2", "(end)"}));
  EXPECT_EQ(block->argv, StartBlock::kAddress + 8 + 8 + 8 + 8 + 8);
  EXPECT_EQ(block->bytes.size(), block->argv - StartBlock::kAddress + 7 * 8);
}

TEST(StartBlockTest, TheLimitIsThatOfWasmExec) {
  // One argument, two ends: 3 pointers. 8,192 bytes are one too many.
  constexpr size_t kPointers = 3 * 8;
  EXPECT_TRUE(
      MakeStartBlock({std::string(8192 - 8 - kPointers - 1, 'x')}, {}).ok());
  const auto over =
      MakeStartBlock({std::string(8192 - kPointers - 1, 'x')}, {});
  EXPECT_EQ(over.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(over.status().message(),
            "arguments and environment take 8192 bytes, more than the 8191 "
            "that Go leaves for them");
}

TEST(StartBlockTest, RefusesNul) {
  EXPECT_EQ(MakeStartBlock({std::string("a\0b", 3)}, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace goshawk::gojs
