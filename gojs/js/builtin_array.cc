// Array: the constructor and the methods that call no functions. The others are
// in builtin_array_callbacks.cc.

#include <algorithm>
#include <cmath>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/array_methods.h"
#include "gojs/js/bind.h"
#include "gojs/js/iterate.h"
#include "gojs/js/iterator.h"

namespace goshawk::gojs {

bool ArrayCall::Read(const Invocation& call) {
  array = As<Array>(call.self);
  if (array) return true;
  if (call.self.IsNullish()) {
    failed = call.realm.Throw(ErrorKind::kTypeError,
                              "Cannot convert undefined or null to object");
    return false;
  }
  std::vector<Value> elements;
  failed =
      ListFrom(call.realm, Value(ToObject(call.realm, call.self)), &elements);
  array = call.realm.New<Array>(std::move(elements));
  return failed.ok();
}

bool ArrayCall::ReadToChange(const Invocation& call, bool grows) {
  if (!Read(call)) return false;
  if (array->frozen() && !grows) {
    failed = call.realm.Throw(ErrorKind::kTypeError,
                              "Cannot assign to read only property '0' of "
                              "object '[object Array]'");
  } else if (grows && !array->extensible()) {
    failed = call.realm.Throw(ErrorKind::kTypeError,
                              "Cannot add property " +
                                  std::to_string(array->elements().size()) +
                                  ", object is not extensible");
  } else if (grows &&
             array->elements().size() + call.args.size() > Array::kMaxDense) {
    failed = call.realm.Throw(ErrorKind::kRangeError, "Invalid array length");
  }
  return failed.ok();
}

size_t RelativeIndex(const Value& value, size_t length, size_t otherwise) {
  if (value.IsUndefined()) return otherwise;
  const double n = ToInteger(ToNumber(value));
  const double limit = static_cast<double>(length);
  if (n < 0) return static_cast<size_t>(std::max(0.0, limit + n));
  return static_cast<size_t>(std::min(n, limit));
}

namespace {

Completion MakeArray(const Invocation& call) {
  if (call.args.size() != 1 || !call.Arg(0).IsNumber()) {
    return Value(call.realm.New<Array>(
        std::vector<Value>(call.args.begin(), call.args.end())));
  }
  const double n = call.Arg(0).number();
  if (!(n >= 0 && n <= Array::kMaxDense && n == std::trunc(n))) {
    return call.realm.Throw(ErrorKind::kRangeError, "Invalid array length");
  }
  return Value(
      call.realm.New<Array>(std::vector<Value>(static_cast<size_t>(n))));
}

bool IsArray(Array* array) { return array != nullptr; }

Completion Of(Realm& realm, Args args) {
  return Value(realm.New<Array>(std::vector<Value>(args.begin(), args.end())));
}

// Array.from(iterable or array-like, map)
Completion From(Realm& realm, const Value& list, const Value& map) {
  std::vector<Value> elements;
  if (!map.IsUndefined() && !map.IsCallable()) {
    return ThrowNotCallable(realm, map);
  }
  Completion method;
  if (!list.IsNullish()) {
    method = GetOf(realm, list, Key(realm.symbols().iterator));
    if (!method.ok()) return method;
  }
  const Ref<Object> object = ToObject(realm, list);
  Completion read = method.value().IsNullish() && object
                        ? ListFrom(realm, Value(object), &elements)
                        : ListFromIterable(realm, list, &elements);
  if (!read.ok()) return read;
  for (size_t i = 0; map.IsCallable() && i < elements.size(); ++i) {
    const Value args[] = {elements[i], Value(i)};
    Completion c = map.object()->Call(Value(), args);
    if (!c.ok()) return c;
    elements[i] = std::move(c.value());
  }
  return Value(realm.New<Array>(std::move(elements)));
}

Completion Push(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, true)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  list.insert(list.end(), call.args.begin(), call.args.end());
  return Value(list.size());
}

Completion Pop(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, false)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  if (list.empty()) return Completion();
  Value last = std::move(list.back());
  list.pop_back();
  return last;
}

Completion Shift(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, false)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  if (list.empty()) return Completion();
  Value first = std::move(list.front());
  list.erase(list.begin());
  return first;
}

Completion Unshift(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, true)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  list.insert(list.begin(), call.args.begin(), call.args.end());
  return Value(list.size());
}

Completion Slice(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value>& list = self.array->elements();
  const size_t begin = RelativeIndex(call.Arg(0), list.size(), 0);
  const size_t end =
      std::max(begin, RelativeIndex(call.Arg(1), list.size(), list.size()));
  return Value(call.realm.New<Array>(
      std::vector<Value>(list.begin() + static_cast<ptrdiff_t>(begin),
                         list.begin() + static_cast<ptrdiff_t>(end))));
}

Completion Splice(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, true)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  const size_t begin = RelativeIndex(call.Arg(0), list.size(), 0);
  size_t count = list.size() - begin;
  if (call.args.size() > 1) {
    const double n = ToInteger(ToNumber(call.Arg(1)));
    count = static_cast<size_t>(std::clamp(n, 0.0, static_cast<double>(count)));
  }
  const auto first = list.begin() + static_cast<ptrdiff_t>(begin);
  const auto last = first + static_cast<ptrdiff_t>(count);
  std::vector<Value> removed(first, last);
  const Args added = call.args.subspan(std::min<size_t>(2, call.args.size()));
  const auto at = list.erase(first, last);
  list.insert(at, added.begin(), added.end());
  return Value(call.realm.New<Array>(std::move(removed)));
}

Completion Concat(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  std::vector<Value> all = self.array->elements();
  for (const Value& arg : call.args) {
    if (const auto* array = As<Array>(arg)) {
      all.insert(all.end(), array->elements().begin(), array->elements().end());
    } else {
      all.push_back(arg);
    }
  }
  return Value(call.realm.New<Array>(std::move(all)));
}

Completion JoinWith(const Invocation& call, std::string_view separator) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value> list = self.array->elements();
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += separator;
    // A circle would recurse for ever.
    if (list[i].IsNullish() || list[i].AsObject() == self.array.get()) continue;
    Completion text = ToJsString(call.realm, list[i]);
    if (!text.ok()) return text;
    out += text.value().string()->view();
    if (out.size() > kMaxStringLength) return ThrowStringTooLong(call.realm);
  }
  return Value(String::New(out));
}

Completion Join(const Invocation& call) {
  if (call.Arg(0).IsUndefined()) return JoinWith(call, ",");
  Completion separator = ToJsString(call.realm, call.Arg(0));
  if (!separator.ok()) return separator;
  return JoinWith(call, separator.value().string()->view());
}

Completion ToString(const Invocation& call) { return JoinWith(call, ","); }

Completion IndexOf(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value>& list = self.array->elements();
  for (size_t i = RelativeIndex(call.Arg(1), list.size(), 0); i < list.size();
       ++i) {
    if (StrictEquals(list[i], call.Arg(0))) return Value(i);
  }
  return Value(-1);
}

Completion LastIndexOf(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value>& list = self.array->elements();
  size_t end = list.size();
  if (call.args.size() > 1) {
    const double n = ToInteger(ToNumber(call.Arg(1)));
    const double last = n < 0 ? static_cast<double>(end) + n : n;
    end = static_cast<size_t>(
        std::clamp(last + 1, 0.0, static_cast<double>(end)));
  }
  while (end > 0) {
    if (StrictEquals(list[--end], call.Arg(0))) return Value(end);
  }
  return Value(-1);
}

Completion At(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value>& list = self.array->elements();
  double n = ToInteger(ToNumber(call.Arg(0)));
  if (n < 0) n += static_cast<double>(list.size());
  if (!(n >= 0 && n < static_cast<double>(list.size()))) return Completion();
  return list[static_cast<size_t>(n)];
}

// Appends the elements of `list`, those of arrays inside up to `depth` deep.
Completion Flatten(Realm& realm, const std::vector<Value>& list, double depth,
                   std::vector<Value>* out) {
  if (realm.native_stack().IsLow()) return realm.ThrowTooDeep();
  for (const Value& element : list) {
    const auto* array = As<Array>(element);
    if (array != nullptr && depth >= 1) {
      Completion c = Flatten(realm, array->elements(), depth - 1, out);
      if (!c.ok()) return c;
    } else if (out->size() >= Array::kMaxDense) {
      return realm.Throw(ErrorKind::kRangeError, "Invalid array length");
    } else {
      out->push_back(element);
    }
  }
  return Completion();
}

Completion Flat(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const double depth =
      call.Arg(0).IsUndefined() ? 1 : ToInteger(ToNumber(call.Arg(0)));
  std::vector<Value> out;
  Completion c = Flatten(call.realm, self.array->elements(), depth, &out);
  if (!c.ok()) return c;
  return Value(call.realm.New<Array>(std::move(out)));
}

Completion ToReversed(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  std::vector<Value> list = self.array->elements();
  std::reverse(list.begin(), list.end());
  return Value(call.realm.New<Array>(std::move(list)));
}

Completion Includes(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  const std::vector<Value>& list = self.array->elements();
  return Value(std::any_of(list.begin(), list.end(), [&](const Value& v) {
    return SameValueZero(v, call.Arg(0));
  }));
}

Completion Reverse(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, false)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  std::reverse(list.begin(), list.end());
  return call.self;
}

Completion Fill(const Invocation& call) {
  ArrayCall self;
  if (!self.ReadToChange(call, false)) return self.failed;
  std::vector<Value>& list = self.array->elements();
  const size_t end = RelativeIndex(call.Arg(2), list.size(), list.size());
  for (size_t i = RelativeIndex(call.Arg(1), list.size(), 0); i < end; ++i) {
    list[i] = call.Arg(0);
  }
  return call.self;
}

constexpr Member kMembers[] = {
    Method<&IterateValues>("@@iterator"),
    Method<&At>("at", 1),
    Method<&Concat>("concat", 1),
    Method<&IterateEntries>("entries"),
    Method<&ArrayEvery>("every", 1),
    Method<&Fill>("fill", 1),
    Method<&ArrayFilter>("filter", 1),
    Method<&ArrayFind>("find", 1),
    Method<&ArrayFindIndex>("findIndex", 1),
    Method<&ArrayFindLast>("findLast", 1),
    Method<&ArrayFindLastIndex>("findLastIndex", 1),
    Method<&Flat>("flat"),
    Method<&ArrayFlatMap>("flatMap", 1),
    Method<&ArrayForEach>("forEach", 1),
    Method<&Includes>("includes", 1),
    Method<&IndexOf>("indexOf", 1),
    Method<&Join>("join", 1),
    Method<&IterateKeys>("keys"),
    Method<&LastIndexOf>("lastIndexOf", 1),
    Method<&ArrayMap>("map", 1),
    Method<&Pop>("pop"),
    Method<&Push>("push", 1),
    Method<&ArrayReduce<false>>("reduce", 1),
    Method<&ArrayReduce<true>>("reduceRight", 1),
    Method<&Reverse>("reverse"),
    Method<&Shift>("shift"),
    Method<&Slice>("slice", 2),
    Method<&ArraySome>("some", 1),
    Method<&ArraySort>("sort", 1),
    Method<&Splice>("splice", 2),
    Method<&ToReversed>("toReversed"),
    Method<&ArrayToSorted>("toSorted", 1),
    Method<&ToString>("toString"),
    Method<&Unshift>("unshift", 1),
    Method<&IterateValues>("values"),
};

constexpr Member kStatics[] = {
    Method<&From>("from", 1),
    Method<&IsArray>("isArray"),
    Method<&Of>("of"),
};

}  // namespace

const ClassInfo Array::kClass = {.name = "Array",
                                 .parent = &Object::kClass,
                                 .members = kMembers,
                                 .statics = kStatics,
                                 .construct = &MakeArray,
                                 .call = &MakeArray,
                                 .length = 1};

}  // namespace goshawk::gojs
