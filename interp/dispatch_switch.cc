// One loop around one switch: the reference, for every compiler; and the same
// with a count of each operation, for profiles.

#include <numeric>

#include "interp/body_of.h"
#include "interp/counters.h"
#include "interp/dispatch.h"
#include "interp/dispatch_run.h"

namespace goshawk::interp {
namespace {

// Words hold the Op; of those to be counted it is the low half.
constexpr uint32_t kCounted = 0x1'0000;
static_assert(sizeof(Op) == sizeof(uint16_t));

// NOLINTNEXTLINE(google-readability-function-size): all operations are in it
Trap Run(State& state) {
  Registers<false> r = LoadRegisters<false>(state);
  uint32_t handler;
next:
  handler = r.pc->handler;
counted:
  switch (handler) {
#define OP(base, d, a, b, ...)                         \
  case static_cast<uint32_t>(Op::k##base##_##d##a##b): \
    if (__VA_ARGS__::Run(r) == Flow::kStop) {          \
      goto stop_##base;                                \
    }                                                  \
    goto next_##base;
#include "interp/op.def"
    default:
      state.counters->Count(r.pc);
      handler -= kCounted;
      goto counted;
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

Dispatcher MakeDispatcher(std::string_view name, uint32_t first_handler) {
  auto* handlers = new uint32_t[kNumOps];  // lives as long as the program
  std::iota(handlers, handlers + kNumOps, first_handler);
  return {name, MemoryProtection::kExplicitChecks, handlers, nullptr, nullptr,
          &Run};
}

}  // namespace

const Dispatcher* SwitchDispatcher(MemoryProtection protection) {
  static const Dispatcher kDispatcher = MakeDispatcher("switch", 0);
  return protection == kDispatcher.protection ? &kDispatcher : nullptr;
}

const Dispatcher* CountingDispatcher() {
  static const Dispatcher kDispatcher = MakeDispatcher("count", kCounted);
  return &kDispatcher;
}

}  // namespace goshawk::interp
