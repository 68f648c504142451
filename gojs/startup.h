// What Go programs do first: the functions of Go's runtime and of the packages
// that almost every program uses, by name.

#ifndef GOSHAWK_GOJS_STARTUP_H_
#define GOSHAWK_GOJS_STARTUP_H_

#include <cstdint>
#include <vector>

#include "interp/module.h"

namespace goshawk::gojs {

// The functions of startup.def that the module has, for
// interp::InstanceOptions::ahead: from main.main back to the first, then from
// the last back to main.main. Whoever translates them in this order meets the
// program half-way, twice. None if the module has no names.
std::vector<uint32_t> StartupFunctions(const interp::Module& module);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_STARTUP_H_
