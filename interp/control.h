// Bodies of operations that steer: jumps, calls, returns, Go's calling
// convention, and the ones that leave for the cold functions of cold.h.

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

// ---- Go's calls -------------------------------------------------------------
//
// See go_shape.h. All Go functions share one set of slots, since none expects
// a local to survive a call.

// sp -= 8; memory[sp] = word 2, the Go return address. False if that is
// outside.
template <class R>
[[gnu::always_inline]] inline bool PushReturnAddress(R& r) {
  r.sp = static_cast<uint32_t>(r.sp - 8);
  uint8_t* p = MemoryAt(r, r.sp, 0, 8);
  if (!R::kGuarded && p == nullptr) return false;
  StoreTo<uint64_t>(p, DataAt<uint64_t>(r.pc + 2));
  return true;
}

// sp -= 8; memory[sp] = word 2, the Go return address; calls word 1.
struct GoCall {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (!PushReturnAddress(r)) [[unlikely]]
      return OutOfBounds(r);
    if (!Push(r, r.pc + kWords)) return Stop(r, Trap::kStackExhausted);
    r.pc = DataAt<const Word*>(r.pc + 1);
    return Flow::kBranch;
  }
};

// The same where something in the first z slots survives the call.
struct GoCallShift {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (r.slots + r.pc->z + 2 * 256 > r.state->slots_limit) [[unlikely]] {
      return Stop(r, Trap::kStackExhausted);
    }
    const uint16_t shift = r.pc->z;
    const Flow flow = GoCall::Run(r);
    if (flow != Flow::kStop) r.slots += shift;
    return flow;
  }
};

// The same with the callee's number in the table in bits 16 and up of operand
// Kx, or, if kNarrow, in its bits 16 to 31. Word 1: the type, word 2: the Go
// return address.
template <class Kx, bool kNarrow>
struct GoCallIndirect {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t target;
    if (!Kx::template Get<Field::kX>(r, target)) return OutOfBounds(r);
    if (!PushReturnAddress(r)) [[unlikely]]
      return OutOfBounds(r);
    const Table* table = r.state->go_table;
    const uint32_t index = kNarrow ? static_cast<uint32_t>(target) >> 16
                                   : static_cast<uint32_t>(target >> 16);
    const Function* callee = nullptr;
    if (Trap trap = FindCallee(table, index, callee); trap != Trap::kNone)
        [[unlikely]] {
      return Stop(r, trap);
    }
    if (callee->type != DataAt<const FuncType*>(r.pc + 1)) [[unlikely]] {
      return Stop(r, Trap::kIndirectCallTypeMismatch);
    }
    if (r.pc->z != 0) [[unlikely]] {
      if (r.slots + r.pc->z + 2 * 256 > r.state->slots_limit) {
        return Stop(r, Trap::kStackExhausted);
      }
    }
    if (!Push(r, r.pc + kWords)) return Stop(r, Trap::kStackExhausted);
    r.slots += r.pc->z;
    r.pc = callee->go_entry;
    return Flow::kBranch;
  }
};

// The check for room on Go's stack, then sp -= z. Word 1: where the global that
// holds g is, word 2: the distance to the way to morestack, and what a large
// frame needs above the guard.
struct GoEnter {
  static constexpr int kWords = 3;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    const auto* g = DataAt<const GlobalVariable*>(r.pc + 1);
    const uint8_t* p = MemoryAt(r, static_cast<uint32_t>(g->bits),
                                kStackGuardOffset, sizeof(uint32_t));
    if (!R::kGuarded && p == nullptr) [[unlikely]]
      return OutOfBounds(r);
    const auto words = DataAt<uint64_t>(r.pc + 2);
    const uint32_t guard =
        LoadFrom<uint32_t>(p) + static_cast<uint32_t>(words >> 32);
    if (static_cast<uint32_t>(r.sp) <= guard) [[unlikely]] {
      KeepBranch();
      r.pc += static_cast<int32_t>(words);
      return Flow::kBranch;
    }
    r.sp = static_cast<uint32_t>(r.sp - r.pc->z);
    r.pc += kWords;
    return Flow::kNext;
  }

  // Of stackguard0 in runtime.g.
  static constexpr uint64_t kStackGuardOffset = 16;
};

// A GoCall of a function that starts with a GoEnter, and that.
struct GoCallEnter {
  static constexpr int kWords = kCallWords;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (GoCall::Run(r) == Flow::kStop) return Flow::kStop;
    return GoEnter::Run(r) == Flow::kStop ? Flow::kStop : Flow::kBranch;
  }
};

// sp += z, return 0.
struct GoReturn {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.sp = static_cast<uint32_t>(r.sp + r.pc->z);
    r.acc = 0;
    return Pop(r);
  }
};

// Return 1, and again from every caller that passes it on.
struct GoUnwind {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    do {
      Pop(r);
    } while ((r.pc[-kCallWords].y & kCallPropagates) != 0);
    r.acc = 1;
    return Flow::kBranch;
  }
};

// Entry of a function of Go's shape through its parameter, where to resume: as
// JumpTable on slot 0, with locals 2 to z - 1 cleared.
struct GoResume {
  static constexpr int kWords = 2;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    if (r.slots + 256 > r.state->slots_limit) [[unlikely]] {
      return Stop(r, Trap::kStackExhausted);
    }
    for (int i = 2; i < r.pc->z; ++i) r.slots[i] = 0;
    return JumpTable::Run(r);
  }
};

// sp += z, signed.
struct SpAdd {
  static constexpr int kWords = 1;
  using Result = N;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    r.sp = static_cast<uint32_t>(
        r.sp + static_cast<uint64_t>(int64_t{static_cast<int16_t>(r.pc->z)}));
    r.pc += kWords;
    return Flow::kNext;
  }
};

// sp = b(z)
template <class Kb>
struct SpSet {
  static constexpr int kWords = 1;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t value;
    Kb::template Get<Field::kZ>(r, value);
    r.sp = static_cast<uint32_t>(value);
    r.pc += kWords;
    return Flow::kNext;
  }
};

// x = sp + b(z), in 64 bits
template <class D, class Kb>
struct SpAddress {
  static constexpr int kWords = 1 + Kb::kWords;
  using Result = D;
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    uint64_t offset;
    Kb::template Get<Field::kZ>(r, offset);
    if (!D::template Set<Field::kX>(r, r.sp + offset)) return OutOfBounds(r);
    r.pc += kWords;
    return Flow::kNext;
  }
};

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

#endif  // GOSHAWK_INTERP_CONTROL_H_
