// The methods of Array that call functions of the program.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gojs/js/access.h"
#include "gojs/js/array_methods.h"
#include "gojs/js/convert.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

// The methods that call a function for each element.
enum class Each {
  kForEach,
  kMap,
  kFilter,
  kSome,
  kEvery,
  kFind,
  kFindIndex,
  kFlatMap
};

template <Each kEach>
Completion Iterate(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  if (!call.Arg(0).IsCallable()) {
    return ThrowNotCallable(call.realm, call.Arg(0));
  }
  const std::vector<Value>& list = self.array->elements();
  std::vector<Value> made;
  // The function may change the array.
  const size_t size = list.size();
  for (size_t i = 0; i < size && i < list.size(); ++i) {
    Value element = list[i];
    const Value args[] = {element, Value(i), call.self};
    Completion c = call.Arg(0).object()->Call(call.Arg(1), args);
    if (!c.ok()) return c;
    const bool truth = c.value().Truthy();
    if (kEach == Each::kMap) made.push_back(std::move(c.value()));
    if (kEach == Each::kFlatMap) {
      if (const auto* inner = As<Array>(c.value())) {
        made.insert(made.end(), inner->elements().begin(),
                    inner->elements().end());
      } else {
        made.push_back(std::move(c.value()));
      }
    }
    if (kEach == Each::kFilter && truth) made.push_back(element);
    if (kEach == Each::kSome && truth) return Value(true);
    if (kEach == Each::kEvery && !truth) return Value(false);
    if (kEach == Each::kFind && truth) return element;
    if (kEach == Each::kFindIndex && truth) return Value(i);
  }
  switch (kEach) {
    case Each::kMap:
    case Each::kFilter:
    case Each::kFlatMap:
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
      double order = 0;
      if (c.ok()) c = ToNumber(call.realm, c.value(), &order);
      if (c.ok()) return order < 0;
      failed = std::move(c);
      return false;
    }
    const Completion x = ToJsString(call.realm, a);
    const Completion y = ToJsString(call.realm, b);
    if (!x.ok() || !y.ok()) {
      failed = x.ok() ? y : x;
      return false;
    }
    return CompareUtf16(x.value().string()->view(),
                        y.value().string()->view()) < 0;
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

// The elements of "this" in order.
Completion Sorted(const Invocation& call, std::vector<Value>* list) {
  if (!call.Arg(0).IsUndefined() && !call.Arg(0).IsCallable()) {
    return call.realm.Throw(
        ErrorKind::kTypeError,
        "The comparison function must be either a function or undefined");
  }
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  *list = self.array->elements();
  std::vector<Value> spare;
  Order order{call, {}};
  Sort(*list, spare, order);
  return order.failed;
}

template <bool kIndex>
Completion FindLast(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  if (!call.Arg(0).IsCallable()) {
    return ThrowNotCallable(call.realm, call.Arg(0));
  }
  const std::vector<Value>& list = self.array->elements();
  for (size_t i = list.size(); i-- > 0;) {
    const Value element = i < list.size() ? list[i] : Value();
    const Value args[] = {element, Value(i), call.self};
    Completion c = call.Arg(0).object()->Call(call.Arg(1), args);
    if (!c.ok()) return c;
    if (c.value().Truthy()) return kIndex ? Value(i) : element;
  }
  return kIndex ? Completion(Value(-1)) : Completion();
}

}  // namespace

Completion ArrayEvery(const Invocation& call) {
  return Iterate<Each::kEvery>(call);
}
Completion ArrayFilter(const Invocation& call) {
  return Iterate<Each::kFilter>(call);
}
Completion ArrayFind(const Invocation& call) {
  return Iterate<Each::kFind>(call);
}
Completion ArrayFindIndex(const Invocation& call) {
  return Iterate<Each::kFindIndex>(call);
}
Completion ArrayFlatMap(const Invocation& call) {
  return Iterate<Each::kFlatMap>(call);
}
Completion ArrayForEach(const Invocation& call) {
  return Iterate<Each::kForEach>(call);
}
Completion ArrayMap(const Invocation& call) {
  return Iterate<Each::kMap>(call);
}
Completion ArraySome(const Invocation& call) {
  return Iterate<Each::kSome>(call);
}
Completion ArrayFindLast(const Invocation& call) {
  return FindLast<false>(call);
}
Completion ArrayFindLastIndex(const Invocation& call) {
  return FindLast<true>(call);
}

template <bool kFromRight>
Completion ArrayReduce(const Invocation& call) {
  ArrayCall self;
  if (!self.Read(call)) return self.failed;
  if (!call.Arg(0).IsCallable()) {
    return ThrowNotCallable(call.realm, call.Arg(0));
  }
  const std::vector<Value>& list = self.array->elements();
  const size_t size = list.size();
  size_t done = 0;
  Value sum = call.Arg(1);
  const auto at = [&](size_t n) { return kFromRight ? size - 1 - n : n; };
  if (call.args.size() < 2) {
    if (size == 0) {
      return call.realm.Throw(ErrorKind::kTypeError,
                              "Reduce of empty array with no initial value");
    }
    sum = list[at(done++)];
  }
  for (; done < size; ++done) {
    const size_t i = at(done);
    if (i >= list.size()) continue;
    const Value args[] = {sum, list[i], Value(i), call.self};
    Completion c = call.Arg(0).object()->Call(Value(), args);
    if (!c.ok()) return c;
    sum = std::move(c.value());
  }
  return sum;
}
template Completion ArrayReduce<false>(const Invocation& call);
template Completion ArrayReduce<true>(const Invocation& call);

Completion ArraySort(const Invocation& call) {
  std::vector<Value> list;
  if (Completion c = Sorted(call, &list); !c.ok()) return c;
  ArrayCall self;
  if (!self.ReadToChange(call)) return self.failed;
  self.array->elements() = std::move(list);
  return call.self;
}

Completion ArrayToSorted(const Invocation& call) {
  std::vector<Value> list;
  if (Completion c = Sorted(call, &list); !c.ok()) return c;
  return Value(call.realm.New<Array>(std::move(list)));
}

}  // namespace goshawk::gojs
