#include "gojs/node/abort.h"

#include <string>
#include <utility>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/iterate.h"
#include "gojs/node/node_error.h"

namespace goshawk::gojs {
namespace {

constexpr uint8_t kHidden = kWritable | kConfigurable;

AbortSignal* SelfSignal(const Invocation& call) {
  return As<AbortSignal>(call.self);
}

Completion Reason(const Invocation& call) {
  const AbortSignal* self = SelfSignal(call);
  if (self == nullptr) return bind_internal::WrongThis(call, "AbortSignal");
  return self->reason();
}

Completion MakeController(const Invocation& call) {
  return Value(call.realm.New<AbortController>());
}

Completion SignalOf(const Invocation& call) {
  const auto* self = As<AbortController>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "AbortController");
  return Value(&self->signal());
}

Completion AbortOf(const Invocation& call) {
  const auto* self = As<AbortController>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "AbortController");
  const Ref<AbortSignal> signal = &self->signal();
  const Completion done = signal->Abort(call.Arg(0));
  return done.ok() ? Completion() : done;
}

Completion IllegalConstructor(const Invocation& call) {
  return ThrowCoded(call.realm, ErrorKind::kTypeError,
                    "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
}

// AbortSignal.abort(reason)
Completion Aborted(Realm& realm, const Value& reason) {
  const Ref<AbortSignal> signal = realm.New<AbortSignal>();
  const Completion done = signal->Abort(reason);
  return done.ok() ? Completion(Value(signal)) : done;
}

// AbortSignal.timeout(ms)
Completion Timeout(Realm& realm, double ms) {
  const Ref<AbortSignal> signal = realm.New<AbortSignal>();
  if (!(ms >= 0 && ms <= 9007199254740991.0)) {
    return ThrowCoded(realm, ErrorKind::kRangeError, "ERR_OUT_OF_RANGE",
                      "The value of \"delay\" is out of range. It must be >= 0 "
                      "&& <= 9007199254740991. Received " +
                          NumberToString(ms));
  }
  Environment& env = realm.environment();
  env.loop().SetTimer(ToInt64Saturated(ms * 1e6), [signal, &env] {
    env.Settle(signal->Abort(
        Value(NewDomException(signal->realm(), "TimeoutError",
                              "The operation was aborted due to timeout"))));
  });
  return Value(signal);
}

// AbortSignal.any(signals)
Completion Any(Realm& realm, const Value& signals) {
  const Ref<AbortSignal> any = realm.New<AbortSignal>();
  std::vector<Value> list;
  Completion read = ListFromIterable(realm, signals, &list);
  if (!read.ok()) return read;
  for (const Value& value : list) {
    auto* signal = As<AbortSignal>(value);
    if (signal == nullptr) {
      return ThrowArgumentType(realm, "signals",
                               "an instance of Array of AbortSignals", value);
    }
    if (signal->aborted()) {
      const Completion done = any->Abort(signal->reason());
      return done.ok() ? Completion(Value(any)) : done;
    }
  }
  for (const Value& value : list) {
    auto* signal = As<AbortSignal>(value);
    signal->OnAbort([any, signal] {
      signal->realm().environment().Settle(any->Abort(signal->reason()));
    });
  }
  return Value(any);
}

Completion MakeException(const Invocation& call) {
  Completion message = call.Arg(0).IsUndefined()
                           ? Completion(Value(String::New("")))
                           : ToJsString(call.realm, call.Arg(0));
  if (!message.ok()) return message;
  Completion name = call.Arg(1).IsUndefined()
                        ? Completion(Value(String::New("Error")))
                        : ToJsString(call.realm, call.Arg(1));
  if (!name.ok()) return name;
  return Value(NewDomException(call.realm, name.value().string()->view(),
                               message.value().string()->view()));
}

constexpr Member kSignalMembers[] = {
    Getter<&AbortSignal::aborted>("aborted"),
    Getter<&Reason>("reason"),
    Method<&AbortSignal::ThrowIfAborted>("throwIfAborted"),
};
constexpr Member kSignalStatics[] = {
    Method<&Aborted>("abort", 0),
    Method<&Any>("any"),
    Method<&Timeout>("timeout"),
};
constexpr Member kControllerMembers[] = {
    Method<&AbortOf>("abort"),
    Getter<&SignalOf>("signal"),
};

}  // namespace

const ClassInfo kDomExceptionClass = {.name = "DOMException",
                                      .parent = &kErrorClass,
                                      .construct = &MakeException};

const ClassInfo AbortSignal::kClass = {.name = "AbortSignal",
                                       .parent = &EventTarget::kClass,
                                       .members = kSignalMembers,
                                       .statics = kSignalStatics,
                                       .construct = &IllegalConstructor};

const ClassInfo AbortController::kClass = {.name = "AbortController",
                                           .parent = &Object::kClass,
                                           .members = kControllerMembers,
                                           .construct = &MakeController};

Ref<Object> NewDomException(Realm& realm, std::string_view name,
                            std::string_view message) {
  const Ref<Object> error = realm.New<Object>(kDomExceptionClass);
  int code = 0;
  if (name == "AbortError") code = 20;
  if (name == "TimeoutError") code = 23;
  if (name == "DataCloneError") code = 25;
  error->Define(realm.names().message, Value(String::New(message)), kHidden);
  error->Define(realm.names().name, Value(realm.Intern(name)), kHidden);
  error->Define(realm.names().code, Value(code), kHidden);
  return error;
}

Completion AbortSignal::ThrowIfAborted() {
  return aborted_ ? Completion::Throw(reason_) : Completion();
}

Completion AbortSignal::Abort(Value reason) {
  if (aborted_) return Completion();
  const Ref<AbortSignal> keep = this;
  aborted_ = true;
  reason_ = reason.IsUndefined()
                ? Value(NewDomException(realm(), "AbortError",
                                        "This operation was aborted"))
                : std::move(reason);
  const auto actions = std::exchange(actions_, {});
  for (const auto& [id, action] : actions) action();
  const Ref<Event> event = realm().New<Event>(realm().Intern("abort"));
  return Dispatch(event.get());
}

uint64_t AbortSignal::OnAbort(std::function<void()> action) {
  actions_.emplace(next_action_, std::move(action));
  return next_action_++;
}

void AbortSignal::Trace(Tracer& tracer) const {
  tracer(reason_);
  EventTarget::Trace(tracer);
}

void AbortSignal::Clear() {
  reason_ = {};
  actions_.clear();
  EventTarget::Clear();
}

AbortController::AbortController(Realm& realm)
    : Object(realm, kClass), signal_(realm.New<AbortSignal>()) {}

void AbortController::Trace(Tracer& tracer) const {
  tracer(signal_);
  Object::Trace(tracer);
}

void AbortController::Clear() {
  signal_ = {};
  Object::Clear();
}

}  // namespace goshawk::gojs
