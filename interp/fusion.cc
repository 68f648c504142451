#include "interp/fusion.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

// A trie of the rows. The edges from one state are next to each other, those of
// the rows that save more first; what belongs to them is in arrays of its own,
// so that four are looked at together.
constexpr uint16_t kLast = 0x8000;
constexpr size_t kTogether = 4;
constexpr size_t kMostEdges = 512;  // from one state

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
  std::array<uint16_t, kSize + kTogether> ops{};
  // The first row that ends there, and 1, 0 if none does; kLast for the last
  // edge of its state.
  std::array<uint16_t, kSize + kTogether> rows{};
  std::array<uint16_t, kSize> next{};  // where edges go on; 0: there are none
  // By row, the next one with the same operations, and 1; 0 if there is none.
  std::array<uint16_t, kNumRows> others{};
  size_t size = 1;

  // Adds the edges from the state to which the first `depth` operations of the
  // rows kSorted[begin, end) lead, and all behind them. Returns where they are.
  constexpr uint16_t Add(size_t begin, size_t end, size_t depth) {
    while (begin < end && kRows[kSorted[begin]].length == depth) ++begin;
    if (begin == end) return 0;
    auto op = [depth](size_t i) { return kRows[kSorted[i]].steps[depth].op; };
    // The rows [begin, end) of each edge, and the first of them in the list.
    struct Group {
      size_t begin, end;
      uint16_t first_row;
    };
    std::array<Group, kMostEdges> groups{};
    size_t count = 0;
    for (size_t i = begin; i < end; ++i) {
      if (i == begin || op(i) != op(i - 1)) {
        groups[count++] = {i, i, kSorted[i]};
      }
      Group& group = groups[count - 1];
      group.end = i + 1;
      group.first_row = std::min(group.first_row, kSorted[i]);
    }
    std::sort(groups.begin(), groups.begin() + count,
              [](const Group& one, const Group& other) {
                return one.first_row < other.first_row;
              });
    const size_t first = size;
    for (size_t i = 0; i < count; ++i) {
      ops[size++] = static_cast<uint16_t>(op(groups[i].begin));
    }
    rows[size - 1] = kLast;
    for (size_t i = 0; i < count; ++i) {
      AddRows(first + i, groups[i].begin, groups[i].end, depth + 1);
      next[first + i] = Add(groups[i].begin, groups[i].end, depth + 1);
    }
    return static_cast<uint16_t>(first);
  }

  constexpr void AddRows(size_t edge, size_t begin, size_t end, size_t length) {
    if (kRows[kSorted[begin]].length != length) return;
    rows[edge] |= static_cast<uint16_t>(kSorted[begin] + 1);
    for (size_t i = begin + 1; i < end && kRows[kSorted[i]].length == length;
         ++i) {
      others[kSorted[i - 1]] = static_cast<uint16_t>(kSorted[i] + 1);
    }
  }
};
static_assert(kNumRows < kLast);

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

// Where the edges after an operation begin, 0 if nothing starts with it.
constexpr auto kFirst = [] {
  std::array<uint16_t, kNumOps> first{};
  size_t edge = 0;
  do {
    ++edge;
    first[kTrie.ops[edge]] = kTrie.next[edge];
  } while ((kTrie.rows[edge] & kLast) == 0);
  return first;
}();

// The edge for `op`, of those that begin at `edge`; 0 if there is none. How far
// a loop over one after the other would go could not be predicted.
size_t FindEdge(size_t edge, Op op) {
  static_assert(std::endian::native == std::endian::little);
  constexpr uint64_t kOnes = 0x0001'0001'0001'0001, kTops = kOnes << 15;
  for (;; edge += kTogether) {
    uint64_t ops, rows;
    std::memcpy(&ops, &kTrie.ops[edge], sizeof(ops));
    std::memcpy(&rows, &kTrie.rows[edge], sizeof(rows));
    const uint64_t differences = ops ^ static_cast<uint64_t>(op) * kOnes;
    // The top bits of those that are 0, and perhaps of some behind them.
    const uint64_t found = (differences - kOnes) & ~differences & kTops;
    const uint64_t ends = found | (rows & kTops);
    if (ends == 0) continue;
    const int end = std::countr_zero(ends);
    return (found >> end & 1) != 0 ? edge + static_cast<size_t>(end / 16) : 0;
  }
}

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

namespace fusion_internal {

constexpr std::array<uint64_t, (1 << kPairBits) / 64> kPairs = [] {
  std::array<uint64_t, (1 << kPairBits) / 64> pairs{};
  for (const Row& row : kRows) {
    const uint32_t place = PlaceOfPair(row.steps[0].op, row.steps[1].op);
    pairs[place / 64] |= uint64_t{1} << place % 64;
  }
  return pairs;
}();

}  // namespace fusion_internal

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
    const size_t edge = FindEdge(next, op(length));
    if (edge == 0) break;
    rows[length++] = kTrie.rows[edge] & ~uint32_t{kLast};
    next = kTrie.next[edge];
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
