// Every operation is a function that ends by calling the next one as a
// guaranteed tail call; the registers are its arguments and stay in machine
// registers throughout.

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

#if defined(__clang__) && defined(__x86_64__) && \
    __has_attribute(preserve_none) && __has_cpp_attribute(clang::musttail)

#define MUSTTAIL [[clang::musttail]]
#define HANDLER_CC __attribute__((preserve_none))
#define PARAMETERS                                                     \
  const Word *pc, uint64_t *slots, uint8_t *memory, uint64_t sp,       \
      Frame *frames, uint64_t acc, State *state
#define ARGUMENTS(r) \
  r.pc, r.slots, r.memory, r.sp, r.frames, r.acc, r.state

namespace goshawk::interp {
namespace {

using Handler = HANDLER_CC void (*)(PARAMETERS);

// Handlers fit 32 bits: as they are in a program at a fixed address, else as
// distances from one of them.
HANDLER_CC void Finish(PARAMETERS) {
  Registers<true> r{pc, slots, memory, sp, frames, acc, state};
  state->stop_trap = StoreRegisters(r);
}

#if defined(__pie__) || defined(__pic__)
uint32_t Encode(Handler handler) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(handler) -
                               reinterpret_cast<uintptr_t>(&Finish));
}
[[gnu::always_inline]] inline Handler Decode(uint32_t code) {
  return reinterpret_cast<Handler>(
      reinterpret_cast<uintptr_t>(&Finish) +
      static_cast<uintptr_t>(int64_t{static_cast<int32_t>(code)}));
}
#else
uint32_t Encode(Handler handler) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(handler));
}
[[gnu::always_inline]] inline Handler Decode(uint32_t code) {
  return reinterpret_cast<Handler>(uintptr_t{code});
}
#endif

template <class Body, bool kGuarded>
HANDLER_CC void Handle(PARAMETERS) {
  Registers<kGuarded> r{pc, slots, memory, sp, frames, acc, state};
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

template <bool kGuarded>
const uint32_t* Handlers() {
  static const uint32_t handlers[] = {
#define OP(base, d, a, b, ...) Encode(&Handle<__VA_ARGS__, kGuarded>),
#include "interp/op.def"
  };
  return handlers;
}

}  // namespace

const Dispatcher* TailDispatcher(MemoryProtection protection) {
  static const Dispatcher guarded{"tail", MemoryProtection::kGuardPages,
                                  Handlers<true>(), &Run<true>};
  static const Dispatcher checked{"tail", MemoryProtection::kExplicitChecks,
                                  Handlers<false>(), &Run<false>};
  return protection == MemoryProtection::kGuardPages ? &guarded : &checked;
}

}  // namespace goshawk::interp

#else

namespace goshawk::interp {

const Dispatcher* TailDispatcher(MemoryProtection) { return nullptr; }

}  // namespace goshawk::interp

#endif
