// The end of a program whose time is up.

#ifndef GOSHAWK_TOOLS_DEADLINE_H_
#define GOSHAWK_TOOLS_DEADLINE_H_

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

namespace goshawk::tools {

class Deadline {
 public:
  // After that time a thread of its own calls `interrupt`. If the process is
  // still there a second later, as the program is busy with something that
  // cannot be interrupted (a pipe that nobody reads), it says so and ends it
  // with kExitDeadline. There is no way back, so this must live until the
  // process ends.
  Deadline(std::string file, std::chrono::nanoseconds after,
           std::function<void()> interrupt);
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Says on standard error, once, that the time is up; not if that would have
  // to wait. Returns kExitDeadline. Any thread.
  int Say();

 private:
  const std::string file_;
  std::atomic<bool> said_ = false;
};

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_DEADLINE_H_
