// What a program finds in the global object.

#ifndef GOSHAWK_GOJS_NODE_GLOBALS_H_
#define GOSHAWK_GOJS_NODE_GLOBALS_H_

#include "gojs/js/class_info.h"

namespace goshawk::gojs {

// For the constructor of Realm, whose environment must not be null.
extern const Members kGlobalMembers;

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_GLOBALS_H_
