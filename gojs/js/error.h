// Error and its kinds. An error is a plain object whose class is one of these;
// Realm::NewError makes them.

#ifndef GOSHAWK_GOJS_JS_ERROR_H_
#define GOSHAWK_GOJS_JS_ERROR_H_

#include <string>

#include "gojs/js/class_info.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

const ClassInfo& ErrorClass(ErrorKind kind);

// What to tell people about a thrown value: "TypeError: f is not a function".
std::string DescribeThrown(Realm& realm, const Value& thrown);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ERROR_H_
