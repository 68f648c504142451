// JavaScript's strings and symbols.
//
// A String holds bytes, normally UTF-8, exactly as the Go program wrote them:
// where a JavaScript engine would replace what is no UTF-8, nothing is lost
// here. Strings never change.
//
// Interned strings are unique by content among the interned strings of one
// StringTable. Property keys are always interned, so that keys compare as
// pointers; so is every string that Go holds, because Go compares two strings
// by their ids. The table does not keep its strings alive.

#ifndef GOSHAWK_GOJS_JS_STRING_H_
#define GOSHAWK_GOJS_JS_STRING_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "gojs/js/cell.h"

namespace goshawk::gojs {

class StringTable;

class String final : public Cell {
 public:
  static constexpr uint32_t kNoIndex = 0xffffffff;

  // A new string, not interned.
  static Ref<String> New(std::string_view bytes);

  std::string_view view() const {
    return {reinterpret_cast<const char*>(this + 1), size_};
  }
  bool interned() const { return table_ != nullptr; }

  // If this interned string is an array index in canonical form ("0", "17"),
  // that index, else kNoIndex.
  uint32_t array_index() const { return index_; }

 private:
  friend class Cell;
  friend class StringTable;

  explicit String(uint32_t size) : Cell(Kind::kString), size_(size) {}
  static String* Allocate(std::string_view bytes);
  void Destroy();

  uint32_t size_;
  uint32_t index_ = kNoIndex;
  uint32_t hash_ = 0;             // once interned
  StringTable* table_ = nullptr;  // once interned
  String* next_ = nullptr;        // in the table's bucket
  // The bytes follow.
};

class Symbol final : public Cell {
 public:
  // A new symbol, different from all others. `description` may be null.
  static Ref<Symbol> New(Ref<String> description);

  // Null for Symbol().
  String* description() const { return description_.get(); }

 private:
  friend class Cell;
  explicit Symbol(Ref<String> description)
      : Cell(Kind::kSymbol), description_(std::move(description)) {}
  ~Symbol() = default;

  Ref<String> description_;
};

class StringTable {
 public:
  StringTable();
  // Strings may outlive their table; they are just no longer interned.
  ~StringTable();
  StringTable(const StringTable&) = delete;
  StringTable& operator=(const StringTable&) = delete;

  // The interned string with these bytes.
  Ref<String> Intern(std::string_view bytes);
  // The interned string with the same bytes: `string` itself if there was none.
  Ref<String> Intern(String* string);

  size_t size() const { return size_; }

 private:
  friend class String;

  String* Find(std::string_view bytes, uint32_t hash) const;
  void Insert(String* string, uint32_t hash);
  void Remove(String* string);
  void Grow();

  std::unique_ptr<String*[]> buckets_;
  size_t mask_;
  size_t size_ = 0;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_STRING_H_
