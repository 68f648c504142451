#include "gojs/environment.h"

#include <deque>
#include <span>
#include <utility>

#include "gojs/js/promise.h"
#include "gojs/js/realm.h"

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

void Environment::RunMicrotasks(Realm& realm) {
  while (!uncaught_) {
    std::deque<Value>* queue = &realm.ticks();
    if (queue->empty()) queue = &realm.microtasks();
    if (queue->empty()) break;
    // All of a queue, with what is added to it, before the other.
    while (!queue->empty() && !uncaught_) {
      const Value task = std::move(queue->front());
      queue->pop_front();
      const Completion done = task.object()->Call(Value(), {});
      if (done.unwinding()) return;
      Settle(done);
    }
  }
  Value reason;
  if (!uncaught_ && TakeUnhandledRejection(realm, &reason)) {
    Settle(Completion::Throw(std::move(reason)));
  }
}

}  // namespace goshawk::gojs
