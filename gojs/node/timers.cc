// setTimeout and its family. A timer is known by its number.

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/node/node_error.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

// What a timer calls.
struct Callback {
  Value function;
  std::vector<Value> args;

  void operator()(Environment& env) const {
    env.Settle(function.object()->Call(Value(), args));
  }
};

// The callback of a call whose arguments for it start at `first`.
std::shared_ptr<const Callback> MakeCallback(const Invocation& call,
                                             size_t first) {
  const Args rest = call.args.subspan(std::min(first, call.args.size()));
  return std::make_shared<const Callback>(
      Callback{call.Arg(0), std::vector<Value>(rest.begin(), rest.end())});
}

Completion Schedule(const Invocation& call, bool repeat) {
  if (!call.Arg(0).IsCallable())
    return ThrowNoCallback(call.realm, call.Arg(0));
  double ms = 0;
  if (Completion c = ToNumber(call.realm, call.Arg(1), &ms); !c.ok()) return c;
  constexpr double kMaxMs = 2147483647;  // beyond it, Node takes 1
  if (!(ms >= 0)) ms = 0;
  if (ms > kMaxMs) ms = 1;
  // Repeating without any delay would leave no time for anything else.
  if (repeat && ms < 1) ms = 1;
  Environment& env = call.realm.environment();
  return Value(env.loop().SetTimer(
      static_cast<int64_t>(ms * 1e6),
      [&env, callback = MakeCallback(call, 2)] { (*callback)(env); }, repeat));
}

}  // namespace

Completion SetTimeout(const Invocation& call) { return Schedule(call, false); }
Completion SetInterval(const Invocation& call) { return Schedule(call, true); }

Completion SetImmediate(const Invocation& call) {
  if (!call.Arg(0).IsCallable())
    return ThrowNoCallback(call.realm, call.Arg(0));
  Environment& env = call.realm.environment();
  return Value(env.loop().SetTimer(
      0, [&env, callback = MakeCallback(call, 1)] { (*callback)(env); }));
}

Completion ClearTimer(const Invocation& call) {
  if (call.Arg(0).IsNumber()) {
    call.realm.environment().loop().ClearTimer(ToInt32(call.Arg(0).number()));
  }
  return Completion();
}

Completion QueueMicrotask(const Invocation& call) {
  if (!call.Arg(0).IsCallable())
    return ThrowNoCallback(call.realm, call.Arg(0));
  call.realm.microtasks().push_back(call.Arg(0));
  return Completion();
}

}  // namespace goshawk::gojs
