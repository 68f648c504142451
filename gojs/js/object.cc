#include "gojs/js/object.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gojs/js/function.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

const ClassInfo AccessorPair::kClass = {.name = "AccessorPair"};

const Value& Invocation::Arg(size_t i) const {
  return i < args.size() ? args[i] : realm.undefined();
}

Object::Object(Realm& realm, const ClassInfo& info)
    : Object(realm, info, realm.Prototype(info)) {}

Object::Object(Realm& realm, const ClassInfo& info, Ref<Object> prototype)
    : Cell(Kind::kObject),
      realm_(realm),
      info_(info),
      prototype_(std::move(prototype)) {
  realm_.Link(this);
}

Object::~Object() { realm_.Unlink(this); }

bool Object::IsA(const ClassInfo& info) const {
  for (const ClassInfo* i = &info_; i != nullptr; i = i->parent) {
    if (i == &info) return true;
  }
  return false;
}

bool Object::SetPrototype(Ref<Object> prototype) {
  if (prototype.get() == prototype_.get()) return true;
  if (!extensible_) return false;
  for (Object* o = prototype.get(); o != nullptr; o = o->prototype()) {
    if (o == this) return false;
  }
  prototype_ = std::move(prototype);
  return true;
}

void Object::Materialize() {
  const Members members = std::exchange(pending_, {});
  properties_.Reserve(members.size());
  for (const Member& m : members) {
    Ref<Cell> name = realm_.Intern(m.name);
    if (m.name.starts_with("@@")) {
      name = realm_.symbols().Find(m.name.substr(2));
    }
    const Key key(name.get());
    if (properties_.Find(key) != nullptr) continue;
    if (m.kind == Member::Kind::kNumber) {
      properties_.Add(key, m.number, 0);
      continue;
    }
    Property* p = properties_.Add(key, {}, kWritable | kConfigurable);
    p->kind = Property::Kind::kMember;
    p->member = &m;
  }
}

Completion Object::Read(Property* property, const Value& receiver) {
  if (property->kind == Property::Kind::kAccessor) {
    const auto* pair = static_cast<AccessorPair*>(property->value.object());
    const Value getter = pair->getter();
    if (!getter.IsCallable()) return Completion();
    return getter.object()->Call(receiver, {});
  }
  const Member& m = *property->member;
  if (m.kind == Member::Kind::kAccessor) {
    return m.call({.realm = realm_, .self = receiver, .args = {}});
  }
  Completion made;
  const Value name = property->key;
  if (m.kind == Member::Kind::kMethod) {
    made = Value(realm_.New<NativeFunction>(m));
  } else {
    made = m.call({.realm = realm_, .self = receiver, .args = {}});
  }
  // Making it may have moved or changed the properties.
  Property* p = properties_.Find(Key(name.cell()));
  if (made.ok() && p != nullptr && p->member == &m) {
    p->kind = Property::Kind::kData;
    p->value = made.value();
  }
  return made;
}

Completion Object::Get(Key key, const Value& receiver) {
  for (Object* o = this; o != nullptr; o = o->prototype()) {
    if (o->exotic_) {
      Value value;
      if (o->GetExotic(key, &value)) return value;
    }
    Property* p = o->properties().Find(key);
    if (p == nullptr) continue;
    if (p->kind == Property::Kind::kData) return p->value;
    const Ref<Object> keep = o;
    return o->Read(p, receiver);
  }
  return Completion();
}

Completion Object::Get(std::string_view name) {
  return Get(realm_.Intern(name));
}

Completion Object::GetIndex(int64_t index) {
  return Get(realm_.Intern(std::to_string(index)));
}

Completion Object::Set(Key key, Value value) {
  if (exotic_ && SetExotic(key, value)) return Completion();
  Property* p = properties().Find(key);
  for (Object* o = prototype(); p == nullptr && o != nullptr;
       o = o->prototype()) {
    p = o->properties().Find(key);
    // An inherited data property only matters if it is read-only.
    if (p == nullptr) continue;
    const bool plain = p->kind == Property::Kind::kData ||
                       (p->kind == Property::Kind::kMember &&
                        p->member->kind != Member::Kind::kAccessor);
    if (!plain) break;
    if (!p->Has(kWritable)) return Completion();
    p = nullptr;
    break;
  }
  if (p == nullptr) {
    if (extensible_) properties_.Add(key, std::move(value));
    return Completion();
  }
  switch (p->kind) {
    case Property::Kind::kData:
      break;
    case Property::Kind::kAccessor: {
      const auto* pair = static_cast<AccessorPair*>(p->value.object());
      const Value setter = pair->setter();
      if (!setter.IsCallable()) return Completion();
      const Completion c = setter.object()->Call(Value(this), {&value, 1});
      return c.ok() ? Completion() : c;
    }
    case Property::Kind::kMember:
      if (p->member->kind == Member::Kind::kAccessor) {
        if (p->member->set == nullptr) return Completion();
        return p->member->set(
            {.realm = realm_, .self = Value(this), .args = {&value, 1}});
      }
      p->kind = Property::Kind::kData;
      break;
  }
  if (p->Has(kWritable)) p->value = std::move(value);
  return Completion();
}

Completion Object::Set(std::string_view name, Value value) {
  return Set(realm_.Intern(name), std::move(value));
}

Completion Object::SetIndex(int64_t index, Value value) {
  return Set(realm_.Intern(std::to_string(index)), std::move(value));
}

bool Object::Delete(Key key) {
  if (exotic_) {
    const Deleted deleted = DeleteExotic(key);
    if (deleted != Deleted::kAbsent) return deleted == Deleted::kDone;
  }
  Property* p = properties().Find(key);
  if (p == nullptr) return true;
  if (!p->Has(kConfigurable)) return false;
  properties_.Remove(p);
  return true;
}

void Object::Define(Key key, Value value, uint8_t flags) {
  if (exotic_ && SetExotic(key, value)) return;
  Property* p = properties().Find(key);
  if (p == nullptr) {
    properties_.Add(key, std::move(value), flags);
    return;
  }
  p->kind = Property::Kind::kData;
  p->value = std::move(value);
  p->flags = flags;
}

void Object::Define(std::string_view name, Value value, uint8_t flags) {
  Define(realm_.Intern(name), std::move(value), flags);
}

void Object::DefineAccessor(Key key, Value getter, Value setter,
                            uint8_t flags) {
  Define(key,
         Value(realm_.New<AccessorPair>(std::move(getter), std::move(setter))),
         flags);
  properties_.Find(key)->kind = Property::Kind::kAccessor;
}

bool Object::HasOwn(Key key) {
  Value unused;
  if (exotic_ && GetExotic(key, &unused)) return true;
  return properties().Find(key) != nullptr;
}

bool Object::Has(Key key) {
  for (Object* o = this; o != nullptr; o = o->prototype()) {
    if (o->HasOwn(key)) return true;
  }
  return false;
}

bool Object::GetOwnFlags(Key key, uint8_t* flags) {
  if (Property* p = properties().Find(key)) {
    *flags = p->flags;
    return true;
  }
  *flags = kAllFlags;
  return HasOwn(key);
}

std::vector<Value> Object::OwnKeys(bool only_enumerable) {
  std::vector<Value> keys;
  if (exotic_) ExoticKeys(only_enumerable, &keys);
  std::vector<uint32_t> indices;
  std::vector<Value> strings;
  std::vector<Value> symbols;
  for (const Property& p : properties().list()) {
    if (only_enumerable && !p.Has(kEnumerable)) continue;
    const uint32_t index = Key(p.key.cell()).array_index();
    if (index != String::kNoIndex) {
      indices.push_back(index);
    } else {
      (p.key.IsString() ? strings : symbols).push_back(p.key);
    }
  }
  std::sort(indices.begin(), indices.end());
  for (const uint32_t index : indices) {
    keys.push_back(Value(realm_.Intern(std::to_string(index))));
  }
  keys.insert(keys.end(), strings.begin(), strings.end());
  keys.insert(keys.end(), symbols.begin(), symbols.end());
  return keys;
}

void Object::Restrict(bool freeze) {
  extensible_ = false;
  for (Property& p : properties().list()) {
    p.flags &= ~kConfigurable;
    if (freeze) p.flags &= ~kWritable;
  }
}

Completion Object::Call(const Value&, Args) {
  return realm_.Throw(ErrorKind::kTypeError, "not a function");
}

Completion Object::Construct(Args, Object*) {
  return realm_.Throw(ErrorKind::kTypeError, "not a constructor");
}

bool Object::GetExotic(Key, Value*) { return false; }
bool Object::SetExotic(Key, const Value&) { return false; }
Object::Deleted Object::DeleteExotic(Key) { return Deleted::kAbsent; }
void Object::ExoticKeys(bool, std::vector<Value>*) {}

void Object::Trace(Tracer& tracer) const {
  tracer(prototype_);
  for (const Property& p : properties_.list()) tracer(p.value);
}

void Object::Clear() {
  pending_ = {};
  properties_.Clear();
  prototype_ = {};
}

AccessorPair::AccessorPair(Realm& realm, Value getter, Value setter)
    : Object(realm, kClass, nullptr),
      getter_(std::move(getter)),
      setter_(std::move(setter)) {}

void AccessorPair::Trace(Tracer& tracer) const {
  tracer(getter_);
  tracer(setter_);
  Object::Trace(tracer);
}

void AccessorPair::Clear() {
  getter_ = {};
  setter_ = {};
  Object::Clear();
}

}  // namespace goshawk::gojs
