// Every operation ends with its own jump to the next one's label (GNU C's
// labels as values). Words hold distances from the first label.

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

// A null state asks for the distances instead of a run.
Trap RunOrList(State* state, uint32_t* handlers) {
  if (state == nullptr) {
#define OP(base, d, a, b, ...)                                             \
  handlers[static_cast<int>(Op::k##base##_##d##a##b)] =                    \
      static_cast<uint32_t>(static_cast<const char*>(&&L_##base##_##d##a##b) - \
                            static_cast<const char*>(&&begin));
#include "interp/op.def"
    return Trap::kNone;
  }
  Registers<false> r = LoadRegisters<false>(*state);
begin:
  goto* (static_cast<const char*>(&&begin) +
         static_cast<int32_t>(r.pc->handler));
#define OP(base, d, a, b, ...)                                             \
  L_##base##_##d##a##b : if (__VA_ARGS__::Run(r) == Flow::kStop) goto end; \
  goto*(static_cast<const char*>(&&begin) +                                \
        static_cast<int32_t>(r.pc->handler));
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
  static const Dispatcher dispatcher{"goto", MemoryProtection::kExplicitChecks,
                                     Handlers(), &Run};
  return protection == dispatcher.protection ? &dispatcher : nullptr;
}

}  // namespace goshawk::interp
