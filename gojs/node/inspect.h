// Values as console.log shows them.

#ifndef GOSHAWK_GOJS_NODE_INSPECT_H_
#define GOSHAWK_GOJS_NODE_INSPECT_H_

#include <string>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

// Strings as they are at the top level and quoted inside; arrays and objects
// with their elements, two levels deep.
std::string Inspect(Realm& realm, const Value& value);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_INSPECT_H_
