// Go's calling convention for functions that the host provides (ABI0 of
// GOARCH=wasm), computed from C++ signatures.
//
// Go calls an import with one argument, its stack pointer SP. [SP] holds a
// return address; parameters follow from SP+8 on, each aligned to its size as
// Go aligns the fields of a struct, then, aligned to 8, the results:
//
//   func valueCall(v ref, m string, args []ref) (ref, bool)
//                  8      16        32           56   64
//   Results<GoRef, bool> Host::ValueCall(GoRef v, GoString m, GoRefs args)
//
// SP and all addresses are unsigned. Everything read or written is checked to
// lie inside of the memory; what does not traps.

#ifndef GOSHAWK_GOJS_GO_ABI_H_
#define GOSHAWK_GOJS_GO_ABI_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "interp/instance.h"
#include "interp/memory.h"
#include "interp/trap.h"

namespace goshawk::gojs {

static_assert(std::endian::native == std::endian::little,
              "values are copied as they are");

// Go's syscall/js.ref: 64 bits that name a JavaScript value (ref_table.h).
enum class GoRef : uint64_t {};

// string, []byte and []ref: views of linear memory, valid until Go runs again.
struct GoString : std::string_view {
  using std::string_view::string_view;
};
using GoBytes = std::span<uint8_t>;

// References may be unaligned for the host.
class GoRefs {
 public:
  GoRefs() = default;
  GoRefs(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  size_t size() const { return size_; }
  GoRef operator[](size_t i) const {
    GoRef ref;
    std::memcpy(&ref, data_ + i * sizeof(ref), sizeof(ref));
    return ref;
  }

 private:
  const uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

// Several results.
template <typename... T>
using Results = std::tuple<T...>;

namespace abi_internal {

// How a type lies in Go's frame: size and alignment in bytes.
template <typename T>
struct Shape {
  static_assert(std::is_arithmetic_v<T> || std::is_same_v<T, GoRef>);
  static constexpr uint32_t kSize = sizeof(T);
  static constexpr uint32_t kAlign = sizeof(T);
};
template <>
struct Shape<GoString> {
  static constexpr uint32_t kSize = 16;  // pointer, length
  static constexpr uint32_t kAlign = 8;
};
struct SliceShape {
  static constexpr uint32_t kSize = 24;  // pointer, length, capacity
  static constexpr uint32_t kAlign = 8;
};
template <>
struct Shape<GoBytes> : SliceShape {};
template <>
struct Shape<GoRefs> : SliceShape {};

template <typename R>
struct ResultsOf {
  using Tuple = std::tuple<R>;
};
template <>
struct ResultsOf<void> {
  using Tuple = std::tuple<>;
};
template <typename... T>
struct ResultsOf<std::tuple<T...>> {
  using Tuple = std::tuple<T...>;
};

// Offsets from SP of fields that start at `begin`, and where they end.
template <typename... T>
constexpr std::array<uint32_t, sizeof...(T) + 1> Place(uint32_t begin) {
  std::array<uint32_t, sizeof...(T) + 1> offsets = {};
  size_t i = 0;
  uint32_t at = begin;
  [[maybe_unused]] const auto place = [&](uint32_t size, uint32_t align) {
    at = (at + align - 1) / align * align;
    offsets[i++] = at;
    at += size;
  };
  (place(Shape<T>::kSize, Shape<T>::kAlign), ...);
  offsets[i] = at;
  return offsets;
}

inline uint64_t LoadWord(const uint8_t* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// Each reads one parameter; false if it points out of the memory.
template <typename T>
bool Load(const interp::Memory&, const uint8_t* from, T* to) {
  std::memcpy(to, from, sizeof(T));
  return true;
}
inline bool Load(const interp::Memory& memory, const uint8_t* from,
                 GoString* to) {
  const uint64_t address = LoadWord(from);
  const uint64_t length = LoadWord(from + 8);
  if (length == 0) return true;
  if (!memory.Contains(address, length)) return false;
  *to =
      GoString(reinterpret_cast<const char*>(memory.base() + address), length);
  return true;
}
inline bool Load(const interp::Memory& memory, const uint8_t* from,
                 GoBytes* to) {
  const uint64_t address = LoadWord(from);
  const uint64_t length = LoadWord(from + 8);
  if (length == 0) return true;
  if (!memory.Contains(address, length)) return false;
  *to = GoBytes(memory.base() + address, length);
  return true;
}
inline bool Load(const interp::Memory& memory, const uint8_t* from,
                 GoRefs* to) {
  const uint64_t address = LoadWord(from);
  const uint64_t count = LoadWord(from + 8);
  if (count == 0) return true;
  if (count > memory.size() / sizeof(GoRef) ||
      !memory.Contains(address, count * sizeof(GoRef))) {
    return false;
  }
  *to = GoRefs(memory.base() + address, count);
  return true;
}

template <typename T>
void Store(uint8_t* to, const T& value) {
  std::memcpy(to, &value, sizeof(T));
}

template <typename Method>
struct Signature;

template <typename H, typename R, typename... A>
struct Signature<R (H::*)(A...)> {
  using Host = H;
  using Params = std::tuple<A...>;
  using ResultTuple = typename ResultsOf<R>::Tuple;
  static constexpr auto kParams = Place<A...>(8);
  static constexpr uint32_t kParamsEnd = (kParams.back() + 7) / 8 * 8;
  static constexpr auto kResults = []<typename... T>(std::tuple<T...>*) {
    return Place<T...>(kParamsEnd);
  }(static_cast<ResultTuple*>(nullptr));
  // Bytes of the frame from SP on.
  static constexpr uint32_t kFrame = kResults.back();
};

}  // namespace abi_internal

// Where Go puts the parameters and results of `kMethod`, as offsets from SP.
template <auto kMethod>
constexpr auto GoOffsets() {
  using S = abi_internal::Signature<decltype(kMethod)>;
  constexpr size_t kParams = S::kParams.size() - 1;
  constexpr size_t kResults = S::kResults.size() - 1;
  std::array<uint32_t, kParams + kResults> all = {};
  for (size_t i = 0; i < kParams; ++i) all[i] = S::kParams[i];
  for (size_t i = 0; i < kResults; ++i) all[kParams + i] = S::kResults[i];
  return all;
}

// Calls `kMethod` for Go. `context` is the host H, which offers, beside the
// method,
//   interp::Memory& memory();
//   uint64_t go_runs();        // how often Go code was entered so far
//   interp::Trap StackPointer(uint32_t* sp);  // asks Go where SP is now
//   interp::Trap TakeTrap();   // why execution must stop, if it must
template <auto kMethod>
interp::Trap GoThunk(void* context, interp::Instance&, uint64_t* values) {
  using S = abi_internal::Signature<decltype(kMethod)>;
  using interp::Trap;
  auto& host = *static_cast<typename S::Host*>(context);
  uint32_t sp = static_cast<uint32_t>(values[0]);
  if (!host.memory().Contains(sp, S::kFrame)) return Trap::kMemoryOutOfBounds;

  typename S::Params params;
  const uint8_t* frame = host.memory().base() + sp;
  const bool loaded = [&]<size_t... I>(std::index_sequence<I...>) {
    return (abi_internal::Load(host.memory(), frame + S::kParams[I],
                               &std::get<I>(params)) &&
            ...);
  }(std::make_index_sequence<std::tuple_size_v<typename S::Params>>());
  if (!loaded) return Trap::kMemoryOutOfBounds;

  const uint64_t runs = host.go_runs();
  const auto call = [&](auto... args) { return (host.*kMethod)(args...); };
  constexpr size_t kResults = std::tuple_size_v<typename S::ResultTuple>;
  if constexpr (kResults == 0) {
    std::apply(call, params);
    return host.TakeTrap();
  } else {
    const typename S::ResultTuple results(std::apply(call, params));
    if (const Trap trap = host.TakeTrap(); trap != Trap::kNone) return trap;
    // If Go ran meanwhile, its stack may have moved.
    if (host.go_runs() != runs) {
      if (const Trap trap = host.StackPointer(&sp); trap != Trap::kNone) {
        return trap;
      }
      if (!host.memory().Contains(sp, S::kFrame)) {
        return Trap::kMemoryOutOfBounds;
      }
    }
    uint8_t* to = host.memory().base() + sp;
    [&]<size_t... I>(std::index_sequence<I...>) {
      (abi_internal::Store(to + S::kResults[I], std::get<I>(results)), ...);
    }(std::make_index_sequence<kResults>());
    return Trap::kNone;
  }
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_GO_ABI_H_
