// JavaScript's conversions between types. Those of objects may run code of the
// program, so they return a Completion; the short forms without one treat an
// object as the conversion that fails.

#ifndef GOSHAWK_GOJS_JS_CONVERT_H_
#define GOSHAWK_GOJS_JS_CONVERT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gojs/js/realm.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

// ToPrimitive: calls what Symbol.toPrimitive names, or else valueOf and
// toString, in this order or, for strings, the other.
enum class Hint : uint8_t { kDefault, kNumber, kString };
Completion ToPrimitive(Realm& realm, const Value& value, Hint hint);

// ToString; the value is a string. Symbols throw a TypeError.
Completion ToJsString(Realm& realm, const Value& value);
// A string that a program's operations have made, with its length checked:
// what is longer than V8 allows throws a RangeError.
inline constexpr size_t kMaxStringLength = 0x1fffffe8;
Completion NewString(Realm& realm, std::string_view bytes);
Completion ThrowStringTooLong(Realm& realm);

// ToString of what is no object; symbols as "Symbol(x)", objects as
// "[object Object]".
std::string ToPlainString(const Value& value);

// ToNumber of anything; `*number` is the result if there is one.
Completion ToNumber(Realm& realm, const Value& value, double* number);
// ToNumber of what is no object; objects and symbols are NaN.
double ToNumber(const Value& value);

// ToPropertyKey; `*hold` keeps the key alive.
Completion ToKey(Realm& realm, const Value& value, Value* hold);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_CONVERT_H_
