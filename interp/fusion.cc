#include "interp/fusion.h"

#include <array>
#include <cstddef>

namespace goshawk::interp {
namespace {

using enum Op;

constexpr size_t kMaxLength = 16;

struct Row {
  uint8_t length = 0;
  std::array<Op, kMaxLength> ops{};

  template <class... Ops>
  constexpr explicit Row(Ops... list) : length(sizeof...(list)), ops{list...} {
    static_assert(sizeof...(list) >= 2 && sizeof...(list) <= kMaxLength);
  }
};

constexpr Row kRows[] = {
#define FUSE(...) Row(__VA_ARGS__),
#include "interp/fusion.def"
#undef FUSE
};

constexpr size_t kNumRows = sizeof(kRows) / sizeof(kRows[0]);

// A trie of the rows as a hash table of its edges: (state, op) -> edge. The
// state after an edge is the edge's place and 1; 0 is the state at the start.
struct Edge {
  uint16_t from = 0;
  Op op = Op::kNone;  // this place is free
  int16_t row = -1;   // that ends here
};

template <size_t kSize>
struct Trie {
  static_assert(kSize < 1 << 16);
  std::array<Edge, kSize> edges{};

  // The edge's place, or the free one where it belongs.
  constexpr size_t Find(uint32_t state, Op op) const {
    size_t place =
        (state * 2654435761u ^ static_cast<uint32_t>(op) * 40503u) % kSize;
    while (edges[place].op != Op::kNone &&
           (edges[place].from != state || edges[place].op != op)) {
      place = (place + 1) % kSize;
    }
    return place;
  }

  // Returns the number of edges.
  constexpr size_t Build() {
    size_t count = 0;
    for (size_t i = 0; i < kNumRows; ++i) {
      uint16_t state = 0;
      size_t place = 0;
      for (size_t j = 0; j < kRows[i].length; ++j) {
        place = Find(state, kRows[i].ops[j]);
        if (edges[place].op == Op::kNone) {
          edges[place].from = state;
          edges[place].op = kRows[i].ops[j];
          ++count;
        }
        state = static_cast<uint16_t>(place + 1);
      }
      edges[place].row = static_cast<int16_t>(i);
    }
    return count;
  }
};

constexpr size_t kNumOperations = [] {
  size_t operations = 0;
  for (const Row& row : kRows) operations += row.length;
  return operations;
}();
constexpr size_t kNumEdges = [] {
  Trie<kNumOperations + 1> trie;
  return trie.Build();
}();
// Three quarters full.
constexpr auto kTrie = [] {
  Trie<kNumEdges * 4 / 3> trie;
  trie.Build();
  return trie;
}();

// The state after the first operation, 0 if nothing starts with it: most
// operations are done with this look.
constexpr auto kFirst = [] {
  std::array<uint16_t, kNumOps> first{};
  for (const Row& row : kRows) {
    first[static_cast<size_t>(row.ops[0])] =
        static_cast<uint16_t>(kTrie.Find(0, row.ops[0]) + 1);
  }
  return first;
}();

}  // namespace

bool FusionMatcher::Step(Op op) {
  if (state_ == 0) {
    state_ = kFirst[static_cast<size_t>(op)];
    return state_ != 0;
  }
  const size_t place = kTrie.Find(state_, op);
  const Edge& edge = kTrie.edges[place];
  if (edge.op == Op::kNone) return false;
  state_ = static_cast<uint32_t>(place + 1);
  match_ = edge.row;
  return true;
}

}  // namespace goshawk::interp
