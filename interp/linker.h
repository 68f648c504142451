// Links a module: resolves its imports, checks that they are what it asks for,
// and makes what it defines (WebAssembly 2.0, section 4.5.4 up to, but without,
// the segments). Private to Instance.

#ifndef GOSHAWK_INTERP_LINKER_H_
#define GOSHAWK_INTERP_LINKER_H_

#include "absl/status/status.h"
#include "interp/instance.h"
#include "interp/state.h"

namespace goshawk::interp {

// REQUIRES: state.instance, state.module and state.options are set.
absl::Status Link(State& state, const Resolver& resolver);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LINKER_H_
