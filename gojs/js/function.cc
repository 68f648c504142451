#include "gojs/js/function.h"

#include <utility>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

const ClassInfo BoundFunction::kClass = {.name = "Function",
                                         .parent = &Function::kClass};

Function::Function(Realm& realm, const ClassInfo& info)
    : Object(realm, info, realm.Prototype(kClass)) {
  callable_ = true;
}

void Function::Describe(std::string_view name, int length) {
  Define(realm().names().length, length, kConfigurable);
  Define(realm().names().name, Value(realm().Intern(name)), kConfigurable);
}

NativeFunction::NativeFunction(Realm& realm, const Member& member)
    : Function(realm), member_(member) {
  Describe(member.name, member.length);
}

Completion NativeFunction::Call(const Value& self, Args args) {
  if (realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  return member_.call({.realm = realm(), .self = self, .args = args});
}

ConstructorFunction::ConstructorFunction(Realm& realm, const ClassInfo& info)
    : Function(realm), of_(info) {
  if (!info.statics.empty()) Declare(info.statics);
  Describe(info.name, info.length);
}

Completion ConstructorFunction::Call(const Value& self, Args args) {
  if (of_.call == nullptr) {
    return realm().Throw(
        ErrorKind::kTypeError,
        "Constructor " + std::string(of_.name) + " requires 'new'");
  }
  return of_.call({.realm = realm(), .self = self, .args = args});
}

Completion ConstructorFunction::Construct(Args args, Object* new_target) {
  if (of_.construct == nullptr) {
    return realm().Throw(ErrorKind::kTypeError,
                         std::string(of_.name) + " is not a constructor");
  }
  return of_.construct({.realm = realm(),
                        .self = Value(),
                        .args = args,
                        .new_target = new_target});
}

LambdaFunction::LambdaFunction(Realm& realm, std::string_view name, int length,
                               Body body)
    : Function(realm), body_(std::move(body)) {
  Describe(name, length);
}

Completion LambdaFunction::Call(const Value& self, Args args) {
  if (realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  const Ref<LambdaFunction> keep = this;
  return body_({.realm = realm(), .self = self, .args = args});
}

void LambdaFunction::Clear() {
  body_ = [](const Invocation&) { return Completion(); };
  Function::Clear();
}

ClosureFunction::ClosureFunction(Realm& realm, int length, Body body,
                                 std::vector<Value> slots)
    : Function(realm), body_(body), slots_(std::move(slots)) {
  Describe("", length);
}

Completion ClosureFunction::Call(const Value& self, Args args) {
  if (realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  // Once cleared, it is only called by what is cleared too.
  if (slots_.empty()) return Completion();
  const Ref<ClosureFunction> keep = this;
  return body_({.realm = realm(), .self = self, .args = args}, slots_);
}

void ClosureFunction::Trace(Tracer& tracer) const {
  tracer(slots_);
  Function::Trace(tracer);
}

void ClosureFunction::Clear() {
  slots_.clear();
  Function::Clear();
}

BoundFunction::BoundFunction(Realm& realm, Ref<Object> target, Value self,
                             std::vector<Value> args)
    : Function(realm, kClass),
      target_(std::move(target)),
      self_(std::move(self)),
      args_(std::move(args)) {
  Describe("bound", 0);
}

std::vector<Value> BoundFunction::WithBound(Args args) const {
  std::vector<Value> all = args_;
  all.insert(all.end(), args.begin(), args.end());
  return all;
}

Completion BoundFunction::Call(const Value&, Args args) {
  if (!target_ || realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  const Ref<Object> target = target_;
  return target->Call(self_, WithBound(args));
}

Completion BoundFunction::Construct(Args args, Object* new_target) {
  if (!target_ || realm().native_stack().IsLow()) return realm().ThrowTooDeep();
  const Ref<Object> target = target_;
  return target->Construct(WithBound(args),
                           new_target == this ? target.get() : new_target);
}

void BoundFunction::Trace(Tracer& tracer) const {
  tracer(target_);
  tracer(self_);
  tracer(args_);
  Function::Trace(tracer);
}

void BoundFunction::Clear() {
  target_ = {};
  self_ = {};
  args_.clear();
  Function::Clear();
}

Completion InstanceOf(Realm& realm, const Value& value, const Value& type) {
  if (!type.IsCallable()) {
    return realm.Throw(ErrorKind::kTypeError,
                       type.IsObject()
                           ? "Right-hand side of 'instanceof' is not callable"
                           : "Right-hand side of 'instanceof' is not an "
                             "object");
  }
  Ref<Object> function = type.object();
  while (const auto* bound = As<BoundFunction>(Value(function))) {
    function = bound->target();
  }
  Object* o = value.AsObject();
  if (o == nullptr) return Completion(false);
  Completion prototype = function->Get(realm.names().prototype);
  if (!prototype.ok()) return prototype;
  const Object* wanted = prototype.value().AsObject();
  for (o = o->prototype(); o != nullptr && wanted != nullptr;
       o = o->prototype()) {
    if (o == wanted) return Completion(true);
  }
  return Completion(false);
}

}  // namespace goshawk::gojs
