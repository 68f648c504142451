// Every operation is a function that ends by calling the next one as a
// guaranteed tail call; the registers are its arguments and stay in machine
// registers throughout.

#include <array>
#include <cstddef>
#include <utility>

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"
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

// All handlers: with guard pages, with checks, of fused sequences. They fit 32
// bits: as they are in a program at a fixed address, else as distances from
// this table.
constexpr size_t kNumHandlers = 2 * kNumOps
#define FUSE(...) +1
#include "interp/fusion.def"
#undef FUSE
    ;
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
}

constexpr Dispatcher kGuarded{"tail", MemoryProtection::kGuardPages,
                              kTailHandlers, kTailHandlers + 2 * kNumOps,
                              &Run<true>};
constexpr Dispatcher kChecked{"tail", MemoryProtection::kExplicitChecks,
                              kTailHandlers + kNumOps, nullptr, &Run<false>};

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
