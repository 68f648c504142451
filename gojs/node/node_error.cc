#include "gojs/node/node_error.h"

#include <string>
#include <vector>

#include "gojs/js/convert.h"
#include "gojs/js/function.h"
#include "gojs/js/object.h"
#include "gojs/node/inspect.h"

namespace goshawk::gojs {
namespace {

// "Received undefined", "Received type number (5)", "Received function f",
// "Received an instance of Map".
std::string Received(Realm& realm, const Value& got) {
  if (got.IsNullish()) return ToPlainString(got);
  Object* object = got.AsObject();
  if (object == nullptr) {
    std::string shown = Inspect(realm, got);
    if (got.IsString()) shown = "'" + shown + "'";
    if (shown.size() > 28) shown = shown.substr(0, 25) + "...";
    return "type " + std::string(TypeOf(got)) + " (" + shown + ")";
  }
  if (object->callable()) {
    const Completion name = object->Get(realm.names().name);
    const std::string text = name.ok() ? ToPlainString(name.value()) : "";
    return "function " + text;
  }
  const Completion constructor = object->Get(realm.names().constructor);
  if (constructor.ok() && constructor.value().IsObject()) {
    const Completion name =
        constructor.value().object()->Get(realm.names().name);
    if (name.ok() && name.value().IsString()) {
      return "an instance of " + ToPlainString(name.value());
    }
  }
  return Inspect(realm, got);
}

// "TypeError [ERR_INVALID_ARG_TYPE]: ..."
Completion CodedToString(const Invocation& call, ClosureFunction::Slots slots) {
  Object* self = call.self.AsObject();
  if (self == nullptr) return Completion();
  Completion name = self->Get(call.realm.names().name);
  if (!name.ok()) return name;
  Completion message = self->Get(call.realm.names().message);
  if (!message.ok()) return message;
  return Value(String::New(ToPlainString(name.value()) + " [" +
                           ToPlainString(slots[0]) +
                           "]: " + ToPlainString(message.value())));
}

}  // namespace

Completion ThrowCoded(Realm& realm, ErrorKind kind, std::string_view code,
                      std::string_view message) {
  const Ref<Object> error = realm.NewError(kind, message, code);
  error->Define(
      realm.names().toString,
      Value(realm.New<ClosureFunction>(
          0, &CodedToString, std::vector<Value>{Value(String::New(code))})),
      kWritable | kConfigurable);
  return Completion::Throw(Value(error));
}

Completion ThrowArgumentType(Realm& realm, std::string_view name,
                             std::string_view wanted, const Value& got) {
  return ThrowCoded(realm, ErrorKind::kTypeError, "ERR_INVALID_ARG_TYPE",
                    "The \"" + std::string(name) + "\" argument must be " +
                        std::string(wanted) + ". Received " +
                        Received(realm, got));
}

Completion ThrowNoCallback(Realm& realm, const Value& got) {
  return ThrowArgumentType(realm, "callback", "of type function", got);
}

}  // namespace goshawk::gojs
