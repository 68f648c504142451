// Function.prototype. What compiles source text is in script/compile.h.

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/function.h"
#include "gojs/js/script/compile.h"

namespace goshawk::gojs {
namespace {

Completion Throw(Realm& realm) {
  return realm.Throw(ErrorKind::kTypeError, "not a function");
}

Completion CallMethod(const Invocation& call, const Value& self, Args args) {
  if (!call.self.IsCallable()) return Throw(call.realm);
  return call.self.object()->Call(self, args);
}

Completion Apply(const Invocation& call, const Value& self, const Value& list) {
  if (!call.self.IsCallable()) return Throw(call.realm);
  std::vector<Value> args;
  if (!list.IsNullish()) {
    if (Completion c = ListFrom(call.realm, list, &args); !c.ok()) return c;
  }
  return call.self.object()->Call(self, args);
}

Completion Bind(const Invocation& call, const Value& self, Args args) {
  if (!call.self.IsCallable()) return Throw(call.realm);
  return Value(call.realm.New<BoundFunction>(
      Ref<Object>(call.self.object()), self,
      std::vector<Value>(args.begin(), args.end())));
}

Completion ToString(const Invocation& call) {
  if (!call.self.IsCallable()) return Throw(call.realm);
  if (const auto* function = As<Function>(call.self)) {
    if (!function->source().empty()) {
      return Value(String::New(function->source()));
    }
  }
  Completion name = call.self.object()->Get(call.realm.names().name);
  if (!name.ok()) return name;
  return Value(String::New("function " + ToPlainString(name.value()) +
                           "() { [native code] }"));
}

constexpr Member kMembers[] = {
    Method<&Apply>("apply"),
    Method<&Bind>("bind"),
    Method<&CallMethod>("call"),
    Method<&ToString>("toString"),
};

}  // namespace

const ClassInfo Function::kClass = {.name = "Function",
                                    .parent = &Object::kClass,
                                    .members = kMembers,
                                    .construct = &MakeFunction,
                                    .call = &MakeFunction,
                                    .length = 1};

}  // namespace goshawk::gojs
