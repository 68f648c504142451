// From source text to tokens (ECMA-262, Lexical Grammar).

#ifndef GOSHAWK_GOJS_JS_SCRIPT_TOKEN_H_
#define GOSHAWK_GOJS_JS_SCRIPT_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace goshawk::gojs::script {

enum class Tok : uint8_t {
  kEnd,
  kInvalid,  // `text` says why
  kName,     // `text`, escapes resolved
  kNumber,
  kString,  // `text`, escapes resolved
  // A part of a template, up to `${` or, the last one, to its end. `text` is
  // what it stands for.
  kTemplatePart,
  kTemplateEnd,
#define PUNCTUATOR(name, text) k##name,
#define KEYWORD(name, text) k##name,
#include "gojs/js/script/token.def"
#undef PUNCTUATOR
#undef KEYWORD
};

struct Token {
  Tok kind = Tok::kEnd;
  std::string text;
  double number = 0;
  // Where it is in the source.
  size_t begin = 0;
  size_t end = 0;
  bool after_newline = false;
  bool escaped = false;  // a name written with escapes is no keyword

  bool IsKeyword() const { return kind >= Tok::kBreak; }
};

class Lexer {
 public:
  // `source` must outlive the lexer.
  explicit Lexer(std::string_view source) : source_(source) {}

  Token Next();
  // After the } that ends an expression in a template: its next part.
  Token NextTemplatePart();
  // After the / or /= at `begin`, where an expression begins: the pattern of a
  // regular expression, a kString, and its flags.
  Token RegExp(size_t begin, std::string* flags);

 private:
  bool SkipSpace(bool* newline);
  Token Scan();
  Token Invalid(std::string_view why);
  Token Number();
  Token Digits(int radix);
  Token Name();
  Token String(char quote);
  Token Template();
  // One escape sequence after its backslash, appended to `text`.
  bool Escape(std::string* text);
  bool HexDigits(int count, char32_t* value);
  bool UnicodeEscape(char32_t* value);
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  std::string_view source_;
  size_t at_ = 0;
};

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_TOKEN_H_
