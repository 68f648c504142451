#include "gojs/js/property_map.h"

#include <utility>

namespace goshawk::gojs {
namespace {

size_t HashOf(Key key) {
  const auto bits = reinterpret_cast<uintptr_t>(key.cell());
  return static_cast<size_t>((bits * 0x9e3779b97f4a7c15) >> 32);
}

Value ValueOf(Key key) {
  if (key.IsString()) return Value(key.string());
  return Value(static_cast<Symbol*>(key.cell()));
}

}  // namespace

Property* PropertyMap::FindIndexed(Key key) {
  const size_t mask = index_.size() - 1;
  for (size_t i = HashOf(key) & mask; index_[i] != 0; i = (i + 1) & mask) {
    Property& p = list_[index_[i] - 1];
    if (p.key.cell() == key.cell()) return &p;
  }
  return nullptr;
}

void PropertyMap::Index(Key key, uint32_t position) {
  const size_t mask = index_.size() - 1;
  size_t i = HashOf(key) & mask;
  while (index_[i] != 0) i = (i + 1) & mask;
  index_[i] = position + 1;
}

void PropertyMap::Reindex() {
  size_t size = 32;
  while (size < list_.size() * 3) size *= 2;
  index_.assign(size, 0);
  for (uint32_t i = 0; i < list_.size(); ++i) {
    Index(Key(list_[i].key.cell()), i);
  }
}

Property* PropertyMap::Add(Key key, Value value, uint8_t flags) {
  if (key.array_index() != String::kNoIndex) has_indices_ = true;
  Property& p = list_.emplace_back();
  p.key = ValueOf(key);
  p.value = std::move(value);
  p.flags = flags;
  if (list_.size() >= kIndexedFrom) {
    if (list_.size() * 2 > index_.size()) {
      Reindex();
    } else {
      Index(key, static_cast<uint32_t>(list_.size() - 1));
    }
  }
  return &p;
}

void PropertyMap::Remove(Property* property) {
  // Moving the rest keeps the order; what is dropped may own objects whose
  // destruction must not see this map half changed.
  const Property dropped = std::move(*property);
  const bool last = property == &list_.back();
  list_.erase(list_.begin() + (property - list_.data()));
  if (index_.empty()) return;
  if (list_.size() < kIndexedFrom) {
    index_.clear();
  } else if (!last || !list_.empty()) {
    Reindex();
  }
}

void PropertyMap::Clear() {
  index_.clear();
  const std::vector<Property> dropped = std::exchange(list_, {});
}

}  // namespace goshawk::gojs
