// Every operation is a function that ends by calling the next one as a
// guaranteed tail call; the registers are its arguments and stay in machine
// registers throughout.

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"
#include "interp/loop_step.h"
#include "interp/step.h"

#if defined(__clang__) && defined(__x86_64__) && \
    __has_attribute(preserve_none) && __has_cpp_attribute(clang::musttail)

#define MUSTTAIL [[clang::musttail]]
#define HANDLER_CC __attribute__((preserve_none))
// In this order they are in r12 to r15, rdi, rsi, rdx and xmm0: those that most
// instructions name are where addressing them takes the fewest bytes.
#define PARAMETERS                                                        \
  Frame *frames, State *state, uint64_t sp, uint64_t acc, const Word *pc, \
      uint64_t *slots, uint8_t *memory, double facc
#define ARGUMENTS(r) \
  r.frames, r.state, r.sp, r.acc, r.pc, r.slots, r.memory, r.facc

namespace goshawk::interp {

constexpr size_t kNumFused = 0
#define FUSE(...) +1
#include "interp/fusion.def"
#undef FUSE
    ;
constexpr size_t kNumLoops = 0
#define LOOP(...) +1
#include "interp/loop.def"
#undef LOOP
    ;
// All handlers: with guard pages, with checks, of fused sequences, of loops.
// They fit 32 bits: as they are in a program at a fixed address, else as
// distances from this table.
constexpr size_t kNumHandlers = 2 * kNumOps + kNumFused + kNumLoops;
[[gnu::visibility("hidden")]] extern const uint32_t
    kTailHandlers[kNumHandlers] asm("goshawk_tail_handlers");

namespace {

using Handler = HANDLER_CC void (*)(PARAMETERS);

HANDLER_CC void Finish(PARAMETERS) {
  Registers<true> r{pc, slots, memory, sp, frames, acc, state, facc};
  state->stop_trap = StoreRegisters(r);
}

#if defined(__pie__) || defined(__pic__)
#define CODE "%c0 - goshawk_tail_handlers"
[[gnu::always_inline]] inline Handler Decode(uint32_t code) {
  return reinterpret_cast<Handler>(
      reinterpret_cast<uintptr_t>(&kTailHandlers) +
      static_cast<uintptr_t>(int64_t{static_cast<int32_t>(code)}));
}
#else
#define CODE "%c0"
[[gnu::always_inline]] inline Handler Decode(uint32_t code) {
  return reinterpret_cast<Handler>(uintptr_t{code});
}
#endif

// A cache line of its own for each handler that programs run often: with
// several indirect jumps in a line AMD's processors predict them badly (8 %
// over bench/suite).
template <class Body, bool kGuarded, bool kOften>
[[gnu::aligned(kOften ? 64 : 16)]] HANDLER_CC void Handle(PARAMETERS) {
  Registers<kGuarded> r{pc, slots, memory, sp, frames, acc, state, facc};
  switch (Body::Run(r)) {
    case Flow::kNext:
      MUSTTAIL return Decode(r.pc->handler)(ARGUMENTS(r));
    case Flow::kBranch:
      KeepBranch();
      MUSTTAIL return Decode(r.pc->handler)(ARGUMENTS(r));
    case Flow::kStop:
      MUSTTAIL return Finish(ARGUMENTS(r));
  }
}

template <bool kGuarded>
Trap Run(State& state) {
  Registers<kGuarded> r = LoadRegisters<kGuarded>(state);
  Decode(r.pc->handler)(ARGUMENTS(r));
  return state.stop_trap;
}

// The body of an operation, and of operations one after the other: the first
// that does not simply go on ends the sequence.
template <Op kOp>
struct BodyOf;
#define OP(base, d, a, b, ...)             \
  template <>                              \
  struct BodyOf<Op::k##base##_##d##a##b> { \
    using Type = __VA_ARGS__;              \
  };
#include "interp/op.def"

template <Step... kSteps>
struct Sequence {
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    Flow flow = Flow::kNext;
    if constexpr ((kSteps.HasWires() || ...)) {
      flow = RunWired(r, std::make_index_sequence<sizeof...(kSteps)>());
    } else {
      static_cast<void>(
          (((flow = BodyOf<kSteps.op>::Type::Run(r)) == Flow::kNext) && ...));
    }
    return flow;
  }

 private:
  template <class R, size_t... kIndices>
  [[gnu::always_inline]] static Flow RunWired(
      R& r, std::index_sequence<kIndices...>) {
    StepValues<sizeof...(kSteps)> values;
    Flow flow = Flow::kNext;
    static_cast<void>((
        ((flow = RunStep<kSteps, kIndices>(r, values)) == Flow::kNext) && ...));
    return flow;
  }

  template <Step kStep, size_t kIndex, class R>
  [[gnu::always_inline]] static Flow RunStep(
      R& r, StepValues<sizeof...(kSteps)>& values) {
    StepRegisters<R, sizeof...(kSteps), kStep, kIndex> view(r, values);
    const Flow flow = BodyOf<kStep.op>::Type::Run(view);
    r = view;
    return flow;
  }
};

// A loop: the steps of loop_step.h, again and again until one of them does not
// go where the row says.
template <LoopStep... kSteps>
class Loop {
 public:
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const Word* const head = r.pc;
    uint8_t slots[kVariables];
    uint64_t values[kVariables];
    Find(head, slots, std::make_index_sequence<kVariables>());
    for (size_t i = 0; i < kVariables; ++i) values[i] = r.slots[slots[i]];
    r.state->pc = head;
    r.state->frames = r.frames;
    r.state->sp->bits = r.sp;
    r.state->in_loop = true;
    Flow flow = Flow::kNext;
    while ((((flow = RunStep<kSteps>(r, values)) == Expected(kSteps)) && ...)) {
      r.pc = head;
      // Code that an interrupt has revoked cannot be read.
      static_cast<void>(*static_cast<const volatile uint32_t*>(&head->handler));
    }
    r.state->in_loop = false;
    for (size_t i = 0; i < kVariables; ++i) {
      if (kWritten[i]) r.slots[slots[i]] = values[i];
    }
    return flow;
  }

 private:
  static constexpr LoopStep kAll[] = {kSteps...};
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

  // The slots that the variables are.
  template <size_t... kIndices>
  [[gnu::always_inline]] static void Find(const Word* pc,
                                          uint8_t (&slots)[kVariables],
                                          std::index_sequence<kIndices...>) {
    const Word* words[sizeof...(kSteps)];
    size_t step = 0;
    ((words[step++] = pc, pc += kSteps.taken ? static_cast<int16_t>(pc->z)
                                             : BodyOf<kSteps.op>::Type::kWords),
     ...);
    ((slots[kIndices] =
          Byte<kPlaces[kIndices].field>(words[kPlaces[kIndices].step])),
     ...);
  }

  template <LoopStep kStep, class R>
  [[gnu::always_inline]] static Flow RunStep(R& r,
                                             uint64_t (&values)[kVariables]) {
    LoopRegisters<R, kStep, kVariables> view(r, values);
    const Flow flow = BodyOf<kStep.op>::Type::Run(view);
    r = view;
    return flow;
  }
};

using enum Op;
using enum Field;
constexpr Step kFusedSteps[] = {
#define FUSE(...) __VA_ARGS__,
#include "interp/fusion.def"
#undef FUSE
};

// What is in a fused sequence is run often, and so are calls and jumps by
// tables, which are in none.
constexpr auto kOften = [] {
  std::array<bool, kNumOps> often{};
  for (const Step& step : kFusedSteps) {
    often[static_cast<size_t>(step.op)] = true;
  }
#define OP(base, d, a, b, ...)                              \
  if (__VA_ARGS__::kWords > 1) {                            \
    often[static_cast<size_t>(k##base##_##d##a##b)] = true; \
  }
#include "interp/op.def"
  return often;
}();

// Only the assembler can be told of such constants. Never called; writes the
// table when it is compiled.
#define TABLE(text, ...)                                          \
  asm volatile(".pushsection .rodata.tail_handlers, \"a\"\n" text \
               "\n.popsection" ::__VA_ARGS__)
#define HANDLER(...) TABLE(".long " CODE, "i"(&Handle<__VA_ARGS__>));
[[gnu::used]] void WriteHandlers() {
  TABLE(".balign 4\ngoshawk_tail_handlers:");
#define OP(base, d, a, b, ...) \
  HANDLER(__VA_ARGS__, true, kOften[static_cast<size_t>(k##base##_##d##a##b)])
#include "interp/op.def"
#define OP(base, d, a, b, ...) HANDLER(__VA_ARGS__, false, false)
#include "interp/op.def"
#define FUSE(...) HANDLER(Sequence<__VA_ARGS__>, true, true)
#include "interp/fusion.def"
#undef FUSE
#define LOOP(...) HANDLER(Loop<__VA_ARGS__>, true, false)
#include "interp/loop.def"
#undef LOOP
}

constexpr Dispatcher kGuarded{"tail",
                              MemoryProtection::kGuardPages,
                              kTailHandlers,
                              kTailHandlers + 2 * kNumOps,
                              kTailHandlers + 2 * kNumOps + kNumFused,
                              &Run<true>};
constexpr Dispatcher kChecked{"tail",
                              MemoryProtection::kExplicitChecks,
                              kTailHandlers + kNumOps,
                              nullptr,
                              nullptr,
                              &Run<false>};

}  // namespace

const Dispatcher* TailDispatcher(MemoryProtection protection) {
  return protection == MemoryProtection::kGuardPages ? &kGuarded : &kChecked;
}

}  // namespace goshawk::interp

#else

namespace goshawk::interp {

const Dispatcher* TailDispatcher(MemoryProtection) { return nullptr; }

}  // namespace goshawk::interp

#endif
