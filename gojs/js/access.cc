#include "gojs/js/access.h"

#include <string>

#include "gojs/js/builtins.h"
#include "gojs/js/convert.h"
#include "gojs/js/object.h"
#include "gojs/js/primitive.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

// The class of a primitive that is neither null nor undefined.
const ClassInfo& ClassOf(const Value& primitive) {
  switch (primitive.type()) {
    case Value::Type::kString:
      return kStringClass;
    case Value::Type::kNumber:
      return kNumberClass;
    case Value::Type::kBool:
      return kBooleanClass;
    default:
      return kSymbolClass;
  }
}

std::string KeyText(Key key) {
  return ToPlainString(key.IsString()
                           ? Value(key.string())
                           : Value(static_cast<Symbol*>(key.cell())));
}

}  // namespace

Ref<Object> ToObject(Realm& realm, const Value& value) {
  if (value.IsObject()) return value.object();
  if (value.IsNullish()) return {};
  return realm.New<PrimitiveWrapper>(ClassOf(value), value);
}

bool IsIndex(const Value& key, int64_t* index) {
  if (!key.IsNumber()) return false;
  const double number = key.number();
  if (!(number >= 0 && number < 2147483648.0)) return false;
  *index = static_cast<int64_t>(number);
  return static_cast<double>(*index) == number;
}

Completion GetOf(Realm& realm, const Value& value, Key key) {
  if (Object* object = value.AsObject()) return object->Get(key, value);
  if (value.IsNullish()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot read properties of " + ToPlainString(value) +
                           " (reading '" + KeyText(key) + "')");
  }
  if (value.IsString()) {
    const std::string_view text = value.string()->view();
    if (key == Key(realm.names().length)) return Value(Utf16Length(text));
    const uint32_t index = key.array_index();
    if (index != String::kNoIndex && index < Utf16Length(text)) {
      return Value(String::New(Utf16Part(text, index, index + 1)));
    }
  }
  return realm.Prototype(ClassOf(value))->Get(key, value);
}

Completion GetOf(Realm& realm, const Value& value, const Value& key) {
  int64_t index;
  if (value.IsObject() && IsIndex(key, &index)) {
    return value.object()->GetIndex(index);
  }
  Value hold;
  if (Completion c = ToKey(realm, key, &hold); !c.ok()) return c;
  return GetOf(realm, value, Key(hold.cell()));
}

Completion SetOf(Realm& realm, const Value& value, const Value& key, Value to) {
  int64_t index;
  if (value.IsObject() && IsIndex(key, &index)) {
    return value.object()->SetIndex(index, std::move(to));
  }
  Value hold;
  if (Completion c = ToKey(realm, key, &hold); !c.ok()) return c;
  if (value.IsObject()) {
    return value.object()->Set(Key(hold.cell()), std::move(to));
  }
  if (!value.IsNullish()) return Completion();
  return realm.Throw(ErrorKind::kTypeError,
                     "Cannot set properties of " + ToPlainString(value) +
                         " (setting '" + KeyText(Key(hold.cell())) + "')");
}

Completion Invoke(Realm& realm, const Value& value, std::string_view name,
                  Args args) {
  const Ref<String> key = realm.Intern(name);
  Completion method = GetOf(realm, value, Key(key));
  if (!method.ok()) return method;
  if (!method.value().IsCallable()) return ThrowNotCallable(realm, name);
  return method.value().object()->Call(value, args);
}

Completion ThrowNotCallable(Realm& realm, std::string_view what) {
  return realm.Throw(ErrorKind::kTypeError,
                     std::string(what) + " is not a function");
}

Completion ThrowNotCallable(Realm& realm, const Value& value) {
  std::string what = ToPlainString(value);
  if (const Object* object = value.AsObject()) {
    what = "#<" + std::string(object->class_info().name) + ">";
  }
  return ThrowNotCallable(realm, std::string_view(what));
}

}  // namespace goshawk::gojs
