// The body of a loop: the bodies of its steps (loop_step.h), again and again
// until one of them does not go where the row says.

#ifndef GOSHAWK_INTERP_LOOP_BODY_H_
#define GOSHAWK_INTERP_LOOP_BODY_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "interp/body_of.h"
#include "interp/loop_step.h"
#include "interp/state.h"

namespace goshawk::interp {

// Where the next element of a list is: mostly as far on as that before. To
// guess and to compare is faster than to wait for a load, as the processor
// takes the branch for granted and goes on (1.2 times over runtime.addspecial's
// lists, "Get object" of bench/values.go).
class ListWalk {
 public:
  // `to`, which was loaded from the element at `from`.
  [[gnu::always_inline]] uint64_t Next(uint64_t from, uint64_t to) {
    const uint64_t guess = from + distance_;
    // The compiler must not know that it is the same, or would return `to`.
    uint64_t guessed = guess;
    asm volatile("" : "+r"(guessed));
    if (to == guess) [[likely]]
      return guessed;
    distance_ = to - from;
    return to;
  }

 private:
  uint64_t distance_ = 0;
};

template <LoopStep... kSteps>
class Loop {
 public:
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    return Run(r, std::make_index_sequence<sizeof...(kSteps)>());
  }

 private:
  static constexpr LoopStep kAll[] = {kSteps...};
  using Code = std::tuple<StepCode<BodyOf<kSteps.op>::Type::kWords>...>;

  template <class R, size_t... kIndices>
  [[gnu::always_inline]] static Flow Run(R& r,
                                         std::index_sequence<kIndices...>) {
    const Word* const head = r.pc;
    const Word* pc = head;
    const Code code{Read<kSteps>(pc)...};
    uint8_t slots[kVariables];
    uint64_t values[kVariables];
    Find(code, slots, std::make_index_sequence<kVariables>());
    for (size_t i = 0; i < kVariables; ++i) values[i] = r.slots[slots[i]];
    r.state->pc = head;
    r.state->frames = r.frames;
    r.state->sp->bits = r.sp;
    r.state->in_loop = true;
    Flow flow = Flow::kNext;
    ListWalk walk;
    while (
        (((flow = RunStep<kSteps, kIndices>(r, std::get<kIndices>(code), values,
                                            walk)) == Expected(kSteps)) &&
         ...)) {
      // Code that an interrupt has revoked cannot be read.
      static_cast<void>(*static_cast<const volatile uint32_t*>(&head->handler));
    }
    r.state->in_loop = false;
    for (size_t i = 0; i < kVariables; ++i) {
      if (kWritten[i]) r.slots[slots[i]] = values[i];
    }
    return flow;
  }

  static constexpr size_t kVariables = [] {
    int variables = 0;
    for (const LoopStep& step : kAll) {
      for (const int variable : step.variables) {
        variables = std::max(variables, variable + 1);
      }
    }
    return static_cast<size_t>(variables);
  }();

  // Where a variable is named first.
  struct Place {
    size_t step = 0;
    Field field = Field::kX;
  };
  static constexpr auto kPlaces = [] {
    std::array<Place, kVariables> places{};
    for (size_t i = sizeof...(kSteps); i-- > 0;) {
      for (const Field field : {Field::kX, Field::kY, Field::kZ}) {
        const int8_t variable = kAll[i].VariableOf(field);
        if (variable != _) places[static_cast<size_t>(variable)] = {i, field};
      }
    }
    return places;
  }();

  template <Op kOp>
  static constexpr bool Writes() {
    if constexpr (requires { typename BodyOf<kOp>::Type::Result; }) {
      using Result = typename BodyOf<kOp>::Type::Result;
      return std::is_same_v<Result, S> || std::is_same_v<Result, SlotAndA>;
    }
    return true;
  }
  static constexpr auto kWritten = [] {
    std::array<bool, kVariables> written{};
    ((Writes<kSteps.op>() && kSteps.VariableOf(Field::kX) != _
          ? void(written[static_cast<size_t>(kSteps.VariableOf(Field::kX))] =
                     true)
          : void()),
     ...);
    return written;
  }();

  static constexpr Flow Expected(LoopStep step) {
    return step.taken ? Flow::kBranch : Flow::kNext;
  }

  // Reads the code of a step and goes to that of the next.
  template <LoopStep kStep>
  [[gnu::always_inline]] static auto Read(const Word*& pc) {
    constexpr int kWords = BodyOf<kStep.op>::Type::kWords;
    const Word* const at = pc;
    pc += kStep.taken ? static_cast<int16_t>(at->z) : kWords;
    return StepCode<kWords>(at);
  }

  // The slots that the variables are.
  template <size_t... kIndices>
  [[gnu::always_inline]] static void Find(const Code& code,
                                          uint8_t (&slots)[kVariables],
                                          std::index_sequence<kIndices...>) {
    ((slots[kIndices] = Byte<kPlaces[kIndices].field>(
          std::get<kPlaces[kIndices].step>(code))),
     ...);
  }

  // The step that loads the next element of a list: the address it loads from
  // is what it has loaded in the round before.
  static constexpr size_t kWalk = [] {
    for (size_t load = 0; load < sizeof...(kSteps); ++load) {
      if (kAll[load].op != Op::kLoad64_SSN) continue;
      int8_t variable = kAll[load].VariableOf(Field::kY);
      for (size_t i = load; i-- > 0;) {
        if (kAll[i].op == Op::kMove_SNS &&
            kAll[i].VariableOf(Field::kX) == variable) {
          variable = kAll[i].VariableOf(Field::kZ);
        }
      }
      if (variable == kAll[load].VariableOf(Field::kX)) return load;
    }
    return sizeof...(kSteps);
  }();

  template <LoopStep kStep, size_t kIndex, class R, class StepCode>
  [[gnu::always_inline]] static Flow RunStep(R& r, const StepCode& code,
                                             uint64_t (&values)[kVariables],
                                             ListWalk& walk) {
    LoopRegisters<R, kStep, kVariables, StepCode> view(r, code, values);
    uint64_t from = 0;
    if constexpr (kIndex == kWalk) from = view.template GetSlot<Field::kY>();
    const Flow flow = BodyOf<kStep.op>::Type::Run(view);
    if constexpr (kIndex == kWalk) {
      view.template SetSlot<Field::kX>(
          walk.Next(from, view.template GetSlot<Field::kX>()));
    }
    r = view;
    r.pc = view.pc.at();
    return flow;
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOOP_BODY_H_
