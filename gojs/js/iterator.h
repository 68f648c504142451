// Iterators of built-in objects.

#ifndef GOSHAWK_GOJS_JS_ITERATOR_H_
#define GOSHAWK_GOJS_JS_ITERATOR_H_

#include <cstdint>
#include <utility>

#include "gojs/js/object.h"

namespace goshawk::gojs {

enum class IterationKind : uint8_t { kKeys, kValues, kEntries };

// What built-in iterators have in common: each is iterable itself.
class Iterator : public Object {
 public:
  static const ClassInfo kClass;
  // What next() gives: the next element and true, or false at the end.
  virtual Completion Next(bool* more) = 0;

 protected:
  Iterator(Realm& realm, const ClassInfo& info) : Object(realm, info) {}
};

// Over everything with a length and indices.
class ArrayIterator final : public Iterator {
 public:
  static const ClassInfo kClass;
  ArrayIterator(Realm& realm, Ref<Object> source, IterationKind kind)
      : Iterator(realm, kClass), source_(std::move(source)), kind_(kind) {}
  Completion Next(bool* more) override;

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  Ref<Object> source_;  // null at the end
  const IterationKind kind_;
  int64_t index_ = 0;
};

// The methods keys, values and entries of arrays and their like.
Completion IterateKeys(const Invocation& call);
Completion IterateValues(const Invocation& call);
Completion IterateEntries(const Invocation& call);

// [key, value]
Value Pair(Realm& realm, Value key, Value value);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ITERATOR_H_
