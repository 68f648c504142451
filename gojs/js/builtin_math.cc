// Math, but for random(), which is in node/crypto.cc.

#include <bit>
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

template <double (*kFunction)(double, double)>
double Binary(double x, double y) {
  return kFunction(x, y);
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

double Hypot(Args args) {
  double sum = 0;
  for (const Value& arg : args) sum = std::hypot(sum, ToNumber(arg));
  return sum;
}

// The C library's may be off by one unit.
double Cbrt(double x) {
  const double root = std::cbrt(x);
  if (root == 0 || !std::isfinite(root)) return root;
  return root - (root * root * root - x) / (3 * root * root);
}

double Fround(double x) { return static_cast<float>(x); }
double Clz32(double x) { return std::countl_zero(ToUint32(x)); }
double Imul(double x, double y) {
  return static_cast<int32_t>(ToUint32(x) * ToUint32(y));
}

double Round(double x) { return std::floor(x + 0.5); }
double Sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

constexpr Member kMembers[] = {
    Number("E", std::numbers::e),
    Number("LN10", std::numbers::ln10),
    Number("LN2", std::numbers::ln2),
    Number("LOG10E", std::numbers::log10e),
    Number("LOG2E", std::numbers::log2e),
    Number("PI", std::numbers::pi),
    Number("SQRT1_2", std::numbers::sqrt2 / 2),
    Number("SQRT2", std::numbers::sqrt2),
    Method<&Unary<&std::fabs>>("abs"),
    Method<&Unary<&std::acos>>("acos"),
    Method<&Unary<&std::acosh>>("acosh"),
    Method<&Unary<&std::asin>>("asin"),
    Method<&Unary<&std::asinh>>("asinh"),
    Method<&Unary<&std::atan>>("atan"),
    Method<&Binary<&std::atan2>>("atan2"),
    Method<&Unary<&std::atanh>>("atanh"),
    Method<&Cbrt>("cbrt"),
    Method<&Unary<&std::ceil>>("ceil"),
    Method<&Clz32>("clz32"),
    Method<&Unary<&std::cos>>("cos"),
    Method<&Unary<&std::cosh>>("cosh"),
    Method<&Unary<&std::exp>>("exp"),
    Method<&Unary<&std::expm1>>("expm1"),
    Method<&Unary<&std::floor>>("floor"),
    Method<&Fround>("fround"),
    Method<&Hypot>("hypot", 2),
    Method<&Imul>("imul"),
    Method<&Unary<&std::log>>("log"),
    Method<&Unary<&std::log10>>("log10"),
    Method<&Unary<&std::log1p>>("log1p"),
    Method<&Unary<&std::log2>>("log2"),
    Method<&Max>("max", 2),
    Method<&Min>("min", 2),
    Method<&Pow>("pow"),
    Method<&Round>("round"),
    Method<&Sign>("sign"),
    Method<&Unary<&std::sin>>("sin"),
    Method<&Unary<&std::sinh>>("sinh"),
    Method<&Unary<&std::sqrt>>("sqrt"),
    Method<&Unary<&std::tan>>("tan"),
    Method<&Unary<&std::tanh>>("tanh"),
    Method<&Unary<&std::trunc>>("trunc"),
};

}  // namespace

const Members kMathMembers = kMembers;

}  // namespace goshawk::gojs
