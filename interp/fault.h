// Runs code with faults turned into traps: accesses to guard pages and fetches
// from revoked code. A process-wide handler for SIGSEGV and SIGBUS is put in
// place at the first run; faults that are none of ours go to the handler that
// was there before.

#ifndef GOSHAWK_INTERP_FAULT_H_
#define GOSHAWK_INTERP_FAULT_H_

#include "interp/state.h"
#include "interp/trap.h"

namespace goshawk::interp {

// Runs state.dispatcher; see Dispatcher::run.
Trap RunCatchingFaults(State& state);

// While one of these lives faults of this thread are not ours: host functions
// and the translator are not to be left by a jump.
class FaultsAreNotOurs {
 public:
  FaultsAreNotOurs();
  ~FaultsAreNotOurs();
  FaultsAreNotOurs(const FaultsAreNotOurs&) = delete;
  FaultsAreNotOurs& operator=(const FaultsAreNotOurs&) = delete;

 private:
  void* suspended_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_FAULT_H_
