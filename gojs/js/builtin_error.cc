// Error and its kinds.

#include <algorithm>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/error.h"
#include "gojs/js/iterate.h"

namespace goshawk::gojs {
namespace {

constexpr uint8_t kHidden = kWritable | kConfigurable;

Completion ErrorToString(const Invocation& call) {
  if (!call.self.IsObject()) {
    return call.realm.Throw(ErrorKind::kTypeError, "not an object");
  }
  return Value(String::New(DescribeThrown(call.realm, call.self)));
}

template <const ClassInfo* kInfo>
Completion Make(const Invocation& call) {
  const Ref<Object> error = call.realm.New<Object>(*kInfo);
  if (!call.Arg(0).IsUndefined()) {
    Completion message = ToJsString(call.realm, call.Arg(0));
    if (!message.ok()) return message;
    error->Define(call.realm.names().message, message.value(), kHidden);
  }
  Object* options = call.Arg(1).AsObject();
  if (options != nullptr && options->Has(call.realm.names().cause)) {
    Completion cause = options->Get(call.realm.names().cause);
    if (!cause.ok()) return cause;
    error->Define(call.realm.names().cause, cause.value(), kHidden);
  }
  return Value(error);
}

// new AggregateError(errors, message, options)
template <const ClassInfo* kInfo>
Completion MakeAggregate(const Invocation& call) {
  const Args args = call.args.subspan(std::min<size_t>(1, call.args.size()));
  Completion error =
      Make<kInfo>({.realm = call.realm, .self = call.self, .args = args});
  if (!error.ok()) return error;
  std::vector<Value> errors;
  Completion c = ListFromIterable(call.realm, call.Arg(0), &errors);
  if (!c.ok()) return c;
  error.value().object()->Define(
      "errors", Value(call.realm.New<Array>(std::move(errors))), kHidden);
  return error;
}

template <const ClassInfo* kInfo>
Completion NameOf(const Invocation&) {
  return Value(String::New(kInfo->name));
}

Completion EmptyString(const Invocation&) { return Value(String::New("")); }

template <const ClassInfo* kInfo>
constexpr Member kErrorMembers[] = {
    Lazy<&NameOf<kInfo>>("name"), Lazy<&EmptyString>("message"),
    Getter<&ErrorToString>("stack"), Method<&ErrorToString>("toString")};

template <const ClassInfo* kInfo>
constexpr ClassInfo MakeClass(std::string_view name, const ClassInfo* parent) {
  return {.name = name,
          .parent = parent,
          .members = kErrorMembers<kInfo>,
          .construct = &Make<kInfo>,
          .call = &Make<kInfo>,
          .length = 1};
}

}  // namespace

#define ERROR_CLASS(name, parent)        \
  extern const ClassInfo k##name##Class; \
  const ClassInfo k##name##Class = MakeClass<&k##name##Class>(#name, parent);
ERROR_CLASS(Error, &Object::kClass)
ERROR_CLASS(TypeError, &kErrorClass)
ERROR_CLASS(RangeError, &kErrorClass)
ERROR_CLASS(SyntaxError, &kErrorClass)
ERROR_CLASS(ReferenceError, &kErrorClass)
ERROR_CLASS(EvalError, &kErrorClass)
ERROR_CLASS(URIError, &kErrorClass)
#undef ERROR_CLASS

extern const ClassInfo kAggregateErrorClass;
const ClassInfo kAggregateErrorClass = {
    .name = "AggregateError",
    .parent = &kErrorClass,
    .members = kErrorMembers<&kAggregateErrorClass>,
    .construct = &MakeAggregate<&kAggregateErrorClass>,
    .call = &MakeAggregate<&kAggregateErrorClass>,
    .length = 2};

const ClassInfo& ErrorClass(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kError:
      return kErrorClass;
    case ErrorKind::kTypeError:
      return kTypeErrorClass;
    case ErrorKind::kRangeError:
      return kRangeErrorClass;
    case ErrorKind::kSyntaxError:
      return kSyntaxErrorClass;
    case ErrorKind::kReferenceError:
      return kReferenceErrorClass;
  }
  return kErrorClass;
}

std::string DescribeThrown(Realm& realm, const Value& thrown) {
  Object* object = thrown.AsObject();
  if (object == nullptr) return ToPlainString(thrown);
  const auto text = [&](const Ref<String>& key, std::string_view otherwise) {
    const Completion c = object->Get(key);
    if (!c.ok() || c.value().IsUndefined()) return std::string(otherwise);
    return ToPlainString(c.value());
  };
  const std::string name = text(realm.names().name, "Error");
  std::string message = text(realm.names().message, "");
  if (name.empty()) return message;
  return message.empty() ? name : name + ": " + message;
}

}  // namespace goshawk::gojs
