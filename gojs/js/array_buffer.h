// ArrayBuffer: bytes that typed arrays look at.

#ifndef GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_
#define GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gojs/js/object.h"

namespace goshawk::gojs {

class ArrayBuffer final : public Object {
 public:
  static const ClassInfo kClass;

  // Zeroed bytes; null if the host has not that many.
  static Ref<ArrayBuffer> New(Realm& realm, size_t size);
  // These bytes, which are not copied.
  static Ref<ArrayBuffer> Adopt(Realm& realm, std::vector<uint8_t> bytes);
  ~ArrayBuffer() override;

  uint8_t* data() { return data_; }
  size_t size() const { return size_; }

 private:
  friend class Realm;
  ArrayBuffer(Realm& realm, uint8_t* data, size_t size);
  ArrayBuffer(Realm& realm, std::vector<uint8_t> adopted);

  std::vector<uint8_t> adopted_;  // what data_ points to, unless empty
  uint8_t* data_;
  size_t size_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ARRAY_BUFFER_H_
