// Array: the constructor and the methods that Go programs use most.

#include <algorithm>
#include <cmath>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"

namespace goshawk::gojs {
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

Completion From(Realm& realm, const Value& list) {
  std::vector<Value> elements;
  if (Completion c = ListFrom(realm, list, &elements); !c.ok()) return c;
  return Value(realm.New<Array>(std::move(elements)));
}

// The elements of "this"; an empty array for what is none.
std::vector<Value>& Elements(const Invocation& call, Ref<Array>* hold) {
  *hold = As<Array>(call.self);
  if (!*hold) *hold = call.realm.New<Array>();
  return (*hold)->elements();
}

size_t Relative(const Value& value, size_t length, size_t otherwise) {
  if (value.IsUndefined()) return otherwise;
  const double n = ToInteger(ToNumber(value));
  const double limit = static_cast<double>(length);
  if (n < 0) return static_cast<size_t>(std::max(0.0, limit + n));
  return static_cast<size_t>(std::min(n, limit));
}

Completion Push(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  if (!self->extensible()) {
    return call.realm.Throw(ErrorKind::kTypeError,
                            "Cannot add property, object is not extensible");
  }
  list.insert(list.end(), call.args.begin(), call.args.end());
  return Value(list.size());
}

Completion Pop(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  if (list.empty()) return Completion();
  Value last = std::move(list.back());
  list.pop_back();
  return last;
}

Completion Shift(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  if (list.empty()) return Completion();
  Value first = std::move(list.front());
  list.erase(list.begin());
  return first;
}

Completion Unshift(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  list.insert(list.begin(), call.args.begin(), call.args.end());
  return Value(list.size());
}

Completion Slice(const Invocation& call) {
  Ref<Array> self;
  const std::vector<Value>& list = Elements(call, &self);
  const size_t begin = Relative(call.Arg(0), list.size(), 0);
  const size_t end =
      std::max(begin, Relative(call.Arg(1), list.size(), list.size()));
  return Value(call.realm.New<Array>(
      std::vector<Value>(list.begin() + static_cast<ptrdiff_t>(begin),
                         list.begin() + static_cast<ptrdiff_t>(end))));
}

Completion Splice(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  const size_t begin = Relative(call.Arg(0), list.size(), 0);
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
  Ref<Array> self;
  std::vector<Value> all = Elements(call, &self);
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
  Ref<Array> self;
  const std::vector<Value> list = Elements(call, &self);
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += separator;
    // A circle would recurse for ever.
    if (list[i].IsNullish() || list[i].AsObject() == self.get()) continue;
    const Completion text = ToJsString(call.realm, list[i]);
    if (!text.ok()) return text;
    out += text.value().string()->view();
  }
  return Value(String::New(out));
}

Completion Join(const Invocation& call) {
  if (call.Arg(0).IsUndefined()) return JoinWith(call, ",");
  const Completion separator = ToJsString(call.realm, call.Arg(0));
  if (!separator.ok()) return separator;
  return JoinWith(call, separator.value().string()->view());
}

Completion ToString(const Invocation& call) { return JoinWith(call, ","); }

Completion IndexOf(const Invocation& call) {
  Ref<Array> self;
  const std::vector<Value>& list = Elements(call, &self);
  for (size_t i = Relative(call.Arg(1), list.size(), 0); i < list.size(); ++i) {
    if (StrictEquals(list[i], call.Arg(0))) return Value(i);
  }
  return Value(-1);
}

Completion Includes(const Invocation& call) {
  Ref<Array> self;
  const std::vector<Value>& list = Elements(call, &self);
  return Value(std::any_of(list.begin(), list.end(), [&](const Value& v) {
    return SameValueZero(v, call.Arg(0));
  }));
}

Completion Reverse(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  std::reverse(list.begin(), list.end());
  return call.self;
}

Completion Fill(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value>& list = Elements(call, &self);
  const size_t end = Relative(call.Arg(2), list.size(), list.size());
  for (size_t i = Relative(call.Arg(1), list.size(), 0); i < end; ++i) {
    list[i] = call.Arg(0);
  }
  return call.self;
}

// The methods that call a function for each element.
enum class Each { kForEach, kMap, kFilter, kSome, kEvery, kFind, kFindIndex };

template <Each kEach>
Completion Iterate(const Invocation& call) {
  Ref<Array> self;
  Elements(call, &self);
  if (!call.Arg(0).IsCallable()) {
    return call.realm.Throw(ErrorKind::kTypeError,
                            "undefined is not a function");
  }
  std::vector<Value> made;
  // The function may change the array.
  for (size_t i = 0; i < self->elements().size(); ++i) {
    const Value element = self->elements()[i];
    const Value args[] = {element, Value(i), call.self};
    Completion c = call.Arg(0).object()->Call(call.Arg(1), args);
    if (!c.ok()) return c;
    const bool truth = c.value().Truthy();
    if (kEach == Each::kMap) made.push_back(std::move(c.value()));
    if (kEach == Each::kFilter && truth) made.push_back(element);
    if (kEach == Each::kSome && truth) return Value(true);
    if (kEach == Each::kEvery && !truth) return Value(false);
    if (kEach == Each::kFind && truth) return element;
    if (kEach == Each::kFindIndex && truth) return Value(i);
  }
  switch (kEach) {
    case Each::kMap:
    case Each::kFilter:
      return Value(call.realm.New<Array>(std::move(made)));
    case Each::kSome:
      return Value(false);
    case Each::kEvery:
      return Value(true);
    case Each::kFindIndex:
      return Value(-1);
    case Each::kForEach:
    case Each::kFind:
      break;
  }
  return Completion();
}

// What a comparison in the middle of a merge came to.
struct Order {
  const Invocation& call;
  Completion failed;

  bool Less(const Value& a, const Value& b) {
    if (!failed.ok() || a.IsUndefined()) return false;
    if (b.IsUndefined()) return true;
    if (call.Arg(0).IsCallable()) {
      const Value args[] = {a, b};
      Completion c = call.Arg(0).object()->Call(Value(), args);
      if (c.ok()) return ToNumber(c.value()) < 0;
      failed = std::move(c);
      return false;
    }
    const Completion x = ToJsString(call.realm, a);
    const Completion y = ToJsString(call.realm, b);
    if (!x.ok() || !y.ok()) {
      failed = x.ok() ? y : x;
      return false;
    }
    return x.value().string()->view() < y.value().string()->view();
  }
};

// A merge sort: it ends whatever the program's comparison says.
void Sort(std::span<Value> list, std::vector<Value>& spare, Order& order) {
  if (list.size() < 2) return;
  const size_t half = list.size() / 2;
  Sort(list.first(half), spare, order);
  Sort(list.subspan(half), spare, order);
  spare.assign(list.begin(), list.begin() + static_cast<ptrdiff_t>(half));
  size_t left = 0;
  size_t right = half;
  for (size_t out = 0; left < half; ++out) {
    const bool take_right =
        right < list.size() && order.Less(list[right], spare[left]);
    list[out] = take_right ? list[right++] : spare[left++];
  }
}

Completion SortMethod(const Invocation& call) {
  Ref<Array> self;
  std::vector<Value> list = Elements(call, &self);
  std::vector<Value> spare;
  Order order{call, {}};
  Sort(list, spare, order);
  if (!order.failed.ok()) return order.failed;
  self->elements() = std::move(list);
  return call.self;
}

constexpr Member kMembers[] = {
    Method<&Concat>("concat", 1),
    Method<&Iterate<Each::kEvery>>("every", 1),
    Method<&Fill>("fill", 1),
    Method<&Iterate<Each::kFilter>>("filter", 1),
    Method<&Iterate<Each::kFind>>("find", 1),
    Method<&Iterate<Each::kFindIndex>>("findIndex", 1),
    Method<&Iterate<Each::kForEach>>("forEach", 1),
    Method<&Includes>("includes", 1),
    Method<&IndexOf>("indexOf", 1),
    Method<&Join>("join", 1),
    Method<&Iterate<Each::kMap>>("map", 1),
    Method<&Pop>("pop"),
    Method<&Push>("push", 1),
    Method<&Reverse>("reverse"),
    Method<&Shift>("shift"),
    Method<&Slice>("slice", 2),
    Method<&Iterate<Each::kSome>>("some", 1),
    Method<&SortMethod>("sort", 1),
    Method<&Splice>("splice", 2),
    Method<&ToString>("toString"),
    Method<&Unshift>("unshift", 1),
};

constexpr Member kStatics[] = {
    Method<&From>("from"),
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
