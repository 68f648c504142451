// Promise (ECMA-262, Promise Objects).

#ifndef GOSHAWK_GOJS_JS_PROMISE_H_
#define GOSHAWK_GOJS_JS_PROMISE_H_

#include <cstdint>
#include <vector>

#include "gojs/js/object.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

class Promise final : public Object {
 public:
  static const ClassInfo kClass;
  explicit Promise(Realm& realm) : Object(realm, kClass) {}

  enum class State : uint8_t { kPending, kFulfilled, kRejected };
  State state() const { return state_; }
  // What it was fulfilled with, or the reason of its rejection.
  const Value& result() const { return result_; }

  // Settles it, unless it has been resolved before. To resolve with a promise,
  // or with any object that has a method `then`, is to follow it.
  void Resolve(const Value& value);
  void Reject(Value reason);

  // Calls one of the functions, as a microtask, with the result as soon as
  // there is one. What it returns or throws settles `derived`, which may be
  // null; values that are no functions pass the result on.
  void Then(const Value& fulfilled, const Value& rejected,
            Ref<Promise> derived);
  Ref<Promise> Then(const Value& fulfilled, const Value& rejected);

  // The two functions that an executor gets; only the first call of either
  // counts.
  void MakeResolvers(Value* resolve, Value* reject);

  bool handled() const { return handled_; }

 private:
  struct Reaction {
    Value fulfilled;
    Value rejected;
    Ref<Promise> derived;
  };

  void Settle(State state, Value result);
  void Enqueue(Reaction reaction);
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  State state_ = State::kPending;
  bool resolved_ = false;  // its fate is known, if not the result
  bool handled_ = false;
  Value result_;
  std::vector<Reaction> reactions_;

  friend struct PromiseMachinery;
};

// The promise that `value` is, or a new one resolved with it.
Ref<Promise> ToPromise(Realm& realm, const Value& value);

// One promise that was rejected and that nobody waits for; the others are
// forgotten. Its reason is an Error, or one that tells the reason. False if
// there is none.
bool TakeUnhandledRejection(Realm& realm, Value* reason);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_PROMISE_H_
