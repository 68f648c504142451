// JSON.

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/json.h"

namespace goshawk::gojs {
namespace {

// Lets `reviver` change the property `key` of `holder`, insides first.
Completion Revive(Realm& realm, const Value& holder, const Value& key,
                  const Value& reviver) {
  if (realm.native_stack().IsLow()) return realm.ThrowTooDeep();
  Completion value = GetOf(realm, holder, key);
  if (!value.ok()) return value;
  if (Object* object = value.value().AsObject()) {
    std::vector<Value> keys = object->OwnKeys(true);
    for (const Value& inner : keys) {
      if (!inner.IsString()) continue;
      Completion made = Revive(realm, value.value(), inner, reviver);
      if (!made.ok()) return made;
      if (made.value().IsUndefined()) {
        object->Delete(Key(inner.cell()));
      } else {
        object->Define(Key(inner.cell()), std::move(made.value()));
      }
    }
  }
  const Value args[] = {key, value.value()};
  return reviver.object()->Call(holder, args);
}

Completion Parse(Realm& realm, std::string_view text, const Value& reviver) {
  Completion value = ParseJson(realm, text);
  if (!value.ok() || !reviver.IsCallable()) return value;
  const Ref<Object> holder = realm.NewObject();
  const Value key(realm.Intern(""));
  holder->Define("", std::move(value.value()));
  return Revive(realm, Value(holder), key, reviver);
}

constexpr Member kMembers[] = {
    Method<&Parse>("parse", 2),
    Method<&StringifyJson>("stringify"),
};

}  // namespace

const Members kJsonMembers = kMembers;

}  // namespace goshawk::gojs
