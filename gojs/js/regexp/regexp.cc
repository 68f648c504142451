#include "gojs/js/regexp/regexp.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/iterator.h"
#include "gojs/js/regexp/matcher.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs {
namespace {

using regexp::Found;
using regexp::kNowhere;
using regexp::Matcher;

// A text that is searched, once for all matches.
class Search {
 public:
  Search(Realm& realm, RegExp& self, const Value& text)
      : realm_(realm),
        self_(&self),
        text_(text),
        units_(ToUtf16(text.string()->view())),
        matcher_(self.pattern(), units_) {}

  const std::u16string& units() const { return units_; }
  size_t begin(int group = 0) const { return matcher_.begin(group); }
  size_t end(int group = 0) const { return matcher_.end(group); }
  // Where to look for the next one.
  size_t next() const { return end() + (end() == begin() ? 1 : 0); }

  Completion Find(size_t from, bool* found) {
    *found = false;
    if (from > units_.size()) return Completion();
    const Found outcome = matcher_.Find(from);
    if (outcome == Found::kTooLong) {
      return realm_.Throw(ErrorKind::kRangeError,
                          "Regular expression takes too long: /" +
                              std::string(self_->source()->view()) + "/");
    }
    *found = outcome == Found::kYes;
    return Completion();
  }

  std::u16string_view Part(size_t from, size_t to) const {
    return std::u16string_view(units_).substr(from, to - from);
  }
  Value Text(size_t from, size_t to) const {
    return Value(String::New(FromUtf16(Part(from, to))));
  }
  // What a group matched; undefined if nothing.
  Value Group(int group) const {
    if (begin(group) == kNowhere || end(group) == kNowhere) return Value();
    return Text(begin(group), end(group));
  }
  // The groups that have names; undefined if there are none.
  Value Groups() const {
    const auto& names = self_->pattern().names;
    if (names.empty()) return Value();
    const Ref<Object> groups = realm_.New<Object>(Object::kClass, nullptr);
    for (const auto& [name, number] : names) {
      groups->Define(name, Group(number));
    }
    return Value(groups);
  }
  // What exec() returns.
  Value Result() const {
    std::vector<Value> parts;
    parts.reserve(static_cast<size_t>(self_->pattern().groups));
    for (int i = 0; i < self_->pattern().groups; ++i) {
      parts.push_back(Group(i));
    }
    const Ref<Array> result = realm_.New<Array>(std::move(parts));
    result->Define("index", Value(begin()));
    result->Define("input", text_);
    result->Define("groups", Groups());
    return Value(result);
  }

  // What the match is replaced with: $1, $<name>, $& and so on are expanded.
  void Expand(std::u16string_view with, std::u16string* out) const {
    const int groups = self_->pattern().groups;
    const auto append = [&](int group) {
      if (begin(group) == kNowhere || end(group) == kNowhere) return;
      *out += Part(begin(group), end(group));
    };
    for (size_t i = 0; i < with.size(); ++i) {
      const char16_t next =
          with[i] == '$' && i + 1 < with.size() ? with[i + 1] : u'\0';
      const auto digit = [&](size_t at) {
        return at < with.size() && with[at] >= '0' && with[at] <= '9'
                   ? with[at] - '0'
                   : -1;
      };
      if (next == '$') {
        *out += '$';
      } else if (next == '&') {
        append(0);
      } else if (next == '`') {
        *out += Part(0, begin());
      } else if (next == '\'') {
        *out += Part(end(), units_.size());
      } else if (next != 0 && digit(i + 1) >= 0) {
        const int one = digit(i + 1);
        const int two = digit(i + 2) < 0 ? -1 : one * 10 + digit(i + 2);
        if (two > 0 && two < groups) {
          append(two);
          ++i;
        } else if (one > 0 && one < groups) {
          append(one);
        } else {
          *out += '$';
          continue;
        }
      } else if (next == '<' && !self_->pattern().names.empty()) {
        const size_t close = with.find(u'>', i);
        if (close == std::u16string_view::npos) {
          *out += '$';
          continue;
        }
        const std::string name = FromUtf16(with.substr(i + 2, close - i - 2));
        for (const auto& [known, number] : self_->pattern().names) {
          if (known == name) append(number);
        }
        i = close - 1;
      } else {
        *out += with[i];
        continue;
      }
      ++i;
    }
  }

 private:
  Realm& realm_;
  const Ref<RegExp> self_;
  const Value text_;
  const std::u16string units_;
  Matcher matcher_;
};

// One match, from lastIndex on and with lastIndex changed where the flags say
// so.
Completion FindNext(RegExp& self, Search& search, bool* found) {
  const bool remembers = self.pattern().global || self.pattern().sticky;
  size_t from = 0;
  if (Completion c = self.LastIndex(&from); !c.ok()) return c;
  Completion c = search.Find(remembers ? from : 0, found);
  if (c.ok() && remembers) self.SetLastIndex(*found ? search.end() : 0);
  return c;
}

Completion Exec(const Invocation& call, const Value& argument) {
  auto* self = As<RegExp>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "RegExp");
  const Ref<RegExp> keep = self;
  Completion text = ToJsString(call.realm, argument);
  if (!text.ok()) return text;
  Search search(call.realm, *self, text.value());
  bool found = false;
  if (Completion c = FindNext(*self, search, &found); !c.ok()) return c;
  return found ? search.Result() : Value(Null{});
}

Completion Test(const Invocation& call, const Value& argument) {
  Completion found = Exec(call, argument);
  if (!found.ok()) return found;
  return Value(!found.value().IsNull());
}

Completion ToText(const Invocation& call) {
  const auto* self = As<RegExp>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "RegExp");
  return Value(String::New("/" + std::string(self->source()->view()) + "/" +
                           std::string(self->flags()->view())));
}

Completion Source(const Invocation& call) {
  const auto* self = As<RegExp>(call.self);
  if (self == nullptr) return Value(String::New("(?:)"));
  return Value(self->source());
}

Completion Flags(const Invocation& call) {
  const auto* self = As<RegExp>(call.self);
  if (self == nullptr) return Value(String::New(""));
  return Value(self->flags());
}

template <bool regexp::Pattern::* kFlag>
Completion HasFlag(const Invocation& call) {
  const auto* self = As<RegExp>(call.self);
  if (self == nullptr) return Completion();
  return Value(self->pattern().*kFlag);
}

Completion MakeRegExp(const Invocation& call) {
  const auto* other = As<RegExp>(call.Arg(0));
  Value source = other != nullptr ? Value(other->source()) : call.Arg(0);
  Value flags = call.Arg(1);
  if (flags.IsUndefined() && other != nullptr) flags = Value(other->flags());
  for (Value* part : {&source, &flags}) {
    if (part->IsUndefined()) *part = Value(String::New(""));
    Completion text = ToJsString(call.realm, *part);
    if (!text.ok()) return text;
    *part = std::move(text.value());
  }
  return RegExp::Make(call.realm, source.string(), flags.string());
}

constexpr Member kMembers[] = {
    Getter<&HasFlag<&regexp::Pattern::dot_all>>("dotAll"),
    Method<&Exec>("exec"),
    Getter<&Flags>("flags"),
    Getter<&HasFlag<&regexp::Pattern::global>>("global"),
    Getter<&HasFlag<&regexp::Pattern::ignore_case>>("ignoreCase"),
    Getter<&HasFlag<&regexp::Pattern::multiline>>("multiline"),
    Getter<&Source>("source"),
    Getter<&HasFlag<&regexp::Pattern::sticky>>("sticky"),
    Method<&Test>("test"),
    Method<&ToText>("toString"),
};

}  // namespace

const ClassInfo RegExp::kClass = {.name = "RegExp",
                                  .parent = &Object::kClass,
                                  .members = kMembers,
                                  .construct = &MakeRegExp,
                                  .call = &MakeRegExp,
                                  .length = 2};

RegExp::RegExp(Realm& realm, regexp::Pattern pattern, Ref<String> source,
               Ref<String> flags)
    : Object(realm, kClass),
      pattern_(std::move(pattern)),
      source_(std::move(source)),
      flags_(std::move(flags)) {
  Define("lastIndex", Value(0), kWritable);
}

Completion RegExp::Make(Realm& realm, Ref<String> source, Ref<String> flags) {
  regexp::Pattern pattern;
  std::string error;
  if (!regexp::Compile(source->view(), flags->view(), &pattern, &error)) {
    return realm.Throw(ErrorKind::kSyntaxError, error);
  }
  // An empty one would be the start of a comment.
  if (source->view().empty()) source = String::New("(?:)");
  return Value(realm.New<RegExp>(std::move(pattern), std::move(source),
                                 std::move(flags)));
}

Completion RegExp::LastIndex(size_t* index) {
  Completion value = Get("lastIndex");
  if (!value.ok()) return value;
  double number = 0;
  Completion c = ToNumber(realm(), value.value(), &number);
  number = ToInteger(number);
  constexpr double kBeyond = 4294967296;
  *index = static_cast<size_t>(std::fmin(std::fmax(number, 0), kBeyond));
  return c;
}

void RegExp::SetLastIndex(size_t index) {
  static_cast<void>(Set("lastIndex", Value(index)));
}

Completion ReplaceMatches(Realm& realm, RegExp& self, const Value& text,
                          const Value& with) {
  std::u16string pattern;
  if (!with.IsCallable()) {
    const Completion c = ToJsString(realm, with);
    if (!c.ok()) return c;
    pattern = ToUtf16(c.value().string()->view());
  }
  Search search(realm, self, text);
  const bool global = self.pattern().global;
  if (global) self.SetLastIndex(0);
  std::u16string out;
  size_t done = 0;
  size_t from = 0;
  for (bool found = true; found;) {
    Completion c =
        global ? search.Find(from, &found) : FindNext(self, search, &found);
    if (!c.ok()) return c;
    if (!found) break;
    out += search.Part(done, search.begin());
    if (with.IsCallable()) {
      std::vector<Value> args;
      args.reserve(static_cast<size_t>(self.pattern().groups) + 3);
      for (int i = 0; i < self.pattern().groups; ++i) {
        args.push_back(search.Group(i));
      }
      args.push_back(Value(search.begin()));
      args.push_back(text);
      if (!self.pattern().names.empty()) args.push_back(search.Groups());
      Completion made = with.object()->Call(Value(), args);
      if (!made.ok()) return made;
      const Completion string = ToJsString(realm, made.value());
      if (!string.ok()) return string;
      out += ToUtf16(string.value().string()->view());
    } else {
      search.Expand(pattern, &out);
    }
    if (out.size() > kMaxStringLength) return ThrowStringTooLong(realm);
    done = search.end();
    from = search.next();
    if (!global) break;
  }
  if (done == 0 && out.empty()) return text;
  out += search.Part(done, search.units().size());
  return NewString(realm, FromUtf16(out));
}

Completion SplitAtMatches(Realm& realm, RegExp& self, const Value& text,
                          size_t most) {
  Search search(realm, self, text);
  const size_t size = search.units().size();
  std::vector<Value> parts;
  const auto add = [&](Value part) {
    if (parts.size() < most) parts.push_back(std::move(part));
  };
  size_t done = 0;
  size_t from = 0;
  bool found = false;
  for (;;) {
    if (Completion c = search.Find(from, &found); !c.ok()) return c;
    if (!found || parts.size() >= most) break;
    // Neither an empty match where a part begins nor one at the end divides.
    if (search.end() == done || search.begin() == size) {
      if (size == 0) return Value(realm.New<Array>());
      from = search.next();
      continue;
    }
    add(search.Text(done, search.begin()));
    for (int i = 1; i < self.pattern().groups; ++i) add(search.Group(i));
    done = search.end();
    from = search.next();
  }
  add(search.Text(done, size));
  return Value(realm.New<Array>(std::move(parts)));
}

Completion MatchText(Realm& realm, RegExp& self, const Value& text) {
  Search search(realm, self, text);
  bool found = false;
  if (!self.pattern().global) {
    if (Completion c = FindNext(self, search, &found); !c.ok()) return c;
    return found ? search.Result() : Value(Null{});
  }
  self.SetLastIndex(0);
  std::vector<Value> all;
  for (size_t from = 0;; from = search.next()) {
    if (Completion c = search.Find(from, &found); !c.ok()) return c;
    if (!found) break;
    all.push_back(search.Group(0));
  }
  if (all.empty()) return Value(Null{});
  return Value(realm.New<Array>(std::move(all)));
}

Completion MatchAll(Realm& realm, RegExp& self, const Value& text) {
  if (!self.pattern().global) {
    return realm.Throw(ErrorKind::kTypeError,
                       "String.prototype.matchAll called with a non-global "
                       "RegExp argument");
  }
  Search search(realm, self, text);
  std::vector<Value> all;
  bool found = false;
  for (size_t from = 0;; from = search.next()) {
    if (Completion c = search.Find(from, &found); !c.ok()) return c;
    if (!found) break;
    all.push_back(search.Result());
  }
  return Value(realm.New<ArrayIterator>(
      Ref<Object>(realm.New<Array>(std::move(all))), IterationKind::kValues));
}

Completion SearchText(Realm& realm, RegExp& self, const Value& text) {
  Search search(realm, self, text);
  bool found = false;
  if (Completion c = search.Find(0, &found); !c.ok()) return c;
  return found ? Value(search.begin()) : Value(-1);
}

}  // namespace goshawk::gojs
