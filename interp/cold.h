// What bodies hand over to ordinary functions because it is rare, large or
// leaves the engine. They take the state and plain values, never the registers,
// and use a calling convention that spares the fast paths around them.

#ifndef GOSHAWK_INTERP_COLD_H_
#define GOSHAWK_INTERP_COLD_H_

#include <cstdint>

#include "interp/machine.h"
#include "interp/trap.h"
#include "interp/value_type.h"

#if defined(__clang__) && defined(__x86_64__)
#define GOSHAWK_COLD [[gnu::cold, gnu::noinline, clang::preserve_most]]
#else
#define GOSHAWK_COLD [[gnu::cold, gnu::noinline]]
#endif

namespace goshawk::interp {

struct Function;
struct State;

// Validates and translates the function whose stub is at `stub`, whose caller's
// frame is frames[-1], and returns where to go on: the function's go_entry if
// `go`, else its entry. Null: state->translation_trap says why not.
GOSHAWK_COLD const Word* TranslateCallee(State* state, const Word* stub,
                                         const Frame* frames, bool go);

// Calls the imported function whose stub is at `stub`, of which there are two
// (`go`); see HostFunction.
Trap InvokeHost(State* state, const Word* stub, bool go, uint64_t* values);

// Calls `callee`, a function of another instance, if its type equals `type`.
GOSHAWK_COLD Trap InvokeForeign(State* state, const Function* callee,
                                const FuncType* type, uint64_t* values);

uint32_t MemoryPages(const State* state);

// memory.grow: the old size in pages, or -1.
GOSHAWK_COLD uint32_t GrowMemory(State* state, uint32_t delta);

// An instruction that is done by a function: see Cold in control.h. `a` and `b`
// are the instruction's immediates (indices of tables and segments).
struct ColdCall {
  Trap (*run)(State* state, const ColdCall& call, uint64_t* operands);
  uint32_t a;
  uint32_t b;
};

Trap MemoryInit(State* state, const ColdCall& call, uint64_t* operands);
Trap DataDrop(State* state, const ColdCall& call, uint64_t* operands);
Trap TableInit(State* state, const ColdCall& call, uint64_t* operands);
Trap ElemDrop(State* state, const ColdCall& call, uint64_t* operands);
Trap TableGet(State* state, const ColdCall& call, uint64_t* operands);
Trap TableSet(State* state, const ColdCall& call, uint64_t* operands);
Trap TableSize(State* state, const ColdCall& call, uint64_t* operands);
Trap TableGrow(State* state, const ColdCall& call, uint64_t* operands);
Trap TableFill(State* state, const ColdCall& call, uint64_t* operands);
Trap TableCopy(State* state, const ColdCall& call, uint64_t* operands);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_COLD_H_
