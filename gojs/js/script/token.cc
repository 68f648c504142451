#include "gojs/js/script/token.h"

#include <utility>

#include "gojs/js/number.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs::script {
namespace {

constexpr std::pair<std::string_view, Tok> kPunctuators[] = {
#define PUNCTUATOR(name, text) {text, Tok::k##name},
#define KEYWORD(name, text)
#include "gojs/js/script/token.def"
#undef PUNCTUATOR
#undef KEYWORD
};

constexpr std::pair<std::string_view, Tok> kKeywords[] = {
#define PUNCTUATOR(name, text)
#define KEYWORD(name, text) {text, Tok::k##name},
#include "gojs/js/script/token.def"
#undef PUNCTUATOR
#undef KEYWORD
};

constexpr std::string_view kUnexpected = "Invalid or unexpected token";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '$';
}

// White space beyond ASCII.
bool IsSpace(char32_t c) {
  return c == 0xa0 || c == 0xfeff || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

int HexOf(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

// False if a comment does not end.
bool Lexer::SkipSpace(bool* newline) {
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (c == '\n' || c == '\r') {
      *newline = true;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\v' || c == '\f') {
      ++at_;
    } else if (c == '/' && Peek(1) == '/') {
      while (at_ < source_.size() && Peek() != '\n' && Peek() != '\r') ++at_;
    } else if (c == '/' && Peek(1) == '*') {
      const size_t end = source_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return false;
      const std::string_view comment = source_.substr(at_, end - at_);
      if (comment.find_first_of("\r\n") != std::string_view::npos) {
        *newline = true;
      }
      at_ = end + 2;
    } else if (static_cast<uint8_t>(c) >= 0x80) {
      std::string_view rest = source_.substr(at_);
      const char32_t point = TakeCodePoint(rest);
      const bool line = point == 0x2028 || point == 0x2029;
      if (!line && !IsSpace(point)) return true;
      *newline = *newline || line;
      at_ = source_.size() - rest.size();
    } else {
      return true;
    }
  }
  return true;
}

Token Lexer::Next() {
  bool newline = false;
  const bool ended = SkipSpace(&newline);
  const size_t begin = at_;
  Token token = ended ? Scan() : Invalid(kUnexpected);
  token.begin = begin;
  token.end = at_;
  token.after_newline = newline;
  return token;
}

Token Lexer::NextTemplatePart() {
  const size_t begin = at_;
  Token token = Template();
  token.begin = begin;
  token.end = at_;
  return token;
}

Token Lexer::Invalid(std::string_view why) {
  Token token;
  token.kind = Tok::kInvalid;
  token.text = why;
  return token;
}

Token Lexer::Scan() {
  if (at_ == source_.size()) return Token();
  const char c = source_[at_];
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Number();
  if (c == '"' || c == '\'') return String(c);
  if (c == '`') {
    ++at_;
    return Template();
  }
  if (IsNameStart(c) || c == '\\' || static_cast<uint8_t>(c) >= 0x80) {
    return Name();
  }
  for (const auto& [text, kind] : kPunctuators) {
    if (!source_.substr(at_).starts_with(text)) continue;
    // In `a?.5:b` there is no ?. operator.
    if (kind == Tok::kOptionalDot && IsDigit(Peek(2))) continue;
    at_ += text.size();
    Token token;
    token.kind = kind;
    token.text = text;
    return token;
  }
  return Invalid(kUnexpected);
}

Token Lexer::Digits(int radix) {
  Token token;
  token.kind = Tok::kNumber;
  at_ += 2;
  const size_t begin = at_;
  for (;; ++at_) {
    if (Peek() == '_' && at_ > begin) continue;
    const int digit = HexOf(Peek());
    if (digit < 0 || digit >= radix) break;
    token.number = token.number * radix + digit;
  }
  return at_ == begin ? Invalid(kUnexpected) : token;
}

Token Lexer::Number() {
  Token token;
  token.kind = Tok::kNumber;
  const char second = static_cast<char>(Peek(1) | 0x20);
  if (Peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
    token = Digits(second == 'x' ? 16 : second == 'o' ? 8 : 2);
  } else {
    std::string digits;
    const auto take_digits = [&] {
      while (IsDigit(Peek()) || (Peek() == '_' && IsDigit(Peek(1)))) {
        if (Peek() != '_') digits += Peek();
        ++at_;
      }
    };
    take_digits();
    if (Peek() == '.') {
      digits += source_[at_++];
      take_digits();
    }
    const size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
    if ((Peek() == 'e' || Peek() == 'E') && IsDigit(Peek(1 + sign))) {
      digits += source_.substr(at_, 1 + sign);
      at_ += 1 + sign;
      take_digits();
    }
    token.number = StringToNumber(digits);
  }
  if (Peek() == 'n') return Invalid("BigInt literals are not supported");
  if (IsNameStart(Peek()) || IsDigit(Peek())) return Invalid(kUnexpected);
  return token;
}

Token Lexer::Name() {
  Token token;
  token.kind = Tok::kName;
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (IsNameStart(c) || (IsDigit(c) && !token.text.empty())) {
      token.text += c;
      ++at_;
    } else if (c == '\\') {
      ++at_;
      char32_t point;
      if (Peek() != 'u') return Invalid("Invalid Unicode escape sequence");
      ++at_;
      if (!UnicodeEscape(&point)) {
        return Invalid("Invalid Unicode escape sequence");
      }
      token.escaped = true;
      AppendCodePoint(point, &token.text);
    } else if (static_cast<uint8_t>(c) >= 0x80) {
      // Whatever is no white space counts as a letter.
      std::string_view rest = source_.substr(at_);
      const char32_t point = TakeCodePoint(rest);
      if (point == U'\ufffd') return Invalid(kUnexpected);
      if (IsSpace(point) || point == 0x2028 || point == 0x2029) break;
      AppendCodePoint(point, &token.text);
      at_ = source_.size() - rest.size();
    } else {
      break;
    }
  }
  if (token.text.empty()) return Invalid(kUnexpected);
  for (const auto& [text, kind] : kKeywords) {
    if (!token.escaped && token.text == text) token.kind = kind;
  }
  return token;
}

bool Lexer::HexDigits(int count, char32_t* value) {
  *value = 0;
  for (int i = 0; i < count; ++i, ++at_) {
    const int digit = HexOf(Peek());
    if (digit < 0) return false;
    *value = *value * 16 + static_cast<char32_t>(digit);
  }
  return true;
}

bool Lexer::UnicodeEscape(char32_t* value) {
  if (Peek() != '{') return HexDigits(4, value);
  ++at_;
  *value = 0;
  for (; Peek() != '}'; ++at_) {
    const int digit = HexOf(Peek());
    if (digit < 0) return false;
    *value = *value * 16 + static_cast<char32_t>(digit);
    if (*value > 0x10ffff) return false;
  }
  ++at_;
  return true;
}

bool Lexer::Escape(std::string* text) {
  std::string_view rest = source_.substr(at_);
  const char32_t c = TakeCodePoint(rest);
  at_ = source_.size() - rest.size();
  char32_t point;
  switch (c) {
    case 'b':
      *text += '\b';
      return true;
    case 'f':
      *text += '\f';
      return true;
    case 'n':
      *text += '\n';
      return true;
    case 'r':
      *text += '\r';
      return true;
    case 't':
      *text += '\t';
      return true;
    case 'v':
      *text += '\v';
      return true;
    case '\r':
      if (Peek() == '\n') ++at_;
      return true;
    case '\n':
    case 0x2028:
    case 0x2029:
      return true;
    case '0':
      if (IsDigit(Peek())) return false;
      *text += '\0';
      return true;
    case 'x':
      if (!HexDigits(2, &point)) return false;
      AppendCodePoint(point, text);
      return true;
    case 'u':
      if (!UnicodeEscape(&point)) return false;
      AppendCodePoint(point, text);
      return true;
    default:
      if (c >= '1' && c <= '9') return false;
      AppendCodePoint(c, text);
      return true;
  }
}

Token Lexer::String(char quote) {
  Token token;
  token.kind = Tok::kString;
  bool units = false;
  for (++at_;;) {
    if (at_ == source_.size() || Peek() == '\n' || Peek() == '\r') {
      return Invalid(kUnexpected);
    }
    const char c = source_[at_++];
    if (c == quote) break;
    if (c != '\\') {
      token.text += c;
      continue;
    }
    if (at_ == source_.size()) return Invalid(kUnexpected);
    units = true;
    if (!Escape(&token.text)) return Invalid("Invalid escape sequence");
  }
  // Two escaped surrogates may be one code point.
  if (units) token.text = FromUtf16(ToUtf16(token.text));
  return token;
}

Token Lexer::Template() {
  Token token;
  token.kind = Tok::kTemplateEnd;
  for (;;) {
    if (at_ == source_.size()) return Invalid("Unexpected end of input");
    const char c = source_[at_++];
    if (c == '`') break;
    if (c == '$' && Peek() == '{') {
      ++at_;
      token.kind = Tok::kTemplatePart;
      break;
    }
    if (c == '\r') {
      if (Peek() == '\n') ++at_;
      token.text += '\n';
    } else if (c != '\\') {
      token.text += c;
    } else if (at_ == source_.size()) {
      return Invalid("Unexpected end of input");
    } else if (!Escape(&token.text)) {
      return Invalid("Invalid escape sequence in template");
    }
  }
  if (!IsAscii(token.text)) token.text = FromUtf16(ToUtf16(token.text));
  return token;
}

Token Lexer::RegExp(size_t begin, std::string* flags) {
  constexpr std::string_view kMissing = "Invalid regular expression: missing /";
  at_ = begin + 1;
  bool in_set = false;
  for (; in_set || Peek() != '/'; ++at_) {
    const bool escaped = Peek() == '\\';
    if (escaped) ++at_;
    const char c = Peek();
    if (at_ >= source_.size() || c == '\n' || c == '\r') {
      return Invalid(kMissing);
    }
    if (!escaped && c == '[') in_set = true;
    if (!escaped && c == ']') in_set = false;
  }
  Token token;
  token.kind = Tok::kString;
  token.begin = begin;
  token.text = source_.substr(begin + 1, at_ - begin - 1);
  ++at_;
  while (IsNameStart(Peek()) || IsDigit(Peek())) *flags += source_[at_++];
  token.end = at_;
  return token;
}

}  // namespace goshawk::gojs::script
