// EventTarget and Event (WHATWG DOM), as far as abort signals need them.

#ifndef GOSHAWK_GOJS_NODE_EVENT_TARGET_H_
#define GOSHAWK_GOJS_NODE_EVENT_TARGET_H_

#include <string_view>
#include <vector>

#include "gojs/js/object.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

class Event final : public Object {
 public:
  static const ClassInfo kClass;
  Event(Realm& realm, Ref<String> type);
  String* type() const { return type_.get(); }
  // Whom it happened to; null before.
  Object* target() const { return target_.get(); }
  void set_target(Ref<Object> target) { target_ = std::move(target); }

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;
  const Ref<String> type_;
  Ref<Object> target_;
};

class EventTarget : public Object {
 public:
  static const ClassInfo kClass;
  explicit EventTarget(Realm& realm, const ClassInfo& info = kClass)
      : Object(realm, info) {}

  // `listener` is a function or an object with a method handleEvent.
  Completion AddListener(std::string_view type, const Value& listener,
                         const Value& options);
  void RemoveListener(std::string_view type, const Value& listener);
  // Calls the listeners, last what the property on<type> holds. What one of
  // them throws ends the program, as an exception that nobody catches.
  Completion Dispatch(Event* event);

 protected:
  void Trace(Tracer& tracer) const override;
  void Clear() override;

 private:
  struct Listener {
    Ref<String> type;
    Value callback;
    bool once;
  };
  std::vector<Listener> listeners_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_EVENT_TARGET_H_
