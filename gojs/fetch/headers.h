// Headers (Fetch Standard, 5.1): a list of header fields.

#ifndef GOSHAWK_GOJS_FETCH_HEADERS_H_
#define GOSHAWK_GOJS_FETCH_HEADERS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gojs/fetch/transport.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

class Headers final : public Object {
 public:
  static const ClassInfo kClass;
  explicit Headers(Realm& realm, std::vector<HttpHeader> list = {})
      : Object(realm, kClass), list_(std::move(list)) {}

  const std::vector<HttpHeader>& list() const { return list_; }

  // Adds what `init` holds: Headers, pairs in arrays, or an object's
  // properties. A name or value that cannot be one throws a TypeError.
  Completion Fill(const Value& init);

  Completion Append(std::string_view name, std::string_view value);
  Completion SetHeader(std::string_view name, std::string_view value);
  void DeleteHeader(std::string_view name);
  // All values of that name, joined with commas; null if there is none.
  Value GetHeader(std::string_view name) const;
  bool HasHeader(std::string_view name) const;
  Value GetSetCookie() const;

  // As iteration gives them: sorted by name, values of one name joined, but for
  // set-cookie.
  std::vector<HttpHeader> Sorted() const;

 private:
  std::vector<HttpHeader> list_;
};

// The first value of that name.
std::optional<std::string> FindHeader(const std::vector<HttpHeader>& headers,
                                      std::string_view name);

// What a method or header may be called (RFC 9110, token).
bool IsToken(std::string_view text);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_HEADERS_H_
