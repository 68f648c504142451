// The matcher of superinstructions against the list itself: a sequence is found
// if it is in the list, up to its last operation, and nothing else is.

#include "interp/fusion.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "interp/machine.h"
#include "interp/op.h"

namespace goshawk::interp {
namespace {

using enum Op;

// The rows one after the other, each with kNone at its end.
constexpr Op kRows[] = {
#define FUSE(...) __VA_ARGS__, kNone,
#include "interp/fusion.def"
#undef FUSE
};

// A sequence of operations, and the rows that go on from there.
struct Node {
  std::map<Op, size_t> next;
  std::vector<Op> ops;
  int row = -1;
};

std::vector<Node> Tree() {
  std::vector<Node> tree(1);
  int number = 0;
  size_t at = 0;
  for (const Op op : kRows) {
    if (op == kNone) {
      EXPECT_EQ(tree[at].row, -1) << "row " << number << " is there twice";
      tree[at].row = number++;
      at = 0;
      continue;
    }
    const auto [place, added] = tree[at].next.emplace(op, tree.size());
    if (added) {
      std::vector<Op> ops = tree[at].ops;
      ops.push_back(op);
      tree.push_back({{}, std::move(ops), -1});
    }
    at = place->second;
  }
  return tree;
}

// Every operation after everything that rows begin with.
TEST(FusionTest, FindsTheLongestRowAndNothingElse) {
  const std::vector<Node> tree = Tree();
  for (const Node& node : tree) {
    FusedSequence longest;
    std::vector<Word> words;
    std::vector<uint32_t> starts;
    size_t at = 0;
    for (const Op op : node.ops) {
      starts.push_back(static_cast<uint32_t>(words.size()));
      words.push_back({static_cast<uint32_t>(op), 0, 0, 0});
      at = tree[at].next.at(op);
      if (tree[at].row >= 0) {
        longest = {tree[at].row, static_cast<uint32_t>(words.size())};
      }
    }
    starts.push_back(static_cast<uint32_t>(words.size()));
    words.emplace_back();
    for (int i = 0; i < kNumOps; ++i) {
      const Op op = static_cast<Op>(i);
      words.back().handler = static_cast<uint32_t>(op);
      const auto next = node.next.find(op);
      FusedSequence expected = longest;
      if (next != node.next.end() && tree[next->second].row >= 0) {
        expected = {tree[next->second].row,
                    static_cast<uint32_t>(words.size())};
      }
      const FusedSequence found = FindFused(words.data(), starts);
      ASSERT_EQ(found.row, expected.row)
          << Name(op) << " after " << node.ops.size() << " operations";
      ASSERT_EQ(found.length, expected.length)
          << Name(op) << " after " << node.ops.size() << " operations";
    }
  }
}

}  // namespace
}  // namespace goshawk::interp
