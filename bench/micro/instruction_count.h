// How many instructions a module consists of.

#ifndef GOSHAWK_BENCH_MICRO_INSTRUCTION_COUNT_H_
#define GOSHAWK_BENCH_MICRO_INSTRUCTION_COUNT_H_

#include <cstdint>

#include "interp/module.h"

namespace goshawk::bench {

// Those of all function bodies, `end` and the like included. REQUIRES: the
// bodies are valid.
uint64_t CountInstructions(const interp::Module& module);

}  // namespace goshawk::bench

#endif  // GOSHAWK_BENCH_MICRO_INSTRUCTION_COUNT_H_
