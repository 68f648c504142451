#include "gojs/js/iterator.h"

#include <vector>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/iterate.h"

namespace goshawk::gojs {
namespace {

Completion Next(const Invocation& call) {
  auto* self = As<Iterator>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Iterator");
  const Ref<Iterator> keep = self;
  bool more = false;
  Completion value = self->Next(&more);
  if (!value.ok()) return value;
  return IteratorResult(call.realm, std::move(value.value()), !more);
}

Completion Self(const Invocation& call) { return call.self; }

constexpr Member kMembers[] = {
    Method<&Self>("@@iterator"),
    Method<&Next>("next"),
};

Completion Make(const Invocation& call, IterationKind kind) {
  Ref<Object> source = ToObject(call.realm, call.self);
  if (!source) return bind_internal::WrongThis(call, "Object");
  return Value(call.realm.New<ArrayIterator>(source, kind));
}

}  // namespace

const ClassInfo Iterator::kClass = {
    .name = "Iterator", .parent = &Object::kClass, .members = kMembers};
const ClassInfo ArrayIterator::kClass = {.name = "Array Iterator",
                                         .parent = &Iterator::kClass};

Completion ArrayIterator::Next(bool* more) {
  *more = false;
  if (!source_) return Completion();
  const Ref<Object> source = source_;
  Completion length = source->Get(realm().names().length);
  if (!length.ok()) return length;
  if (!(static_cast<double>(index_) < ToNumber(length.value()))) {
    source_ = {};
    return Completion();
  }
  *more = true;
  const int64_t index = index_++;
  if (kind_ == IterationKind::kKeys) return Value(index);
  Completion value = source->GetIndex(index);
  if (!value.ok() || kind_ == IterationKind::kValues) return value;
  return Pair(realm(), Value(index), std::move(value.value()));
}

void ArrayIterator::Trace(Tracer& tracer) const {
  tracer(source_);
  Iterator::Trace(tracer);
}

void ArrayIterator::Clear() {
  source_ = {};
  Iterator::Clear();
}

Completion IterateKeys(const Invocation& call) {
  return Make(call, IterationKind::kKeys);
}
Completion IterateValues(const Invocation& call) {
  return Make(call, IterationKind::kValues);
}
Completion IterateEntries(const Invocation& call) {
  return Make(call, IterationKind::kEntries);
}

Value Pair(Realm& realm, Value key, Value value) {
  std::vector<Value> pair;
  pair.push_back(std::move(key));
  pair.push_back(std::move(value));
  return Value(realm.New<Array>(std::move(pair)));
}

}  // namespace goshawk::gojs
