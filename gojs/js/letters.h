// What kind of character a code point is.

#ifndef GOSHAWK_GOJS_JS_LETTERS_H_
#define GOSHAWK_GOJS_JS_LETTERS_H_

namespace goshawk::gojs {

// Letters of ASCII, Latin-1, Greek and Cyrillic; others stay what they are.
char32_t ToLower(char32_t c);
char32_t ToUpper(char32_t c);

// JavaScript's white space and line terminators.
bool IsSpace(char32_t c);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_LETTERS_H_
