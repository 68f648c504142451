#include "gojs/node/event_target.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/node/node_error.h"

namespace goshawk::gojs {
namespace {

Completion MakeEvent(Realm& realm, std::string_view type) {
  return Value(realm.New<Event>(realm.Intern(type)));
}

Completion TypeOfEvent(const Invocation& call) {
  const auto* self = As<Event>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Event");
  return Value(self->type());
}

Completion TargetOfEvent(const Invocation& call) {
  const auto* self = As<Event>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Event");
  return Value(Ref<Object>(self->target()));
}

Completion MakeTarget(const Invocation& call) {
  return Value(call.realm.New<EventTarget>());
}

constexpr Member kEventMembers[] = {
    Getter<&TargetOfEvent>("target"),
    Getter<&TypeOfEvent>("type"),
};

constexpr Member kTargetMembers[] = {
    Method<&EventTarget::AddListener>("addEventListener", 2),
    Method<&EventTarget::Dispatch>("dispatchEvent"),
    Method<&EventTarget::RemoveListener>("removeEventListener"),
};

}  // namespace

const ClassInfo Event::kClass = {
    .name = "Event",
    .parent = &Object::kClass,
    .members = kEventMembers,
    .construct = &bind_internal::Bound<&MakeEvent>::Call,
    .length = 1};

const ClassInfo EventTarget::kClass = {.name = "EventTarget",
                                       .parent = &Object::kClass,
                                       .members = kTargetMembers,
                                       .construct = &MakeTarget};

Event::Event(Realm& realm, Ref<String> type)
    : Object(realm, kClass), type_(std::move(type)) {}

void Event::Trace(Tracer& tracer) const {
  tracer(target_);
  Object::Trace(tracer);
}

void Event::Clear() {
  target_ = {};
  Object::Clear();
}

Completion EventTarget::AddListener(std::string_view type,
                                    const Value& listener,
                                    const Value& options) {
  if (!listener.IsObject()) return Completion();
  bool once = false;
  if (Object* object = options.AsObject()) {
    const Completion c = object->Get("once");
    if (!c.ok()) return c;
    once = c.value().Truthy();
  }
  const Ref<String> name = realm().Intern(type);
  const bool known =
      std::any_of(listeners_.begin(), listeners_.end(), [&](const Listener& l) {
        return l.type.get() == name.get() && StrictEquals(l.callback, listener);
      });
  if (!known) listeners_.push_back({name, listener, once});
  return Completion();
}

void EventTarget::RemoveListener(std::string_view type, const Value& listener) {
  const Ref<String> name = realm().Intern(type);
  const auto it = std::find_if(
      listeners_.begin(), listeners_.end(), [&](const Listener& l) {
        return l.type.get() == name.get() && StrictEquals(l.callback, listener);
      });
  if (it == listeners_.end()) return;
  const Listener dropped = std::move(*it);
  listeners_.erase(it);
}

Completion EventTarget::Dispatch(Event* event) {
  if (event == nullptr) {
    return ThrowArgumentType(realm(), "event", "an instance of Event", Value());
  }
  const Ref<Event> keep = event;
  event->set_target(this);
  Environment& env = realm().environment();
  const Value arg(event);
  const auto call = [&](const Value& function, const Value& self) {
    if (!function.IsCallable()) return Completion();
    const Completion done = function.object()->Call(self, {&arg, 1});
    if (!done.unwinding()) env.Settle(done);
    return done.unwinding() ? done : Completion();
  };
  // Those that are added now are not called, those removed neither.
  const std::vector<Listener> all = listeners_;
  for (const Listener& listener : all) {
    if (listener.type.get() != event->type()) continue;
    const bool still = std::any_of(
        listeners_.begin(), listeners_.end(), [&](const Listener& l) {
          return l.type.get() == listener.type.get() &&
                 StrictEquals(l.callback, listener.callback);
        });
    if (!still) continue;
    if (listener.once) {
      RemoveListener(listener.type->view(), listener.callback);
    }
    Value function = listener.callback;
    Value self(this);
    if (!function.IsCallable()) {
      self = function;
      Completion method = function.object()->Get("handleEvent");
      if (!method.ok()) return method;
      function = std::move(method.value());
    }
    if (Completion c = call(function, self); !c.ok()) return c;
  }
  Completion handler = Get("on" + std::string(event->type()->view()));
  if (!handler.ok()) return handler;
  if (Completion c = call(handler.value(), Value(this)); !c.ok()) return c;
  return Value(true);
}

void EventTarget::Trace(Tracer& tracer) const {
  for (const Listener& listener : listeners_) tracer(listener.callback);
  Object::Trace(tracer);
}

void EventTarget::Clear() {
  listeners_.clear();
  Object::Clear();
}

}  // namespace goshawk::gojs
