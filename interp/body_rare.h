// Bodies of operations on what code names less often: globals, slots that eight
// bits do not reach, memory and tables as wholes.

#ifndef GOSHAWK_INTERP_BODY_RARE_H_
#define GOSHAWK_INTERP_BODY_RARE_H_

#include <cstdint>
#include <cstring>

#include "interp/body.h"
#include "interp/cold.h"
#include "interp/control.h"
#include "interp/machine.h"
#include "interp/operand.h"
#include "interp/state.h"

namespace goshawk::interp {

// ---- Globals, far slots -----------------------------------------------------

// Word 1: where the global is.
template <class D>
struct GlobalGet {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const auto* global = DataAt<const GlobalVariable*>(r.pc + 1);
    D::template Set<Field::kX>(r, global->bits);
    r.pc += kWords;
    return Flow::kNext;
  }
};

template <class Kx>
struct GlobalSet {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    auto* global = DataAt<GlobalVariable*>(r.pc + 1);
    Kx::template Get<Field::kX>(r, global->bits);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = slot z and slot z = x, for slots that 8 bits cannot name.
struct FarGet {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.slots[r.pc->x] = r.slots[r.pc->z];
    r.pc += kWords;
    return Flow::kNext;
  }
};

struct FarSet {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.slots[r.pc->z] = r.slots[r.pc->x];
    r.pc += kWords;
    return Flow::kNext;
  }
};

// ---- Memory and tables ------------------------------------------------------

template <class D>
struct MemorySize {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    D::template Set<Field::kX>(r, MemoryPages(r.state));
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = memory.grow(y)
struct MemoryGrow {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.slots[r.pc->x] =
        GrowMemory(r.state, static_cast<uint32_t>(r.slots[r.pc->y]));
    ReloadMemory(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// memory.copy and memory.fill of (x, y, z).
template <bool kFill>
struct MemoryBulk {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const auto to = static_cast<uint32_t>(r.slots[r.pc->x]);
    const uint64_t from = r.slots[r.pc->y];
    const uint64_t size =
        static_cast<uint32_t>(r.slots[static_cast<uint8_t>(r.pc->z)]);
    const uint64_t limit = r.state->memory_size;
    if (to + size > limit) [[unlikely]]
      return OutOfBounds(r);
    if constexpr (kFill) {
      std::memset(r.memory + to, static_cast<uint8_t>(from), size);
    } else {
      const auto source = static_cast<uint32_t>(from);
      if (source + size > limit) [[unlikely]]
        return OutOfBounds(r);
      std::memmove(r.memory + to, r.memory + source, size);
    }
    r.pc += kWords;
    return Flow::kNext;
  }
};

// The rest of memory and table instructions: word 1 names the function of
// cold.h that does the work on the operands from slot z on; its result, if it
// has one, replaces the first operand.
struct Cold {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const auto* call = DataAt<const ColdCall*>(r.pc + 1);
    if (Trap trap = call->run(r.state, *call, r.slots + r.pc->z);
        trap != Trap::kNone) [[unlikely]] {
      return Stop(r, trap);
    }
    r.pc += kWords;
    return Flow::kNext;
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_BODY_RARE_H_
