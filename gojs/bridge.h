// Between C++ and JavaScript: values, bytes, functions and errors, for those
// who embed a program (program.h) and for what they define for it.
//
//   Realm& realm = program.realm();
//   Value greet = ToValue(realm, [](std::string name) { return "hi " + name;
//   }); absl::StatusOr<double> size = FromValue<double>(realm, value);
//
// To JavaScript: bool, numbers, strings, nullptr (null), Value, Ref<T>,
// std::optional (undefined), bytes (std::span or std::vector of uint8_t become
// a Uint8Array), std::vector of anything (an Array), std::map from std::string
// (an object), absl::StatusOr (a failure is thrown, where something can be),
// and whatever can be called: its signature says how arguments and results are
// converted, as in js/bind.h.
//
// What a function can take beyond the parameters that js/bind.h lists:
// std::string, Value, Ref<T>, and std::span<uint8_t> or std::span<const
// uint8_t>, the bytes of a Uint8Array in place; anything else throws a
// TypeError. The span is the program's own memory until the function returns or
// lets JavaScript run.
//
// A function whose result comes later returns a promise, Ref<Promise>, and
// settles it from a task of the event loop (js/promise.h).
//
// Errors cross with their text and code. absl::Status, thrown: an Error whose
// message is the status's and whose `code` is ErrorCode(). A value thrown by
// JavaScript: a status with the text as message, the `code` of the error as
// ErrorCode(), and the status code of that name ("NOT_FOUND"), else UNKNOWN.

#ifndef GOSHAWK_GOJS_BRIDGE_H_
#define GOSHAWK_GOJS_BRIDGE_H_

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fs/errno.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/function.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {

// `status` with the `code` that its error has in JavaScript.
absl::Status WithErrorCode(absl::Status status, std::string_view code);
// That code; without one, the name of the status code: "INVALID_ARGUMENT".
std::string ErrorCode(const absl::Status& status);
// "ENOENT", as Node words it, with the status code that fits.
absl::Status StatusOf(fs::Errno error);

// REQUIRES: !status.ok().
Ref<Object> NewError(Realm& realm, const absl::Status& status);
// OK, what was thrown, or ABORTED if the program has ended.
absl::Status StatusOf(Realm& realm, const Completion& completion);

// A Uint8Array with a copy of `bytes`; an exception if there is no memory.
Completion CopyBytes(Realm& realm, std::span<const uint8_t> bytes);
// A Uint8Array that is `bytes`, without a copy.
Ref<TypedArray> AdoptBytes(Realm& realm, std::vector<uint8_t> bytes);

namespace bridge_internal {

Completion NotBytes(Realm& realm);
absl::Status WrongType(const Value& value, std::string_view wanted);

// The signature of something callable.
template <typename F>
struct Callable : Callable<decltype(&F::operator())> {};
template <typename R, typename... A>
struct Callable<R (*)(A...)> {
  template <typename F>
  static Completion Call(const Invocation& call, F& function);
};
template <typename R, typename C, typename... A>
struct Callable<R (C::*)(A...)> : Callable<R (*)(A...)> {};
template <typename R, typename C, typename... A>
struct Callable<R (C::*)(A...) const> : Callable<R (*)(A...)> {};

template <typename F>
concept IsCallable = requires { &Callable<std::decay_t<F>>::template Call<F>; };

template <typename T>
concept IsBytes = std::convertible_to<const T&, std::span<const uint8_t>>;

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsStatusOr : std::false_type {};
template <typename T>
struct IsStatusOr<absl::StatusOr<T>> : std::true_type {};
template <typename T>
struct IsMap : std::false_type {};
template <typename T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

}  // namespace bridge_internal

// Any of the types above as what a function returns: a value or an exception.
template <typename T>
Completion ToCompletion(Realm& realm, T&& from) {
  namespace internal = bridge_internal;
  using U = std::decay_t<T>;
  if constexpr (std::same_as<U, Completion>) {
    return std::forward<T>(from);
  } else if constexpr (std::same_as<U, absl::Status>) {
    if (from.ok()) return Completion();
    return Completion::Throw(Value(NewError(realm, from)));
  } else if constexpr (internal::IsStatusOr<U>::value) {
    if (!from.ok()) return ToCompletion(realm, from.status());
    return ToCompletion(realm, *std::forward<T>(from));
  } else if constexpr (std::same_as<U, fs::Errno>) {
    return ToCompletion(realm, StatusOf(from));
  } else if constexpr (std::same_as<U, std::nullptr_t>) {
    return Value(Null{});
  } else if constexpr (internal::IsOptional<U>::value) {
    return from.has_value() ? ToCompletion(realm, *std::forward<T>(from))
                            : Completion();
  } else if constexpr (std::convertible_to<T&&, std::string_view>) {
    return Value(String::New(std::string_view(from)));
  } else if constexpr (std::same_as<T&&, std::vector<uint8_t>&&>) {
    return Value(AdoptBytes(realm, std::forward<T>(from)));
  } else if constexpr (internal::IsBytes<U>) {
    return CopyBytes(realm, std::span<const uint8_t>(from));
  } else if constexpr (internal::IsVector<U>::value) {
    std::vector<Value> elements;
    elements.reserve(from.size());
    for (auto&& element : from) {
      Completion one = ToCompletion(realm, element);
      if (!one.ok()) return one;
      elements.push_back(std::move(one).value());
    }
    return Value(realm.New<Array>(std::move(elements)));
  } else if constexpr (internal::IsMap<U>::value) {
    const Ref<Object> object = realm.NewObject();
    for (auto&& [key, value] : from) {
      Completion one = ToCompletion(realm, value);
      if (!one.ok()) return one;
      object->Define(key, std::move(one).value());
    }
    return Value(object);
  } else if constexpr (std::constructible_from<Value, T&&>) {
    return Value(std::forward<T>(from));
  } else {
    static_assert(internal::IsCallable<U>,
                  "this type has no counterpart in JavaScript");
    const auto function = std::make_shared<U>(std::forward<T>(from));
    return Value(
        realm.New<LambdaFunction>("", 0, [function](const Invocation& call) {
          return internal::Callable<U>::Call(call, *function);
        }));
  }
}

// The same where nothing can be thrown: what would be is undefined.
template <typename T>
Value ToValue(Realm& realm, T&& from) {
  Completion made = ToCompletion(realm, std::forward<T>(from));
  return made.ok() ? std::move(made).value() : Value();
}

// A value of JavaScript as a T: Value, bool, a number, std::string, bytes
// (std::vector<uint8_t> a copy, std::span in place), Ref<class>, void
// (anything). INVALID_ARGUMENT if it is of another type; nothing is coerced,
// but numbers are brought into the range of an integer.
template <typename T>
auto FromValue([[maybe_unused]] Realm& realm, const Value& value)
    -> std::conditional_t<std::is_void_v<T>, absl::Status, absl::StatusOr<T>> {
  using bridge_internal::WrongType;
  if constexpr (std::is_void_v<T>) {
    return absl::OkStatus();
  } else if constexpr (std::same_as<T, Value>) {
    return value;
  } else if constexpr (std::same_as<T, bool>) {
    if (!value.IsBool()) return WrongType(value, "a boolean");
    return value.boolean();
  } else if constexpr (std::floating_point<T>) {
    if (!value.IsNumber()) return WrongType(value, "a number");
    return static_cast<T>(value.number());
  } else if constexpr (std::integral<T>) {
    if (!value.IsNumber()) return WrongType(value, "a number");
    return bind_internal::Arg<T>{{{}, value.number()}}.get();
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.IsString()) return WrongType(value, "a string");
    return std::string(value.string()->view());
  } else if constexpr (bridge_internal::IsBytes<T>) {
    std::span<uint8_t> bytes;
    if (!GetBytes(value, &bytes)) return WrongType(value, "a Uint8Array");
    return T(bytes.begin(), bytes.end());
  } else {
    using C = std::remove_pointer_t<decltype(std::declval<T>().get())>;
    C* const object = As<C>(value);
    if (object == nullptr) {
      return WrongType(value, C::kClass.name);
    }
    return Ref<C>(object);
  }
}

// Puts together an object of C++ functions:
//
//   Value store = ObjectBuilder(realm)
//                     .Set("name", "shelf")
//                     .Set("find", [&](std::string key) { ... })
//                     .Property("size", [&] { return items.size(); })
//                     .Done();
//
// What the functions capture must outlive the realm or what they return when
// the program has ended. A class with a table of members (js/bind.h) is the
// better choice for objects that there are many of.
class ObjectBuilder {
 public:
  explicit ObjectBuilder(Realm& realm) : object_(realm.NewObject()) {}

  // A value or a method.
  template <typename T>
  ObjectBuilder& Set(std::string_view name, T&& value) {
    object_->Define(name, ToValue(realm(), std::forward<T>(value)));
    return *this;
  }
  // A property that C++ computes and, with a setter, keeps.
  template <typename G>
  ObjectBuilder& Property(std::string_view name, G getter) {
    return Property(name, std::move(getter), nullptr);
  }
  template <typename G, typename S>
  ObjectBuilder& Property(std::string_view name, G getter, S setter) {
    Value set = ToValue(realm(), std::move(setter));
    if (set.IsNull()) set = Value();
    const Ref<String> key = realm().Intern(name);
    object_->DefineAccessor(key, ToValue(realm(), std::move(getter)),
                            std::move(set), kAllFlags);
    return *this;
  }
  Value Done() { return Value(object_); }

 private:
  Realm& realm() { return object_->realm(); }
  const Ref<Object> object_;
};

namespace bind_internal {

template <>
struct Arg<std::string> : Arg<std::string_view> {
  std::string get() { return std::string(Arg<std::string_view>::get()); }
};
template <>
struct Arg<const std::string&> : Consumes {
  std::string text;
  Completion Read(const Invocation& call, size_t i) {
    Completion string = ToJsString(call.realm, call.Arg(i));
    if (string.ok()) text = string.value().string()->view();
    return string;
  }
  const std::string& get() { return text; }
};

template <>
struct Arg<Value> : Arg<const Value&> {};

template <typename T>
struct Arg<Ref<T>> : Arg<T*> {
  Ref<T> get() { return this->object; }
};

template <>
struct Arg<std::span<uint8_t>> : Consumes {
  std::span<uint8_t> bytes;
  Completion Read(const Invocation& call, size_t i) {
    if (GetBytes(call.Arg(i), &bytes)) return Completion();
    return bridge_internal::NotBytes(call.realm);
  }
  std::span<uint8_t> get() { return bytes; }
};
template <>
struct Arg<std::span<const uint8_t>> : Arg<std::span<uint8_t>> {};

}  // namespace bind_internal

template <typename R, typename... A>
template <typename F>
Completion bridge_internal::Callable<R (*)(A...)>::Call(const Invocation& call,
                                                        F& function) {
  return bind_internal::Apply<Completion, A...>(call, [&](auto&&... args) {
    if constexpr (std::is_void_v<R>) {
      function(std::forward<decltype(args)>(args)...);
      return Completion();
    } else {
      return ToCompletion(call.realm,
                          function(std::forward<decltype(args)>(args)...));
    }
  });
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_BRIDGE_H_
