#include "gojs/js/primitive.h"

#include "gojs/js/builtins.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {

PrimitiveWrapper::PrimitiveWrapper(Realm& realm, const ClassInfo& info,
                                   Value primitive)
    : Object(realm, info), primitive_(std::move(primitive)) {
  exotic_ = primitive_.IsString();
}

bool PrimitiveWrapper::GetExotic(Key key, Value* value) {
  if (!primitive_.IsString()) return false;
  const std::string_view text = primitive_.string()->view();
  if (key == Key(realm().names().length)) {
    *value = Value(Utf16Length(text));
    return true;
  }
  const uint32_t index = key.array_index();
  if (index == String::kNoIndex || index >= Utf16Length(text)) return false;
  *value = Value(String::New(Utf16Part(text, index, index + 1)));
  return true;
}

// They are read-only.
bool PrimitiveWrapper::SetExotic(Key key, const Value&) {
  Value unused;
  return GetExotic(key, &unused);
}

Object::Deleted PrimitiveWrapper::DeleteExotic(Key key) {
  Value unused;
  return GetExotic(key, &unused) ? Deleted::kRefused : Deleted::kAbsent;
}

void PrimitiveWrapper::ExoticKeys(bool only_enumerable,
                                  std::vector<Value>* keys) {
  if (!primitive_.IsString()) return;
  const size_t length = Utf16Length(primitive_.string()->view());
  for (size_t i = 0; i < length; ++i) {
    keys->push_back(Value(realm().Intern(std::to_string(i))));
  }
  if (!only_enumerable) keys->push_back(Value(realm().names().length));
}

void PrimitiveWrapper::Clear() {
  primitive_ = {};
  Object::Clear();
}

Value PrimitiveOf(const Value& value) {
  const Object* object = value.AsObject();
  if (object == nullptr) return value;
  for (const ClassInfo* info :
       {&kNumberClass, &kBooleanClass, &kStringClass, &kSymbolClass}) {
    if (&object->class_info() == info) {
      return static_cast<const PrimitiveWrapper*>(object)->primitive();
    }
  }
  return Value();
}

}  // namespace goshawk::gojs
