// JavaScript counts strings in UTF-16 units; here they are bytes, normally
// UTF-8 (string.h). A surrogate without its partner is written as the three
// bytes that UTF-8 would have for it.

#ifndef GOSHAWK_GOJS_JS_UTF16_H_
#define GOSHAWK_GOJS_JS_UTF16_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace goshawk::gojs {

bool IsAscii(std::string_view bytes);

// Drops one code point from the front of `rest` and returns it; U+FFFD for
// bytes that are none, as many as Unicode's "maximal subpart".
// REQUIRES: !rest.empty().
char32_t TakeCodePoint(std::string_view& rest);
// As above for strict UTF-8, where surrogates are errors too: false, with the
// bytes dropped, for what is no code point.
bool TakeUtf8(std::string_view& rest, char32_t* code_point);

void AppendCodePoint(char32_t code_point, std::string* bytes);

// Of strings in units.
size_t Utf16Length(std::string_view bytes);
std::u16string ToUtf16(std::string_view bytes);
std::string FromUtf16(std::u16string_view units);
// The part from unit `begin` up to `end`. REQUIRES: begin <= end <= length.
std::string Utf16Part(std::string_view bytes, size_t begin, size_t end);
// -1, 0 or 1, by units; what < compares.
int CompareUtf16(std::string_view a, std::string_view b);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_UTF16_H_
