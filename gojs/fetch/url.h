// URLs of http and https, as far as fetch looks into them (RFC 3986).

#ifndef GOSHAWK_GOJS_FETCH_URL_H_
#define GOSHAWK_GOJS_FETCH_URL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goshawk::gojs {

struct Url {
  std::string scheme;    // "http" or "https"
  std::string userinfo;  // before the @; usually empty
  std::string host;      // lower-case; an IPv6 address in brackets
  uint16_t port = 0;     // the scheme's own if none is given
  std::string path;      // starts with a slash; with query, without fragment
  std::string fragment;  // with its #, or empty

  // Nothing if `text` is no absolute URL of these schemes, or has characters
  // that a URL cannot have.
  static std::optional<Url> Parse(std::string_view text);
  // Where `reference`, relative or absolute, leads from here.
  std::optional<Url> Resolve(std::string_view reference) const;

  // Without user and fragment.
  std::string ToRequest() const;
  std::string ToString() const { return ToRequest() + fragment; }
  // Scheme, host and port are the same.
  bool SameOrigin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
  }
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_URL_H_
