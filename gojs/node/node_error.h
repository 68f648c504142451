// Errors as Node words them, with their codes.

#ifndef GOSHAWK_GOJS_NODE_NODE_ERROR_H_
#define GOSHAWK_GOJS_NODE_NODE_ERROR_H_

#include <string_view>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

// ERR_INVALID_ARG_TYPE: The "<name>" argument must be <wanted>. Received ...
Completion ThrowArgumentType(Realm& realm, std::string_view name,
                             std::string_view wanted, const Value& got);

// As that, for what has to be a callback.
Completion ThrowNoCallback(Realm& realm, const Value& got);

// An error with a code, which its toString() shows, too. Those of Node's native
// parts do not: Realm::NewError makes them.
Completion ThrowCoded(Realm& realm, ErrorKind kind, std::string_view code,
                      std::string_view message);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_NODE_ERROR_H_
