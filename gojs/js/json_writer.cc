// JSON.stringify.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/convert.h"
#include "gojs/js/json.h"
#include "gojs/js/number.h"
#include "gojs/js/primitive.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

class JsonWriter {
 public:
  explicit JsonWriter(Realm& realm) : realm_(realm) {}

  Completion Prepare(const Value& replacer, const Value& space) {
    if (replacer.IsCallable()) {
      function_ = replacer;
    } else if (As<Array>(replacer) != nullptr) {
      has_list_ = true;
      std::vector<Value> names;
      Completion c = ListFrom(realm_, replacer, &names);
      if (!c.ok()) return c;
      for (const Value& name : names) {
        const Value primitive = PrimitiveOf(name);
        if (!primitive.IsString() && !primitive.IsNumber()) continue;
        const Value key(realm_.Intern(ToPlainString(primitive)));
        const auto same = [&](const Value& k) {
          return k.cell() == key.cell();
        };
        if (std::none_of(list_.begin(), list_.end(), same)) {
          list_.push_back(key);
        }
      }
    }
    const Value indent = PrimitiveOf(space);
    if (indent.IsNumber()) {
      const double n = std::clamp(ToInteger(indent.number()), 0.0, 10.0);
      indent_ = std::string(static_cast<size_t>(n), ' ');
    } else if (indent.IsString()) {
      const std::string_view text = indent.string()->view();
      indent_ = Utf16Part(text, 0, std::min<size_t>(10, Utf16Length(text)));
    }
    return Completion();
  }

  // Writes the property `key` of `holder`; `*written` is false for what has no
  // text.
  Completion Write(const Value& holder, const Value& key, Value value,
                   bool* written) {
    *written = true;
    if (realm_.native_stack().IsLow()) return realm_.ThrowTooDeep();
    if (out_.size() > kMaxStringLength) return ThrowStringTooLong(realm_);
    if (value.IsObject()) {
      Completion to_json = value.object()->Get("toJSON");
      if (!to_json.ok()) return to_json;
      if (to_json.value().IsCallable()) {
        const Value name = KeyText(key);
        Completion c = to_json.value().object()->Call(value, {&name, 1});
        if (!c.ok()) return c;
        value = std::move(c.value());
      }
    }
    if (function_.IsCallable()) {
      const Value args[] = {KeyText(key), value};
      Completion c = function_.object()->Call(holder, args);
      if (!c.ok()) return c;
      value = std::move(c.value());
    }
    if (value.IsObject() && !PrimitiveOf(value).IsUndefined()) {
      value = PrimitiveOf(value);
    }
    switch (value.type()) {
      case Value::Type::kUndefined:
      case Value::Type::kSymbol:
        *written = false;
        return Completion();
      case Value::Type::kNumber:
        out_ += std::isfinite(value.number()) ? NumberToString(value.number())
                                              : "null";
        return Completion();
      case Value::Type::kString:
        AppendJsonString(value.string()->view(), &out_);
        return Completion();
      case Value::Type::kObject:
        break;
      default:
        out_ += ToPlainString(value);
        return Completion();
    }
    if (value.IsCallable()) {
      *written = false;
      return Completion();
    }
    if (Completion c = CheckCircle(value, key); !c.ok()) return c;
    stack_.push_back({key, value});
    Completion c =
        As<Array>(value) != nullptr ? WriteArray(value) : WriteObject(value);
    stack_.pop_back();
    return c;
  }

  std::string Take() { return std::move(out_); }

 private:
  struct Level {
    Value key;
    Value object;
  };

  Value KeyText(const Value& key) {
    if (key.IsString()) return key;
    return Value(String::New(ToPlainString(key)));
  }

  // The constructor's name.
  std::string ClassOf(const Value& object) {
    const Completion c = object.object()->Get(realm_.names().constructor);
    if (c.ok() && c.value().IsObject()) {
      const Completion name = c.value().object()->Get(realm_.names().name);
      if (name.ok() && name.value().IsString()) {
        return ToPlainString(name.value());
      }
    }
    return "Object";
  }
  static std::string Place(const Value& key) {
    if (key.IsNumber()) return "index " + ToPlainString(key);
    return "property '" + ToPlainString(key) + "'";
  }

  Completion CheckCircle(const Value& value, const Value& key) {
    size_t start = 0;
    while (start < stack_.size() &&
           stack_[start].object.cell() != value.cell()) {
      ++start;
    }
    if (start == stack_.size()) return Completion();
    std::string text = "Converting circular structure to JSON";
    text += "\n    --> starting at object with constructor '" + ClassOf(value) +
            "'";
    const auto line = [&](size_t i) {
      text += "\n    |     " + Place(stack_[i].key) +
              " -> object with constructor '" + ClassOf(stack_[i].object) + "'";
    };
    const size_t first = std::min(stack_.size(), start + 3);
    for (size_t i = start + 1; i < first; ++i) line(i);
    if (stack_.size() > first + 1) text += "\n    |     ...";
    for (size_t i = std::max(first, stack_.size() - 1); i < stack_.size();
         ++i) {
      line(i);
    }
    text += "\n    --- " + Place(key) + " closes the circle";
    return realm_.Throw(ErrorKind::kTypeError, text);
  }

  void NewLine() {
    if (indent_.empty()) return;
    out_ += '\n';
    for (size_t i = 0; i < stack_.size(); ++i) out_ += indent_;
  }
  void Close(char bracket, bool empty) {
    if (!empty) {
      const Level last = std::move(stack_.back());
      stack_.pop_back();
      NewLine();
      stack_.push_back(last);
    }
    out_ += bracket;
  }

  Completion WriteArray(const Value& value) {
    const Ref<Object> array = value.object();
    out_ += '[';
    bool empty = true;
    for (int64_t i = 0;; ++i) {
      const auto* list = As<Array>(value);
      if (static_cast<size_t>(i) >= list->elements().size()) break;
      if (!empty) out_ += ',';
      empty = false;
      NewLine();
      bool written = false;
      Value element = list->elements()[static_cast<size_t>(i)];
      Completion c = Write(value, Value(i), std::move(element), &written);
      if (!c.ok()) return c;
      if (!written) out_ += "null";
    }
    Close(']', empty);
    return Completion();
  }

  Completion WriteObject(const Value& value) {
    const Ref<Object> object = value.object();
    out_ += '{';
    bool empty = true;
    for (const Value& key : has_list_ ? list_ : object->OwnKeys(true)) {
      if (!key.IsString()) continue;
      Completion member = object->Get(Key(key.cell()));
      if (!member.ok()) return member;
      const size_t before = out_.size();
      if (!empty) out_ += ',';
      NewLine();
      AppendJsonString(key.string()->view(), &out_);
      out_ += indent_.empty() ? ":" : ": ";
      bool written = false;
      Completion c = Write(value, key, std::move(member.value()), &written);
      if (!c.ok()) return c;
      if (written) {
        empty = false;
      } else {
        out_.resize(before);
      }
    }
    Close('}', empty);
    return Completion();
  }

  Realm& realm_;
  std::string out_;
  std::string indent_;
  Value function_;
  bool has_list_ = false;
  std::vector<Value> list_;
  std::vector<Level> stack_;
};

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  constexpr std::string_view kShort = "\b\t\n\f\r";
  constexpr std::string_view kLetters = "btnfr";
  *out += '"';
  while (!text.empty()) {
    const char32_t c = TakeCodePoint(text);
    if (c == '"' || c == '\\') {
      *out += '\\';
      *out += static_cast<char>(c);
    } else if (c < 0x20 || (c >= 0xd800 && c < 0xe000)) {
      const size_t letter =
          c < 0x20 ? kShort.find(static_cast<char>(c)) : std::string::npos;
      *out += '\\';
      if (letter != std::string_view::npos) {
        *out += kLetters[letter];
        continue;
      }
      *out += 'u';
      for (int shift = 12; shift >= 0; shift -= 4)
        *out += kHex[c >> shift & 15];
    } else {
      AppendCodePoint(c, out);
    }
  }
  *out += '"';
}

Completion StringifyJson(Realm& realm, const Value& value,
                         const Value& replacer, const Value& space) {
  JsonWriter writer(realm);
  if (Completion c = writer.Prepare(replacer, space); !c.ok()) return c;
  const Ref<Object> holder = realm.NewObject();
  holder->Define("", value);
  bool written = false;
  Completion c =
      writer.Write(Value(holder), Value(realm.Intern("")), value, &written);
  if (!c.ok() || !written) return c;
  return NewString(realm, writer.Take());
}

}  // namespace goshawk::gojs
