// Every operation is a function that ends by calling the next one as a
// guaranteed tail call; the registers are its arguments and stay in machine
// registers throughout.

#include <array>
#include <cstddef>

#include "interp/body_of.h"
#include "interp/dispatch.h"
#include "interp/dispatch_run.h"
#include "interp/loop_body.h"
#include "interp/loop_step.h"
#include "interp/sequence.h"
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
// NOLINTNEXTLINE(google-readability-function-size): all operations are in it
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
                              kTailHandlers + size_t{2} * kNumOps,
                              kTailHandlers + size_t{2} * kNumOps + kNumFused,
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
