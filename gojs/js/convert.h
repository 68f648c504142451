// JavaScript's conversions between types. Those of objects may run code of the
// program, so they return a Completion; the short forms without one treat an
// object as the conversion that fails.

#ifndef GOSHAWK_GOJS_JS_CONVERT_H_
#define GOSHAWK_GOJS_JS_CONVERT_H_

#include <string>

#include "gojs/js/realm.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

// ToPrimitive: calls valueOf and toString, in this order or, for strings, the
// other.
Completion ToPrimitive(Realm& realm, const Value& value, bool prefer_string);

// ToString; the value is a string. Symbols throw a TypeError.
Completion ToJsString(Realm& realm, const Value& value);
// ToString of what is no object; symbols as "Symbol(x)", objects as
// "[object Object]".
std::string ToPlainString(const Value& value);

// ToNumber of what is no object; objects and symbols are NaN.
double ToNumber(const Value& value);

// ToPropertyKey; `*hold` keeps the key alive.
Completion ToKey(Realm& realm, const Value& value, Value* hold);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_CONVERT_H_
