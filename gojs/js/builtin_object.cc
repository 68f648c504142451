// Object: the constructor, its static functions and the common prototype.

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/iterate.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {
namespace {

Completion NotAnObject(Realm& realm, std::string_view method) {
  return realm.Throw(ErrorKind::kTypeError,
                     "Object." + std::string(method) + " called on non-object");
}

Completion NothingThere(Realm& realm) {
  return realm.Throw(ErrorKind::kTypeError,
                     "Cannot convert undefined or null to object");
}

Completion MakeObject(const Invocation& call) {
  Ref<Object> object = ToObject(call.realm, call.Arg(0));
  return Value(object ? object : call.realm.NewObject());
}

// Strings for the keys of `object` as an array of `kWhat`.
enum class What { kKeys, kValues, kEntries };

template <What kWhat>
Completion List(Realm& realm, const Value& value) {
  std::vector<Value> list;
  const Ref<Object> object = ToObject(realm, value);
  if (!object) return NothingThere(realm);
  for (const Value& key : object->OwnKeys(true)) {
    if (key.IsSymbol()) continue;
    if (kWhat == What::kKeys) {
      list.push_back(key);
      continue;
    }
    Completion value = object->Get(Key(key.cell()));
    if (!value.ok()) return value;
    if (kWhat == What::kEntries) {
      value = Value(realm.New<Array>(std::vector<Value>{key, value.value()}));
    }
    list.push_back(std::move(value.value()));
  }
  return Value(realm.New<Array>(std::move(list)));
}

template <bool kSymbols>
Completion GetOwnKeys(Realm& realm, const Value& value) {
  std::vector<Value> names;
  const Ref<Object> object = ToObject(realm, value);
  if (!object) return NothingThere(realm);
  for (const Value& key : object->OwnKeys(false)) {
    if (key.IsSymbol() == kSymbols) names.push_back(key);
  }
  return Value(realm.New<Array>(std::move(names)));
}

Completion Assign(Realm& realm, const Value& value, Args sources) {
  const Ref<Object> target = ToObject(realm, value);
  if (!target) return NothingThere(realm);
  for (const Value& source : sources) {
    const Ref<Object> from = ToObject(realm, source);
    if (!from) continue;
    for (const Value& key : from->OwnKeys(true)) {
      Completion value = from->Get(Key(key.cell()));
      if (!value.ok()) return value;
      value = target->Set(Key(key.cell()), value.value());
      if (!value.ok()) return value;
    }
  }
  return Value(target);
}

Completion DefineProperty(Realm& realm, Object* object, const Value& name,
                          Object* descriptor) {
  if (object == nullptr) return NotAnObject(realm, "defineProperty");
  if (descriptor == nullptr) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Property description must be an object");
  }
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  uint8_t old_flags = 0;
  if (object->GetOwnFlags(Key(key.cell()), &old_flags) &&
      (old_flags & kConfigurable) == 0 && (old_flags & kWritable) == 0) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot redefine property: " + ToPlainString(key));
  }
  if (old_flags == 0 && !object->extensible()) {
    return realm.Throw(ErrorKind::kTypeError, "Cannot define property " +
                                                  ToPlainString(key) +
                                                  ", object is not extensible");
  }
  uint8_t flags = 0;
  constexpr std::pair<std::string_view, PropertyFlag> kFlagNames[] = {
      {"writable", kWritable},
      {"enumerable", kEnumerable},
      {"configurable", kConfigurable}};
  for (const auto& [flag_name, flag] : kFlagNames) {
    const Completion c = descriptor->Get(flag_name);
    if (!c.ok()) return c;
    if (c.value().Truthy()) flags |= flag;
  }
  Completion getter = descriptor->Get("get");
  if (!getter.ok()) return getter;
  Completion setter = descriptor->Get("set");
  if (!setter.ok()) return setter;
  Completion value = descriptor->Get("value");
  if (!value.ok()) return value;
  if (getter.value().IsCallable() || setter.value().IsCallable()) {
    object->DefineAccessor(Key(key.cell()), getter.value(), setter.value(),
                           flags & ~kWritable);
  } else {
    object->Define(Key(key.cell()), value.value(), flags);
  }
  return Value(object);
}

Completion GetOwnPropertyDescriptor(Realm& realm, const Value& of,
                                    const Value& name) {
  const Ref<Object> object = ToObject(realm, of);
  if (!object) return NothingThere(realm);
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  uint8_t flags = 0;
  if (!object->GetOwnFlags(Key(key.cell()), &flags)) return Completion();
  const Property* p = object->properties().Find(Key(key.cell()));
  if (p != nullptr && p->kind == Property::Kind::kAccessor) {
    const auto* pair = static_cast<AccessorPair*>(p->value.object());
    const Value getter = pair->getter();
    const Value setter = pair->setter();
    const Ref<Object> accessor = realm.NewObject();
    accessor->Define("get", getter);
    accessor->Define("set", setter);
    accessor->Define("enumerable", (flags & kEnumerable) != 0);
    accessor->Define("configurable", (flags & kConfigurable) != 0);
    return Value(accessor);
  }
  Completion value = object->Get(Key(key.cell()));
  if (!value.ok()) return value;
  const Ref<Object> descriptor = realm.NewObject();
  descriptor->Define("value", value.value());
  descriptor->Define("writable", (flags & kWritable) != 0);
  descriptor->Define("enumerable", (flags & kEnumerable) != 0);
  descriptor->Define("configurable", (flags & kConfigurable) != 0);
  return Value(descriptor);
}

// Object.defineProperties
Completion DefineAll(Realm& realm, Object* object, Object* properties) {
  if (object == nullptr) return NotAnObject(realm, "defineProperties");
  if (properties == nullptr) return NothingThere(realm);
  for (const Value& key : properties->OwnKeys(true)) {
    Completion descriptor = properties->Get(Key(key.cell()));
    if (!descriptor.ok()) return descriptor;
    const Completion c =
        DefineProperty(realm, object, key, descriptor.value().AsObject());
    if (!c.ok()) return c;
  }
  return Value(object);
}

// Object.fromEntries
Completion FromEntries(Realm& realm, const Value& iterable) {
  const Ref<Object> object = realm.NewObject();
  Completion done =
      Iterate(realm, iterable, [&](const Value& entry, bool*) -> Completion {
        Object* pair = entry.AsObject();
        if (pair == nullptr) {
          return realm.Throw(ErrorKind::kTypeError,
                             "Iterator value " + ToPlainString(entry) +
                                 " is not an entry object");
        }
        Completion name = pair->GetIndex(0);
        if (!name.ok()) return name;
        Completion value = pair->GetIndex(1);
        if (!value.ok()) return value;
        Value key;
        if (Completion c = ToKey(realm, name.value(), &key); !c.ok()) return c;
        object->Define(Key(key.cell()), std::move(value.value()));
        return Completion();
      });
  return done.ok() ? Completion(Value(object)) : done;
}

// Object.hasOwn
Completion HasOwn(Realm& realm, const Value& value, const Value& name) {
  const Ref<Object> object = ToObject(realm, value);
  if (!object) return NothingThere(realm);
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  return Value(object->HasOwn(Key(key.cell())));
}

Completion Create(Realm& realm, const Value& prototype, Object* properties) {
  if (!prototype.IsNull() && !prototype.IsObject()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Object prototype may only be an Object or null: " +
                           ToPlainString(prototype));
  }
  const Ref<Object> object =
      realm.New<Object>(Object::kClass, Ref<Object>(prototype.AsObject()));
  if (properties == nullptr) return Value(object);
  return DefineAll(realm, object.get(), properties);
}

Completion GetPrototypeOf(Realm& realm, const Value& value) {
  const Ref<Object> object = ToObject(realm, value);
  if (!object) return NothingThere(realm);
  return Value(Ref<Object>(object->prototype()));
}

Completion SetPrototypeOf(Realm& realm, const Value& value,
                          const Value& prototype) {
  if (!prototype.IsNull() && !prototype.IsObject()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Object prototype may only be an Object or null: " +
                           ToPlainString(prototype));
  }
  Object* object = value.AsObject();
  if (object != nullptr && !object->SetPrototype(prototype.AsObject())) {
    return realm.Throw(ErrorKind::kTypeError,
                       object->extensible() ? "Cyclic __proto__ value"
                                            : "#<Object> is not extensible");
  }
  return value;
}

template <bool kFreeze>
Completion Restrict(const Value& value) {
  if (value.IsObject()) value.object()->Restrict(kFreeze);
  return value;
}

template <uint8_t kForbidden>
bool IsRestricted(Object* object) {
  if (object == nullptr) return true;
  if (object->extensible()) return false;
  for (const Property& p : object->properties().list()) {
    if ((p.flags & kForbidden) != 0) return false;
  }
  return true;
}

Completion PreventExtensions(const Value& value) {
  if (value.IsObject()) value.object()->PreventExtensions();
  return value;
}

bool IsExtensible(Object* object) {
  return object != nullptr && object->extensible();
}

bool Is(const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber() && a.number() == 0 && b.number() == 0) {
    return (1 / a.number() > 0) == (1 / b.number() > 0);
  }
  return SameValueZero(a, b);
}

Completion HasOwnProperty(const Invocation& call, const Value& name) {
  Value key;
  if (Completion c = ToKey(call.realm, name, &key); !c.ok()) return c;
  Object* self = call.self.AsObject();
  return Value(self != nullptr && self->HasOwn(Key(key.cell())));
}

Completion IsEnumerable(const Invocation& call, const Value& name) {
  Value key;
  if (Completion c = ToKey(call.realm, name, &key); !c.ok()) return c;
  Object* self = call.self.AsObject();
  uint8_t flags = 0;
  return Value(self != nullptr && self->GetOwnFlags(Key(key.cell()), &flags) &&
               (flags & kEnumerable) != 0);
}

bool IsPrototypeOf(const Invocation& call, Object* object) {
  for (; object != nullptr; object = object->prototype()) {
    if (object->prototype() != nullptr &&
        object->prototype() == call.self.AsObject()) {
      return true;
    }
  }
  return false;
}

Completion ToString(const Invocation& call) {
  if (call.self.IsUndefined()) return Value(String::New("[object Undefined]"));
  if (call.self.IsNull()) return Value(String::New("[object Null]"));
  std::string name = "Object";
  if (const Object* self = call.self.AsObject()) {
    name = self->callable() ? "Function" : self->class_info().name;
  }
  return Value(String::New("[object " + name + "]"));
}

Completion ValueOf(const Invocation& call) { return call.self; }

constexpr Member kMembers[] = {
    Method<&HasOwnProperty>("hasOwnProperty"),
    Method<&IsPrototypeOf>("isPrototypeOf"),
    Method<&IsEnumerable>("propertyIsEnumerable"),
    Method<&ToString>("toLocaleString"),
    Method<&ToString>("toString"),
    Method<&ValueOf>("valueOf"),
};

constexpr Member kStatics[] = {
    Method<&Assign>("assign", 2),
    Method<&Create>("create", 2),
    Method<&DefineAll>("defineProperties"),
    Method<&DefineProperty>("defineProperty"),
    Method<&List<What::kEntries>>("entries"),
    Method<&Restrict<true>>("freeze"),
    Method<&FromEntries>("fromEntries"),
    Method<&GetOwnPropertyDescriptor>("getOwnPropertyDescriptor"),
    Method<&GetOwnKeys<false>>("getOwnPropertyNames"),
    Method<&GetOwnKeys<true>>("getOwnPropertySymbols"),
    Method<&GetPrototypeOf>("getPrototypeOf"),
    Method<&HasOwn>("hasOwn"),
    Method<&Is>("is"),
    Method<&IsExtensible>("isExtensible"),
    Method<&IsRestricted<kWritable | kConfigurable>>("isFrozen"),
    Method<&IsRestricted<kConfigurable>>("isSealed"),
    Method<&List<What::kKeys>>("keys"),
    Method<&PreventExtensions>("preventExtensions"),
    Method<&Restrict<false>>("seal"),
    Method<&SetPrototypeOf>("setPrototypeOf"),
    Method<&List<What::kValues>>("values"),
};

}  // namespace

const ClassInfo Object::kClass = {.name = "Object",
                                  .members = kMembers,
                                  .statics = kStatics,
                                  .construct = &MakeObject,
                                  .call = &MakeObject,
                                  .length = 1};

}  // namespace goshawk::gojs
