// Map and Set: entries in the order in which they were made, found by hash.

#ifndef GOSHAWK_GOJS_JS_COLLECTION_H_
#define GOSHAWK_GOJS_JS_COLLECTION_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "gojs/js/iterator.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

// What both are; the values of a Set are its keys.
class Collection : public Object {
 public:
  static const ClassInfo kClass;

  size_t size() const { return index_.size(); }
  bool Has(const Value& key) const { return index_.contains(key); }
  // Null if there is none. Valid until something is added or removed.
  const Value* Find(const Value& key) const;
  void Put(const Value& key, Value value);
  bool Remove(const Value& key);
  void RemoveAll();

  // The first entry from position `*at` on, which then is the position after
  // it; false at the end. Positions stay what they are whatever is added or
  // removed; 0 is the first one ever.
  bool Next(uint64_t* at, Value* key, Value* value) const;

 protected:
  Collection(Realm& realm, const ClassInfo& info) : Object(realm, info) {}

 private:
  struct Entry {
    Value key;
    Value value;
    uint64_t position;
    bool removed = false;
  };
  struct Hash {
    size_t operator()(const Value& value) const;
  };
  struct Same {
    bool operator()(const Value& a, const Value& b) const {
      return SameValueZero(a, b);
    }
  };

  void Trace(Tracer& tracer) const override;
  void Clear() override;
  void Compact();

  std::vector<Entry> entries_;                           // positions ascend
  std::unordered_map<Value, size_t, Hash, Same> index_;  // in entries_
  uint64_t next_position_ = 0;
};

class Map final : public Collection {
 public:
  static const ClassInfo kClass;
  explicit Map(Realm& realm) : Collection(realm, kClass) {}
};

class Set final : public Collection {
 public:
  static const ClassInfo kClass;
  explicit Set(Realm& realm) : Collection(realm, kClass) {}
};

class CollectionIterator final : public Iterator {
 public:
  static const ClassInfo kClass;
  CollectionIterator(Realm& realm, Ref<Collection> source, IterationKind kind)
      : Iterator(realm, kClass), source_(std::move(source)), kind_(kind) {}
  Completion Next(bool* more) override;

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  Ref<Collection> source_;  // null at the end
  const IterationKind kind_;
  uint64_t at_ = 0;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_COLLECTION_H_
