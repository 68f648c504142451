#include "gojs/js/number.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace goshawk::gojs {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

// Reads a decimal number at the start of `text` and drops it; NaN, with
// nothing dropped, if there is none.
double TakeDecimal(std::string_view& text) {
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) {
    rest.remove_prefix(1);
  }
  if (rest.starts_with("Infinity")) {
    text = rest.substr(8);
    return negative ? -kInfinity : kInfinity;
  }
  // from_chars would also take "inf" and "nan".
  const size_t first = rest.starts_with('.') ? 1 : 0;
  if (rest.size() <= first || DigitOf(rest[first]) > 9) return kNaN;
  double value = 0;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error == std::errc::result_out_of_range) {
    // Either far too large or far too small: the exponent's sign decides.
    const std::string_view used(rest.data(), end - rest.data());
    const size_t e = used.find_first_of("eE");
    const bool tiny = e == std::string_view::npos
                          ? used.starts_with("0.") || used.starts_with('.')
                          : used[e + 1] == '-';
    value = tiny ? 0 : kInfinity;
  }
  text = rest.substr(end - rest.data());
  return negative ? -value : value;
}

double ParseDigits(std::string_view text, int radix, size_t* used) {
  double value = 0;
  size_t i = 0;
  for (; i < text.size() && DigitOf(text[i]) < radix; ++i) {
    value = value * radix + DigitOf(text[i]);
  }
  *used = i;
  return i == 0 ? kNaN : value;
}

}  // namespace

std::string NumberToString(double number) {
  if (std::isnan(number)) return "NaN";
  if (number == 0) return "0";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  // Integers are by far the most frequent.
  char buffer[32];
  if (std::abs(number) < 1e15 && number == std::trunc(number)) {
    const auto r = std::to_chars(buffer, buffer + sizeof(buffer),
                                 static_cast<int64_t>(number));
    return std::string(buffer, r.ptr);
  }
  const auto r = std::to_chars(buffer, buffer + sizeof(buffer),
                               std::abs(number), std::chars_format::scientific);
  // d.ddde±xx: the digits without the point are ECMA-262's s of k digits, and
  // n is the position of the point.
  const std::string_view text(buffer, r.ptr - buffer);
  const size_t e = text.find('e');
  int exponent = 0;
  const size_t sign = text[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(buffer + sign, r.ptr, exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;

  std::string out = number < 0 ? "-" : "";
  if (k <= n && n <= 21) {
    out += digits;
    out.append(n - k, '0');
  } else if (0 < n && n <= 21) {
    out += digits.substr(0, n);
    out += '.';
    out += digits.substr(n);
  } else if (-6 < n && n <= 0) {
    out += "0.";
    out.append(-n, '0');
    out += digits;
  } else {
    out += digits[0];
    if (k > 1) {
      out += '.';
      out += digits.substr(1);
    }
    out += n > 0 ? "e+" : "e-";
    out += std::to_string(std::abs(n - 1));
  }
  return out;
}

double StringToNumber(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == '0') {
    const char kind = static_cast<char>(text[1] | 0x20);
    const int radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
    if (radix != 0) {
      size_t used;
      const double value = ParseDigits(text.substr(2), radix, &used);
      return used == text.size() - 2 ? value : kNaN;
    }
  }
  const double value = TakeDecimal(text);
  return text.empty() ? value : kNaN;
}

double ParseFloat(std::string_view text) {
  text = Trim(text);
  return TakeDecimal(text);
}

double ParseInt(std::string_view text, int radix) {
  text = Trim(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (radix != 0 && (radix < 2 || radix > 36)) return kNaN;
  if ((radix == 0 || radix == 16) && text.size() > 1 && text[0] == '0' &&
      (text[1] | 0x20) == 'x') {
    text.remove_prefix(2);
    radix = 16;
  }
  size_t used;
  const double value = ParseDigits(text, radix == 0 ? 10 : radix, &used);
  return negative ? -value : value;
}

double ToInteger(double number) {
  return std::isnan(number) ? 0 : std::trunc(number);
}

int32_t ToInt32(double number) {
  return static_cast<int32_t>(ToUint32(number));
}

uint32_t ToUint32(double number) {
  if (!std::isfinite(number)) return 0;
  number = std::fmod(std::trunc(number), 4294967296.0);
  if (number < 0) number += 4294967296.0;
  return static_cast<uint32_t>(number);
}

int64_t ToInt64Saturated(double number) {
  if (std::isnan(number)) return 0;
  if (number >= 9223372036854775808.0) {
    return std::numeric_limits<int64_t>::max();
  }
  if (number < -9223372036854775808.0) {
    return std::numeric_limits<int64_t>::min();
  }
  return static_cast<int64_t>(number);
}

}  // namespace goshawk::gojs
