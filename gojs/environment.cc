#include "gojs/environment.h"

#include <span>

namespace goshawk::gojs {

fs::Errno Environment::WriteStream(int fd, std::string_view data) {
  const std::shared_ptr<fs::File> file = fds.Share(fd);
  if (file == nullptr) return fs::Errno::kBadF;
  while (!data.empty()) {
    const fs::Result<size_t> n =
        file->Write(std::as_bytes(std::span(data.data(), data.size())));
    if (!n.ok()) return n.error();
    data.remove_prefix(*n);
  }
  return fs::Errno::kOk;
}

void Environment::Settle(const Completion& completion) {
  if (completion.thrown() && !uncaught_) uncaught_ = completion.value();
}

}  // namespace goshawk::gojs
