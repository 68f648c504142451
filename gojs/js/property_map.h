// The own properties of an object, in the order in which they were made.
//
// Few properties are searched one by one, which is fastest; from
// kIndexedFrom on a hash index is kept beside the list.

#ifndef GOSHAWK_GOJS_JS_PROPERTY_MAP_H_
#define GOSHAWK_GOJS_JS_PROPERTY_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gojs/js/class_info.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

// A property key: an interned string or a symbol. Borrowed, like a
// string_view; keys are equal if they are the same cell.
class Key {
 public:
  Key(String* interned) : cell_(interned) {}     // NOLINT: implicit
  Key(Symbol* symbol) : cell_(symbol) {}         // NOLINT: implicit
  Key(const Ref<String>& s) : cell_(s.get()) {}  // NOLINT: implicit
  Key(const Ref<Symbol>& s) : cell_(s.get()) {}  // NOLINT: implicit
  // REQUIRES: `cell` is no object.
  explicit Key(Cell* cell) : cell_(cell) {}

  Cell* cell() const { return cell_; }
  bool IsString() const { return cell_->kind() == Cell::Kind::kString; }
  String* string() const { return static_cast<String*>(cell_); }
  // The array index that this key is, or String::kNoIndex.
  uint32_t array_index() const {
    return IsString() ? string()->array_index() : String::kNoIndex;
  }
  friend bool operator==(Key, Key) = default;

 private:
  Cell* cell_;
};

enum PropertyFlag : uint8_t {
  kWritable = 1,
  kEnumerable = 2,
  kConfigurable = 4,
  kAllFlags = kWritable | kEnumerable | kConfigurable,
};

struct Property {
  enum class Kind : uint8_t {
    kData,
    kAccessor,  // value: an AccessorPair (object.h)
    kMember,    // an accessor or lazy row; `member` says which
  };
  Value key;  // owns the cell
  Value value;
  const Member* member = nullptr;
  Kind kind = Kind::kData;
  uint8_t flags = kAllFlags;

  bool Has(PropertyFlag flag) const { return (flags & flag) != 0; }
};

class PropertyMap {
 public:
  // Null if there is none. Valid until the map changes.
  Property* Find(Key key) {
    if (index_.empty()) {
      for (Property& p : list_) {
        if (p.key.cell() == key.cell()) return &p;
      }
      return nullptr;
    }
    return FindIndexed(key);
  }
  // REQUIRES: Find(key) == nullptr.
  Property* Add(Key key, Value value, uint8_t flags = kAllFlags);
  void Remove(Property* property);

  // True if a key ever was an array index.
  bool has_indices() const { return has_indices_; }

  void Reserve(size_t n) { list_.reserve(n); }
  void Clear();
  const std::vector<Property>& list() const { return list_; }
  std::vector<Property>& list() { return list_; }

 private:
  static constexpr size_t kIndexedFrom = 10;

  Property* FindIndexed(Key key);
  void Index(Key key, uint32_t position);
  void Reindex();

  bool has_indices_ = false;
  std::vector<Property> list_;
  // Open addressing, positions in list_ plus one; a power of two, at least
  // twice as many as properties. Empty while the list is short.
  std::vector<uint32_t> index_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_PROPERTY_MAP_H_
