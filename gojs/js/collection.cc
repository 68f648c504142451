#include "gojs/js/collection.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <string_view>
#include <utility>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

size_t Collection::Hash::operator()(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kUndefined:
    case Value::Type::kNull:
      return 0;
    case Value::Type::kBool:
      return value.boolean() ? 1 : 2;
    case Value::Type::kNumber:
      // 0 and -0 are the same, and so is all that is not a number.
      if (value.number() == 0 || value.number() != value.number()) return 3;
      return std::hash<uint64_t>()(std::bit_cast<uint64_t>(value.number()) *
                                   0x9e3779b97f4a7c15);
    case Value::Type::kString:
      return std::hash<std::string_view>()(value.string()->view());
    case Value::Type::kSymbol:
    case Value::Type::kObject:
      return std::hash<const void*>()(value.cell()) >> 4;
  }
  return 0;
}

const Value* Collection::Find(const Value& key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &entries_[it->second].value;
}

void Collection::Put(const Value& key, Value value) {
  const auto it = index_.find(key);
  if (it != index_.end()) {
    std::swap(entries_[it->second].value, value);
    return;
  }
  // A key of -0 becomes 0.
  const bool zero = key.IsNumber() && key.number() == 0;
  Value kept = zero ? Value(0) : key;
  index_.emplace(kept, entries_.size());
  entries_.push_back({std::move(kept), std::move(value), next_position_++});
}

bool Collection::Remove(const Value& key) {
  const auto it = index_.find(key);
  if (it == index_.end()) return false;
  Entry& entry = entries_[it->second];
  entry.removed = true;
  // What is dropped goes last, for it may be much.
  const Value dropped_key = std::exchange(entry.key, Value());
  const Value dropped = std::exchange(entry.value, Value());
  const auto node = index_.extract(it);
  if (entries_.size() > 32 && index_.size() < entries_.size() / 2) Compact();
  return true;
}

void Collection::Compact() {
  std::erase_if(entries_, [](const Entry& entry) { return entry.removed; });
  for (size_t i = 0; i < entries_.size(); ++i) index_[entries_[i].key] = i;
}

void Collection::RemoveAll() {
  const auto dropped_index = std::exchange(index_, {});
  const auto dropped = std::exchange(entries_, {});
}

bool Collection::Next(uint64_t* at, Value* key, Value* value) const {
  auto entry = std::lower_bound(
      entries_.begin(), entries_.end(), *at,
      [](const Entry& e, uint64_t position) { return e.position < position; });
  while (entry != entries_.end() && entry->removed) ++entry;
  if (entry == entries_.end()) return false;
  *at = entry->position + 1;
  *key = entry->key;
  *value = entry->value;
  return true;
}

void Collection::Trace(Tracer& tracer) const {
  // The index has keys of its own.
  for (const Entry& entry : entries_) {
    tracer(entry.key);
    if (!entry.removed) tracer(entry.key);
    tracer(entry.value);
  }
  Object::Trace(tracer);
}

void Collection::Clear() {
  RemoveAll();
  Object::Clear();
}

const ClassInfo CollectionIterator::kClass = {.name = "Collection Iterator",
                                              .parent = &Iterator::kClass};

Completion CollectionIterator::Next(bool* more) {
  *more = false;
  if (!source_) return Completion();
  Value key;
  Value value;
  if (!source_->Next(&at_, &key, &value)) {
    source_ = {};
    return Completion();
  }
  *more = true;
  if (kind_ == IterationKind::kKeys) return key;
  if (kind_ == IterationKind::kValues) return value;
  return Pair(realm(), std::move(key), std::move(value));
}

void CollectionIterator::Trace(Tracer& tracer) const {
  tracer(source_);
  Iterator::Trace(tracer);
}

void CollectionIterator::Clear() {
  source_ = {};
  Iterator::Clear();
}

}  // namespace goshawk::gojs
