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
  uint16_t row = 0;   // that ends here, and 1; 0 if none does. Twice that,
                      // and 1 if there are edges from here
};

template <size_t kSize>
struct Trie {
  static_assert(kSize < 1 << 16);
  std::array<Edge, kSize> edges{};

  // The edge's place, or the free one where it belongs.
  constexpr size_t Find(uint32_t state, Op op) const {
    const uint32_t hash =
        (state << 11 ^ static_cast<uint32_t>(op)) * 2654435761u;
    size_t place = uint64_t{hash} * kSize >> 32;
    while (edges[place].op != Op::kNone &&
           (edges[place].from != state || edges[place].op != op)) {
      if (++place == kSize) place = 0;
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
        if (j > 0) edges[place].row |= 1;
        place = Find(state, kRows[i].ops[j]);
        if (edges[place].op == Op::kNone) {
          edges[place].from = state;
          edges[place].op = kRows[i].ops[j];
          ++count;
        }
        state = static_cast<uint16_t>(place + 1);
      }
      edges[place].row |= static_cast<uint16_t>((i + 1) << 1);
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
// Half full: fuller, a look for what is not there takes long.
constexpr auto kTrie = [] {
  Trie<kNumEdges * 2> trie;
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

FusedSequence FindFused(const Word* words, absl::Span<const uint32_t> starts) {
  auto op = [&](size_t i) { return static_cast<Op>(words[starts[i]].handler); };
  FusedSequence found;
  uint32_t state = kFirst[static_cast<size_t>(op(0))];
  for (size_t i = 1; state != 0 && i < starts.size(); ++i) {
    const size_t place = kTrie.Find(state, op(i));
    const Edge& edge = kTrie.edges[place];
    if (edge.row > 1) {
      found.row = (edge.row >> 1) - 1;
      found.length = static_cast<uint32_t>(i + 1);
    }
    state = (edge.row & 1) != 0 ? static_cast<uint32_t>(place + 1) : 0;
  }
  return found;
}

}  // namespace goshawk::interp
