// Dispatchers: ways to get from one operation's body to the next. All run the
// same bodies from the same code words; they differ in what they put into
// Word::handler and in how they follow it. Each is one small file.

#ifndef GOSHAWK_INTERP_DISPATCH_H_
#define GOSHAWK_INTERP_DISPATCH_H_

#include <cstdint>
#include <string_view>

#include "interp/memory.h"
#include "interp/op.h"
#include "interp/trap.h"

namespace goshawk::interp {

struct State;

struct Dispatcher {
  std::string_view name;
  MemoryProtection protection;
  // What Word::handler holds for each Op.
  const uint32_t* handlers;
  // The same for each row of fusion.def; null if it does not fuse.
  const uint32_t* fused;
  // And for each row of loop.def; null if it does not fuse.
  const uint32_t* loops;
  // Runs from state.pc, state.slots and state.frames until something stops it;
  // leaves them there for reports.
  Trap (*run)(State& state);
};

// Null where the compiler or the host cannot do it.
const Dispatcher* TailDispatcher(MemoryProtection protection);
const Dispatcher* GotoDispatcher(MemoryProtection protection);
const Dispatcher* SwitchDispatcher(MemoryProtection protection);

// Counts what it runs, for profiles (profile.h); slow.
const Dispatcher* CountingDispatcher();

// The dispatcher of that name, or for an empty name the fastest one; null if
// there is none that runs with `protection`.
const Dispatcher* FindDispatcher(std::string_view name,
                                 MemoryProtection protection);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_DISPATCH_H_
