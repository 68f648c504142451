#include "gojs/js/promise.h"

#include <string>
#include <utility>

#include "gojs/js/access.h"
#include "gojs/js/builtins.h"
#include "gojs/js/convert.h"
#include "gojs/js/error.h"
#include "gojs/js/function.h"

namespace goshawk::gojs {

// What reaches into a promise from microtasks and resolving functions. Their
// slots hold the promise first.
struct PromiseMachinery {
  using Slots = ClosureFunction::Slots;

  static Promise* Of(const Value& slot) { return As<Promise>(slot); }

  // Slots: derived promise, handler, result, whether it is a reason.
  static Completion React(const Invocation&, Slots slots) {
    Promise* derived = Of(slots[0]);
    Completion outcome;
    if (slots[1].IsCallable()) {
      outcome = slots[1].object()->Call(Value(), {&slots[2], 1});
    } else if (slots[3].Truthy()) {
      outcome = Completion::Throw(slots[2]);
    } else {
      outcome = Completion(slots[2]);
    }
    if (outcome.unwinding()) return outcome;
    if (derived == nullptr) return Completion();
    if (outcome.ok()) {
      derived->Resolve(outcome.value());
    } else {
      derived->Reject(outcome.value());
    }
    return Completion();
  }

  // Slots: promise, what it follows, the latter's method `then`.
  static Completion Follow(const Invocation& call, Slots slots) {
    Value resolve;
    Value reject;
    ResolvingFunctions(call.realm, Of(slots[0]), &resolve, &reject);
    const Value args[] = {resolve, reject};
    Completion done = slots[2].object()->Call(slots[1], args);
    if (!done.thrown()) return done;
    return reject.object()->Call(Value(), {&done.value(), 1});
  }

  // Slots: promise, an object that both functions share, extensible until one
  // of them is called.
  template <bool kResolve>
  static Completion Settle(const Invocation& call, Slots slots) {
    Object* once = slots[1].object();
    if (!once->extensible()) return Completion();
    once->PreventExtensions();
    Promise* promise = Of(slots[0]);
    promise->resolved_ = false;
    if (kResolve) {
      promise->Resolve(call.Arg(0));
    } else {
      promise->Reject(call.Arg(0));
    }
    return Completion();
  }

  static void ResolvingFunctions(Realm& realm, Promise* promise, Value* resolve,
                                 Value* reject) {
    const std::vector<Value> slots = {Value(promise), Value(realm.NewObject())};
    *resolve = Value(realm.New<ClosureFunction>(1, &Settle<true>, slots));
    *reject = Value(realm.New<ClosureFunction>(1, &Settle<false>, slots));
  }
};

void Promise::MakeResolvers(Value* resolve, Value* reject) {
  PromiseMachinery::ResolvingFunctions(realm(), this, resolve, reject);
}

void Promise::Resolve(const Value& value) {
  if (resolved_) return;
  resolved_ = true;
  Object* object = value.AsObject();
  if (object == nullptr) return Settle(State::kFulfilled, value);
  if (object == this) {
    return Settle(State::kRejected,
                  Value(realm().NewError(
                      ErrorKind::kTypeError,
                      "Chaining cycle detected for promise #<Promise>")));
  }
  Completion then = object->Get("then");
  if (then.unwinding()) return;
  if (then.thrown()) {
    return Settle(State::kRejected, std::move(then.value()));
  }
  if (!then.value().IsCallable()) return Settle(State::kFulfilled, value);
  realm().microtasks().push_back(Value(realm().New<ClosureFunction>(
      0, &PromiseMachinery::Follow,
      std::vector<Value>{Value(this), value, then.value()})));
}

void Promise::Reject(Value reason) {
  if (resolved_) return;
  resolved_ = true;
  Settle(State::kRejected, std::move(reason));
}

void Promise::Settle(State state, Value result) {
  state_ = state;
  result_ = std::move(result);
  if (state == State::kRejected && !handled_) {
    realm().rejections().push_back(this);
  }
  std::vector<Reaction> reactions = std::exchange(reactions_, {});
  for (Reaction& reaction : reactions) Enqueue(std::move(reaction));
}

void Promise::Enqueue(Reaction reaction) {
  const bool rejected = state_ == State::kRejected;
  realm().microtasks().push_back(Value(realm().New<ClosureFunction>(
      0, &PromiseMachinery::React,
      std::vector<Value>{Value(std::move(reaction.derived)),
                         rejected ? std::move(reaction.rejected)
                                  : std::move(reaction.fulfilled),
                         result_, Value(rejected)})));
}

void Promise::Then(const Value& fulfilled, const Value& rejected,
                   Ref<Promise> derived) {
  Reaction reaction{fulfilled, rejected, std::move(derived)};
  handled_ = true;
  if (state_ == State::kPending) {
    reactions_.push_back(std::move(reaction));
  } else {
    Enqueue(std::move(reaction));
  }
}

Ref<Promise> Promise::Then(const Value& fulfilled, const Value& rejected) {
  Ref<Promise> derived = realm().New<Promise>();
  Then(fulfilled, rejected, derived);
  return derived;
}

void Promise::Trace(Tracer& tracer) const {
  tracer(result_);
  for (const Reaction& reaction : reactions_) {
    tracer(reaction.fulfilled);
    tracer(reaction.rejected);
    tracer(reaction.derived);
  }
  Object::Trace(tracer);
}

void Promise::Clear() {
  result_ = {};
  reactions_.clear();
  Object::Clear();
}

Ref<Promise> ToPromise(Realm& realm, const Value& value) {
  if (auto* promise = As<Promise>(value)) return promise;
  Ref<Promise> promise = realm.New<Promise>();
  promise->Resolve(value);
  return promise;
}

bool TakeUnhandledRejection(Realm& realm, Value* reason) {
  const std::vector<Ref<Object>> rejections =
      std::exchange(realm.rejections(), {});
  for (const Ref<Object>& object : rejections) {
    const auto* promise = static_cast<const Promise*>(object.get());
    if (promise->handled()) continue;
    *reason = promise->result();
    const Object* error = reason->AsObject();
    if (error != nullptr && error->IsA(kErrorClass)) return true;
    // As Node does, whose error says what happened.
    const std::string text =
        reason->IsObject() ? "#<" + std::string(error->class_info().name) + ">"
                           : ToPlainString(*reason);
    const Ref<Object> made = realm.NewError(
        ErrorKind::kError,
        "This error originated either by throwing inside of an async function "
        "without a catch block, or by rejecting a promise which was not "
        "handled with .catch(). The promise rejected with the reason \"" +
            text + "\".",
        "ERR_UNHANDLED_REJECTION");
    made->Define(realm.names().name,
                 Value(realm.Intern("UnhandledPromiseRejection")));
    *reason = Value(made);
    return true;
  }
  return false;
}

}  // namespace goshawk::gojs
