// The machine that translated code runs on: its registers, its code words, its
// stack of frames, and what an operation says when it is done.
//
//   slots   uint64_t[]  locals and temporaries of the running function; the
//                       first 256 of them can be named by an operation
//   acc                 accumulator: one intermediate result, or what has
//                       just been put into a slot as well
//   facc                another one, for an f64
//   sp                  the value of global 0 where that is the module's own
//                       mutable i32; in a Go module, Go's stack pointer
//   memory              linear memory
//   frames  Frame[]     return addresses, growing upwards
//
// A slot or the accumulator holds an i32 in its low half; the upper half is
// undefined, so i32.wrap_i64 costs nothing and whoever needs the upper half
// clears it. f32 likewise; f64 and i64 fill the slot.
//
// An operation is one code word, for some followed by words of plain data:
//
//    63      48 47  40 39  32 31                    0
//   +----------+------+------+-----------------------+
//   |    z     |  y   |  x   |        handler        |
//   +----------+------+------+-----------------------+
//
// `handler` says where a dispatcher finds the operation's body (an address, an
// offset, a number: its own affair). x, y and z are operands, mostly d, a and
// b of "d = a op b".

#ifndef GOSHAWK_INTERP_MACHINE_H_
#define GOSHAWK_INTERP_MACHINE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "interp/trap.h"

namespace goshawk::interp {

struct State;

struct Word {
  uint32_t handler;
  uint8_t x;
  uint8_t y;
  uint16_t z;
};
static_assert(sizeof(Word) == 8);

// The fields of a word.
enum class Field : uint8_t { kX, kY, kZ };
inline constexpr int kNumFields = 3;

// z's low byte is read alone: from all of z it would take one more instruction.
template <Field kField>
[[gnu::always_inline]] inline uint8_t Byte(const Word* pc) {
  static_assert(std::endian::native == std::endian::little);
  constexpr size_t kOffset = kField == Field::kX   ? offsetof(Word, x)
                             : kField == Field::kY ? offsetof(Word, y)
                                                   : offsetof(Word, z);
  return reinterpret_cast<const uint8_t*>(pc)[kOffset];
}

inline uint8_t Byte(const Word& word, Field field) {
  return field == Field::kX   ? word.x
         : field == Field::kY ? word.y
                              : static_cast<uint8_t>(word.z);
}

[[gnu::always_inline]] inline uint8_t HighByteOfZ(const Word* pc) {
  return reinterpret_cast<const uint8_t*>(pc)[offsetof(Word, z) + 1];
}

// The data word at `word`.
template <class T>
inline T DataAt(const Word* word) {
  T value;
  static_assert(sizeof(T) <= sizeof(Word));
  std::memcpy(&value, static_cast<const void*>(word), sizeof(T));
  return value;
}

template <class T>
inline void SetDataAt(Word* word, T value) {
  static_assert(sizeof(T) <= sizeof(Word));
  std::memcpy(static_cast<void*>(word), &value, sizeof(T));
}

// A call in progress: where to go on, with which slots.
struct Frame {
  const Word* return_pc;
  uint64_t* slots;
};

// All call operations take three words, so a return address tells what kind of
// call it belongs to: Word return_pc[-3].y holds these flags.
inline constexpr int kCallWords = 3;
inline constexpr uint8_t kCallPropagates = 1;  // passes an unwinding Go call on

// The hot state. Dispatchers keep it in machine registers: no function that is
// not inlined may take a reference to it.
template <bool kGuardPages>
struct Registers {
  static constexpr bool kGuarded = kGuardPages;

  const Word* pc;
  uint64_t* slots;
  uint8_t* memory;
  uint64_t sp;  // always below 2^32
  Frame* frames;
  uint64_t acc;
  State* state;
  double facc;

  // The slot that a field of the operation at pc names.
  template <Field kField>
  [[gnu::always_inline]] uint64_t GetSlot() const {
    return slots[Byte<kField>(pc)];
  }
  template <Field kField>
  [[gnu::always_inline]] void SetSlot(uint64_t value) {
    slots[Byte<kField>(pc)] = value;
  }
};

// What a body says after it has run and moved pc.
enum class Flow : uint8_t {
  kNext,    // pc is at the operation that follows in the code
  kBranch,  // pc is elsewhere
  kStop,    // acc holds the Trap (kNone: the outermost call has returned)
};

template <class R>
[[gnu::always_inline]] inline Flow Stop(R& r, Trap trap) {
  r.acc = static_cast<uint64_t>(trap);
  return Flow::kStop;
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_MACHINE_H_
