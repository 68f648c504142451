// AbortController and AbortSignal (WHATWG DOM): how a program gives up what
// takes too long, such as a fetch.

#ifndef GOSHAWK_GOJS_NODE_ABORT_H_
#define GOSHAWK_GOJS_NODE_ABORT_H_

#include <cstdint>
#include <functional>
#include <map>

#include "gojs/node/event_target.h"

namespace goshawk::gojs {

class AbortSignal final : public EventTarget {
 public:
  static const ClassInfo kClass;
  explicit AbortSignal(Realm& realm) : EventTarget(realm, kClass) {}

  bool aborted() const { return aborted_; }
  // What it was aborted with; undefined before.
  const Value& reason() const { return reason_; }
  Completion ThrowIfAborted();

  // Once; an undefined reason becomes an AbortError. First what C++ wants to
  // do, then the event "abort".
  Completion Abort(Value reason);

  // Calls `action` when the signal aborts, unless it is taken back before.
  // What `action` owns lives as long. REQUIRES: !aborted().
  uint64_t OnAbort(std::function<void()> action);
  void Forget(uint64_t id) { actions_.erase(id); }

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  bool aborted_ = false;
  Value reason_;
  std::map<uint64_t, std::function<void()>> actions_;
  uint64_t next_action_ = 1;
};

class AbortController final : public Object {
 public:
  static const ClassInfo kClass;
  explicit AbortController(Realm& realm);
  AbortSignal& signal() const { return *signal_; }

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;
  Ref<AbortSignal> signal_;
};

// An error of class DOMException: "AbortError" has code 20, "TimeoutError" 23,
// "DataCloneError" 25.
Ref<Object> NewDomException(Realm& realm, std::string_view name,
                            std::string_view message);
extern const ClassInfo kDomExceptionClass;

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_ABORT_H_
