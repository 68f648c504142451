// From C++ functions to rows of member tables. The signature says how
// arguments and the result are converted:
//
//   class Counter : public Object {
//    public:
//     static const ClassInfo kClass;
//     double Add(double n) { return total_ += n; }
//     ...
//   };
//   constexpr Member kMembers[] = {Method<&Counter::Add>("add")};
//   const ClassInfo Counter::kClass = {
//       .name = "Counter", .parent = &Object::kClass, .members = kMembers};
//
// A function may be a member function of a class derived from Object ("this"
// is checked, another object throws a TypeError) or a free one.
//
// Parameters: double, integers (saturated; NaN is 0), bool, std::string_view,
// const Value&, Object* and pointers to classes derived from it (null if the
// argument is none), std::optional of these (null and undefined are nothing);
// Args as the last one takes all the rest. Realm& and const Invocation&, which
// take no argument, give the surroundings. Missing arguments are undefined.
//
// Results: void, bool, numbers, std::string, std::string_view, Value, Ref<T>
// (null becomes null), and Completion for what may throw.

#ifndef GOSHAWK_GOJS_JS_BIND_H_
#define GOSHAWK_GOJS_JS_BIND_H_

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "gojs/js/convert.h"
#include "gojs/js/number.h"
#include "gojs/js/object.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

namespace bind_internal {

// Reads the argument of a parameter of type T: Read() converts or throws,
// get() gives it to the function.
template <typename T>
struct Arg;

struct Consumes {
  static constexpr int kCount = 1;
};

template <>
struct Arg<Realm&> {
  static constexpr int kCount = 0;
  Realm* realm;
  Completion Read(const Invocation& call, size_t) {
    realm = &call.realm;
    return Completion();
  }
  Realm& get() { return *realm; }
};

template <>
struct Arg<const Invocation&> {
  static constexpr int kCount = 0;
  const Invocation* invocation;
  Completion Read(const Invocation& call, size_t) {
    invocation = &call;
    return Completion();
  }
  const Invocation& get() { return *invocation; }
};

template <>
struct Arg<Args> {
  static constexpr int kCount = 0;
  Args rest;
  Completion Read(const Invocation& call, size_t i) {
    rest = call.args.subspan(std::min(i, call.args.size()));
    return Completion();
  }
  Args get() { return rest; }
};

template <>
struct Arg<const Value&> : Consumes {
  const Value* value;
  Completion Read(const Invocation& call, size_t i) {
    value = &call.Arg(i);
    return Completion();
  }
  const Value& get() { return *value; }
};

template <>
struct Arg<bool> : Consumes {
  bool value;
  Completion Read(const Invocation& call, size_t i) {
    value = call.Arg(i).Truthy();
    return Completion();
  }
  bool get() { return value; }
};

template <>
struct Arg<double> : Consumes {
  double value;
  Completion Read(const Invocation& call, size_t i) {
    const Value& v = call.Arg(i);
    if (!v.IsNumber()) return ToNumber(call.realm, v, &value);
    value = v.number();
    return Completion();
  }
  double get() { return value; }
};

template <std::integral T>
struct Arg<T> : Arg<double> {
  T get() {
    const int64_t n = ToInt64Saturated(value);
    using Limits = std::numeric_limits<T>;
    if (std::cmp_greater(n, Limits::max())) return Limits::max();
    if (std::cmp_less(n, Limits::min())) return Limits::min();
    return static_cast<T>(n);
  }
};

template <>
struct Arg<std::string_view> : Consumes {
  Completion string;
  Completion Read(const Invocation& call, size_t i) {
    string = ToJsString(call.realm, call.Arg(i));
    return string;
  }
  std::string_view get() { return string.value().string()->view(); }
};

template <std::derived_from<Object> T>
struct Arg<T*> : Consumes {
  T* object;
  Completion Read(const Invocation& call, size_t i) {
    object = As<T>(call.Arg(i));
    return Completion();
  }
  T* get() { return object; }
};

template <>
struct Arg<Object*> : Consumes {
  Object* object;
  Completion Read(const Invocation& call, size_t i) {
    object = call.Arg(i).AsObject();
    return Completion();
  }
  Object* get() { return object; }
};

template <typename T>
struct Arg<std::optional<T>> : Consumes {
  Arg<T> arg;
  bool present;
  Completion Read(const Invocation& call, size_t i) {
    present = !call.Arg(i).IsNullish();
    return present ? arg.Read(call, i) : Completion();
  }
  std::optional<T> get() {
    return present ? std::optional<T>(arg.get()) : std::nullopt;
  }
};

inline Completion Result(Completion c) { return c; }
inline Completion Result(Value v) { return Completion(std::move(v)); }
inline Completion Result(std::string_view s) { return Value(String::New(s)); }
inline Completion Result(const std::string& s) { return Value(String::New(s)); }
template <typename T>
  requires std::is_arithmetic_v<T>
Completion Result(T n) {
  return Value(n);
}
template <typename T>
Completion Result(Ref<T> r) {
  return r ? Value(std::move(r)) : Value(Null{});
}

// Converts the arguments to A..., calls, converts the result.
template <typename R, typename... A, typename F>
Completion Apply(const Invocation& call, F function) {
  std::tuple<Arg<A>...> args;
  Completion failed;
  size_t next = 0;
  const bool ok = std::apply(
      [&](auto&... arg) {
        return ((failed = arg.Read(call, next),
                 next += static_cast<size_t>(arg.kCount), failed.ok()) &&
                ...);
      },
      args);
  if (!ok) return failed;
  return std::apply(
      [&](auto&... arg) {
        if constexpr (std::is_void_v<R>) {
          function(arg.get()...);
          return Completion();
        } else {
          return Result(function(arg.get()...));
        }
      },
      args);
}

Completion WrongThis(const Invocation& call, std::string_view wanted);

template <auto kFunction>
struct Bound;

template <Native kFunction>
struct Bound<kFunction> {
  static constexpr int kLength = 0;
  static Completion Call(const Invocation& call) { return kFunction(call); }
};

template <typename R, typename... A, R (*kFunction)(A...)>
  requires(!std::same_as<R (*)(A...), Native>)
struct Bound<kFunction> {
  static constexpr int kLength = (0 + ... + Arg<A>::kCount);
  static Completion Call(const Invocation& call) {
    return Apply<R, A...>(call, kFunction);
  }
};

template <typename C, typename R, typename... A, R (C::*kFunction)(A...)>
struct Bound<kFunction> {
  static constexpr int kLength = (0 + ... + Arg<A>::kCount);
  static Completion Call(const Invocation& call) {
    C* self = As<C>(call.self);
    if (self == nullptr) return WrongThis(call, C::kClass.name);
    const Ref<C> keep = self;
    return Apply<R, A...>(
        call, [self](auto&&... args) { return (self->*kFunction)(args...); });
  }
};

template <typename C, typename R, typename... A, R (C::*kFunction)(A...) const>
struct Bound<kFunction> {
  static constexpr int kLength = (0 + ... + Arg<A>::kCount);
  static Completion Call(const Invocation& call) {
    const C* self = As<C>(call.self);
    if (self == nullptr) return WrongThis(call, C::kClass.name);
    return Apply<R, A...>(
        call, [self](auto&&... args) { return (self->*kFunction)(args...); });
  }
};

template <typename C>
Completion ConstructorOf(const Invocation& call) {
  return Value(call.realm.Constructor(C::kClass));
}

template <typename C>
Completion Namespace(const Invocation& call) {
  return Value(call.realm.New<C>());
}

template <const Members* kMembers>
Completion PlainNamespace(const Invocation& call) {
  const Ref<Object> object = call.realm.NewObject();
  object->Declare(*kMembers);
  return Value(object);
}

}  // namespace bind_internal

// A method. `length` overrides its "length" property, which otherwise is the
// number of arguments that the signature takes.
template <auto kFunction>
constexpr Member Method(std::string_view name, int length = -1) {
  using Bound = bind_internal::Bound<kFunction>;
  return {.name = name,
          .kind = Member::Kind::kMethod,
          .length = static_cast<uint8_t>(length < 0 ? Bound::kLength : length),
          .call = &Bound::Call};
}

// A property that C++ computes.
template <auto kGetter>
constexpr Member Getter(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kAccessor,
          .call = &bind_internal::Bound<kGetter>::Call};
}
template <auto kGetter, auto kSetter>
constexpr Member Accessor(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kAccessor,
          .call = &bind_internal::Bound<kGetter>::Call,
          .set = &bind_internal::Bound<kSetter>::Call};
}

// A property whose value `kMake` gives when it is first asked for.
template <auto kMake>
constexpr Member Lazy(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kLazy,
          .call = &bind_internal::Bound<kMake>::Call};
}

// The constructor of class C.
template <typename C>
constexpr Member Class(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kLazy,
          .call = &bind_internal::ConstructorOf<C>};
}

// A single object of class C.
template <typename C>
constexpr Member Namespace(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kLazy,
          .call = &bind_internal::Namespace<C>};
}

// A plain object with these members.
template <const Members* kMembers>
constexpr Member Namespace(std::string_view name) {
  return {.name = name,
          .kind = Member::Kind::kLazy,
          .call = &bind_internal::PlainNamespace<kMembers>};
}

constexpr Member Number(std::string_view name, double value) {
  return {.name = name, .kind = Member::Kind::kNumber, .number = value};
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_BIND_H_
