// One loop around one switch: the reference, for every compiler.

#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

Trap Run(State& state) {
  Registers<false> r = LoadRegisters<false>(state);
next:
  switch (static_cast<Op>(r.pc->handler)) {
#define OP(base, d, a, b, ...)                \
  case Op::k##base##_##d##a##b:               \
    if (__VA_ARGS__::Run(r) == Flow::kStop) { \
      goto stop_##base;                       \
    }                                         \
    goto next_##base;
#include "interp/op.def"
    case Op::kNone:
      Stop(r, Trap::kUnreachable);
      goto end;
  }
// See dispatch_goto.cc for why these stops on the way.
#define BASE(base, doc)                        \
  next_##base : KeepBranch();                  \
  goto next;                                   \
  [[maybe_unused]] stop_##base : KeepBranch(); \
  goto end;
#include "interp/op.def"
end:
  return StoreRegisters(r);
}

constexpr uint32_t kHandlers[] = {
#define OP(base, d, a, b, ...) static_cast<uint32_t>(Op::k##base##_##d##a##b),
#include "interp/op.def"
};

constexpr Dispatcher kDispatcher{"switch", MemoryProtection::kExplicitChecks,
                                 kHandlers, nullptr, &Run};

}  // namespace

const Dispatcher* SwitchDispatcher(MemoryProtection protection) {
  return protection == kDispatcher.protection ? &kDispatcher : nullptr;
}

}  // namespace goshawk::interp
