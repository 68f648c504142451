// Numbers as JavaScript writes and reads them (ECMA-262, Number::toString and
// StringToNumber).

#ifndef GOSHAWK_GOJS_JS_NUMBER_H_
#define GOSHAWK_GOJS_JS_NUMBER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace goshawk::gojs {

// The shortest decimal that reads back as `number`; exponents from 1e21 and
// below 1e-6; "-0" is "0".
std::string NumberToString(double number);

// Decimal, hexadecimal (0x), octal (0o) and binary (0b) literals and
// "Infinity", with white space around them; "" is 0, anything else NaN.
double StringToNumber(std::string_view text);

// The longest prefix of `text` that is a number, as parseFloat reads it.
double ParseFloat(std::string_view text);
// As JavaScript's parseInt; radix 0 finds out by itself.
double ParseInt(std::string_view text, int radix);

// ToIntegerOrInfinity: rounded towards zero, NaN becomes 0.
double ToInteger(double number);
// ToInt32 and ToUint32: modulo 2^32; NaN and infinities become 0.
int32_t ToInt32(double number);
uint32_t ToUint32(double number);
// The nearest int64_t; NaN becomes 0.
int64_t ToInt64Saturated(double number);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_NUMBER_H_
