// Numbers as text with a given number of digits, or in another base
// (ECMA-262, Number.prototype.toFixed and its like).

#ifndef GOSHAWK_GOJS_JS_DECIMAL_H_
#define GOSHAWK_GOJS_JS_DECIMAL_H_

#include <string>

namespace goshawk::gojs {

// REQUIRES: `number` is finite, digits >= 0, 2 <= radix <= 36.

// As many digits after the point; below 1e21.
std::string ToFixed(double number, int digits);
// As many significant digits, at least one.
std::string ToPrecision(double number, int digits);
// As many digits after the point before the exponent.
std::string ToExponential(double number, int digits);
// The shortest one from which the number could be told again.
std::string ToRadix(double number, int radix);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_DECIMAL_H_
