#include "gojs/js/decimal.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace goshawk::gojs {
namespace {

// d.ddd times ten to the power of `exponent`.
struct Decimal {
  std::string digits;
  int exponent;
};

// All digits that a positive number has; no double has more.
Decimal Exactly(double number) {
  constexpr int kMostDigits = 767;
  char text[kMostDigits + 32];
  std::snprintf(text, sizeof(text), "%.*e", kMostDigits, number);
  const char* const e = std::find(text, text + sizeof(text), 'e');
  Decimal d{std::string(1, text[0]), std::atoi(e + 1)};
  d.digits.append(text + 2, static_cast<size_t>(e - text - 2));
  return d;
}

// To `count` digits; a half goes up. The number may become ten times as large,
// with one more digit.
Decimal Round(double number, int count) {
  Decimal d = Exactly(number);
  if (count < 0) return {"", d.exponent};
  const auto keep = static_cast<size_t>(count);
  if (keep >= d.digits.size()) {
    d.digits.append(keep - d.digits.size(), '0');
    return d;
  }
  const bool up = d.digits[keep] >= '5';
  d.digits.resize(keep);
  if (!up) return d;
  size_t i = keep;
  while (i > 0 && d.digits[i - 1] == '9') d.digits[--i] = '0';
  if (i > 0) {
    ++d.digits[i - 1];
  } else {
    d.digits.insert(0, 1, '1');
    ++d.exponent;
  }
  return d;
}

std::string WithExponent(const Decimal& d) {
  std::string text = d.digits.substr(0, 1);
  if (d.digits.size() > 1) text += '.' + d.digits.substr(1);
  text += d.exponent < 0 ? "e-" : "e+";
  return text + std::to_string(std::abs(d.exponent));
}

// Digits without sign, the point after the digit of 10^0.
std::string WithPoint(std::string digits, int exponent) {
  if (exponent < 0) {
    return "0." + std::string(static_cast<size_t>(-1 - exponent), '0') + digits;
  }
  const auto whole = static_cast<size_t>(exponent) + 1;
  if (digits.size() > whole) digits.insert(whole, ".");
  return digits;
}

}  // namespace

std::string ToFixed(double number, int digits) {
  const std::string sign = number < 0 ? "-" : "";
  number = std::abs(number);
  std::string text;
  if (number > 0) {
    const int before = Exactly(number).exponent;
    const Decimal d = Round(number, before + 1 + digits);
    text = d.digits;
  }
  // Now `text` is the number times 10^digits, without leading zeros.
  const auto least = static_cast<size_t>(digits) + 1;
  if (text.size() < least) text.insert(0, least - text.size(), '0');
  if (digits > 0) text.insert(text.size() - static_cast<size_t>(digits), ".");
  return sign + text;
}

std::string ToPrecision(double number, int digits) {
  const std::string sign = number < 0 ? "-" : "";
  number = std::abs(number);
  if (number == 0) {
    return sign + WithPoint(std::string(static_cast<size_t>(digits), '0'), 0);
  }
  Decimal d = Round(number, digits);
  d.digits.resize(static_cast<size_t>(digits));
  if (d.exponent < -6 || d.exponent >= digits) return sign + WithExponent(d);
  return sign + WithPoint(d.digits, d.exponent);
}

std::string ToExponential(double number, int digits) {
  const std::string sign = number < 0 ? "-" : "";
  number = std::abs(number);
  const auto count = static_cast<size_t>(digits) + 1;
  if (number == 0) return sign + WithExponent({std::string(count, '0'), 0});
  Decimal d = Round(number, digits + 1);
  d.digits.resize(count);
  return sign + WithExponent(d);
}

std::string ToRadix(double number, int radix) {
  constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  const std::string sign = number < 0 ? "-" : "";
  number = std::abs(number);
  double whole = std::floor(number);
  double rest = number - whole;
  // Half the distance to the next number: digits below it tell nothing.
  constexpr double kMore = std::numeric_limits<double>::infinity();
  double error = std::max((std::nextafter(number, kMore) - number) / 2,
                          std::numeric_limits<double>::denorm_min());
  std::string fraction;
  while (rest >= error) {
    rest *= radix;
    error *= radix;
    const int digit = static_cast<int>(rest);
    fraction += static_cast<char>(digit);
    rest -= digit;
    const bool nearer_up = rest > 0.5 || (rest == 0.5 && digit % 2 == 1);
    if (!nearer_up || rest + error <= 1) continue;
    while (!fraction.empty() && fraction.back() + 1 == radix) {
      fraction.pop_back();
    }
    if (fraction.empty()) {
      ++whole;
    } else {
      ++fraction.back();
    }
    break;
  }
  for (char& digit : fraction) digit = kDigits[static_cast<uint8_t>(digit)];

  std::string text;
  // What is beyond 53 bits is not known, so it is zero.
  while (whole >= 9007199254740992.0) {
    whole /= radix;
    text += '0';
  }
  whole = std::floor(whole);
  do {
    const double digit = std::fmod(whole, radix);
    text += kDigits[static_cast<size_t>(digit)];
    whole = (whole - digit) / radix;
  } while (whole > 0);
  std::reverse(text.begin(), text.end());
  if (!fraction.empty()) text += '.' + fraction;
  return sign + text;
}

}  // namespace goshawk::gojs
