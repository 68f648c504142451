// The two kinds of objects that belong to Go's own glue: jsGo, the object that
// wasm_exec.js calls `go`, and the functions it makes of Go functions.

#ifndef GOSHAWK_GOJS_GO_OBJECT_H_
#define GOSHAWK_GOJS_GO_OBJECT_H_

#include <cstddef>
#include <cstdint>

#include "gojs/js/function.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

class Host;

// Its properties: _pendingEvent, which Go reads whenever it is resumed (null
// for a timer), _makeFuncWrapper, and _values, whose length Go's own tests
// look at.
class GoObject final : public Object {
 public:
  static const ClassInfo kClass;
  // `host` must outlive the object's use; see Detach().
  GoObject(Realm& realm, Host& host);

  // js.FuncOf: a function that runs Go function number `id`.
  Completion MakeFuncWrapper(uint32_t id);
  Completion Values();

  // The host is going; null from now on.
  void Detach() { host_ = nullptr; }
  Host* host() const { return host_; }

 private:
  Host* host_;
};

// What js.FuncOf gives: calling it leaves an event in _pendingEvent, resumes
// Go, and returns what Go made of it.
class GoFunction final : public Function {
 public:
  static const ClassInfo kClass;
  GoFunction(Realm& realm, Ref<GoObject> go, uint32_t id);
  Completion Call(const Value& self, Args args) override;

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  Ref<GoObject> go_;
  const uint32_t id_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_GO_OBJECT_H_
