// Profiles of counted runs as text: what `goshawk run --profile` writes and
// `goshawk stats` prints.

#ifndef GOSHAWK_TOOLS_PROFILE_H_
#define GOSHAWK_TOOLS_PROFILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "interp/instance.h"

namespace goshawk::tools {

// Writes every operation that is part of a function that ran, in the order of
// the code, one a line behind its count and before its fields x, y and z, under
// "function NAME DISPATCHES"; functions in the order of their first calls.
// tools/mine_fusions.py, mine_loops.py and mine_startup.py read this.
absl::Status WriteProfile(const std::string& path,
                          const interp::Instance& instance);

// Dispatches in all, the functions and the operations with the most of them,
// and the most frequent pairs of operations.
std::string SummarizeProfile(const interp::Instance& instance);

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_PROFILE_H_
