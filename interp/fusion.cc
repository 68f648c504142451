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

// A trie of the rows as a hash table of its edges: (state, op) -> state.
constexpr size_t kTableSize = [] {
  size_t edges = 0;
  for (const Row& row : kRows) edges += row.length;
  return edges + edges / 4;
}();

struct Edge {
  uint16_t from = 0;
  uint16_t op = 0;
  uint16_t to = 0;   // 0: this place is free
  int16_t row = -1;  // that ends here
};

constexpr size_t Place(uint32_t state, Op op) {
  return (state * 2654435761u ^ static_cast<uint32_t>(op) * 40503u) %
         kTableSize;
}

constexpr size_t FindEdge(const std::array<Edge, kTableSize>& edges,
                          uint32_t state, Op op) {
  size_t place = Place(state, op);
  while (edges[place].to != 0 &&
         (edges[place].from != state ||
          edges[place].op != static_cast<uint16_t>(op))) {
    place = (place + 1) % kTableSize;
  }
  return place;
}

constexpr auto kEdges = [] {
  std::array<Edge, kTableSize> edges{};
  uint16_t states = 0;
  for (size_t i = 0; i < kNumRows; ++i) {
    uint16_t state = 0;
    for (size_t j = 0; j < kRows[i].length; ++j) {
      Edge& edge = edges[FindEdge(edges, state, kRows[i].ops[j])];
      if (edge.to == 0) {
        edge.from = state;
        edge.op = static_cast<uint16_t>(kRows[i].ops[j]);
        edge.to = ++states;
      }
      state = edge.to;
      if (j + 1 == kRows[i].length) edge.row = static_cast<int16_t>(i);
    }
  }
  return edges;
}();

// The state after the first operation, 0 if nothing starts with it: most
// operations are done with this look.
constexpr auto kFirst = [] {
  std::array<uint16_t, kNumOps> first{};
  for (const Row& row : kRows) {
    first[static_cast<size_t>(row.ops[0])] =
        kEdges[FindEdge(kEdges, 0, row.ops[0])].to;
  }
  return first;
}();

}  // namespace

bool FusionMatcher::Step(Op op) {
  if (state_ == 0) {
    state_ = kFirst[static_cast<size_t>(op)];
    return state_ != 0;
  }
  const Edge& edge = kEdges[FindEdge(kEdges, state_, op)];
  if (edge.to == 0) return false;
  state_ = edge.to;
  match_ = edge.row;
  return true;
}

}  // namespace goshawk::interp
