#include "gojs/js/iterate.h"

#include <string>
#include <utility>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/convert.h"

namespace goshawk::gojs {
namespace {

Completion NotIterable(Realm& realm, const Value& value) {
  std::string what(TypeOf(value));
  if (value.IsNull()) {
    what = "object null";
  } else if (!value.IsObject() && !value.IsUndefined()) {
    what += ' ' + ToPlainString(value);
  }
  return realm.Throw(ErrorKind::kTypeError,
                     what +
                         " is not iterable (cannot read property "
                         "Symbol(Symbol.iterator))");
}

Completion IterateArray(Array& array, const EachElement& each) {
  bool stop = false;
  // The array may change meanwhile.
  for (size_t i = 0; i < array.elements().size() && !stop; ++i) {
    Completion c = each(array.elements()[i], &stop);
    if (!c.ok()) return c;
  }
  return Completion();
}

// The iterator is not to be asked any more. What it throws does not matter if
// something was thrown before.
Completion Close(const Value& iterator, Completion completion) {
  if (completion.unwinding()) return completion;
  const Completion method = iterator.object()->Get("return");
  Completion closed;
  if (method.ok() && method.value().IsCallable()) {
    closed = method.value().object()->Call(iterator, {});
  }
  return completion.ok() && !closed.ok() ? closed : completion;
}

}  // namespace

Completion Iterate(Realm& realm, const Value& iterable,
                   const EachElement& each) {
  if (auto* array = As<Array>(iterable)) {
    const Ref<Array> keep = array;
    return IterateArray(*array, each);
  }
  if (iterable.IsNullish()) return NotIterable(realm, iterable);
  Completion method = GetOf(realm, iterable, Key(realm.symbols().iterator));
  if (!method.ok()) return method;
  if (!method.value().IsCallable()) return NotIterable(realm, iterable);
  Completion iterator = method.value().object()->Call(iterable, {});
  if (!iterator.ok()) return iterator;
  if (!iterator.value().IsObject()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Result of the Symbol.iterator method is not an object");
  }
  const Ref<String> next_name = realm.Intern("next");
  const Ref<String> done_name = realm.Intern("done");
  const Ref<String> value_name = realm.Intern("value");
  Completion next = iterator.value().object()->Get(next_name);
  if (!next.ok()) return next;
  if (!next.value().IsCallable()) {
    return ThrowNotCallable(realm, next.value());
  }
  for (;;) {
    Completion result = next.value().object()->Call(iterator.value(), {});
    if (!result.ok()) return result;
    Object* object = result.value().AsObject();
    if (object == nullptr) {
      return realm.Throw(ErrorKind::kTypeError,
                         "Iterator result " + ToPlainString(result.value()) +
                             " is not an object");
    }
    Completion done = object->Get(done_name);
    if (!done.ok()) return done;
    if (done.value().Truthy()) return Completion();
    Completion value = object->Get(value_name);
    if (!value.ok()) return value;
    bool stop = false;
    Completion c = each(std::move(value.value()), &stop);
    if (!c.ok() || stop) return Close(iterator.value(), std::move(c));
  }
}

Completion ListFromIterable(Realm& realm, const Value& iterable,
                            std::vector<Value>* elements) {
  return Iterate(realm, iterable, [&](Value element, bool*) {
    if (elements->size() >= Array::kMaxDense) {
      return realm.Throw(ErrorKind::kRangeError, "Invalid array length");
    }
    elements->push_back(std::move(element));
    return Completion();
  });
}

Value IteratorResult(Realm& realm, Value value, bool done) {
  const Ref<Object> result = realm.NewObject();
  result->Define("value", std::move(value));
  result->Define("done", Value(done));
  return Value(result);
}

}  // namespace goshawk::gojs
