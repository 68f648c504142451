#include "interp/fusion.h"

#include <array>
#include <cstddef>

namespace goshawk::interp {
namespace {

using enum Op;
using enum Field;

constexpr size_t kMaxLength = 16;

struct Row {
  uint8_t length = 0;
  std::array<Step, kMaxLength> steps{};

  template <class... Steps>
  constexpr explicit Row(Steps... list)
      : length(sizeof...(list)), steps{list...} {
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
  // By row, the next one with the same operations, and 1; 0 if there is none.
  std::array<uint16_t, kNumRows> others{};

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
        place = Find(state, kRows[i].steps[j].op);
        if (edges[place].op == Op::kNone) {
          edges[place].from = state;
          edges[place].op = kRows[i].steps[j].op;
          ++count;
        }
        state = static_cast<uint16_t>(place + 1);
      }
      if (edges[place].row <= 1) {
        edges[place].row |= static_cast<uint16_t>((i + 1) << 1);
        continue;
      }
      size_t last = (edges[place].row >> 1) - 1;
      while (others[last] != 0) last = others[last] - 1;
      others[last] = static_cast<uint16_t>(i + 1);
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
    const Op op = row.steps[0].op;
    first[static_cast<size_t>(op)] =
        static_cast<uint16_t>(kTrie.Find(0, op) + 1);
  }
  return first;
}();

// The wires of all rows, and by row where its own begin.
struct PlacedWire {
  uint8_t step : 4;  // the wire leads to this one
  uint8_t back : 4;
  Field to : 4;
  Field from : 4;
};
constexpr size_t kNumWires = [] {
  size_t wires = 0;
  for (const Row& row : kRows) {
    for (const Step& step : row.steps) {
      for (const Wire& wire : step.wires) wires += wire.back != 0 ? 1 : 0;
    }
  }
  return wires;
}();
struct Wires {
  std::array<PlacedWire, kNumWires> wires{};
  std::array<uint16_t, kNumRows + 1> first{};
};
constexpr auto kWires = [] {
  Wires all;
  uint16_t count = 0;
  for (size_t i = 0; i < kNumRows; ++i) {
    for (uint8_t j = 0; j < kRows[i].length; ++j) {
      for (const Field to : {kX, kY, kZ}) {
        const Wire& wire = kRows[i].steps[j].WireTo(to);
        if (wire.back == 0) continue;
        PlacedWire& placed = all.wires[count++];
        placed.step = j & 0xf;
        placed.back = wire.back & 0xf;
        placed.to = to;
        placed.from = wire.field;
      }
    }
    all.first[i + 1] = count;
  }
  return all;
}();

}  // namespace

bool WireHolds(const Word* words, absl::Span<const uint32_t> starts,
               size_t step, Field to, Wire wire) {
  const size_t source = step - wire.back;
  const uint8_t slot = Byte(words[starts[step]], to);
  if (Byte(words[starts[source]], wire.field) != slot) return false;
  for (size_t i = source; i < step; ++i) {
    const Word& word = words[starts[i]];
    if (word.x == slot && WritesSlot(static_cast<Op>(word.handler)) &&
        !(i == source && wire.field == kX)) {
      return false;
    }
  }
  return true;
}

FusedSequence FindFused(const Word* words, absl::Span<const uint32_t> starts) {
  auto op = [&](size_t i) { return static_cast<Op>(words[starts[i]].handler); };
  auto fits = [&](size_t row) {
    for (size_t i = kWires.first[row]; i < kWires.first[row + 1]; ++i) {
      const PlacedWire& placed = kWires.wires[i];
      if (!WireHolds(words, starts, placed.step, placed.to,
                     {placed.back, placed.from})) {
        return false;
      }
    }
    return true;
  };
  // The rows, and 1, that end with each operation.
  uint32_t rows[kMaxLength];
  size_t length = 1;
  uint32_t state = kFirst[static_cast<size_t>(op(0))];
  while (state != 0 && length < starts.size()) {
    const size_t place = kTrie.Find(state, op(length));
    const Edge& edge = kTrie.edges[place];
    if (edge.op == Op::kNone) break;
    rows[length++] = edge.row >> 1;
    state = (edge.row & 1) != 0 ? static_cast<uint32_t>(place + 1) : 0;
  }
  for (; length > 1; --length) {
    for (uint32_t row = rows[length - 1]; row != 0;
         row = kTrie.others[row - 1]) {
      if (fits(row - 1)) {
        return {static_cast<int>(row - 1), static_cast<uint32_t>(length)};
      }
    }
  }
  return {};
}

}  // namespace goshawk::interp
