// fetch's arguments (Fetch Standard, 5.4, the constructor of Request).

#include <algorithm>
#include <array>

#include "gojs/fetch/fetch_task.h"
#include "gojs/fetch/headers.h"
#include "gojs/js/array_buffer.h"
#include "gojs/js/convert.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {
namespace {

Completion TypeError(Realm& realm, std::string_view message) {
  return realm.Throw(ErrorKind::kTypeError, message);
}

std::string Upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// The option `name`; `*present` if it is there and not undefined.
Completion Option(Realm& realm, const Value& init, std::string_view name,
                  bool* present) {
  *present = false;
  if (!init.IsObject()) return Completion();
  Completion value = init.object()->Get(name);
  *present = value.ok() && !value.value().IsUndefined();
  static_cast<void>(realm);
  return value;
}

Completion ReadMethod(Realm& realm, const Value& value, std::string* method) {
  Completion text = ToJsString(realm, value);
  if (!text.ok()) return text;
  *method = text.value().string()->view();
  const std::string upper = Upper(*method);
  constexpr std::array kForbidden = {"CONNECT", "TRACE", "TRACK"};
  constexpr std::array kKnown = {"DELETE",  "GET",  "HEAD",
                                 "OPTIONS", "POST", "PUT"};
  if (!IsToken(*method) || std::find(kForbidden.begin(), kForbidden.end(),
                                     upper) != kForbidden.end()) {
    return TypeError(realm, "'" + *method + "' is not a valid HTTP method.");
  }
  if (std::find(kKnown.begin(), kKnown.end(), upper) != kKnown.end()) {
    *method = upper;
  }
  return Completion();
}

Completion ReadRedirect(Realm& realm, const Value& value, RedirectMode* mode) {
  Completion text = ToJsString(realm, value);
  if (!text.ok()) return text;
  const std::string_view name = text.value().string()->view();
  if (name == "follow") {
    *mode = RedirectMode::kFollow;
  } else if (name == "error") {
    *mode = RedirectMode::kError;
  } else if (name == "manual") {
    *mode = RedirectMode::kManual;
  } else {
    return TypeError(realm, "redirect: " + std::string(name) +
                                " is not follow, error or manual");
  }
  return Completion();
}

// Headers that describe the connection are the transport's.
bool IsOfTheConnection(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames = {
      "connection", "content-length",    "expect", "host", "keep-alive", "te",
      "trailer",    "transfer-encoding", "upgrade"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

Completion ReadRequest(Realm& realm, const Value& input, const Value& init,
                       FetchRequest* request) {
  Completion text = ToJsString(realm, input);
  if (!text.ok()) return text;
  const std::string url(text.value().string()->view());
  std::optional<Url> parsed = Url::Parse(url);
  if (!parsed) return TypeError(realm, "Failed to parse URL from " + url);
  if (!parsed->userinfo.empty()) {
    return TypeError(realm,
                     "Request cannot be constructed from a URL that includes "
                     "credentials: " +
                         parsed->ToString());
  }
  request->url = *std::move(parsed);

  bool present;
  Completion value = Option(realm, init, "method", &present);
  if (present) value = ReadMethod(realm, value.value(), &request->method);
  if (!value.ok()) return value;

  value = Option(realm, init, "redirect", &present);
  if (present) value = ReadRedirect(realm, value.value(), &request->redirect);
  if (!value.ok()) return value;

  value = Option(realm, init, "headers", &present);
  if (!value.ok()) return value;
  const Ref<Headers> headers = realm.New<Headers>();
  value = headers->Fill(value.value());
  if (!value.ok()) return value;
  request->headers = headers->Sorted();
  std::erase_if(request->headers, [](const HttpHeader& header) {
    return IsOfTheConnection(header.name);
  });

  value = Option(realm, init, "signal", &present);
  if (!value.ok()) return value;
  if (!value.value().IsNullish()) {
    request->signal = Ref<AbortSignal>(As<AbortSignal>(value.value()));
    if (!request->signal) {
      return TypeError(realm, "signal: not an AbortSignal");
    }
  }

  value = Option(realm, init, "body", &present);
  if (!value.ok()) return value;
  if (!value.value().IsNullish()) {
    if (request->method == "GET" || request->method == "HEAD") {
      return TypeError(realm, "Request with GET/HEAD method cannot have body.");
    }
    if (As<BodyStream>(value.value()) != nullptr) {
      return TypeError(realm, "a stream as the body is not supported");
    }
    if (As<TypedArray>(value.value()) == nullptr &&
        As<ArrayBuffer>(value.value()) == nullptr) {
      value = ToJsString(realm, value.value());
      if (!value.ok()) return value;
      if (!FindHeader(request->headers, "content-type")) {
        request->headers.push_back(
            {"content-type", "text/plain;charset=UTF-8"});
      }
    }
    request->body = value.value();
  }
  return Completion();
}

}  // namespace goshawk::gojs
