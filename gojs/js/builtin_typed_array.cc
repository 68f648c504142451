// ArrayBuffer and the typed arrays.

#include <cmath>
#include <cstring>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {
namespace {

Completion NoMemory(Realm& realm) {
  return realm.Throw(ErrorKind::kRangeError, "Array buffer allocation failed");
}

// A relative index, as slice() and its like take them.
size_t Relative(const Value& value, size_t length, size_t otherwise) {
  if (value.IsUndefined()) return otherwise;
  const double n = ToInteger(ToNumber(value));
  const double limit = static_cast<double>(length);
  if (n < 0) return static_cast<size_t>(std::max(0.0, limit + n));
  return static_cast<size_t>(std::min(n, limit));
}

// A length or offset: false if it is none.
bool ToIndex(const Value& value, size_t* index) {
  const double n = value.IsUndefined() ? 0 : ToInteger(ToNumber(value));
  if (n < 0 || n > 9007199254740991.0) return false;
  *index = static_cast<size_t>(n);
  return true;
}

Completion ConstructBuffer(const Invocation& call) {
  size_t size;
  if (!ToIndex(call.Arg(0), &size)) {
    return call.realm.Throw(ErrorKind::kRangeError,
                            "Invalid array buffer length");
  }
  Ref<ArrayBuffer> buffer = ArrayBuffer::New(call.realm, size);
  return buffer ? Completion(Value(buffer)) : NoMemory(call.realm);
}

Completion SliceBuffer(const Invocation& call) {
  auto* self = As<ArrayBuffer>(call.self);
  if (self == nullptr) {
    return call.realm.Throw(ErrorKind::kTypeError, "not an ArrayBuffer");
  }
  const size_t begin = Relative(call.Arg(0), self->size(), 0);
  const size_t end =
      std::max(begin, Relative(call.Arg(1), self->size(), self->size()));
  Ref<ArrayBuffer> copy = ArrayBuffer::New(call.realm, end - begin);
  if (!copy) return NoMemory(call.realm);
  std::memcpy(copy->data(), self->data() + begin, end - begin);
  return Value(copy);
}

Completion InvalidLength(Realm& realm, const Value& length) {
  return realm.Throw(ErrorKind::kRangeError,
                     "Invalid typed array length: " + ToPlainString(length));
}

bool IsView(const Value& value) { return As<TypedArray>(value) != nullptr; }

// new T(length), new T(buffer, offset, length) or new T(array-like).
template <ElementType kType>
Completion Construct(const Invocation& call) {
  Realm& realm = call.realm;
  const Value& first = call.Arg(0);
  if (auto* buffer = As<ArrayBuffer>(first)) {
    const size_t element = TypedArray::ElementSize(kType);
    size_t offset;
    size_t length;
    bool valid = ToIndex(call.Arg(1), &offset) && offset % element == 0 &&
                 offset <= buffer->size();
    if (valid && call.Arg(2).IsUndefined()) {
      length = (buffer->size() - offset) / element;
      valid = (buffer->size() - offset) % element == 0;
    } else if (valid) {
      valid = ToIndex(call.Arg(2), &length) &&
              length <= (buffer->size() - offset) / element;
    }
    if (!valid) {
      return realm.Throw(ErrorKind::kRangeError, "Invalid typed array bounds");
    }
    return Value(
        realm.New<TypedArray>(kType, Ref<ArrayBuffer>(buffer), offset, length));
  }
  if (!first.IsObject()) {
    size_t length;
    if (!ToIndex(first, &length)) {
      return InvalidLength(realm, first);
    }
    if (length > TypedArray::kMaxLength) return InvalidLength(realm, first);
    Ref<TypedArray> made = TypedArray::New(realm, kType, length);
    return made ? Completion(Value(made)) : NoMemory(realm);
  }
  std::vector<Value> elements;
  if (Completion c = ListFrom(realm, first, &elements); !c.ok()) return c;
  Ref<TypedArray> made = TypedArray::New(realm, kType, elements.size());
  if (!made) return NoMemory(realm);
  for (size_t i = 0; i < elements.size(); ++i) {
    made->SetElement(i, ToNumber(elements[i]));
  }
  return Value(made);
}

TypedArray* Self(const Invocation& call) { return As<TypedArray>(call.self); }

Completion NotTyped(Realm& realm) {
  return realm.Throw(ErrorKind::kTypeError, "this is not a typed array");
}

size_t ByteLength(const Invocation& call) {
  return Self(call) == nullptr ? 0 : Self(call)->bytes().size();
}
size_t ByteOffset(const Invocation& call) {
  return Self(call) == nullptr ? 0 : Self(call)->offset();
}
size_t Length(const Invocation& call) {
  return Self(call) == nullptr ? 0 : Self(call)->length();
}
Completion Buffer(const Invocation& call) {
  if (Self(call) == nullptr) return Completion();
  return Value(Self(call)->buffer());
}

Completion SubArray(const Invocation& call) {
  TypedArray* self = Self(call);
  if (self == nullptr) return NotTyped(call.realm);
  const size_t begin = Relative(call.Arg(0), self->length(), 0);
  const size_t end =
      std::max(begin, Relative(call.Arg(1), self->length(), self->length()));
  return Value(call.realm.New<TypedArray>(
      self->type(), Ref<ArrayBuffer>(self->buffer()),
      self->offset() + begin * TypedArray::ElementSize(self->type()),
      end - begin));
}

Completion Slice(const Invocation& call) {
  Completion view = SubArray(call);
  if (!view.ok()) return view;
  const auto* from = As<TypedArray>(view.value());
  Ref<TypedArray> copy =
      TypedArray::New(call.realm, from->type(), from->length());
  if (!copy) return NoMemory(call.realm);
  if (from->length() > 0) {
    std::memcpy(copy->bytes().data(), from->bytes().data(),
                from->bytes().size());
  }
  return Value(copy);
}

Completion Set(const Invocation& call) {
  TypedArray* self = Self(call);
  if (self == nullptr) return NotTyped(call.realm);
  size_t offset;
  if (!ToIndex(call.Arg(1), &offset)) offset = self->length() + 1;
  const auto* from = As<TypedArray>(call.Arg(0));
  std::vector<Value> elements;
  size_t length;
  if (from != nullptr) {
    length = from->length();
  } else {
    Completion c = ListFrom(call.realm, call.Arg(0), &elements);
    if (!c.ok()) return c;
    length = elements.size();
  }
  if (offset > self->length() || length > self->length() - offset) {
    return call.realm.Throw(ErrorKind::kRangeError, "offset is out of bounds");
  }
  if (from != nullptr && from->type() == self->type()) {
    const size_t size = TypedArray::ElementSize(self->type());
    std::memmove(self->bytes().data() + offset * size, from->bytes().data(),
                 length * size);
    return Completion();
  }
  for (size_t i = 0; i < length; ++i) {
    self->SetElement(
        offset + i, from != nullptr ? from->Element(i) : ToNumber(elements[i]));
  }
  return Completion();
}

Completion Fill(const Invocation& call) {
  TypedArray* self = Self(call);
  if (self == nullptr) return NotTyped(call.realm);
  const size_t begin = Relative(call.Arg(1), self->length(), 0);
  const size_t end = Relative(call.Arg(2), self->length(), self->length());
  const double value = ToNumber(call.Arg(0));
  for (size_t i = begin; i < end; ++i) self->SetElement(i, value);
  return call.self;
}

Completion ToString(const Invocation& call) {
  const TypedArray* self = Self(call);
  if (self == nullptr) return NotTyped(call.realm);
  std::string out;
  for (size_t i = 0; i < self->length(); ++i) {
    if (i > 0) out += ',';
    out += NumberToString(self->Element(i));
  }
  return Value(String::New(out));
}

constexpr Member kBufferMembers[] = {
    Getter<&ArrayBuffer::size>("byteLength"),
    Method<&SliceBuffer>("slice", 2),
};
constexpr Member kBufferStatics[] = {Method<&IsView>("isView")};

constexpr Member kTypedMembers[] = {
    Getter<&Buffer>("buffer"),         Getter<&ByteLength>("byteLength"),
    Getter<&ByteOffset>("byteOffset"), Getter<&Length>("length"),
    Method<&Fill>("fill", 1),          Method<&Set>("set", 1),
    Method<&Slice>("slice", 2),        Method<&SubArray>("subarray", 2),
    Method<&ToString>("toString"),
};

constexpr ClassInfo kTypedClasses[] = {
#define ELEMENT(element, type, convert)              \
  {.name = #element "Array",                         \
   .parent = &TypedArray::kClass,                    \
   .construct = &Construct<ElementType::k##element>, \
   .length = 3},
#include "gojs/js/element_type.def"
#undef ELEMENT
};

}  // namespace

const ClassInfo ArrayBuffer::kClass = {.name = "ArrayBuffer",
                                       .parent = &Object::kClass,
                                       .members = kBufferMembers,
                                       .statics = kBufferStatics,
                                       .construct = &ConstructBuffer,
                                       .length = 1};

const ClassInfo TypedArray::kClass = {
    .name = "TypedArray", .parent = &Object::kClass, .members = kTypedMembers};

const ClassInfo& TypedArray::ClassOf(ElementType type) {
  return kTypedClasses[static_cast<size_t>(type)];
}

}  // namespace goshawk::gojs
