#include "tools/deadline.h"

#include <poll.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "tools/command.h"

namespace goshawk::tools {

Deadline::Deadline(std::string file, std::chrono::nanoseconds after,
                   std::function<void()> interrupt)
    : file_(std::move(file)) {
  std::thread([this, after, interrupt = std::move(interrupt)] {
    std::this_thread::sleep_for(after);
    interrupt();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    _exit(Say());
  }).detach();
}

int Deadline::Say() {
  pollfd error = {STDERR_FILENO, POLLOUT, 0};
  if (!said_.exchange(true) && poll(&error, 1, 0) > 0) {
    Complain(file_, "stopped, for its --deadline has passed");
  }
  return kExitDeadline;
}

}  // namespace goshawk::tools
