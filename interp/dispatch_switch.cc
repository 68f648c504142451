// One loop around one switch: the reference, for every compiler.

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

Trap Run(State& state) {
  Registers<false> r = LoadRegisters<false>(state);
  Flow flow = Flow::kNext;
  do {
    switch (static_cast<Op>(r.pc->handler)) {
#define OP(base, d, a, b, ...)      \
  case Op::k##base##_##d##a##b:     \
    flow = __VA_ARGS__::Run(r);     \
    break;
#include "interp/op.def"
      case Op::kNone:
        flow = Stop(r, Trap::kUnreachable);
        break;
    }
  } while (flow != Flow::kStop);
  return StoreRegisters(r);
}

constexpr uint32_t kHandlers[] = {
#define OP(base, d, a, b, ...) static_cast<uint32_t>(Op::k##base##_##d##a##b),
#include "interp/op.def"
};

constexpr Dispatcher kDispatcher{"switch", MemoryProtection::kExplicitChecks,
                                 kHandlers, &Run};

}  // namespace

const Dispatcher* SwitchDispatcher(MemoryProtection protection) {
  return protection == kDispatcher.protection ? &kDispatcher : nullptr;
}

}  // namespace goshawk::interp
