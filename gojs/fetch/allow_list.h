// Which hosts a program may talk to.

#ifndef GOSHAWK_GOJS_FETCH_ALLOW_LIST_H_
#define GOSHAWK_GOJS_FETCH_ALLOW_LIST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace goshawk::gojs {

// Names are compared as they stand in a URL; nothing is looked up. So a name
// that is allowed is allowed wherever it leads, and an address that is meant
// has to be listed as one.
class AllowList {
 public:
  // Adds HOST[:PORT],...: a name or address (IPv6 in brackets), or * for all,
  // with the port or all ports. INVALID_ARGUMENT names what is no such thing.
  absl::Status Add(std::string_view hosts);

  // `host` as in Url.
  bool Allows(std::string_view host, uint16_t port) const;
  bool empty() const { return rows_.empty(); }

 private:
  struct Row {
    std::string host;  // lower-case, or "*"
    int port;          // -1: all
  };
  std::vector<Row> rows_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_ALLOW_LIST_H_
