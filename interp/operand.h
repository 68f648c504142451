// Operand kinds: where an operation reads a value and writes its result. The
// letters are those of operation names, result first: Add64_SSI is
// "slot = slot + immediate".
//
//   S  slot                     an 8-bit field names it
//   A  the accumulator
//   F  the accumulator for f64
//   M  Go stack memory          64 bits at sp + 8 * field
//   I  immediate                16 bits in z or 8 bits in y, sign-extended
//   J  immediate                64 bits in the next word
//   N  none
//
// Reading and writing M can run out of memory's bounds. With guard pages the
// access faults; with explicit checks Get and Set say so by returning false.

#ifndef GOSHAWK_INTERP_OPERAND_H_
#define GOSHAWK_INTERP_OPERAND_H_

#include <bit>
#include <cstdint>
#include <cstring>

#include "interp/machine.h"
#include "interp/state.h"

namespace goshawk::interp {

// The address of `size` bytes of linear memory at `address` + `offset`, whose
// sum is below 2^33; null if they are not all inside (never with guard pages).
template <class R>
[[gnu::always_inline]] inline uint8_t* MemoryAt(R& r, uint64_t address,
                                                uint64_t offset,
                                                uint64_t size) {
  if constexpr (!R::kGuarded) {
    if (address + offset + size > r.state->memory_size) [[unlikely]] {
      return nullptr;
    }
  }
  return r.memory + address + offset;
}

template <class T>
[[gnu::always_inline]] inline T LoadFrom(const uint8_t* p) {
  T value;
  std::memcpy(&value, p, sizeof(T));
  return value;
}

template <class T>
[[gnu::always_inline]] inline void StoreTo(uint8_t* p, T value) {
  std::memcpy(p, &value, sizeof(T));
}

struct S {
  static constexpr int kWords = 0;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    value = r.template GetSlot<kField>();
    return true;
  }
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Set(R& r, uint64_t value) {
    r.template SetSlot<kField>(value);
    return true;
  }
};

// A result in a slot that stays in the accumulator, too, so that what comes
// next need not wait for the slot (forwarding.h).
struct SlotAndA {
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Set(R& r, uint64_t value) {
    r.template SetSlot<kField>(value);
    r.acc = value;
    return true;
  }
};

struct A {
  static constexpr int kWords = 0;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    value = r.acc;
    return true;
  }
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Set(R& r, uint64_t value) {
    r.acc = value;
    return true;
  }
};

struct F {
  static constexpr int kWords = 0;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    value = std::bit_cast<uint64_t>(r.facc);
    return true;
  }
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Set(R& r, uint64_t value) {
    r.facc = std::bit_cast<double>(value);
    return true;
  }
};

struct M {
  static constexpr int kWords = 0;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    const uint8_t* p = MemoryAt(r, r.sp, uint64_t{Byte<kField>(r.pc)} * 8, 8);
    if (!R::kGuarded && p == nullptr) return false;
    value = LoadFrom<uint64_t>(p);
    return true;
  }
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Set(R& r, uint64_t value) {
    uint8_t* p = MemoryAt(r, r.sp, uint64_t{Byte<kField>(r.pc)} * 8, 8);
    if (!R::kGuarded && p == nullptr) return false;
    StoreTo<uint64_t>(p, value);
    return true;
  }
};

struct I {
  static constexpr int kWords = 0;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    static_assert(kField != Field::kX);
    if constexpr (kField == Field::kZ) {
      value = static_cast<uint64_t>(int64_t{static_cast<int16_t>(r.pc->z)});
    } else {
      value = static_cast<uint64_t>(int64_t{static_cast<int8_t>(r.pc->y)});
    }
    return true;
  }
};

struct J {
  static constexpr int kWords = 1;
  template <Field kField, class R>
  [[gnu::always_inline]] static bool Get(R& r, uint64_t& value) {
    value = DataAt<uint64_t>(r.pc + 1);
    return true;
  }
};

struct N {
  static constexpr int kWords = 0;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_OPERAND_H_
