#include "interp/loop.h"

#include <algorithm>
#include <array>
#include <cstddef>

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

template <class... Steps>
constexpr uint8_t Length(Steps... steps) {
  static_assert(sizeof...(steps) <= UINT8_MAX);
  return sizeof...(steps);
}
constexpr uint8_t kLengths[] = {
#define LOOP(...) Length(__VA_ARGS__),
#include "interp/loop.def"
#undef LOOP
};

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
  const LoopStep* step = kSteps;
  for (size_t row = 0; row < std::size(kLengths); ++row) {
    const LoopStep* end = step + kLengths[row];
    if (step->op == first && Fits(words, head, step, end)) {
      return static_cast<int>(row);
    }
    step = end;
  }
  return -1;
}

}  // namespace goshawk::interp
