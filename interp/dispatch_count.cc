// One loop around calls of the bodies, counting each: for profiles. Words hold
// the Op, so that a profile can be read off the code.

#include "interp/counters.h"
#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

using Body = Flow (*)(Registers<false>&);

constexpr Body kBodies[] = {
#define OP(base, d, a, b, ...) &__VA_ARGS__::Run<Registers<false>>,
#include "interp/op.def"
};

constexpr uint32_t kHandlers[] = {
#define OP(base, d, a, b, ...) static_cast<uint32_t>(Op::k##base##_##d##a##b),
#include "interp/op.def"
};

Trap Run(State& state) {
  Registers<false> r = LoadRegisters<false>(state);
  Flow flow;
  do {
    state.counters->Count(r.pc);
    flow = kBodies[r.pc->handler](r);
  } while (flow != Flow::kStop);
  return StoreRegisters(r);
}

constexpr Dispatcher kDispatcher{"count", MemoryProtection::kExplicitChecks,
                                 kHandlers, nullptr, &Run};

}  // namespace

const Dispatcher* CountingDispatcher() { return &kDispatcher; }

}  // namespace goshawk::interp
