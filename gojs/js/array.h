// Arrays: a dense list of elements. Holes are undefined.

#ifndef GOSHAWK_GOJS_JS_ARRAY_H_
#define GOSHAWK_GOJS_JS_ARRAY_H_

#include <vector>

#include "gojs/js/object.h"

namespace goshawk::gojs {

class Array : public Object {
 public:
  static const ClassInfo kClass;

  // An element beyond this is not stored but becomes a plain property, so
  // that a stray index cannot eat the host's memory.
  static constexpr uint32_t kMaxDense = 1u << 26;

  explicit Array(Realm& realm, std::vector<Value> elements = {});

  std::vector<Value>& elements() { return elements_; }
  const std::vector<Value>& elements() const { return elements_; }
  // True if elements must stay what they are.
  bool frozen() const { return frozen_; }

  Completion GetIndex(int64_t index) override;
  Completion SetIndex(int64_t index, Value value) override;
  void Restrict(bool freeze) override;

 protected:
  bool GetExotic(Key key, Value* value) override;
  bool SetExotic(Key key, const Value& value) override;
  Deleted DeleteExotic(Key key) override;
  void ExoticKeys(bool only_enumerable, std::vector<Value>* keys) override;
  void Trace(Tracer& tracer) const override;
  void Clear() override;

 private:
  bool SetElement(uint32_t index, Value value);

  std::vector<Value> elements_;
  bool frozen_ = false;
};

// The elements of anything with a length: an array, a typed array, arguments.
// A throw of one of its getters ends it.
Completion ListFrom(Realm& realm, const Value& value,
                    std::vector<Value>* elements);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ARRAY_H_
