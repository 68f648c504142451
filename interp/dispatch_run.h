// What all dispatchers do before the first operation and after the last.

#ifndef GOSHAWK_INTERP_DISPATCH_RUN_H_
#define GOSHAWK_INTERP_DISPATCH_RUN_H_

#include "interp/control.h"
#include "interp/machine.h"
#include "interp/state.h"

namespace goshawk::interp {

template <bool kGuarded>
inline Registers<kGuarded> LoadRegisters(State& state) {
  Registers<kGuarded> r{};
  r.pc = state.pc;
  r.slots = state.slots;
  r.frames = state.frames;
  r.state = &state;
  ReloadAfterHost(r);
  return r;
}

// The Trap is in the accumulator; see Flow::kStop.
template <bool kGuarded>
inline Trap StoreRegisters(const Registers<kGuarded>& r) {
  r.state->pc = r.pc;
  r.state->frames = r.frames;
  r.state->sp->bits = r.sp;
  return static_cast<Trap>(r.acc);
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_DISPATCH_RUN_H_
