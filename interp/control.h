// Bodies of operations that steer: jumps, calls and returns, and those that
// leave for the translator and the host.

#ifndef GOSHAWK_INTERP_CONTROL_H_
#define GOSHAWK_INTERP_CONTROL_H_

#include <cstdint>
#include <cstring>

#include "interp/body.h"
#include "interp/cold.h"
#include "interp/machine.h"
#include "interp/operand.h"
#include "interp/state.h"

namespace goshawk::interp {

// ---- Jumps ------------------------------------------------------------------

struct Jump {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.pc += static_cast<int16_t>(r.pc->z);
    return Flow::kBranch;
  }
};

struct JumpFar {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.pc += DataAt<int64_t>(r.pc + 1);
    return Flow::kBranch;
  }
};

// pc += table[min(slot x, count)]; the next word holds count, the words after
// it count + 1 distances of 32 bits each.
struct JumpTable {
  static constexpr int kWords = 2;  // and the table, which is never run into
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    auto index = static_cast<uint32_t>(r.slots[r.pc->x]);
    const auto count = DataAt<uint32_t>(r.pc + 1);
    if (index > count) index = count;
    int32_t distance;
    std::memcpy(&distance,
                reinterpret_cast<const char*>(r.pc + 2) + 4 * size_t{index},
                sizeof(distance));
    r.pc += distance;
    return Flow::kBranch;
  }
};

struct Unreachable {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    return Stop(r, Trap::kUnreachable);
  }
};

// Ends the outermost call of a run.
struct Halt {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.state->result = r.acc;
    return Stop(r, Trap::kNone);
  }
};

// ---- Calls in general -------------------------------------------------------
//
// The callee's first slots are the caller's at z: parameters are put there, and
// that is where more than one result come back. A single result comes back in
// the accumulator.

// Pushes a frame. False if there is no room for it.
template <class R>
[[gnu::always_inline]] inline bool Push(R& r, const Word* return_pc) {
  if constexpr (!R::kGuarded) {
    if (r.frames == r.state->frames_limit) [[unlikely]]
      return false;
  }
  r.frames->return_pc = return_pc;
  r.frames->slots = r.slots;
  ++r.frames;
  return true;
}

template <class R>
[[gnu::always_inline]] inline Flow Pop(R& r) {
  --r.frames;
  r.pc = r.frames->return_pc;
  r.slots = r.frames->slots;
  return Flow::kBranch;
}

// Word 1: the callee's entry or stub.
struct Call {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (!Push(r, r.pc + kWords)) return Stop(r, Trap::kStackExhausted);
    r.slots += r.pc->z;
    r.pc = DataAt<const Word*>(r.pc + 1);
    return Flow::kBranch;
  }
};

// What the table holds at `index`, which has to be a function.
[[gnu::always_inline]] inline Trap FindCallee(const Table* table,
                                              uint32_t index,
                                              const Function*& callee) {
  if (index >= table->elements.size()) return Trap::kUndefinedElement;
  callee = reinterpret_cast<const Function*>(table->elements[index]);
  return callee == nullptr ? Trap::kUninitializedElement : Trap::kNone;
}

// Slot x: the table index. Word 1: the table, word 2: the type.
struct CallIndirect {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const auto* table = DataAt<const Table*>(r.pc + 1);
    const auto index = static_cast<uint32_t>(r.slots[r.pc->x]);
    const Function* callee = nullptr;
    if (Trap trap = FindCallee(table, index, callee); trap != Trap::kNone)
        [[unlikely]] {
      return Stop(r, trap);
    }
    if (callee->type != DataAt<const FuncType*>(r.pc + 2)) [[unlikely]] {
      return CallForeign(r, callee);
    }
    if (!Push(r, r.pc + kWords)) return Stop(r, Trap::kStackExhausted);
    r.slots += r.pc->z;
    r.pc = callee->entry;
    return Flow::kBranch;
  }

  // A function of another instance, or a wrong one.
  template <class R>
  [[gnu::always_inline]] static Flow CallForeign(R& r, const Function* callee) {
    SaveForHost(r, r.slots + r.pc->z);
    const Trap trap = InvokeForeign(
        r.state, callee, DataAt<const FuncType*>(r.pc + 2), r.slots + r.pc->z);
    ReloadAfterHost(r);
    if (trap != Trap::kNone) return Stop(r, trap);
    r.acc = r.slots[r.pc->z];
    r.pc += kWords;
    return Flow::kNext;
  }
};

// Makes the registers visible to code outside, which may use the slots from
// `free_slots` on.
template <class R>
[[gnu::always_inline]] inline void SaveForHost(R& r, uint64_t* free_slots) {
  r.state->pc = r.pc;
  r.state->frames = r.frames;
  r.state->slots = free_slots;
  r.state->sp->bits = r.sp;
}

template <class R>
[[gnu::always_inline]] inline void ReloadAfterHost(R& r) {
  r.sp = static_cast<uint32_t>(r.state->sp->bits);
  ReloadMemory(r);
}

template <class R>
[[gnu::always_inline]] inline void ReloadMemory(R& r) {
  if (r.state->memory == nullptr) return;
  r.memory = r.state->memory->base();
  r.state->memory_size = r.state->memory->size();
}

// The stub of a function that has not been called yet. kGo: it was called
// through its go_entry.
template <bool kGo>
struct Translate {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const Word* entry = TranslateCallee(r.state, r.pc, r.frames, kGo);
    if (entry == nullptr) return Stop(r, r.state->translation_trap);
    r.pc = entry;
    return Flow::kBranch;
  }
};

// The body of an imported function: calls the host with the parameters in the
// first slots and returns. kGo: of type (i32) -> (i32), called by its go_entry.
template <bool kGo>
struct CallHost {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if constexpr (kGo) r.slots[0] = 0;
    SaveForHost(r, r.slots);
    const Trap trap = InvokeHost(r.state, r.pc, kGo, r.slots);
    ReloadAfterHost(r);
    if (trap != Trap::kNone) return Stop(r, trap);
    r.acc = r.slots[0];
    return kGo ? PopGo(r) : Pop(r);
  }
};

// Entry of a function that follows no special shape: makes room for z slots
// and zeroes as many of them as word 1 says from slot word1 >> 32 on.
struct Enter {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (r.slots + r.pc->z > r.state->slots_limit) [[unlikely]] {
      return Stop(r, Trap::kStackExhausted);
    }
    const auto zero = DataAt<uint64_t>(r.pc + 1);
    uint64_t* first = r.slots + (zero >> 32);
    for (uint64_t* p = first; p != first + static_cast<uint32_t>(zero); ++p) {
      *p = 0;
    }
    r.pc += kWords;
    return Flow::kNext;
  }
};

// Returns with the result, if there is one, in slot x or the accumulator.
template <class Kind>
struct Return {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    Kind::template Get<Field::kX>(r, r.acc);
    return Pop(r);
  }
};

// The same for a function of type (i32) -> (i32), which may have been called as
// a Go function: callers that pass unwinding on look for a result other than 0.
template <class R>
[[gnu::always_inline]] inline Flow PopGo(R& r) {
  Flow flow = Pop(r);
  if (static_cast<uint32_t>(r.acc) != 0) [[unlikely]] {
    while ((r.pc[-kCallWords].y & kCallPropagates) != 0) {
      flow = Pop(r);
      r.acc = 1;
    }
  }
  return flow;
}

template <class Kind>
struct ReturnGo {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    Kind::template Get<Field::kX>(r, r.acc);
    return PopGo(r);
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CONTROL_H_
