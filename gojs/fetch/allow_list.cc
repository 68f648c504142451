#include "gojs/fetch/allow_list.h"

#include <algorithm>

#include "gojs/fetch/url.h"

namespace goshawk::gojs {

absl::Status AllowList::Add(std::string_view hosts) {
  while (true) {
    const size_t comma = hosts.find(',');
    const std::string one(hosts.substr(0, comma));
    const bool all = one == "*" || one.starts_with("*:");
    // What can stand in a URL, and nothing else.
    const std::optional<Url> url =
        Url::Parse("http://" + (all ? "all" + one.substr(1) : one));
    if (!url || url->path != "/" || !url->userinfo.empty() ||
        !url->fragment.empty() || one.find('/') != one.npos ||
        one.ends_with(':')) {
      return absl::InvalidArgumentError("not of the form HOST[:PORT],...");
    }
    const size_t colon = one.rfind(':');
    const bool has_port = colon != one.npos && one.find(']', colon) == one.npos;
    rows_.push_back({all ? "*" : url->host, has_port ? url->port : -1});
    if (comma == hosts.npos) return absl::OkStatus();
    hosts.remove_prefix(comma + 1);
  }
}

bool AllowList::Allows(std::string_view host, uint16_t port) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
    return (row.host == "*" || row.host == host) &&
           (row.port == -1 || row.port == port);
  });
}

}  // namespace goshawk::gojs
