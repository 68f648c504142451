#include "gojs/js/utf16.h"

#include <algorithm>
#include <cstdint>

namespace goshawk::gojs {
namespace {

// How many bytes follow a lead byte, and what the first of them may be.
struct Lead {
  int more;
  uint8_t low;
  uint8_t high;
};

Lead LeadOf(uint8_t byte, bool surrogates) {
  if (byte < 0xc2) return {0, 0, 0};
  if (byte < 0xe0) return {1, 0x80, 0xbf};
  if (byte == 0xe0) return {2, 0xa0, 0xbf};
  if (byte == 0xed && !surrogates) return {2, 0x80, 0x9f};
  if (byte < 0xf0) return {2, 0x80, 0xbf};
  if (byte == 0xf0) return {3, 0x90, 0xbf};
  if (byte < 0xf4) return {3, 0x80, 0xbf};
  if (byte == 0xf4) return {3, 0x80, 0x8f};
  return {0, 0, 0};
}

bool Take(std::string_view& rest, bool surrogates, char32_t* code_point) {
  const auto first = static_cast<uint8_t>(rest.front());
  rest.remove_prefix(1);
  *code_point = first;
  if (first < 0x80) return true;
  Lead lead = LeadOf(first, surrogates);
  if (lead.more == 0) return false;
  char32_t c = first & (0x3f >> lead.more);
  for (; lead.more > 0; --lead.more) {
    if (rest.empty()) return false;
    const auto byte = static_cast<uint8_t>(rest.front());
    if (byte < lead.low || byte > lead.high) return false;
    c = c << 6 | (byte & 0x3f);
    lead.low = 0x80;
    lead.high = 0xbf;
    rest.remove_prefix(1);
  }
  *code_point = c;
  return true;
}

}  // namespace

bool IsAscii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

char32_t TakeCodePoint(std::string_view& rest) {
  char32_t c;
  return Take(rest, true, &c) ? c : U'\ufffd';
}

bool TakeUtf8(std::string_view& rest, char32_t* code_point) {
  return Take(rest, false, code_point);
}

void AppendCodePoint(char32_t c, std::string* bytes) {
  const auto put = [&](char32_t byte) {
    bytes->push_back(static_cast<char>(byte));
  };
  if (c < 0x80) {
    put(c);
    return;
  }
  if (c < 0x800) {
    put(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xe0 | c >> 12);
    } else {
      put(0xf0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3f));
    }
    put(0x80 | (c >> 6 & 0x3f));
  }
  put(0x80 | (c & 0x3f));
}

size_t Utf16Length(std::string_view bytes) {
  if (IsAscii(bytes)) return bytes.size();
  size_t units = 0;
  while (!bytes.empty()) units += TakeCodePoint(bytes) < 0x10000 ? 1 : 2;
  return units;
}

std::u16string ToUtf16(std::string_view bytes) {
  std::u16string units;
  units.reserve(bytes.size());
  while (!bytes.empty()) {
    const char32_t c = TakeCodePoint(bytes);
    if (c < 0x10000) {
      units.push_back(static_cast<char16_t>(c));
    } else {
      units.push_back(static_cast<char16_t>(0xd7c0 + (c >> 10)));
      units.push_back(static_cast<char16_t>(0xdc00 | (c & 0x3ff)));
    }
  }
  return units;
}

std::string FromUtf16(std::u16string_view units) {
  std::string bytes;
  bytes.reserve(units.size());
  for (size_t i = 0; i < units.size(); ++i) {
    char32_t c = units[i];
    const bool high = c >= 0xd800 && c < 0xdc00;
    if (high && i + 1 < units.size() && (units[i + 1] & 0xfc00) == 0xdc00) {
      c = 0x10000 + ((c & 0x3ff) << 10) + (units[++i] & 0x3ff);
    }
    AppendCodePoint(c, &bytes);
  }
  return bytes;
}

std::string Utf16Part(std::string_view bytes, size_t begin, size_t end) {
  if (IsAscii(bytes)) return std::string(bytes.substr(begin, end - begin));
  return FromUtf16(
      std::u16string_view(ToUtf16(bytes)).substr(begin, end - begin));
}

int CompareUtf16(std::string_view a, std::string_view b) {
  // Bytes order like code points, and these like units but for surrogates.
  if (IsAscii(a) || IsAscii(b)) {
    const int order = a.compare(b);
    return order < 0 ? -1 : order > 0;
  }
  const int order = ToUtf16(a).compare(ToUtf16(b));
  return order < 0 ? -1 : order > 0;
}

}  // namespace goshawk::gojs
