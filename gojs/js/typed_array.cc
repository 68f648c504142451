#include "gojs/js/typed_array.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "gojs/js/convert.h"
#include "gojs/js/number.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {
namespace {

template <typename T>
T Wrap(double value) {
  return static_cast<T>(ToUint32(value));
}

template <typename T>
T Clamp(double value) {
  if (!(value > 0)) return 0;
  if (value > 255) return 255;
  return static_cast<T>(std::nearbyint(value));
}

template <typename T>
T Round(double value) {
  return static_cast<T>(value);
}

}  // namespace

Ref<ArrayBuffer> ArrayBuffer::New(Realm& realm, size_t size) {
  auto* data = static_cast<uint8_t*>(std::calloc(size == 0 ? 1 : size, 1));
  if (data == nullptr) return {};
  realm.AddPressure(size);
  return realm.New<ArrayBuffer>(data, size);
}

ArrayBuffer::ArrayBuffer(Realm& realm, uint8_t* data, size_t size)
    : Object(realm, kClass), data_(data), size_(size) {}

Ref<ArrayBuffer> ArrayBuffer::Adopt(Realm& realm, std::vector<uint8_t> bytes) {
  if (bytes.empty()) return New(realm, 0);
  return realm.New<ArrayBuffer>(std::move(bytes));
}

ArrayBuffer::ArrayBuffer(Realm& realm, std::vector<uint8_t> adopted)
    : Object(realm, kClass),
      adopted_(std::move(adopted)),
      data_(adopted_.data()),
      size_(adopted_.size()) {}

ArrayBuffer::~ArrayBuffer() {
  if (adopted_.empty()) std::free(data_);
}

size_t TypedArray::ElementSize(ElementType type) {
  switch (type) {
#define ELEMENT(name, type, convert) \
  case ElementType::k##name:         \
    return sizeof(type);
#include "gojs/js/element_type.def"
#undef ELEMENT
  }
  return 1;
}

TypedArray::TypedArray(Realm& realm, ElementType type, Ref<ArrayBuffer> buffer,
                       size_t offset, size_t length)
    : Object(realm, ClassOf(type)),
      type_(type),
      buffer_(std::move(buffer)),
      data_(buffer_->data() + offset),
      offset_(offset),
      length_(length) {
  exotic_ = true;
}

Ref<TypedArray> TypedArray::New(Realm& realm, ElementType type, size_t length) {
  if (length > kMaxLength) return {};
  Ref<ArrayBuffer> buffer = ArrayBuffer::New(realm, length * ElementSize(type));
  if (!buffer) return {};
  return realm.New<TypedArray>(type, std::move(buffer), size_t{0}, length);
}

double TypedArray::Element(size_t index) const {
  switch (type_) {
#define ELEMENT(name, type, convert)                                   \
  case ElementType::k##name: {                                         \
    type element;                                                      \
    std::memcpy(&element, data_ + index * sizeof(type), sizeof(type)); \
    return static_cast<double>(element);                               \
  }
#include "gojs/js/element_type.def"
#undef ELEMENT
  }
  return 0;
}

void TypedArray::SetElement(size_t index, double value) {
  switch (type_) {
#define ELEMENT(name, type, convert)                                   \
  case ElementType::k##name: {                                         \
    const type element = convert<type>(value);                         \
    std::memcpy(data_ + index * sizeof(type), &element, sizeof(type)); \
    return;                                                            \
  }
#include "gojs/js/element_type.def"
#undef ELEMENT
  }
}

Completion TypedArray::GetIndex(int64_t index) {
  if (index < 0 || static_cast<uint64_t>(index) >= length_) return Completion();
  return Value(Element(static_cast<size_t>(index)));
}

Completion TypedArray::SetIndex(int64_t index, Value value) {
  double number = 0;
  Completion c = ToNumber(realm(), value, &number);
  if (!c.ok()) return c;
  if (index >= 0 && static_cast<uint64_t>(index) < length_) {
    SetElement(static_cast<size_t>(index), number);
  }
  return Completion();
}

bool TypedArray::GetExotic(Key key, Value* value) {
  const uint32_t index = key.array_index();
  if (index == String::kNoIndex) return false;
  *value = index < length_ ? Value(Element(index)) : Value();
  return true;
}

bool TypedArray::SetExotic(Key key, const Value& value) {
  const uint32_t index = key.array_index();
  if (index == String::kNoIndex) return false;
  if (index < length_) SetElement(index, ToNumber(value));
  return true;
}

Object::Deleted TypedArray::DeleteExotic(Key key) {
  const uint32_t index = key.array_index();
  if (index == String::kNoIndex) return Deleted::kAbsent;
  return index < length_ ? Deleted::kRefused : Deleted::kDone;
}

void TypedArray::ExoticKeys(bool, std::vector<Value>* keys) {
  for (size_t i = 0; i < length_; ++i) {
    keys->push_back(Value(realm().Intern(std::to_string(i))));
  }
}

void TypedArray::Trace(Tracer& tracer) const {
  tracer(buffer_);
  Object::Trace(tracer);
}

void TypedArray::Clear() {
  buffer_ = {};
  length_ = 0;
  Object::Clear();
}

bool GetBytes(const Value& value, std::span<uint8_t>* bytes) {
  const auto* array = As<TypedArray>(value);
  if (array == nullptr || (array->type() != ElementType::kUint8 &&
                           array->type() != ElementType::kUint8Clamped)) {
    return false;
  }
  *bytes = array->bytes();
  return true;
}

}  // namespace goshawk::gojs
