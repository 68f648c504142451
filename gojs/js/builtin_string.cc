// String: the constructor and the methods.
// Positions count UTF-16 units.

#include <algorithm>
#include <cmath>

#include "gojs/js/access.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/iterator.h"
#include "gojs/js/letters.h"
#include "gojs/js/primitive.h"
#include "gojs/js/regexp/regexp.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

// "this" as text. What is cheap for ASCII works on bytes; the rest converts.
struct Text {
  Completion string;
  std::string_view bytes;
  bool ascii = true;

  // False if "this" has no text; then `string` says why.
  bool Read(const Invocation& call) {
    if (call.self.IsNullish()) {
      string = call.realm.Throw(
          ErrorKind::kTypeError,
          "String.prototype method called on null or undefined");
      return false;
    }
    string = ToJsString(call.realm, call.self);
    if (!string.ok()) return false;
    bytes = string.value().string()->view();
    ascii = IsAscii(bytes);
    return true;
  }
  size_t length() const { return ascii ? bytes.size() : Utf16Length(bytes); }
  Completion Part(size_t begin, size_t end) const {
    return Value(String::New(Utf16Part(bytes, begin, end)));
  }
  // The position in units of the byte at `at`.
  size_t UnitOf(size_t at) const {
    return ascii ? at : Utf16Length(bytes.substr(0, at));
  }
  // The byte at which unit `unit` begins; the end if there are fewer.
  size_t ByteOf(size_t unit) const {
    if (ascii) return std::min(unit, bytes.size());
    std::string_view rest = bytes;
    for (size_t n = 0; n < unit && !rest.empty();) {
      n += TakeCodePoint(rest) < 0x10000 ? 1 : 2;
    }
    return bytes.size() - rest.size();
  }
};

size_t Clamped(double n, size_t length) {
  n = ToInteger(n);
  if (!(n > 0)) return 0;
  return static_cast<size_t>(std::min(n, static_cast<double>(length)));
}

// From the end if negative.
size_t Relative(double n, size_t length) {
  n = ToInteger(n);
  return Clamped(n < 0 ? n + static_cast<double>(length) : n, length);
}

Completion At(const Invocation& call, double index) {
  Text text;
  if (!text.Read(call)) return text.string;
  const size_t length = text.length();
  double n = ToInteger(index);
  if (n < 0) n += static_cast<double>(length);
  if (!(n >= 0 && n < static_cast<double>(length))) return Completion();
  return text.Part(static_cast<size_t>(n), static_cast<size_t>(n) + 1);
}

Completion CharAt(const Invocation& call, double index) {
  Text text;
  if (!text.Read(call)) return text.string;
  const double n = ToInteger(index);
  if (!(n >= 0 && n < static_cast<double>(text.length()))) {
    return Value(String::New(""));
  }
  return text.Part(static_cast<size_t>(n), static_cast<size_t>(n) + 1);
}

template <bool kCodePoint>
Completion CodeAt(const Invocation& call, double index) {
  Text text;
  if (!text.Read(call)) return text.string;
  const double n = ToInteger(index);
  const std::u16string units = ToUtf16(text.bytes);
  if (!(n >= 0 && n < static_cast<double>(units.size()))) {
    if (kCodePoint) return Completion();
    return Value(std::numeric_limits<double>::quiet_NaN());
  }
  const auto i = static_cast<size_t>(n);
  uint32_t c = units[i];
  if (kCodePoint && (c & 0xfc00) == 0xd800 && i + 1 < units.size() &&
      (units[i + 1] & 0xfc00) == 0xdc00) {
    c = 0x10000 + ((c & 0x3ff) << 10) + (units[i + 1] & 0x3ff);
  }
  return Value(c);
}

Completion Concat(const Invocation& call) {
  Text text;
  if (!text.Read(call)) return text.string;
  std::string out(text.bytes);
  for (const Value& arg : call.args) {
    Completion more = ToJsString(call.realm, arg);
    if (!more.ok()) return more;
    out += more.value().string()->view();
    if (out.size() > kMaxStringLength) return ThrowStringTooLong(call.realm);
  }
  return NewString(call.realm, out);
}

enum class Where { kIncludes, kStartsWith, kEndsWith, kIndexOf, kLastIndexOf };

template <Where kWhere>
Completion Find(const Invocation& call, std::string_view wanted,
                const Value& position) {
  Text text;
  if (!text.Read(call)) return text.string;
  double at = 0;
  if (Completion c = ToNumber(call.realm, position, &at); !c.ok()) return c;
  const size_t length = text.length();
  if (kWhere == Where::kEndsWith) {
    const size_t end = position.IsUndefined() ? length : Clamped(at, length);
    return Value(text.bytes.substr(0, text.ByteOf(end)).ends_with(wanted));
  }
  if (kWhere == Where::kLastIndexOf) {
    const size_t from = std::isnan(at) ? length : Clamped(at, length);
    const size_t found = text.bytes.rfind(wanted, text.ByteOf(from));
    if (found == std::string_view::npos) return Value(-1);
    return Value(text.UnitOf(found));
  }
  const size_t from = text.ByteOf(Clamped(at, length));
  if (kWhere == Where::kStartsWith) {
    return Value(text.bytes.substr(from).starts_with(wanted));
  }
  const size_t found = text.bytes.find(wanted, from);
  if (kWhere == Where::kIncludes) {
    return Value(found != std::string_view::npos);
  }
  if (found == std::string_view::npos) return Value(-1);
  return Value(text.UnitOf(found));
}

template <bool kAtStart>
Completion Pad(const Invocation& call, double wanted, const Value& fill) {
  Text text;
  if (!text.Read(call)) return text.string;
  std::string with = " ";
  if (!fill.IsUndefined()) {
    const Completion c = ToJsString(call.realm, fill);
    if (!c.ok()) return c;
    with = c.value().string()->view();
  }
  const size_t length = text.length();
  if (!(ToInteger(wanted) > static_cast<double>(length)) || with.empty()) {
    return text.string;
  }
  if (wanted > kMaxStringLength) return ThrowStringTooLong(call.realm);
  const size_t missing = static_cast<size_t>(wanted) - length;
  const size_t unit = Utf16Length(with);
  std::string padding;
  for (size_t n = 0; n + unit <= missing; n += unit) padding += with;
  padding += Utf16Part(with, 0, missing % unit);
  const std::string own(text.bytes);
  return NewString(call.realm, kAtStart ? padding + own : own + padding);
}

Completion Repeat(const Invocation& call, double count) {
  Text text;
  if (!text.Read(call)) return text.string;
  const double n = ToInteger(count);
  if (!(n >= 0) || std::isinf(n)) {
    return call.realm.Throw(ErrorKind::kRangeError,
                            "Invalid count value: " + NumberToString(count));
  }
  if (n * static_cast<double>(text.bytes.size()) > kMaxStringLength) {
    return ThrowStringTooLong(call.realm);
  }
  std::string out;
  if (text.bytes.empty()) return Value(String::New(out));
  out.reserve(text.bytes.size() * static_cast<size_t>(n));
  for (size_t i = 0; i < static_cast<size_t>(n); ++i) out += text.bytes;
  return Value(String::New(out));
}

// What a match is replaced with: $$, $&, $` and $' have their meaning.
std::string Expand(std::string_view pattern, std::string_view text, size_t at,
                   size_t size) {
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char next =
        pattern[i] == '$' && i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    ++i;
    if (next == '$') {
      out += '$';
    } else if (next == '&') {
      out += text.substr(at, size);
    } else if (next == '`') {
      out += text.substr(0, at);
    } else if (next == '\'') {
      out += text.substr(at + size);
    } else {
      out += pattern[--i];
    }
  }
  return out;
}

template <bool kAll>
Completion Replace(const Invocation& call, const Value& what,
                   const Value& with) {
  Text text;
  if (!text.Read(call)) return text.string;
  if (auto* pattern = As<RegExp>(what)) {
    if (kAll && !pattern->pattern().global) {
      return call.realm.Throw(ErrorKind::kTypeError,
                              "String.prototype.replaceAll called with a "
                              "non-global RegExp argument");
    }
    return ReplaceMatches(call.realm, *pattern, text.string.value(), with);
  }
  Completion literal = ToJsString(call.realm, what);
  if (!literal.ok()) return literal;
  const std::string_view wanted = literal.value().string()->view();
  Completion pattern;
  if (!with.IsCallable()) {
    pattern = ToJsString(call.realm, with);
    if (!pattern.ok()) return pattern;
  }
  std::string out;
  size_t done = 0;
  for (size_t from = 0; from <= text.bytes.size();) {
    const size_t at = text.bytes.find(wanted, from);
    if (at == std::string_view::npos) break;
    out += text.bytes.substr(done, at - done);
    if (with.IsCallable()) {
      const Value args[] = {Value(String::New(wanted)), Value(text.UnitOf(at)),
                            text.string.value()};
      Completion c = with.object()->Call(Value(), args);
      if (!c.ok()) return c;
      const Completion made = ToJsString(call.realm, c.value());
      if (!made.ok()) return made;
      out += made.value().string()->view();
    } else {
      out += Expand(pattern.value().string()->view(), text.bytes, at,
                    wanted.size());
    }
    if (out.size() > kMaxStringLength) return ThrowStringTooLong(call.realm);
    done = at + wanted.size();
    from = wanted.empty() ? at + 1 : done;
    if (!kAll) break;
  }
  out += text.bytes.substr(done);
  return NewString(call.realm, out);
}

// An argument that says where a part ends: at the end if it is left out.
Completion ReadEnd(const Invocation& call, const Value& end, size_t length,
                   double* last) {
  *last = static_cast<double>(length);
  return end.IsUndefined() ? Completion() : ToNumber(call.realm, end, last);
}

Completion Slice(const Invocation& call, double begin, const Value& end) {
  Text text;
  if (!text.Read(call)) return text.string;
  const size_t length = text.length();
  double last;
  if (Completion c = ReadEnd(call, end, length, &last); !c.ok()) return c;
  const size_t from = Relative(begin, length);
  return text.Part(from, std::max(from, Relative(last, length)));
}

Completion Substring(const Invocation& call, double begin, const Value& end) {
  Text text;
  if (!text.Read(call)) return text.string;
  const size_t length = text.length();
  double last;
  if (Completion c = ReadEnd(call, end, length, &last); !c.ok()) return c;
  const auto [from, to] =
      std::minmax({Clamped(begin, length), Clamped(last, length)});
  return text.Part(from, to);
}

Completion Substr(const Invocation& call, double begin, const Value& count) {
  Text text;
  if (!text.Read(call)) return text.string;
  const size_t length = text.length();
  const size_t from = Relative(begin, length);
  double n;
  if (Completion c = ReadEnd(call, count, length - from, &n); !c.ok()) return c;
  return text.Part(from, from + Clamped(n, length - from));
}

Completion Split(const Invocation& call, const Value& separator,
                 const Value& limit) {
  Text text;
  if (!text.Read(call)) return text.string;
  size_t most = 0xffffffff;
  if (!limit.IsUndefined()) {
    double n = 0;
    if (Completion c = ToNumber(call.realm, limit, &n); !c.ok()) return c;
    most = ToUint32(n);
  }
  if (auto* pattern = As<RegExp>(separator)) {
    return SplitAtMatches(call.realm, *pattern, text.string.value(), most);
  }
  std::vector<Value> parts;
  const auto add = [&](std::string_view part) {
    if (parts.size() < most) parts.push_back(Value(String::New(part)));
  };
  if (separator.IsUndefined()) {
    add(text.bytes);
    return Value(call.realm.New<Array>(std::move(parts)));
  }
  Completion between = ToJsString(call.realm, separator);
  if (!between.ok()) return between;
  const std::string_view by = between.value().string()->view();
  if (by.empty()) {
    const std::u16string units = ToUtf16(text.bytes);
    for (const char16_t& unit : units) add(FromUtf16({&unit, 1}));
  } else {
    size_t from = 0;
    for (size_t at; (at = text.bytes.find(by, from)) != std::string_view::npos;
         from = at + by.size()) {
      add(text.bytes.substr(from, at - from));
    }
    add(text.bytes.substr(from));
  }
  return Value(call.realm.New<Array>(std::move(parts)));
}

// match, matchAll and search: what is no regular expression becomes one.
template <Completion (*kMethod)(Realm&, RegExp&, const Value&), bool kGlobal>
Completion Matched(const Invocation& call, const Value& what) {
  Text text;
  if (!text.Read(call)) return text.string;
  Completion pattern = what;
  if (As<RegExp>(what) == nullptr) {
    Completion source = what.IsUndefined() ? Completion(String::New(""))
                                           : ToJsString(call.realm, what);
    if (!source.ok()) return source;
    pattern = RegExp::Make(call.realm, source.value().string(),
                           String::New(kGlobal ? "g" : ""));
    if (!pattern.ok()) return pattern;
  }
  return kMethod(call.realm, *As<RegExp>(pattern.value()), text.string.value());
}

template <char32_t (*kChange)(char32_t)>
Completion ChangeCase(const Invocation& call) {
  Text text;
  if (!text.Read(call)) return text.string;
  std::string out;
  out.reserve(text.bytes.size());
  while (!text.bytes.empty()) {
    const char32_t c = TakeCodePoint(text.bytes);
    if (c == 0xdf && kChange(U'a') == U'A') {
      out += "SS";
    } else {
      AppendCodePoint(kChange(c), &out);
    }
  }
  return NewString(call.realm, out);
}

template <bool kStart, bool kEnd>
Completion Trim(const Invocation& call) {
  Text text;
  if (!text.Read(call)) return text.string;
  std::string_view rest = text.bytes;
  for (std::string_view next = rest; kStart && !next.empty(); rest = next) {
    if (!IsSpace(TakeCodePoint(next))) break;
  }
  while (kEnd && !rest.empty()) {
    size_t last = rest.size() - 1;
    while (last > 0 && (rest[last] & 0xc0) == 0x80) --last;
    std::string_view point = rest.substr(last);
    if (!IsSpace(TakeCodePoint(point))) break;
    rest = rest.substr(0, last);
  }
  return Value(String::New(rest));
}

Completion CodePoints(const Invocation& call) {
  Text text;
  if (!text.Read(call)) return text.string;
  std::vector<Value> points;
  for (std::string_view rest = text.bytes; !rest.empty();) {
    const std::string_view before = rest;
    TakeCodePoint(rest);
    points.push_back(
        Value(String::New(before.substr(0, before.size() - rest.size()))));
  }
  return Value(call.realm.New<ArrayIterator>(
      Ref<Object>(call.realm.New<Array>(std::move(points))),
      IterationKind::kValues));
}

Completion LocaleCompare(const Invocation& call, std::string_view other) {
  Text text;
  if (!text.Read(call)) return text.string;
  return Value(CompareUtf16(text.bytes, other));
}

Completion FromCharCode(Realm& realm, Args args) {
  std::u16string units;
  for (const Value& arg : args) {
    double n = 0;
    if (Completion c = ToNumber(realm, arg, &n); !c.ok()) return c;
    units.push_back(static_cast<char16_t>(ToUint32(n)));
  }
  return Value(String::New(FromUtf16(units)));
}

Completion FromCodePoint(Realm& realm, Args args) {
  std::string out;
  for (const Value& arg : args) {
    double n = 0;
    if (Completion c = ToNumber(realm, arg, &n); !c.ok()) return c;
    if (!(n >= 0 && n <= 0x10ffff && n == std::trunc(n))) {
      return realm.Throw(ErrorKind::kRangeError,
                         "Invalid code point " + ToPlainString(arg));
    }
    AppendCodePoint(static_cast<char32_t>(n), &out);
  }
  return Value(String::New(IsAscii(out) ? out : FromUtf16(ToUtf16(out))));
}

Completion ToStringValue(const Invocation& call) {
  if (call.args.empty()) return Value(String::New(""));
  if (call.Arg(0).IsSymbol() && call.new_target == nullptr) {
    return Value(String::New(ToPlainString(call.Arg(0))));
  }
  return ToJsString(call.realm, call.Arg(0));
}

constexpr Member kMembers[] = {
    Method<&CodePoints>("@@iterator"),
    Method<&At>("at"),
    Method<&CharAt>("charAt"),
    Method<&CodeAt<false>>("charCodeAt"),
    Method<&CodeAt<true>>("codePointAt"),
    Method<&Concat>("concat", 1),
    Method<&Find<Where::kEndsWith>>("endsWith", 1),
    Method<&Find<Where::kIncludes>>("includes", 1),
    Method<&Find<Where::kIndexOf>>("indexOf", 1),
    Method<&Find<Where::kLastIndexOf>>("lastIndexOf", 1),
    Method<&LocaleCompare>("localeCompare"),
    Method<&Matched<&MatchText, false>>("match"),
    Method<&Matched<&MatchAll, true>>("matchAll"),
    Method<&Pad<false>>("padEnd", 1),
    Method<&Pad<true>>("padStart", 1),
    Method<&Repeat>("repeat"),
    Method<&Replace<false>>("replace"),
    Method<&Replace<true>>("replaceAll"),
    Method<&Matched<&SearchText, false>>("search"),
    Method<&Slice>("slice"),
    Method<&Split>("split"),
    Method<&Find<Where::kStartsWith>>("startsWith", 1),
    Method<&Substr>("substr"),
    Method<&Substring>("substring"),
    Method<&ChangeCase<&ToLower>>("toLocaleLowerCase"),
    Method<&ChangeCase<&ToUpper>>("toLocaleUpperCase"),
    Method<&ChangeCase<&ToLower>>("toLowerCase"),
    Method<&PrimitiveToString<Value::Type::kString>>("toString"),
    Method<&ChangeCase<&ToUpper>>("toUpperCase"),
    Method<&Trim<true, true>>("trim"),
    Method<&Trim<false, true>>("trimEnd"),
    Method<&Trim<true, false>>("trimStart"),
    Method<&PrimitiveValueOf<Value::Type::kString>>("valueOf"),
};

constexpr Member kStatics[] = {
    Method<&FromCharCode>("fromCharCode", 1),
    Method<&FromCodePoint>("fromCodePoint", 1),
};

}  // namespace

const ClassInfo kStringClass = {
    .name = "String",
    .parent = &Object::kClass,
    .members = kMembers,
    .statics = kStatics,
    .construct = &WrapPrimitive<&kStringClass, &ToStringValue>,
    .call = &ToStringValue,
    .length = 1};

}  // namespace goshawk::gojs
