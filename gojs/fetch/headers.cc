#include "gojs/fetch/headers.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "absl/strings/ascii.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"

namespace goshawk::gojs {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// What entries(), keys() and values() give.
class HeadersIterator final : public Object {
 public:
  enum class Kind { kEntries, kKeys, kValues };
  static const ClassInfo kClass;
  HeadersIterator(Realm& realm, std::vector<HttpHeader> list, Kind kind)
      : Object(realm, kClass), list_(std::move(list)), kind_(kind) {}

  Completion Next() {
    const bool done = next_ == list_.size();
    Value value;
    if (!done) {
      const HttpHeader& header = list_[next_++];
      const Value name(String::New(header.name));
      const Value text(String::New(header.value));
      value = kind_ == Kind::kKeys ? name
              : kind_ == Kind::kValues
                  ? text
                  : Value(realm().New<Array>(std::vector<Value>{name, text}));
    }
    const Ref<Object> result = realm().NewObject();
    result->Define("value", value);
    result->Define("done", Value(done));
    return Value(result);
  }
  Value Self() { return Value(this); }

 private:
  const std::vector<HttpHeader> list_;
  const Kind kind_;
  size_t next_ = 0;
};

constexpr Member kIteratorMembers[] = {
    Method<&HeadersIterator::Next>("next"),
    Method<&HeadersIterator::Self>("@@iterator"),
};

template <HeadersIterator::Kind kKind>
Completion Iterate(const Invocation& call) {
  const auto* headers = As<Headers>(call.self);
  if (headers == nullptr) {
    return call.realm.Throw(ErrorKind::kTypeError,
                            "Illegal invocation: this is not a Headers");
  }
  return Value(call.realm.New<HeadersIterator>(headers->Sorted(), kKind));
}

Completion ForEach(const Invocation& call) {
  const auto* headers = As<Headers>(call.self);
  if (headers == nullptr || !call.Arg(0).IsCallable()) {
    return call.realm.Throw(ErrorKind::kTypeError,
                            "Headers.forEach needs a function");
  }
  const Value &function = call.Arg(0), &self = call.self, &that = call.Arg(1);
  for (const HttpHeader& header : headers->Sorted()) {
    const Value args[] = {Value(String::New(header.value)),
                          Value(String::New(header.name)), self};
    Completion result = function.object()->Call(that, args);
    if (!result.ok()) return result;
  }
  return Completion();
}

Completion NewHeaders(const Invocation& call) {
  const Ref<Headers> headers = call.realm.New<Headers>();
  Completion filled = headers->Fill(call.Arg(0));
  return filled.ok() ? Completion(Value(headers)) : filled;
}

constexpr Member kMembers[] = {
    Method<&Headers::Append>("append"),
    Method<&Headers::DeleteHeader>("delete"),
    Method<&Iterate<HeadersIterator::Kind::kEntries>>("entries"),
    Method<&ForEach>("forEach", 1),
    Method<&Headers::GetHeader>("get"),
    Method<&Headers::GetSetCookie>("getSetCookie"),
    Method<&Headers::HasHeader>("has"),
    Method<&Iterate<HeadersIterator::Kind::kKeys>>("keys"),
    Method<&Headers::SetHeader>("set"),
    Method<&Iterate<HeadersIterator::Kind::kValues>>("values"),
    Method<&Iterate<HeadersIterator::Kind::kEntries>>("@@iterator"),
};

}  // namespace

const ClassInfo HeadersIterator::kClass = {.name = "Headers Iterator",
                                           .parent = &Object::kClass,
                                           .members = kIteratorMembers};

const ClassInfo Headers::kClass = {.name = "Headers",
                                   .parent = &Object::kClass,
                                   .members = kMembers,
                                   .construct = &NewHeaders};

bool IsToken(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           kOthers.find(c) != kOthers.npos;
  });
}

std::optional<std::string> FindHeader(const std::vector<HttpHeader>& headers,
                                      std::string_view name) {
  for (const HttpHeader& header : headers) {
    if (header.name == name) return header.value;
  }
  return std::nullopt;
}

Completion Headers::Fill(const Value& init) {
  if (init.IsNullish()) return Completion();
  if (!init.IsObject()) {
    return realm().Throw(ErrorKind::kTypeError,
                         "Headers needs an object or pairs");
  }
  if (const auto* headers = As<Headers>(init)) {
    list_.insert(list_.end(), headers->list_.begin(), headers->list_.end());
    return Completion();
  }
  const auto append = [this](const Value& name, const Value& value) {
    Completion text = ToJsString(realm(), name);
    if (!text.ok()) return text;
    Completion content = ToJsString(realm(), value);
    if (!content.ok()) return content;
    return Append(text.value().string()->view(),
                  content.value().string()->view());
  };
  if (const auto* pairs = As<Array>(init)) {
    const std::vector<Value> elements = pairs->elements();
    for (const Value& element : elements) {
      const auto* pair = As<Array>(element);
      if (pair == nullptr || pair->elements().size() != 2) {
        return realm().Throw(ErrorKind::kTypeError,
                             "each header must be a name and a value");
      }
      const std::vector<Value> both = pair->elements();
      Completion added = append(both[0], both[1]);
      if (!added.ok()) return added;
    }
    return Completion();
  }
  // A getter may drop the last reference.
  const Value keep =  // NOLINT(performance-unnecessary-copy-initialization)
      init;
  for (const Value& key : keep.object()->OwnKeys(true)) {
    if (!key.IsString()) continue;
    Completion value = keep.object()->Get(key.string()->view());
    if (!value.ok()) return value;
    Completion added = append(key, value.value());
    if (!added.ok()) return added;
  }
  return Completion();
}

Completion Headers::Append(std::string_view name, std::string_view value) {
  value = Trim(value);
  if (!IsToken(name)) {
    return realm().Throw(
        ErrorKind::kTypeError,
        "Headers.append: " + std::string(name) + " is an invalid header name.");
  }
  if (value.find_first_of(std::string_view("\0\r\n", 3)) != value.npos) {
    return realm().Throw(ErrorKind::kTypeError,
                         "Headers.append: " + std::string(value) +
                             " is an invalid header value.");
  }
  list_.push_back(
      {absl::AsciiStrToLower(std::string(name)), std::string(value)});
  return Completion();
}

Completion Headers::SetHeader(std::string_view name, std::string_view value) {
  Completion added = Append(name, value);
  if (!added.ok()) return added;
  HttpHeader header = std::move(list_.back());
  list_.pop_back();
  const auto same = [&](const HttpHeader& h) { return h.name == header.name; };
  const auto first = std::find_if(list_.begin(), list_.end(), same);
  if (first == list_.end()) {
    list_.push_back(std::move(header));
  } else {
    first->value = std::move(header.value);
    list_.erase(std::remove_if(first + 1, list_.end(), same), list_.end());
  }
  return Completion();
}

void Headers::DeleteHeader(std::string_view name) {
  std::erase_if(list_,
                [lower = absl::AsciiStrToLower(std::string(name))](
                    const HttpHeader& header) { return header.name == lower; });
}

Value Headers::GetHeader(std::string_view name) const {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  std::optional<std::string> all;
  for (const HttpHeader& header : list_) {
    if (header.name != lower) continue;
    all = all ? *all + ", " + header.value : header.value;
  }
  return all ? Value(String::New(*all)) : Value(Null{});
}

bool Headers::HasHeader(std::string_view name) const {
  return FindHeader(list_, absl::AsciiStrToLower(std::string(name)))
      .has_value();
}

Value Headers::GetSetCookie() const {
  std::vector<Value> cookies;
  for (const HttpHeader& header : list_) {
    if (header.name == "set-cookie") {
      cookies.push_back(Value(String::New(header.value)));
    }
  }
  return Value(realm().New<Array>(std::move(cookies)));
}

std::vector<HttpHeader> Headers::Sorted() const {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const HttpHeader& header : list_) {
    by_name[header.name].push_back(header.value);
  }
  std::vector<HttpHeader> joined;
  for (const auto& [name, values] : by_name) {
    for (const std::string& value : values) {
      if (&value == &values.front() || name == "set-cookie") {
        joined.push_back({name, value});
      } else {
        joined.back().value += ", " + value;
      }
    }
  }
  return joined;
}

}  // namespace goshawk::gojs
