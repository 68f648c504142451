// Reflect.

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"

namespace goshawk::gojs {
namespace {

Completion NoObject(Realm& realm, std::string_view name) {
  return realm.Throw(ErrorKind::kTypeError,
                     "Reflect." + std::string(name) + " called on non-object");
}

Completion Apply(Realm& realm, const Value& function, const Value& self,
                 const Value& list) {
  if (!function.IsCallable()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Function.prototype.apply was called on " +
                           ToPlainString(function) + ", which is a " +
                           std::string(TypeOf(function)) +
                           " and not a function");
  }
  std::vector<Value> args;
  if (Completion c = ListFrom(realm, list, &args); !c.ok()) return c;
  return function.object()->Call(self, args);
}

Completion Construct(Realm& realm, const Value& function, const Value& list) {
  if (!function.IsCallable()) {
    return realm.Throw(ErrorKind::kTypeError,
                       ToPlainString(function) + " is not a constructor");
  }
  std::vector<Value> args;
  if (Completion c = ListFrom(realm, list, &args); !c.ok()) return c;
  return function.object()->Construct(args, function.object());
}

Completion DeleteProperty(Realm& realm, Object* object, const Value& name) {
  if (object == nullptr) return NoObject(realm, "deleteProperty");
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  return Value(object->Delete(Key(key.cell())));
}

Completion Get(Realm& realm, const Value& object, const Value& name) {
  if (!object.IsObject()) return NoObject(realm, "get");
  return GetOf(realm, object, name);
}

Completion GetPrototypeOf(Realm& realm, Object* object) {
  if (object == nullptr) return NoObject(realm, "getPrototypeOf");
  return Value(Ref<Object>(object->prototype()));
}

Completion Has(Realm& realm, Object* object, const Value& name) {
  if (object == nullptr) return NoObject(realm, "has");
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  return Value(object->Has(Key(key.cell())));
}

Completion OwnKeys(Realm& realm, Object* object) {
  if (object == nullptr) return NoObject(realm, "ownKeys");
  return Value(realm.New<Array>(object->OwnKeys(false)));
}

// False if it can be seen not to have been written.
Completion Set(Realm& realm, const Value& object, const Value& name,
               const Value& value) {
  if (!object.IsObject()) return NoObject(realm, "set");
  Value key;
  if (Completion c = ToKey(realm, name, &key); !c.ok()) return c;
  Completion done = object.object()->Set(Key(key.cell()), value);
  if (!done.ok()) return done;
  uint8_t flags = 0;
  const bool own = object.object()->GetOwnFlags(Key(key.cell()), &flags);
  return Value(own ? (flags & kWritable) != 0
                   : object.object()->Has(Key(key.cell())));
}

Completion SetPrototypeOf(Realm& realm, Object* object,
                          const Value& prototype) {
  if (object == nullptr) return NoObject(realm, "setPrototypeOf");
  return Value(object->SetPrototype(prototype.AsObject()));
}

constexpr Member kMembers[] = {
    Method<&Apply>("apply"),
    Method<&Construct>("construct", 2),
    Method<&DeleteProperty>("deleteProperty"),
    Method<&Get>("get", 2),
    Method<&GetPrototypeOf>("getPrototypeOf"),
    Method<&Has>("has"),
    Method<&OwnKeys>("ownKeys"),
    Method<&Set>("set", 3),
    Method<&SetPrototypeOf>("setPrototypeOf"),
};

}  // namespace

const Members kReflectMembers = kMembers;

}  // namespace goshawk::gojs
