// The matcher of superinstructions against the list itself: a sequence is found
// if it is in the list, up to its last operation, and nothing else is.

#include "interp/fusion.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
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

// What has been stepped through, and the rows that go on from there.
struct Node {
  std::map<Op, size_t> next;
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
    at = place->second;
    if (added) tree.emplace_back();
  }
  return tree;
}

// Every operation after everything that rows begin with.
TEST(FusionTest, MatchesItsRowsAndNothingElse) {
  const std::vector<Node> tree = Tree();
  std::vector<std::pair<size_t, FusionMatcher>> open = {{0, FusionMatcher()}};
  size_t seen = 0;
  while (!open.empty()) {
    const auto [at, matcher] = open.back();
    open.pop_back();
    ++seen;
    for (int i = 0; i < kNumOps; ++i) {
      const Op op = static_cast<Op>(i);
      const auto next = tree[at].next.find(op);
      FusionMatcher stepped = matcher;
      const bool goes_on = stepped.Step(op);
      ASSERT_EQ(goes_on, next != tree[at].next.end())
          << Name(op) << " after node " << at;
      if (!goes_on) continue;
      ASSERT_EQ(stepped.Match(), tree[next->second].row)
          << Name(op) << " after node " << at;
      open.emplace_back(next->second, stepped);
    }
  }
  EXPECT_EQ(seen, tree.size());
}

}  // namespace
}  // namespace goshawk::interp
