// Uint8Array and its brothers: views of an ArrayBuffer with elements of one
// numeric type.

#ifndef GOSHAWK_GOJS_JS_TYPED_ARRAY_H_
#define GOSHAWK_GOJS_JS_TYPED_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "gojs/js/array_buffer.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

// In the order of element_type.def.
enum class ElementType : uint8_t {
#define ELEMENT(name, type, convert) k##name,
#include "gojs/js/element_type.def"
#undef ELEMENT
};

class TypedArray final : public Object {
 public:
  static constexpr size_t kMaxLength = size_t{1} << 33;  // V8's limit, too

  // The common ancestor, which scripts cannot reach by name.
  static const ClassInfo kClass;
  static const ClassInfo& ClassOf(ElementType type);
  static size_t ElementSize(ElementType type);

  // Views `length` elements from byte `offset` on.
  // REQUIRES: they lie inside of `buffer`, `offset` is aligned to them.
  TypedArray(Realm& realm, ElementType type, Ref<ArrayBuffer> buffer,
             size_t offset, size_t length);
  // With a buffer of its own, zeroed; null if the host has not that much.
  static Ref<TypedArray> New(Realm& realm, ElementType type, size_t length);

  ElementType type() const { return type_; }
  size_t length() const { return length_; }
  size_t offset() const { return offset_; }
  ArrayBuffer* buffer() const { return buffer_.get(); }
  // The bytes viewed.
  std::span<uint8_t> bytes() const {
    return {data_, length_ * ElementSize(type_)};
  }

  // REQUIRES: index < length().
  double Element(size_t index) const;
  void SetElement(size_t index, double value);

  Completion GetIndex(int64_t index) override;
  Completion SetIndex(int64_t index, Value value) override;

 private:
  bool GetExotic(Key key, Value* value) override;
  bool SetExotic(Key key, const Value& value) override;
  Deleted DeleteExotic(Key key) override;
  void ExoticKeys(bool only_enumerable, std::vector<Value>* keys) override;
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  ElementType type_;
  Ref<ArrayBuffer> buffer_;
  uint8_t* data_;
  size_t offset_;
  size_t length_;
};

// The bytes of a Uint8Array or Uint8ClampedArray, which are all that Go
// copies; false for anything else.
bool GetBytes(const Value& value, std::span<uint8_t>* bytes);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_TYPED_ARRAY_H_
