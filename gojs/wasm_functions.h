// Functions for a program's own imports, and their C++ signatures:
//
//   //go:wasmimport shop price                     (in Go)
//   func price(item string, count uint32) float64
//
//   gojs::ProgramOptions options;                  // in C++
//   options.functions.Add("shop", "price",
//                         [&](std::string_view item, uint32_t count) {
//                           return prices[std::string(item)] * count;
//                         });
//
// Parameters: bool, int32_t, uint32_t, int64_t, uint64_t, float and double take
// one of WebAssembly's; std::string_view, the bytes of a Go string, and
// std::span<T>, what (unsafe.Pointer, count of T) gives, take two; T* takes
// one, and is null for nil. Program& takes none and is the caller. T is any
// type that can be copied as bytes. What points to memory is checked to lie in
// it, and to be aligned, before the function is called; a call that fails there
// traps. Such memory is good until the function returns or lets Go run.
//
// Results: void, a number, bool; absl::Status and absl::StatusOr of those: a
// failure ends the program like an uncaught exception, with Program::report()
// to say so, as what an imported function throws does under Node.
//
// The functions may call Go (Program::Call, Program::CallExport) and
// Program::Exit. In programs of Go before 1.24, one that has a result must not
// call Go: there Go looks for the result in a place that may have moved.
//
// In modules `go` and `gojs` Go passes a stack pointer instead, an uint32_t;
// the names that Go itself uses there cannot be taken over.

#ifndef GOSHAWK_GOJS_WASM_FUNCTIONS_H_
#define GOSHAWK_GOJS_WASM_FUNCTIONS_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "interp/instance.h"
#include "interp/memory.h"
#include "interp/value_type.h"

namespace goshawk::gojs {

class Program;

namespace wasm_internal {

// WebAssembly's type for a number of C++.
template <typename T>
constexpr interp::ValueType TypeOf() {
  static_assert(std::is_arithmetic_v<T>, "WebAssembly has no such type");
  static_assert(std::is_same_v<T, bool> || sizeof(T) == 4 || sizeof(T) == 8,
                "WebAssembly has no such type");
  if constexpr (std::is_same_v<T, float>) return interp::ValueType::kF32;
  if constexpr (std::is_same_v<T, double>) return interp::ValueType::kF64;
  return sizeof(T) == 8 ? interp::ValueType::kI64 : interp::ValueType::kI32;
}

// A number as the engine keeps it, and back.
template <typename T>
T FromBits(uint64_t bits) {
  if constexpr (std::is_same_v<T, bool>) {
    return static_cast<uint32_t>(bits) != 0;
  } else {
    T value;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }
}
template <typename T>
uint64_t ToBits(T value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(value));
  return bits;
}

struct Call {
  interp::Memory& memory;
  Program& program;
};

// How a parameter arrives: the types it takes, and how they become a T. Read
// returns false for memory that is not the program's.
template <typename T>
struct Param {
  static void AddTypes(std::vector<interp::ValueType>& types) {
    types.push_back(TypeOf<T>());
  }
  T value;
  bool Read(const Call&, const uint64_t*& bits) {
    value = FromBits<T>(*bits++);
    return true;
  }
  T get() { return value; }
};

template <>
struct Param<Program&> {
  static void AddTypes(std::vector<interp::ValueType>&) {}
  Program* program;
  bool Read(const Call& call, const uint64_t*&) {
    program = &call.program;
    return true;
  }
  Program& get() { return *program; }
};

template <typename T>
bool Locate(const Call& call, uint32_t address, uint64_t count, T** data) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (address % alignof(T) != 0 ||
      !call.memory.Contains(address, count * sizeof(T))) {
    return false;
  }
  *data = reinterpret_cast<T*>(call.memory.base() + address);
  return true;
}

template <typename T>
struct Param<T*> {
  static void AddTypes(std::vector<interp::ValueType>& types) {
    types.push_back(interp::ValueType::kI32);
  }
  T* pointer = nullptr;
  bool Read(const Call& call, const uint64_t*& bits) {
    const auto address = static_cast<uint32_t>(*bits++);
    return address == 0 || Locate(call, address, 1, &pointer);
  }
  T* get() { return pointer; }
};

template <typename T>
struct Param<std::span<T>> {
  static void AddTypes(std::vector<interp::ValueType>& types) {
    types.insert(types.end(), 2, interp::ValueType::kI32);
  }
  std::span<T> span;
  bool Read(const Call& call, const uint64_t*& bits) {
    const auto address = static_cast<uint32_t>(*bits++);
    const auto count = static_cast<uint32_t>(*bits++);
    T* data = nullptr;
    if (count == 0) return true;
    if (!Locate(call, address, count, &data)) return false;
    span = std::span<T>(data, count);
    return true;
  }
  std::span<T> get() { return span; }
};

template <>
struct Param<std::string_view> : Param<std::span<const char>> {
  std::string_view get() { return {span.data(), span.size()}; }
};

// What a function of result R comes to: a status and, if it is OK, the bits.
template <typename R>
struct Result {
  static void AddTypes(std::vector<interp::ValueType>& types) {
    types.push_back(TypeOf<R>());
  }
  static absl::Status Write(R result, uint64_t* bits) {
    *bits = ToBits(result);
    return absl::OkStatus();
  }
};
template <>
struct Result<absl::Status> {
  static void AddTypes(std::vector<interp::ValueType>&) {}
  static absl::Status Write(absl::Status status, uint64_t*) { return status; }
};
template <typename R>
struct Result<absl::StatusOr<R>> : Result<R> {
  static absl::Status Write(absl::StatusOr<R> result, uint64_t* bits) {
    if (!result.ok()) return result.status();
    return Result<R>::Write(*result, bits);
  }
};
template <>
struct Result<void> : Result<absl::Status> {};

template <typename F>
struct Signature : Signature<decltype(&F::operator())> {};
template <typename R, typename... A>
struct Signature<R (*)(A...)> {
  static interp::FuncType Type() {
    interp::FuncType type;
    (Param<A>::AddTypes(type.params), ...);
    Result<R>::AddTypes(type.results);
    return type;
  }
  // Sets *in_memory to false, without a call, if an argument is not.
  template <typename F>
  static absl::Status Run(F& function, const Call& call, uint64_t* values,
                          bool* in_memory) {
    std::tuple<Param<A>...> params;
    const uint64_t* bits = values;
    *in_memory = std::apply(
        [&](auto&... param) { return (param.Read(call, bits) && ...); },
        params);
    if (!*in_memory) return absl::OkStatus();
    return std::apply(
        [&](auto&... param) {
          if constexpr (std::is_void_v<R>) {
            function(param.get()...);
            return absl::OkStatus();
          } else {
            return Result<R>::Write(function(param.get()...), values);
          }
        },
        params);
  }
};
template <typename R, typename C, typename... A>
struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};
template <typename R, typename C, typename... A>
struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};

}  // namespace wasm_internal

// A list of such functions. Copies share the functions; a program keeps what it
// was given.
class WasmFunctions {
 public:
  struct Row {
    std::string module;
    std::string name;
    interp::FuncType type;
    std::function<absl::Status(const wasm_internal::Call&, uint64_t* values,
                               bool* in_memory)>
        run;
  };

  // The last of two with one name counts. Programs that declare the function
  // with other types cannot be loaded; Program::Load says so.
  template <typename F>
  WasmFunctions& Add(std::string module, std::string name, F function) {
    using Signature = wasm_internal::Signature<F>;
    const auto shared = std::make_shared<F>(std::move(function));
    rows_.push_back({std::move(module), std::move(name), Signature::Type(),
                     [shared](const wasm_internal::Call& call, uint64_t* values,
                              bool* in_memory) {
                       return Signature::Run(*shared, call, values, in_memory);
                     }});
    return *this;
  }

  // Null if there is none.
  const Row* Find(std::string_view module, std::string_view name) const {
    for (size_t i = rows_.size(); i-- > 0;) {
      if (rows_[i].module == module && rows_[i].name == name) return &rows_[i];
    }
    return nullptr;
  }

 private:
  std::vector<Row> rows_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_WASM_FUNCTIONS_H_
