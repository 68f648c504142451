// The list of what a program finds in the global object, from the tables.

#ifndef GOSHAWK_GOJS_NODE_LIST_GLOBALS_H_
#define GOSHAWK_GOJS_NODE_LIST_GLOBALS_H_

#include <string>
#include <vector>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

// One line for each property of `realm`'s global object and of what hangs on
// it, sorted: path and kind, as in
//
//   Array function 1
//   Array.prototype.push function 1
//   Math.PI number
//
// The number is that of the arguments. Accessors of prototypes are listed as
// "accessor"; what was listed before under another name is an "alias" of it.
std::vector<std::string> ListGlobals(Realm& realm);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_LIST_GLOBALS_H_
