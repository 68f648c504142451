// From source text to functions: what the globals eval and Function do. What
// there is of the language is in parser.h.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_COMPILE_H_
#define GOSHAWK_GOJS_JS_SCRIPT_COMPILE_H_

#include "gojs/js/class_info.h"

namespace goshawk::gojs {

// eval(source): runs it and returns the value of its last expression
// statement. It is always an indirect one: names are global, `this` is the
// global object, and what `var` and `function` declare become its properties.
Completion Eval(const Invocation& call);

// Function(parameters..., body), with or without `new`.
Completion MakeFunction(const Invocation& call);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_SCRIPT_COMPILE_H_
