#include "gojs/js/convert.h"

#include <limits>

#include "gojs/js/number.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

bool Value::Truthy() const {
  switch (type_) {
    case Type::kUndefined:
    case Type::kNull:
      return false;
    case Type::kBool:
      return boolean();
    case Type::kNumber:
      return number() != 0 && number() == number();
    case Type::kString:
      return !string()->view().empty();
    case Type::kSymbol:
    case Type::kObject:
      return true;
  }
  return false;
}

bool StrictEquals(const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Value::Type::kUndefined:
    case Value::Type::kNull:
      return true;
    case Value::Type::kBool:
      return a.boolean() == b.boolean();
    case Value::Type::kNumber:
      return a.number() == b.number();
    case Value::Type::kString:
      return a.string() == b.string() ||
             a.string()->view() == b.string()->view();
    case Value::Type::kSymbol:
    case Value::Type::kObject:
      return a.cell() == b.cell();
  }
  return false;
}

bool SameValueZero(const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber() && a.number() != a.number()) {
    return b.number() != b.number();
  }
  return StrictEquals(a, b);
}

std::string_view TypeOf(const Value& value) {
  switch (value.type()) {
    case Value::Type::kUndefined:
      return "undefined";
    case Value::Type::kNull:
      return "object";
    case Value::Type::kBool:
      return "boolean";
    case Value::Type::kNumber:
      return "number";
    case Value::Type::kString:
      return "string";
    case Value::Type::kSymbol:
      return "symbol";
    case Value::Type::kObject:
      return value.IsCallable() ? "function" : "object";
  }
  return "undefined";
}

Completion ToPrimitive(Realm& realm, const Value& value, Hint hint) {
  Object* object = value.AsObject();
  if (object == nullptr) return value;
  Completion own = object->Get(realm.symbols().toPrimitive);
  if (!own.ok()) return own;
  if (own.value().IsCallable()) {
    constexpr std::string_view kHints[] = {"default", "number", "string"};
    const Value arg = Value(String::New(kHints[static_cast<size_t>(hint)]));
    Completion result = own.value().object()->Call(value, {&arg, 1});
    if (!result.ok() || !result.value().IsObject()) return result;
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot convert object to primitive value");
  }
  const bool prefer_string = hint == Hint::kString;
  const Ref<String>& first =
      prefer_string ? realm.names().toString : realm.names().valueOf;
  const Ref<String>& second =
      prefer_string ? realm.names().valueOf : realm.names().toString;
  for (const Ref<String>& name : {first, second}) {
    Completion method = object->Get(name);
    if (!method.ok()) return method;
    if (!method.value().IsCallable()) continue;
    Completion result = method.value().object()->Call(value, {});
    if (!result.ok() || !result.value().IsObject()) return result;
  }
  return realm.Throw(ErrorKind::kTypeError,
                     "Cannot convert object to primitive value");
}

Completion ToJsString(Realm& realm, const Value& value) {
  if (value.IsString()) return value;
  Completion primitive = ToPrimitive(realm, value, Hint::kString);
  if (!primitive.ok()) return primitive;
  if (primitive.value().IsSymbol()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot convert a Symbol value to a string");
  }
  if (primitive.value().IsString()) return primitive;
  return Value(String::New(ToPlainString(primitive.value())));
}

Completion ThrowStringTooLong(Realm& realm) {
  return realm.Throw(ErrorKind::kRangeError, "Invalid string length");
}

Completion NewString(Realm& realm, std::string_view bytes) {
  if (bytes.size() > kMaxStringLength) return ThrowStringTooLong(realm);
  return Value(String::New(bytes));
}

std::string ToPlainString(const Value& value) {
  switch (value.type()) {
    case Value::Type::kUndefined:
      return "undefined";
    case Value::Type::kNull:
      return "null";
    case Value::Type::kBool:
      return value.boolean() ? "true" : "false";
    case Value::Type::kNumber:
      return NumberToString(value.number());
    case Value::Type::kString:
      return std::string(value.string()->view());
    case Value::Type::kSymbol: {
      const String* d = value.symbol()->description();
      return "Symbol(" + std::string(d ? d->view() : "") + ")";
    }
    case Value::Type::kObject:
      return "[object Object]";
  }
  return "";
}

Completion ToNumber(Realm& realm, const Value& value, double* number) {
  Completion primitive = ToPrimitive(realm, value, Hint::kNumber);
  if (!primitive.ok()) return primitive;
  if (primitive.value().IsSymbol()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot convert a Symbol value to a number");
  }
  *number = ToNumber(primitive.value());
  return Completion();
}

double ToNumber(const Value& value) {
  switch (value.type()) {
    case Value::Type::kNull:
      return 0;
    case Value::Type::kBool:
      return value.boolean() ? 1 : 0;
    case Value::Type::kNumber:
      return value.number();
    case Value::Type::kString:
      return StringToNumber(value.string()->view());
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

Completion ToKey(Realm& realm, const Value& value, Value* hold) {
  if (value.IsSymbol()) {
    *hold = value;
    return Completion();
  }
  Completion string = ToJsString(realm, value);
  if (!string.ok()) return string;
  *hold = Value(realm.Intern(string.value().string()));
  return Completion();
}

}  // namespace goshawk::gojs
