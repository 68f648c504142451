// Object: properties and a prototype. Functions, arrays and everything that
// C++ offers to a program derive from it.
//
// The member functions are ECMA-262's internal methods, as far as Go programs
// can tell. Those that may run code of the program (a getter, a function)
// return a Completion.
//
// Prototypes and namespaces are declared as tables (class_info.h). Their rows
// become properties when the object's properties are first touched.

#ifndef GOSHAWK_GOJS_JS_OBJECT_H_
#define GOSHAWK_GOJS_JS_OBJECT_H_

#include <cstdint>
#include <vector>

#include "gojs/js/class_info.h"
#include "gojs/js/collector.h"
#include "gojs/js/property_map.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

class Object : public Cell {
 public:
  static const ClassInfo kClass;

  // An object whose prototype is that of `info`.
  explicit Object(Realm& realm, const ClassInfo& info = kClass);
  // An object with the given prototype, which may be null.
  Object(Realm& realm, const ClassInfo& info, Ref<Object> prototype);

  Realm& realm() const { return realm_; }
  const ClassInfo& class_info() const { return info_; }
  // True if this object is a T or of a class derived from it.
  bool IsA(const ClassInfo& info) const;

  Object* prototype() const { return prototype_.get(); }
  // False if that would close a circle or the object is not extensible.
  bool SetPrototype(Ref<Object> prototype);

  // [[Get]]. `receiver` is what getters see as "this"; by default, the object.
  Completion Get(Key key) { return Get(key, Value(this)); }
  Completion Get(Key key, const Value& receiver);
  Completion Get(std::string_view name);
  // obj[index]; by default the property of that name.
  virtual Completion GetIndex(int64_t index);

  // [[Set]]. What cannot be written stays as it is, without an error.
  Completion Set(Key key, Value value);
  Completion Set(std::string_view name, Value value);
  virtual Completion SetIndex(int64_t index, Value value);

  // [[Delete]]: false if the property may not be deleted.
  bool Delete(Key key);

  // Makes or replaces an own data property, whatever is there.
  void Define(Key key, Value value, uint8_t flags = kAllFlags);
  void Define(std::string_view name, Value value, uint8_t flags = kAllFlags);
  // An accessor; getter and setter are functions or undefined.
  void DefineAccessor(Key key, Value getter, Value setter, uint8_t flags);

  bool HasOwn(Key key);
  bool Has(Key key);
  // An own property's flags; nullptr semantics by false.
  bool GetOwnFlags(Key key, uint8_t* flags);
  // Own keys: indices ascending, then strings, then symbols, as made.
  std::vector<Value> OwnKeys(bool only_enumerable);

  // True if it has own properties that are no entries of properties().
  bool exotic() const { return exotic_; }

  bool extensible() const { return extensible_; }
  void PreventExtensions() { extensible_ = false; }
  // Object.freeze and Object.seal.
  virtual void Restrict(bool freeze);

  bool callable() const { return callable_; }
  // REQUIRES: callable().
  virtual Completion Call(const Value& self, Args args);
  // `new`; throws a TypeError by default.
  virtual Completion Construct(Args args, Object* new_target);

  // The rows to become properties when they are first needed. REQUIRES:
  // nothing was declared before; `members` lives for ever.
  void Declare(Members members) { pending_ = members; }

  // The own properties, tables filled in.
  PropertyMap& properties() {
    if (!pending_.empty()) Materialize();
    return properties_;
  }

 protected:
  friend class Cell;
  friend class Realm;
  friend class Tracer;
  virtual ~Object();

  // Objects with own properties that are no entries of properties() (elements,
  // "length") set exotic_ and override these.
  // True, with the value, if there is such a property.
  virtual bool GetExotic(Key key, Value* value);
  // True if the key is one of them and was dealt with.
  virtual bool SetExotic(Key key, const Value& value);
  // kAbsent if it is none of them.
  enum class Deleted { kAbsent, kDone, kRefused };
  virtual Deleted DeleteExotic(Key key);
  virtual void ExoticKeys(bool only_enumerable, std::vector<Value>* keys);

  // Gives `tracer` every reference to an object that this one owns. Changes
  // nothing.
  virtual void Trace(Tracer& tracer) const;
  // Drops every reference to other cells; at least those that are traced.
  virtual void Clear();

  bool exotic_ = false;
  bool callable_ = false;
  bool extensible_ = true;

 private:
  void Materialize();
  Completion Read(Property* property, const Value& receiver);

  Realm& realm_;
  const ClassInfo& info_;
  Ref<Object> prototype_;
  PropertyMap properties_;
  Members pending_;
  // All objects of a realm form a ring.
  Object* next_ = nullptr;
  Object* previous_ = nullptr;
  uint32_t outer_refs_ = 0;  // for the collector
  bool marked_ = false;
};

// `value` as a T, or null if it is no such object.
template <typename T>
T* As(const Value& value) {
  Object* object = value.AsObject();
  if (object == nullptr || !object->IsA(T::kClass)) return nullptr;
  return static_cast<T*>(object);
}

// What an accessor property holds.
class AccessorPair final : public Object {
 public:
  static const ClassInfo kClass;
  AccessorPair(Realm& realm, Value getter, Value setter);
  const Value& getter() const { return getter_; }
  const Value& setter() const { return setter_; }

 private:
  void Trace(Tracer& tracer) const override;
  void Clear() override;
  Value getter_;
  Value setter_;
};

inline Object* Value::object() const { return static_cast<Object*>(u_.cell); }
inline bool Value::IsCallable() const {
  return IsObject() && object()->callable();
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_OBJECT_H_
