// Bodies of the operations of Go's calling convention (go_shape.h): calls,
// returns, and what moves the stack pointer. All Go functions share one set of
// slots, since none expects a local to survive a call.

#ifndef GOSHAWK_INTERP_CONTROL_GO_H_
#define GOSHAWK_INTERP_CONTROL_GO_H_

#include <cstdint>

#include "interp/body.h"
#include "interp/control.h"
#include "interp/machine.h"
#include "interp/operand.h"
#include "interp/state.h"

namespace goshawk::interp {

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

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CONTROL_GO_H_
