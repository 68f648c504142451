// What Go programs do first: the functions of Go's runtime and of the packages
// that almost every program initialises, by name.

#ifndef GOSHAWK_GOJS_STARTUP_H_
#define GOSHAWK_GOJS_STARTUP_H_

#include <cstdint>
#include <vector>

#include "interp/module.h"

namespace goshawk::gojs {

// The functions of startup.def that the module has, in its order, for
// interp::InstanceOptions::ahead. None if the module has no names.
std::vector<uint32_t> StartupFunctions(const interp::Module& module);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_STARTUP_H_
