// Promise: the constructor, its methods and the combinators.

#include <string>
#include <utility>
#include <vector>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/function.h"
#include "gojs/js/iterate.h"
#include "gojs/js/promise.h"

namespace goshawk::gojs {
namespace {

using Slots = ClosureFunction::Slots;

Value Closure(Realm& realm, ClosureFunction::Body body,
              std::vector<Value> slots) {
  return Value(realm.New<ClosureFunction>(1, body, std::move(slots)));
}

Completion MakePromise(const Invocation& call) {
  const Value& executor = call.Arg(0);
  if (!executor.IsCallable()) {
    return call.realm.Throw(
        ErrorKind::kTypeError,
        "Promise resolver " + ToPlainString(executor) + " is not a function");
  }
  const Ref<Promise> promise = call.realm.New<Promise>();
  Value functions[2];
  promise->MakeResolvers(&functions[0], &functions[1]);
  Completion done = executor.object()->Call(Value(), functions);
  if (done.unwinding()) return done;
  if (done.thrown()) {
    const Completion rejected =
        functions[1].object()->Call(Value(), {&done.value(), 1});
    if (!rejected.ok()) return rejected;
  }
  return Value(promise);
}

Completion Then(const Invocation& call, const Value& fulfilled,
                const Value& rejected) {
  auto* self = As<Promise>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Promise");
  return Value(self->Then(fulfilled, rejected));
}

// By way of `then`, which a program may have replaced.
Completion Catch(const Invocation& call, const Value& rejected) {
  const Value args[] = {Value(), rejected};
  return Invoke(call.realm, call.self, "then", args);
}

// Slots: the result to pass on.
Completion PassOn(const Invocation&, Slots slots) { return slots[0]; }
Completion PassOnReason(const Invocation&, Slots slots) {
  return Completion::Throw(slots[0]);
}

// Slots: what to call finally.
template <ClosureFunction::Body kAfter>
Completion Finally(const Invocation& call, Slots slots) {
  Completion done = slots[0].object()->Call(Value(), {});
  if (!done.ok()) return done;
  const Ref<Promise> promise = ToPromise(call.realm, done.value());
  return Value(promise->Then(Closure(call.realm, kAfter, {call.Arg(0)}), {}));
}

Completion FinallyMethod(const Invocation& call, const Value& last) {
  Value args[] = {last, last};
  if (last.IsCallable()) {
    args[0] = Closure(call.realm, &Finally<&PassOn>, {last});
    args[1] = Closure(call.realm, &Finally<&PassOnReason>, {last});
  }
  return Invoke(call.realm, call.self, "then", args);
}

Completion ResolveStatic(Realm& realm, const Value& value) {
  return Value(ToPromise(realm, value));
}

Completion RejectStatic(Realm& realm, const Value& reason) {
  const Ref<Promise> promise = realm.New<Promise>();
  promise->Reject(reason);
  return Value(promise);
}

enum class Combine { kAll, kAllSettled, kAny, kRace };

// The last result is there: fulfils `promise` with the list, or rejects it if
// these are the reasons of Promise.any.
void Finish(Realm& realm, Combine combine, Promise& promise, Value list) {
  if (combine != Combine::kAny) return promise.Resolve(list);
  const Ref<Object> error = realm.New<Object>(kAggregateErrorClass);
  error->Define(realm.names().message,
                Value(String::New("All promises were rejected")),
                kWritable | kConfigurable);
  error->Define("errors", std::move(list), kWritable | kConfigurable);
  promise.Reject(Value(error));
}

// A result has come. Slots: promise, list, index (undefined once it has come),
// an array whose only element counts those that are missing.
template <Combine kCombine, bool kFulfilled>
Completion Store(const Invocation& call, Slots slots) {
  if (slots[2].IsUndefined()) return Completion();
  const auto index = static_cast<size_t>(slots[2].number());
  slots[2] = Value();
  Value result = call.Arg(0);
  if (kCombine == Combine::kAllSettled) {
    const Ref<Object> outcome = call.realm.NewObject();
    outcome->Define("status",
                    Value(String::New(kFulfilled ? "fulfilled" : "rejected")));
    outcome->Define(kFulfilled ? "value" : "reason", std::move(result));
    result = Value(outcome);
  }
  auto* list = As<Array>(slots[1]);
  list->elements()[index] = std::move(result);
  Value& missing = As<Array>(slots[3])->elements()[0];
  missing = Value(missing.number() - 1);
  if (missing.number() == 0) {
    Finish(call.realm, kCombine, *As<Promise>(slots[0]), slots[1]);
  }
  return Completion();
}

template <Combine kCombine>
Completion CombineStatic(Realm& realm, const Value& iterable) {
  const Ref<Promise> promise = realm.New<Promise>();
  Value resolve;
  Value reject;
  promise->MakeResolvers(&resolve, &reject);
  const Ref<Array> list = realm.New<Array>();
  const Ref<Array> missing = realm.New<Array>(std::vector<Value>{Value(1)});
  const auto count = [&](int change) {
    Value& n = missing->elements()[0];
    n = Value(n.number() + change);
    return n.number();
  };
  Completion done =
      Iterate(realm, iterable, [&](const Value& element, bool*) -> Completion {
        Value fulfilled = resolve;
        Value rejected = reject;
        if (kCombine != Combine::kRace) {
          const std::vector<Value> slots = {Value(promise), Value(list),
                                            Value(list->elements().size()),
                                            Value(missing)};
          list->elements().emplace_back();
          count(1);
          if (kCombine != Combine::kAny) {
            fulfilled = Closure(realm, &Store<kCombine, true>, slots);
          }
          if (kCombine != Combine::kAll) {
            rejected = Closure(realm, &Store<kCombine, false>, slots);
          }
        }
        const Value args[] = {fulfilled, rejected};
        return Invoke(realm, Value(ToPromise(realm, element)), "then", args);
      });
  if (done.unwinding()) return done;
  if (done.thrown()) {
    promise->Reject(done.value());
  } else if (kCombine != Combine::kRace && count(-1) == 0) {
    Finish(realm, kCombine, *promise, Value(list));
  }
  return Value(promise);
}

Completion WithoutNew(const Invocation& call) {
  return call.realm.Throw(ErrorKind::kTypeError,
                          "Promise constructor cannot be invoked without "
                          "'new'");
}

constexpr Member kMembers[] = {
    Method<&Catch>("catch"),
    Method<&FinallyMethod>("finally"),
    Method<&Then>("then"),
};

constexpr Member kStatics[] = {
    Method<&CombineStatic<Combine::kAll>>("all"),
    Method<&CombineStatic<Combine::kAllSettled>>("allSettled"),
    Method<&CombineStatic<Combine::kAny>>("any"),
    Method<&CombineStatic<Combine::kRace>>("race"),
    Method<&RejectStatic>("reject"),
    Method<&ResolveStatic>("resolve"),
};

}  // namespace

const ClassInfo Promise::kClass = {.name = "Promise",
                                   .parent = &Object::kClass,
                                   .members = kMembers,
                                   .statics = kStatics,
                                   .construct = &MakePromise,
                                   .call = &WithoutNew,
                                   .length = 1};

}  // namespace goshawk::gojs
