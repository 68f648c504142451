#include "interp/loop.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "interp/loop_step.h"
#include "interp/op.h"

namespace goshawk::interp {
namespace {

using enum Op;

constexpr LoopStep kSteps[] = {
#define LOOP(...) __VA_ARGS__,
#include "interp/loop.def"
#undef LOOP
};

// The rows by their first operations, and of the list where these are the same.
struct Row {
  uint16_t begin = 0;  // in kSteps
  uint16_t end = 0;
  uint8_t number = 0;
};
template <class... Steps>
constexpr uint16_t Length(Steps... steps) {
  return sizeof...(steps);
}
constexpr uint16_t kLengths[] = {
#define LOOP(...) Length(__VA_ARGS__),
#include "interp/loop.def"
#undef LOOP
};
static_assert(std::size(kLengths) <= UINT8_MAX);
static_assert(*std::min_element(std::begin(kLengths), std::end(kLengths)) >= 2);
constexpr auto kRows = [] {
  std::array<Row, std::size(kLengths)> rows;
  uint16_t begin = 0;
  for (size_t row = 0; row < rows.size(); ++row) {
    const auto end = static_cast<uint16_t>(begin + kLengths[row]);
    rows[row] = {begin, end, static_cast<uint8_t>(row)};
    begin = end;
  }
  std::sort(rows.begin(), rows.end(), [](const Row& one, const Row& other) {
    const Op a = kSteps[one.begin].op, b = kSteps[other.begin].op;
    return a != b ? a < b : one.number < other.number;
  });
  return rows;
}();

// Where the rows that begin with an operation are; behind all if there is none.
constexpr auto kFirst = [] {
  std::array<uint8_t, kNumOps> first;
  first.fill(kRows.size());
  for (uint8_t i = kRows.size(); i-- > 0;) {
    first[static_cast<size_t>(kSteps[kRows[i].begin].op)] = i;
  }
  return first;
}();

// The slots that variables are.
class Binding {
 public:
  Binding() { slots_.fill(kUnbound); }

  // False if the variable is another slot, or the slot another variable.
  bool Bind(uint8_t variable, uint8_t slot) {
    uint16_t& bound = slots_[variable];
    if (bound == slot) return true;
    if (bound != kUnbound) return false;
    if (std::find(slots_.begin(), slots_.end(), slot) != slots_.end()) {
      return false;
    }
    bound = slot;
    return true;
  }

 private:
  static constexpr uint16_t kUnbound = UINT16_MAX;
  static constexpr size_t kMostVariables = 16;
  static_assert(std::all_of(
      std::begin(kSteps), std::end(kSteps), [](const LoopStep& step) {
        return std::all_of(std::begin(step.variables), std::end(step.variables),
                           [](int v) { return v < int{kMostVariables}; });
      }));

  std::array<uint16_t, kMostVariables> slots_;
};

bool Fits(const Word* words, uint32_t head, const LoopStep* step,
          const LoopStep* end) {
  // Many rows begin alike, so the second operation is looked at first.
  if (!step->taken &&
      static_cast<Op>(words[head + Info(step->op).words].handler) !=
          step[1].op) {
    return false;
  }
  Binding binding;
  uint32_t position = head;
  for (; step != end; ++step) {
    const Word& word = words[position];
    if (static_cast<Op>(word.handler) != step->op) return false;
    for (const Field field : {Field::kX, Field::kY, Field::kZ}) {
      const int8_t variable = step->VariableOf(field);
      if (variable != _ &&
          !binding.Bind(static_cast<uint8_t>(variable), Byte(word, field))) {
        return false;
      }
    }
    position += step->taken
                    ? static_cast<uint32_t>(static_cast<int16_t>(word.z))
                    : Info(step->op).words;
  }
  return position == head;
}

}  // namespace

int FindLoop(const Word* words, uint32_t head) {
  const auto first = static_cast<Op>(words[head].handler);
  for (size_t i = kFirst[static_cast<size_t>(first)]; i < kRows.size(); ++i) {
    const Row& row = kRows[i];
    if (kSteps[row.begin].op != first) break;
    if (Fits(words, head, kSteps + row.begin, kSteps + row.end)) {
      return row.number;
    }
  }
  return -1;
}

}  // namespace goshawk::interp
