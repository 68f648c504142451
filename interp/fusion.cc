#include "interp/fusion.h"

#include <algorithm>
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

// A trie of the rows. The edges to the states after one state are next to each
// other, in the order of their operations.
struct Edge {
  Op op = Op::kNone;
  uint16_t row : 15 = 0;  // the first that ends here, and 1; 0 if none does
  uint16_t last : 1 = 0;  // of those from its state
  uint16_t next = 0;      // where the edges from here begin; 0: there are none
};

// The rows in the order of their operations, and of the list where these are
// the same.
constexpr auto kSorted = [] {
  // Four operations are compared at a time: compilers do not calculate for
  // ever.
  struct Key {
    uint64_t ops[kMaxLength / 4] = {};
    uint16_t row = 0;
  };
  std::array<Key, kNumRows> keys{};
  for (uint16_t row = 0; row < kNumRows; ++row) {
    keys[row].row = row;
    for (size_t i = 0; i < kRows[row].length; ++i) {
      const auto op = static_cast<uint64_t>(kRows[row].steps[i].op) + 1;
      keys[row].ops[i / 4] |= op << (48 - 16 * (i % 4));
    }
  }
  std::sort(keys.begin(), keys.end(), [](const Key& one, const Key& other) {
    for (size_t i = 0; i < kMaxLength / 4; ++i) {
      if (one.ops[i] != other.ops[i]) return one.ops[i] < other.ops[i];
    }
    return one.row < other.row;
  });
  std::array<uint16_t, kNumRows> sorted{};
  for (size_t i = 0; i < kNumRows; ++i) sorted[i] = keys[i].row;
  return sorted;
}();

template <size_t kSize>
struct Trie {
  std::array<Edge, kSize> edges{};
  // By row, the next one with the same operations, and 1; 0 if there is none.
  std::array<uint16_t, kNumRows> others{};
  size_t size = 1;

  // Adds the edges from the state to which the first `depth` operations of the
  // rows kSorted[begin, end) lead, and all behind them. Returns where they are.
  constexpr uint16_t Add(size_t begin, size_t end, size_t depth) {
    while (begin < end && kRows[kSorted[begin]].length == depth) ++begin;
    if (begin == end) return 0;
    const size_t first = size;
    auto op = [depth](size_t i) { return kRows[kSorted[i]].steps[depth].op; };
    for (size_t i = begin; i < end; ++i) {
      if (i == begin || op(i) != op(i - 1)) edges[size++].op = op(i);
    }
    edges[size - 1].last = 1;
    for (size_t edge = first; begin < end; ++edge) {
      size_t after = begin;
      while (after < end && op(after) == op(begin)) ++after;
      AddRows(edges[edge], begin, after, depth + 1);
      edges[edge].next = Add(begin, after, depth + 1);
      begin = after;
    }
    return static_cast<uint16_t>(first);
  }

  constexpr void AddRows(Edge& edge, size_t begin, size_t end, size_t length) {
    if (kRows[kSorted[begin]].length != length) return;
    edge.row = (kSorted[begin] + 1) & 0x7fff;
    while (++begin < end && kRows[kSorted[begin]].length == length) {
      others[kSorted[begin - 1]] = static_cast<uint16_t>(kSorted[begin] + 1);
    }
  }
};

constexpr size_t kNumOperations = [] {
  size_t operations = 0;
  for (const Row& row : kRows) operations += row.length;
  return operations;
}();
constexpr size_t kTrieSize = [] {
  Trie<2 * kNumOperations + 2> trie;
  trie.Add(0, kNumRows, 0);
  return trie.size;
}();
static_assert(kTrieSize < 1 << 16);
constexpr auto kTrie = [] {
  Trie<kTrieSize> trie;
  trie.Add(0, kNumRows, 0);
  return trie;
}();

// Where the edges after an operation begin, 0 if nothing starts with it: most
// operations are done with this look.
constexpr auto kFirst = [] {
  std::array<uint16_t, kNumOps> first{};
  const Edge* edge = &kTrie.edges[1];
  do {
    first[static_cast<size_t>(edge->op)] = edge->next;
  } while (edge++->last == 0);
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
  uint32_t next = kFirst[static_cast<size_t>(op(0))];
  while (next != 0 && length < starts.size()) {
    const Edge* edge = &kTrie.edges[next];
    while (edge->op < op(length) && edge->last == 0) ++edge;
    if (edge->op != op(length)) break;
    rows[length++] = edge->row;
    next = edge->next;
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
