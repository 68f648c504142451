// ArrayBuffer: bytes that typed arrays look at.

#ifndef GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_
#define GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "gojs/js/object.h"

namespace goshawk::gojs {

class ArrayBuffer final : public Object {
 public:
  static const ClassInfo kClass;

  // Zeroed bytes; null if the host has not that many.
  static Ref<ArrayBuffer> New(Realm& realm, size_t size);
  ~ArrayBuffer() override;

  uint8_t* data() { return data_; }
  size_t size() const { return size_; }

 private:
  friend class Realm;
  ArrayBuffer(Realm& realm, uint8_t* data, size_t size);

  uint8_t* data_;
  size_t size_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_
