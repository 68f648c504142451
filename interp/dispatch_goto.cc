// Operations end with a jump to the next one's label (GNU C's labels as
// values).
//
// They end at their row of BASE and not with a jump of their own: with
// thousands of ways straight to one block a compiler's time grows with their
// square (clang-19 took minutes). g++ then copies the jump to wherever it is
// jumped at, so that every operation has its own in the end; clang, whose
// dispatcher is the one of tail calls, makes one jump of all.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("expensive-optimizations")  // -O1 and copies of jumps
#endif

#include "interp/body_of.h"
#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

// Words hold the low half of a label's address, which is all of it in a program
// at a fixed address, else the distance from the first label.
#if defined(__pie__) || defined(__pic__)
#define ENCODE(distance) static_cast<uint32_t>(distance)
#define DECODE(code) \
  static_cast<const char*>(&&begin) + static_cast<int32_t>(code)
#else
#define ENCODE(distance)                                        \
  static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&&begin)) + \
      static_cast<uint32_t>(distance)
#define DECODE(code) reinterpret_cast<const void*>(uintptr_t{code})
#endif

// A null state asks for the labels instead of a run.
// NOLINTNEXTLINE(google-readability-function-size): all operations are in it
Trap RunOrList(State* state, uint32_t* handlers) {
  if (state == nullptr) {
    static const int32_t kDistances[] = {
#define OP(base, d, a, b, ...)                                              \
  static_cast<int32_t>(static_cast<const char*>(&&run_##base##_##d##a##b) - \
                       static_cast<const char*>(&&begin)),
#include "interp/op.def"
    };
    for (const int32_t distance : kDistances) {
      *handlers++ = ENCODE(distance);
    }
    return Trap::kNone;
  }
  Registers<false> r = LoadRegisters<false>(*state);
begin:
  goto*(DECODE(r.pc->handler));
#define OP(base, d, a, b, ...)                                       \
  run_##base##_##d##a##b : if (__VA_ARGS__::Run(r) == Flow::kStop) { \
    goto stop_##base;                                                \
  }                                                                  \
  goto next_##base;
#include "interp/op.def"
// KeepBranch: an empty block would be merged with the one behind it.
#define BASE(base, doc)                        \
  next_##base : KeepBranch();                  \
  goto*(DECODE(r.pc->handler));                \
  [[maybe_unused]] stop_##base : KeepBranch(); \
  goto end;
#include "interp/op.def"
end:
  return StoreRegisters(r);
}

Trap Run(State& state) { return RunOrList(&state, nullptr); }

const uint32_t* Handlers() {
  static const auto* handlers = [] {
    static uint32_t list[kNumOps];
    (void)RunOrList(nullptr, list);
    return &list[0];
  }();
  return handlers;
}

}  // namespace

const Dispatcher* GotoDispatcher(MemoryProtection protection) {
  static const Dispatcher kDispatcher{
      "goto", MemoryProtection::kExplicitChecks, Handlers(), nullptr, nullptr,
      &Run};
  return protection == kDispatcher.protection ? &kDispatcher : nullptr;
}

}  // namespace goshawk::interp
