// Map and Set.

#include <concepts>
#include <type_traits>

#include "gojs/js/access.h"
#include "gojs/js/bind.h"
#include "gojs/js/collection.h"
#include "gojs/js/iterate.h"

namespace goshawk::gojs {
namespace {

template <typename T>
T* Self(const Invocation& call) {
  return As<T>(call.self);
}

// Adds one element of the constructor's argument.
Completion Add(Realm&, Set& set, const Value& element) {
  set.Put(element, element);
  return Completion();
}
Completion Add(Realm& realm, Map& map, const Value& element) {
  if (!element.IsObject()) {
    return realm.Throw(
        ErrorKind::kTypeError,
        "Iterator value " + ToPlainString(element) + " is not an entry object");
  }
  Completion key = element.object()->GetIndex(0);
  if (!key.ok()) return key;
  Completion value = element.object()->GetIndex(1);
  if (!value.ok()) return value;
  map.Put(key.value(), value.value());
  return Completion();
}

template <typename T>
Completion MakeCollection(const Invocation& call) {
  const Ref<T> made = call.realm.New<T>();
  if (!call.Arg(0).IsNullish()) {
    const Completion c =
        Iterate(call.realm, call.Arg(0), [&](const Value& element, bool*) {
          return Add(call.realm, *made, element);
        });
    if (!c.ok()) return c;
  }
  return Value(made);
}

template <typename T>
Completion Without(const Invocation& call) {
  T* self = Self<T>(call);
  if (self == nullptr) {
    return bind_internal::WrongThis(call, T::kClass.name);
  }
  return Value(self->Remove(call.Arg(0)));
}

template <typename T>
Completion ForEach(const Invocation& call) {
  const Ref<T> self = Self<T>(call);
  if (!self) return bind_internal::WrongThis(call, T::kClass.name);
  if (!call.Arg(0).IsCallable()) {
    return ThrowNotCallable(call.realm, call.Arg(0));
  }
  Value args[] = {Value(), Value(), call.self};
  for (uint64_t at = 0; self->Next(&at, &args[1], &args[0]);) {
    const Completion c = call.Arg(0).object()->Call(call.Arg(1), args);
    if (!c.ok()) return c;
  }
  return Completion();
}

template <typename T, IterationKind kKind>
Completion IteratorOf(const Invocation& call) {
  T* self = Self<T>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, T::kClass.name);
  return Value(
      call.realm.New<CollectionIterator>(Ref<Collection>(self), kKind));
}

template <typename T>
Completion Size(const Invocation& call) {
  const T* self = Self<T>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, T::kClass.name);
  return Value(self->size());
}

template <typename T>
Completion Has(const Invocation& call) {
  const T* self = Self<T>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, T::kClass.name);
  return Value(self->Has(call.Arg(0)));
}

template <typename T>
Completion RemoveAll(const Invocation& call) {
  T* self = Self<T>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, T::kClass.name);
  self->RemoveAll();
  return Completion();
}

Completion MapGet(const Invocation& call) {
  const Map* self = Self<Map>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, "Map");
  const Value* value = self->Find(call.Arg(0));
  return value == nullptr ? Completion() : Completion(*value);
}

Completion MapSet(const Invocation& call) {
  Map* self = Self<Map>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, "Map");
  self->Put(call.Arg(0), call.Arg(1));
  return call.self;
}

Completion SetAdd(const Invocation& call) {
  Set* self = Self<Set>(call);
  if (self == nullptr) return bind_internal::WrongThis(call, "Set");
  self->Put(call.Arg(0), call.Arg(0));
  return call.self;
}

constexpr Member kMapMembers[] = {
    Method<&IteratorOf<Map, IterationKind::kEntries>>("@@iterator"),
    Method<&RemoveAll<Map>>("clear"),
    Method<&Without<Map>>("delete", 1),
    Method<&IteratorOf<Map, IterationKind::kEntries>>("entries"),
    Method<&ForEach<Map>>("forEach", 1),
    Method<&MapGet>("get", 1),
    Method<&Has<Map>>("has", 1),
    Method<&IteratorOf<Map, IterationKind::kKeys>>("keys"),
    Method<&MapSet>("set", 2),
    Getter<&Size<Map>>("size"),
    Method<&IteratorOf<Map, IterationKind::kValues>>("values"),
};

constexpr Member kSetMembers[] = {
    Method<&IteratorOf<Set, IterationKind::kValues>>("@@iterator"),
    Method<&SetAdd>("add", 1),
    Method<&RemoveAll<Set>>("clear"),
    Method<&Without<Set>>("delete", 1),
    Method<&IteratorOf<Set, IterationKind::kEntries>>("entries"),
    Method<&ForEach<Set>>("forEach", 1),
    Method<&Has<Set>>("has", 1),
    Method<&IteratorOf<Set, IterationKind::kValues>>("keys"),
    Getter<&Size<Set>>("size"),
    Method<&IteratorOf<Set, IterationKind::kValues>>("values"),
};

}  // namespace

const ClassInfo Collection::kClass = {.name = "Collection",
                                      .parent = &Object::kClass};
const ClassInfo Map::kClass = {.name = "Map",
                               .parent = &Collection::kClass,
                               .members = kMapMembers,
                               .construct = &MakeCollection<Map>};
const ClassInfo Set::kClass = {.name = "Set",
                               .parent = &Collection::kClass,
                               .members = kSetMembers,
                               .construct = &MakeCollection<Set>};

}  // namespace goshawk::gojs
