#include "gojs/fetch/url.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "absl/strings/ascii.h"

namespace goshawk::gojs {
namespace {

// Takes everything up to the first of `ends` off `text`.
std::string_view TakeUntil(std::string_view* text, std::string_view ends) {
  const size_t end = std::min(text->find_first_of(ends), text->size());
  const std::string_view taken = text->substr(0, end);
  text->remove_prefix(end);
  return taken;
}

uint16_t DefaultPort(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

bool IsHost(std::string_view host) {
  if (host.starts_with('[')) {
    return host.ends_with(']') &&
           host.find_first_not_of("0123456789abcdef:.", 1) == host.size() - 1;
  }
  return !host.empty() && host.find_first_of("[]<>\\^`{|}\"%:*") == host.npos;
}

// Removes dot segments (RFC 3986, 5.2.4) from a path with its query.
std::string Clean(std::string_view path) {
  std::string_view rest = path;
  std::string_view plain = TakeUntil(&rest, "?");  // the query is left
  std::vector<std::string_view> segments;
  bool directory = false;
  while (!plain.empty()) {
    plain.remove_prefix(1);  // the slash
    const std::string_view segment = TakeUntil(&plain, "/");
    directory = segment == "." || segment == "..";
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (segment != ".") {
      segments.push_back(segment);
    }
  }
  std::string clean;
  for (const std::string_view segment : segments) {
    clean.append("/").append(segment);
  }
  if (directory || clean.empty()) clean += '/';
  return clean.append(rest);
}

}  // namespace

std::optional<Url> Url::Parse(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f) return std::nullopt;
  }
  Url url;
  url.scheme = TakeUntil(&text, ":");
  absl::AsciiStrToLower(&url.scheme);
  if ((url.scheme != "http" && url.scheme != "https") ||
      !text.starts_with("://")) {
    return std::nullopt;
  }
  text.remove_prefix(3);
  std::string_view authority = TakeUntil(&text, "/?#");
  if (const size_t at = authority.rfind('@'); at != authority.npos) {
    url.userinfo = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  url.port = DefaultPort(url.scheme);
  const size_t colon = authority.rfind(':');
  if (colon != authority.npos && authority.find(']', colon) == authority.npos) {
    const std::string_view port = authority.substr(colon + 1);
    const char* const end = port.data() + port.size();
    if (!port.empty()) {
      const auto [at, error] = std::from_chars(port.data(), end, url.port);
      if (error != std::errc() || at != end) return std::nullopt;
    }
    authority = authority.substr(0, colon);
  }
  url.host = absl::AsciiStrToLower(std::string(authority));
  if (!IsHost(url.host)) return std::nullopt;
  url.path = TakeUntil(&text, "#");
  if (!url.path.starts_with('/')) url.path.insert(0, "/");
  url.path = Clean(url.path);
  url.fragment = text;
  return url;
}

std::optional<Url> Url::Resolve(std::string_view reference) const {
  const size_t colon = reference.find_first_of(":/?#");
  if (colon != reference.npos && reference[colon] == ':') {
    return Parse(reference);
  }
  if (reference.starts_with("//")) {
    return Parse(scheme + ":" + std::string(reference));
  }
  std::string_view rest = path;
  const std::string_view plain = TakeUntil(&rest, "?");
  std::string target = ToRequest();
  target.resize(target.size() - path.size());
  if (reference.starts_with('/')) {
    target += reference;
  } else if (reference.starts_with('?')) {
    target.append(plain).append(reference);
  } else if (reference.empty() || reference.starts_with('#')) {
    target.append(path).append(reference);
  } else {
    target.append(plain.substr(0, plain.rfind('/') + 1)).append(reference);
  }
  return Parse(target);
}

std::string Url::ToRequest() const {
  std::string text = scheme + "://" + host;
  if (port != DefaultPort(scheme)) text += ":" + std::to_string(port);
  return text + path;
}

}  // namespace goshawk::gojs
