// JSON.parse without its reviver.

#include <string>
#include <utility>
#include <vector>

#include "gojs/js/array.h"
#include "gojs/js/json.h"
#include "gojs/js/number.h"
#include "gojs/js/object.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class JsonParser {
 public:
  JsonParser(Realm& realm, std::string_view text)
      : realm_(realm), text_(text) {}

  Completion Parse() {
    Completion value = ParseValue();
    if (!value.ok()) return value;
    SkipSpace();
    if (at_ == text_.size()) return value;
    return Fail("Unexpected non-whitespace character after JSON");
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                  text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  // The next character; NUL, which JSON never has, at the end.
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  Completion Fail(std::string_view what) {
    return realm_.Throw(ErrorKind::kSyntaxError,
                        std::string(what) + " at position " +
                            std::to_string(Utf16Length(text_.substr(0, at_))));
  }

  // What is here fits nowhere.
  Completion Unexpected() {
    if (at_ >= text_.size()) {
      return realm_.Throw(ErrorKind::kSyntaxError,
                          "Unexpected end of JSON input");
    }
    if (IsDigit(Peek()) || Peek() == '-')
      return Fail("Unexpected number in JSON");
    if (Peek() == '"') return Fail("Unexpected string in JSON");
    const auto quoted = [](std::string_view t) {
      return '"' + std::string(t) + '"';
    };
    for (const std::string_view special :
         {"NaN", "Infinity", "undefined", "[object Object]"}) {
      if (text_ == special) {
        return realm_.Throw(ErrorKind::kSyntaxError,
                            quoted(text_) + " is not valid JSON");
      }
    }
    std::string_view rest = text_.substr(at_);
    const std::string_view before = rest;
    TakeCodePoint(rest);
    std::string message = "Unexpected token '";
    message += before.substr(0, before.size() - rest.size());
    message += "', ";
    // Ten units on both sides.
    constexpr size_t kContext = 10;
    const size_t length = Utf16Length(text_);
    const size_t at = Utf16Length(text_.substr(0, at_));
    if (length < 2 * kContext + 1) {
      message += quoted(text_);
    } else if (at < kContext) {
      message += quoted(Utf16Part(text_, 0, at + kContext)) + "...";
    } else if (at < length - kContext) {
      message += "..." +
                 quoted(Utf16Part(text_, at - kContext, at + kContext)) + "...";
    } else {
      message += "..." + quoted(Utf16Part(text_, at - kContext, length));
    }
    return realm_.Throw(ErrorKind::kSyntaxError,
                        message + " is not valid JSON");
  }

  Completion ParseValue() {
    if (realm_.native_stack().IsLow()) return realm_.ThrowTooDeep();
    SkipSpace();
    switch (Peek()) {
      case '{':
        return ParseObject();
      case '[':
        return ParseArray();
      case '"':
        return ParseString();
      case 't':
        return ParseWord("true", Value(true));
      case 'f':
        return ParseWord("false", Value(false));
      case 'n':
        return ParseWord("null", Value(Null{}));
      default:
        return Peek() == '-' || IsDigit(Peek()) ? ParseNumber() : Unexpected();
    }
  }

  Completion ParseWord(std::string_view word, Value value) {
    for (const char c : word) {
      if (Peek() != c) return Unexpected();
      ++at_;
    }
    return value;
  }

  Completion ParseNumber() {
    const size_t begin = at_;
    if (Peek() == '-') {
      ++at_;
      if (!IsDigit(Peek())) return Fail("No number after minus sign in JSON");
    }
    if (Peek() == '0') {
      ++at_;
      if (IsDigit(Peek())) return Unexpected();
    }
    while (IsDigit(Peek())) ++at_;
    if (Peek() == '.') {
      ++at_;
      if (!IsDigit(Peek()))
        return Fail("Unterminated fractional number in JSON");
      while (IsDigit(Peek())) ++at_;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      ++at_;
      if (Peek() == '+' || Peek() == '-') ++at_;
      if (!IsDigit(Peek()))
        return Fail("Exponent part is missing a number in JSON");
      while (IsDigit(Peek())) ++at_;
    }
    return Value(StringToNumber(text_.substr(begin, at_ - begin)));
  }

  Completion ParseString() {
    std::string out;
    bool units = false;
    for (++at_;;) {
      if (at_ == text_.size()) return Fail("Unterminated string in JSON");
      const char c = text_[at_];
      if (static_cast<uint8_t>(c) < 0x20) {
        return Fail("Bad control character in string literal in JSON");
      }
      ++at_;
      if (c == '"') break;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (at_ == text_.size()) return Unexpected();
      constexpr std::string_view kFrom = "\"\\/bfnrt";
      constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
      const size_t escape = kFrom.find(Peek());
      if (escape != std::string_view::npos) {
        out += kTo[escape];
        ++at_;
      } else if (Peek() != 'u') {
        return Fail("Bad escaped character in JSON");
      } else {
        ++at_;
        char32_t unit = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
          const double digit =
              at_ < text_.size() ? ParseInt(text_.substr(at_, 1), 16) : -1;
          if (!(digit >= 0)) return Fail("Bad Unicode escape in JSON");
          unit = unit * 16 + static_cast<char32_t>(digit);
        }
        AppendCodePoint(unit, &out);
        units = true;
      }
    }
    // Two escaped surrogates may be one code point.
    if (units && !IsAscii(out)) out = FromUtf16(ToUtf16(out));
    return Value(String::New(out));
  }

  Completion ParseArray() {
    std::vector<Value> elements;
    ++at_;
    SkipSpace();
    if (Peek() == ']') {
      ++at_;
      return Value(realm_.New<Array>());
    }
    for (;;) {
      Completion element = ParseValue();
      if (!element.ok()) return element;
      elements.push_back(std::move(element.value()));
      SkipSpace();
      if (Peek() == ']') break;
      if (Peek() != ',')
        return Fail("Expected ',' or ']' after array element in JSON");
      ++at_;
    }
    ++at_;
    return Value(realm_.New<Array>(std::move(elements)));
  }

  Completion ParseObject() {
    const Ref<Object> object = realm_.NewObject();
    ++at_;
    SkipSpace();
    if (Peek() == '}') {
      ++at_;
      return Value(object);
    }
    if (Peek() != '"') return Fail("Expected property name or '}' in JSON");
    for (;;) {
      Completion key = ParseString();
      if (!key.ok()) return key;
      SkipSpace();
      if (Peek() != ':')
        return Fail("Expected ':' after property name in JSON");
      ++at_;
      Completion value = ParseValue();
      if (!value.ok()) return value;
      object->Define(realm_.Intern(key.value().string()),
                     std::move(value.value()));
      SkipSpace();
      if (Peek() == '}') break;
      if (Peek() != ',') {
        return Fail("Expected ',' or '}' after property value in JSON");
      }
      ++at_;
      SkipSpace();
      if (Peek() != '"')
        return Fail("Expected double-quoted property name in JSON");
    }
    ++at_;
    return Value(object);
  }

  Realm& realm_;
  const std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Completion ParseJson(Realm& realm, std::string_view text) {
  return JsonParser(realm, text).Parse();
}

}  // namespace goshawk::gojs
