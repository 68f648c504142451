// Realm: one JavaScript world: its strings, its objects, its built-in classes
// and its global object. Each program has one of its own; two realms share
// nothing but constant tables, so programs may run in parallel threads.
//
// Built-in classes come to life when they are first asked for; a new Realm
// costs a few microseconds.

#ifndef GOSHAWK_GOJS_JS_REALM_H_
#define GOSHAWK_GOJS_JS_REALM_H_

#include <cstddef>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gojs/js/class_info.h"
#include "gojs/js/native_stack.h"
#include "gojs/js/object.h"
#include "gojs/js/string.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

class Array;
class Environment;

enum class ErrorKind : uint8_t {
  kError,
  kTypeError,
  kRangeError,
  kSyntaxError,
  kReferenceError,
};

class Realm {
 public:
  struct Names {
    explicit Names(StringTable& strings);
#define NAME(identifier) Ref<String> identifier;
#include "gojs/js/names.def"
#undef NAME
    Ref<String> this_;
  };

  // The symbols that the language itself uses. A row "@@iterator" of a table
  // of members stands for Symbol.iterator.
  struct Symbols {
    Symbols();
#define SYMBOL(identifier) Ref<Symbol> identifier;
#include "gojs/js/symbols.def"
#undef SYMBOL
    // The one of this name; null if there is none.
    Symbol* Find(std::string_view name) const;
  };

  // `environment` is what the classes that touch the outside world use; it may
  // be null where none of them is needed, and must outlive the realm.
  // `globals` declares the members of the global object.
  explicit Realm(Members globals = {}, Environment* environment = nullptr);
  ~Realm();
  Realm(const Realm&) = delete;
  Realm& operator=(const Realm&) = delete;

  Object& global() { return *global_; }
  const Names& names() const { return names_; }
  const Symbols& symbols() const { return symbols_; }
  Environment& environment() { return *environment_; }
  // The symbol that Symbol.for(text) gives.
  Ref<Symbol> RegisteredSymbol(const Ref<String>& text) {
    Ref<Symbol>& symbol = registered_[text.get()];
    if (!symbol) symbol = Symbol::New(text);
    return symbol;
  }
  bool IsRegistered(const Symbol* symbol) const {
    const auto it = registered_.find(symbol->description());
    return it != registered_.end() && it->second.get() == symbol;
  }
  const Value& undefined() const { return undefined_; }

  Ref<String> Intern(std::string_view bytes) { return strings_.Intern(bytes); }
  Ref<String> Intern(String* string) { return strings_.Intern(string); }

  // A new T, which gets the realm as its first argument.
  template <typename T, typename... A>
  Ref<T> New(A&&... args) {
    if (object_count_ >= collect_at_ || pressure_ >= kMaxPressure) Collect();
    return Ref<T>(new T(*this, std::forward<A>(args)...));
  }
  Ref<Object> NewObject() { return New<Object>(); }

  // The prototype of instances of `info`, null for a namespace (a class
  // without parent that is not Object).
  Ref<Object> Prototype(const ClassInfo& info);
  // The function that makes them.
  Ref<Object> Constructor(const ClassInfo& info);

  // An error object. `code`, unless empty, is its "code" property.
  Ref<Object> NewError(ErrorKind kind, std::string_view message,
                       std::string_view code = {});
  Completion Throw(ErrorKind kind, std::string_view message) {
    return Completion::Throw(Value(NewError(kind, message)));
  }

  // Functions to be called, without arguments, as soon as no code runs: first
  // those of process.nextTick, then those of promises and queueMicrotask. Who
  // runs the program calls Environment::RunMicrotasks.
  std::deque<Value>& ticks() { return ticks_; }
  std::deque<Value>& microtasks() { return microtasks_; }
  // Promises that were rejected while nobody waited for them; some may since
  // have got somebody.
  std::vector<Ref<Object>>& rejections() { return rejections_; }

  size_t object_count() const { return object_count_; }
  // Frees the objects that only hold each other. Happens by itself when their
  // number has doubled.
  void Collect();
  // Says that an object has got hold of memory beside itself.
  void AddPressure(size_t bytes) { pressure_ += bytes; }

  NativeStack& native_stack() { return native_stack_; }
  // What a program gets that nests too deeply.
  Completion ThrowTooDeep();

 private:
  friend class Cell;
  friend class Object;

  struct ClassObjects {
    Ref<Object> prototype;
    Ref<Object> constructor;
  };

  void Link(Object* object);
  void Unlink(Object* object);
  // Deletes `object` and what falls with it, one after the other instead of
  // one inside the other: a chain of a million objects needs no deep stack.
  void Bury(Object* object);

  StringTable strings_;
  Names names_;
  Symbols symbols_;
  std::unordered_map<const String*, Ref<Symbol>> registered_;
  Value undefined_;
  Environment* environment_;
  std::unordered_map<const ClassInfo*, ClassObjects> classes_;
  Object* objects_ = nullptr;  // any member of the ring
  size_t object_count_ = 0;
  std::vector<Object*> dying_;
  bool burying_ = false;
  static constexpr size_t kFirstCollection = size_t{1} << 15;
  static constexpr size_t kMaxPressure = size_t{1} << 26;
  size_t collect_at_ = kFirstCollection;
  size_t pressure_ = 0;
  bool collecting_ = false;
  NativeStack native_stack_;
  Ref<Object> global_;
  std::deque<Value> ticks_;
  std::deque<Value> microtasks_;
  std::vector<Ref<Object>> rejections_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_REALM_H_
