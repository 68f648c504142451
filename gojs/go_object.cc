#include "gojs/go_object.h"

#include <utility>
#include <vector>

#include "gojs/environment.h"
#include "gojs/host.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"

namespace goshawk::gojs {
namespace {

// With the callbacks of fs calls (FsObject::kMaxDepth) that Go may need to get
// out again, fewer than the runs that the engine nests.
constexpr int kMaxNested = 800;

constexpr Member kMembers[] = {
    Method<&GoObject::MakeFuncWrapper>("_makeFuncWrapper"),
    Getter<&GoObject::Values>("_values"),
};

}  // namespace

const ClassInfo GoObject::kClass = {
    .name = "Go", .parent = &Object::kClass, .members = kMembers};

const ClassInfo GoFunction::kClass = {.name = "Function",
                                      .parent = &Function::kClass};

GoObject::GoObject(Realm& realm, Host& host)
    : Object(realm, kClass), host_(&host) {
  // Undefined would make Go panic at the first timer.
  Define(realm.names()._pendingEvent, Value(Null{}));
}

Completion GoObject::MakeFuncWrapper(uint32_t id) {
  return Value(realm().New<GoFunction>(Ref<GoObject>(this), id));
}

Completion GoObject::Values() {
  const Ref<Object> values = realm().NewObject();
  if (host_ != nullptr) {
    values->Define(realm().names().length, Value(host_->refs().size()));
  }
  return Value(values);
}

GoFunction::GoFunction(Realm& realm, Ref<GoObject> go, uint32_t id)
    : Function(realm, kClass), go_(std::move(go)), id_(id) {}

void GoFunction::Trace(Tracer& tracer) const {
  tracer(go_);
  Function::Trace(tracer);
}

void GoFunction::Clear() {
  go_ = {};
  Function::Clear();
}

Completion GoFunction::Call(const Value& self, Args args) {
  Realm& world = realm();
  const Realm::Names& names = world.names();
  const Ref<GoObject> go = go_;
  if (!go || go->host() == nullptr || go->host()->exited()) {
    return world.Throw(ErrorKind::kError, "Go program has already exited");
  }
  Environment& env = world.environment();
  NativeStack& stack = world.native_stack();
  if (env.go_functions >= kMaxNested + env.completions ||
      (env.completions > 0 ? stack.IsNearEnd() : stack.IsLow())) {
    return world.ThrowTooDeep();
  }
  const Ref<Object> event = world.NewObject();
  PropertyMap& properties = event->properties();
  properties.Reserve(4);
  properties.Add(names.id, Value(id_));
  properties.Add(names.this_, self);
  properties.Add(
      names.args,
      Value(world.New<Array>(std::vector<Value>(args.begin(), args.end()))));
  go->Define(names._pendingEvent, Value(event));

  ++env.go_functions;
  const interp::Trap trap = go->host()->Resume();
  --env.go_functions;
  if (trap != interp::Trap::kNone) return Completion::Unwind();
  return event->Get(names.result);
}

}  // namespace goshawk::gojs
