#include "gojs/js/array.h"

#include <string>
#include <utility>

#include "gojs/js/convert.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

Array::Array(Realm& realm, std::vector<Value> elements)
    : Object(realm, kClass), elements_(std::move(elements)) {
  exotic_ = true;
}

Completion Array::GetIndex(int64_t index) {
  if (index >= 0 && static_cast<uint64_t>(index) < elements_.size()) {
    return elements_[static_cast<size_t>(index)];
  }
  // The name of a missing element need not be made to see that nobody has it.
  bool anywhere = index < 0 || index >= kMaxDense;
  for (Object* o = prototype(); o != nullptr && !anywhere; o = o->prototype()) {
    anywhere = o->exotic() || o->properties().has_indices();
  }
  if (!anywhere) return Completion();
  return Object::GetIndex(index);
}

Completion Array::SetIndex(int64_t index, Value value) {
  if (index >= 0 && index < kMaxDense) {
    SetElement(static_cast<uint32_t>(index), std::move(value));
    return Completion();
  }
  return Object::SetIndex(index, std::move(value));
}

bool Array::SetElement(uint32_t index, Value value) {
  if (frozen_) return true;
  if (index >= kMaxDense) return false;
  if (index >= elements_.size()) {
    if (!extensible()) return true;
    elements_.resize(index + 1);
  }
  elements_[index] = std::move(value);
  return true;
}

void Array::Restrict(bool freeze) {
  Object::Restrict(freeze);
  frozen_ = frozen_ || freeze;
}

bool Array::GetExotic(Key key, Value* value) {
  if (key == Key(realm().names().length)) {
    *value = Value(elements_.size());
    return true;
  }
  const uint32_t index = key.array_index();
  if (index >= elements_.size()) return false;
  *value = elements_[index];
  return true;
}

bool Array::SetExotic(Key key, const Value& value) {
  if (key == Key(realm().names().length)) {
    if (!frozen_ && value.IsNumber() && value.number() >= 0 &&
        value.number() <= kMaxDense) {
      elements_.resize(static_cast<size_t>(value.number()));
    }
    return true;
  }
  const uint32_t index = key.array_index();
  return index != String::kNoIndex && SetElement(index, value);
}

Object::Deleted Array::DeleteExotic(Key key) {
  if (key == Key(realm().names().length)) return Deleted::kRefused;
  const uint32_t index = key.array_index();
  if (index >= elements_.size()) return Deleted::kAbsent;
  if (frozen_) return Deleted::kRefused;
  elements_[index] = Value();
  return Deleted::kDone;
}

void Array::ExoticKeys(bool only_enumerable, std::vector<Value>* keys) {
  for (size_t i = 0; i < elements_.size(); ++i) {
    keys->push_back(Value(realm().Intern(std::to_string(i))));
  }
  if (!only_enumerable) keys->push_back(Value(realm().names().length));
}

void Array::Trace(Tracer& tracer) const {
  tracer(elements_);
  Object::Trace(tracer);
}

void Array::Clear() {
  const std::vector<Value> dropped = std::exchange(elements_, {});
  Object::Clear();
}

Completion ListFrom(Realm& realm, const Value& value,
                    std::vector<Value>* elements) {
  if (const auto* array = As<Array>(value)) {
    *elements = array->elements();
    return Completion();
  }
  Object* object = value.AsObject();
  if (object == nullptr) {
    return realm.Throw(ErrorKind::kTypeError, "not an array-like object");
  }
  Completion length = object->Get(realm.names().length);
  if (!length.ok()) return length;
  const double n = ToNumber(length.value());
  for (int64_t i = 0; static_cast<double>(i) < n && i < Array::kMaxDense; ++i) {
    Completion element = object->GetIndex(i);
    if (!element.ok()) return element;
    elements->push_back(std::move(element.value()));
  }
  return Completion();
}

}  // namespace goshawk::gojs
