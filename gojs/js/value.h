// Value: any value of JavaScript that a Go program can meet, and Completion,
// what evaluating something comes to: a value, a thrown value, or the end of
// the whole program.
//
// A Value is 16 bytes and owns a reference to its cell, if it has one.

#ifndef GOSHAWK_GOJS_JS_VALUE_H_
#define GOSHAWK_GOJS_JS_VALUE_H_

#include <concepts>
#include <cstdint>
#include <string_view>
#include <utility>

#include "gojs/js/cell.h"
#include "gojs/js/string.h"

namespace goshawk::gojs {

class Object;

struct Null {};

class Value {
 public:
  enum class Type : uint8_t {
    kUndefined,
    kNull,
    kBool,
    kNumber,
    // From here on there is a cell.
    kString,
    kSymbol,
    kObject,  // functions too
  };

  Value() = default;
  Value(Null) : type_(Type::kNull) {}                                  // NOLINT
  Value(std::same_as<bool> auto b) : type_(Type::kBool) { u_.b = b; }  // NOLINT
  Value(double number) : type_(Type::kNumber) { u_.number = number; }  // NOLINT
  Value(std::integral auto number)                                     // NOLINT
    requires(!std::same_as<decltype(number), bool>)
      : Value(static_cast<double>(number)) {}
  // Of cells; a null pointer becomes null.
  Value(Ref<String> string)  // NOLINT
      : type_(string ? Type::kString : Type::kNull) {
    u_.cell = string.Leak();
  }
  Value(Ref<Symbol> symbol)  // NOLINT
      : type_(symbol ? Type::kSymbol : Type::kNull) {
    u_.cell = symbol.Leak();
  }
  template <std::derived_from<Object> T>
  Value(Ref<T> object)  // NOLINT
      : type_(object ? Type::kObject : Type::kNull) {
    u_.cell = static_cast<Cell*>(object.Leak());
  }
  template <std::derived_from<Cell> T>
  Value(T* cell) : Value(Ref<T>(cell)) {}  // NOLINT

  Value(const Value& other) : type_(other.type_), u_(other.u_) {
    if (HasCell()) u_.cell->AddRef();
  }
  Value(Value&& other) noexcept : type_(other.type_), u_(other.u_) {
    other.type_ = Type::kUndefined;
  }
  Value& operator=(const Value& other) { return *this = Value(other); }
  Value& operator=(Value&& other) noexcept {
    std::swap(type_, other.type_);
    std::swap(u_, other.u_);
    return *this;
  }
  ~Value() {
    if (HasCell()) u_.cell->Release();
  }

  Type type() const { return type_; }
  bool IsUndefined() const { return type_ == Type::kUndefined; }
  bool IsNull() const { return type_ == Type::kNull; }
  bool IsNullish() const { return type_ <= Type::kNull; }
  bool IsBool() const { return type_ == Type::kBool; }
  bool IsNumber() const { return type_ == Type::kNumber; }
  bool IsString() const { return type_ == Type::kString; }
  bool IsSymbol() const { return type_ == Type::kSymbol; }
  bool IsObject() const { return type_ == Type::kObject; }
  bool IsCallable() const;
  bool HasCell() const { return type_ >= Type::kString; }

  // REQUIRES: the type that the name says.
  bool boolean() const { return u_.b != 0; }
  double number() const { return u_.number; }
  String* string() const { return static_cast<String*>(u_.cell); }
  Symbol* symbol() const { return static_cast<Symbol*>(u_.cell); }
  Cell* cell() const { return u_.cell; }
  Object* object() const;

  // The object, or null if this is none.
  Object* AsObject() const { return IsObject() ? object() : nullptr; }

  // JavaScript's ToBoolean.
  bool Truthy() const;

 private:
  Type type_ = Type::kUndefined;
  union {
    uint64_t b;  // bool; a word, for as one it is copied right after
    double number;
    Cell* cell;
  } u_ = {.number = 0};
};

// JavaScript's === .
bool StrictEquals(const Value& a, const Value& b);
// SameValueZero: like === , but NaN equals NaN.
bool SameValueZero(const Value& a, const Value& b);

// What typeof says.
std::string_view TypeOf(const Value& value);

class [[nodiscard]] Completion {
 public:
  Completion() = default;  // undefined
  template <typename T>
    requires std::constructible_from<Value, T&&>
  Completion(T&& value) : value_(std::forward<T>(value)) {}  // NOLINT

  // JavaScript's throw.
  static Completion Throw(Value value) {
    Completion c(std::move(value));
    c.kind_ = Kind::kThrow;
    return c;
  }
  // The program has ended (or trapped) somewhere below. Whoever gets this
  // returns it at once; nobody may catch it.
  static Completion Unwind() {
    Completion c;
    c.kind_ = Kind::kUnwind;
    return c;
  }

  bool ok() const { return kind_ == Kind::kNormal; }
  bool thrown() const { return kind_ == Kind::kThrow; }
  bool unwinding() const { return kind_ == Kind::kUnwind; }

  // The value or what was thrown; undefined when unwinding.
  Value& value() & { return value_; }
  const Value& value() const& { return value_; }
  Value&& value() && { return std::move(value_); }

 private:
  enum class Kind : uint8_t { kNormal, kThrow, kUnwind };
  Value value_;
  Kind kind_ = Kind::kNormal;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_VALUE_H_
