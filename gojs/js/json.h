// JSON (ECMA-262, The JSON Object). Messages of errors are V8's.

#ifndef GOSHAWK_GOJS_JS_JSON_H_
#define GOSHAWK_GOJS_JS_JSON_H_

#include <string>
#include <string_view>

#include "gojs/js/realm.h"

namespace goshawk::gojs {

// The value that `text` describes; a SyntaxError if it is no JSON.
Completion ParseJson(Realm& realm, std::string_view text);

// As JSON.stringify(value, replacer, space); undefined for what has no text.
Completion StringifyJson(Realm& realm, const Value& value,
                         const Value& replacer = {}, const Value& space = {});

// Appends `text` in quotes, escaped.
void AppendJsonString(std::string_view text, std::string* out);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_JSON_H_
