// From source text to a syntax tree, by recursive descent.
//
// What there is of JavaScript (ECMA-262): all expressions but `async`, `class`,
// `super`, `yield`, `new.target`, `import`, tagged templates and BigInts; all
// statements but `class`, `with` and destructuring. Regular expressions are
// those of regexp/pattern.h. Functions are sloppy; a directive "use strict"
// changes nothing. What is missing is a SyntaxError that names it.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_PARSER_H_
#define GOSHAWK_GOJS_JS_SCRIPT_PARSER_H_

#include <memory>
#include <string>
#include <string_view>

#include "gojs/js/realm.h"
#include "gojs/js/script/ast.h"

namespace goshawk::gojs::script {

// Null, with the message of a SyntaxError, or of a RangeError if it is
// `*too_deep`.
std::shared_ptr<const Script> Parse(Realm& realm, std::string_view source,
                                    std::string* error, bool* too_deep);

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_PARSER_H_
