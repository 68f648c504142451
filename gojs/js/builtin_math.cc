// Math.

#include <cmath>
#include <limits>
#include <numbers>

#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"

namespace goshawk::gojs {
namespace {

template <double (*kFunction)(double)>
double Unary(double x) {
  return kFunction(x);
}

double Max(Args args) {
  double max = -std::numeric_limits<double>::infinity();
  for (const Value& arg : args) {
    const double n = ToNumber(arg);
    if (std::isnan(n)) return n;
    max = std::max(max, n);
  }
  return max;
}

double Min(Args args) {
  double min = std::numeric_limits<double>::infinity();
  for (const Value& arg : args) {
    const double n = ToNumber(arg);
    if (std::isnan(n)) return n;
    min = std::min(min, n);
  }
  return min;
}

double Pow(double x, double y) {
  if (std::abs(x) == 1 && std::isinf(y)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return std::pow(x, y);
}

double Round(double x) { return std::floor(x + 0.5); }
double Sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

constexpr Member kMembers[] = {
    Number("E", std::numbers::e),
    Number("LN10", std::numbers::ln10),
    Number("LN2", std::numbers::ln2),
    Number("PI", std::numbers::pi),
    Number("SQRT2", std::numbers::sqrt2),
    Method<&Unary<&std::fabs>>("abs"),
    Method<&Unary<&std::atan>>("atan"),
    Method<&Unary<&std::ceil>>("ceil"),
    Method<&Unary<&std::cos>>("cos"),
    Method<&Unary<&std::exp>>("exp"),
    Method<&Unary<&std::floor>>("floor"),
    Method<&Unary<&std::log>>("log"),
    Method<&Max>("max", 2),
    Method<&Min>("min", 2),
    Method<&Pow>("pow"),
    Method<&Round>("round"),
    Method<&Sign>("sign"),
    Method<&Unary<&std::sin>>("sin"),
    Method<&Unary<&std::sqrt>>("sqrt"),
    Method<&Unary<&std::trunc>>("trunc"),
};

}  // namespace

const Members kMathMembers = kMembers;

}  // namespace goshawk::gojs
