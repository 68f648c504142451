// Environment: what the objects that touch the outside world (fs, process,
// console, timers, ...) share: files, streams, time, identity, and how deep the
// program is nested in its own callbacks. One for each program.

#ifndef GOSHAWK_GOJS_ENVIRONMENT_H_
#define GOSHAWK_GOJS_ENVIRONMENT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fs/errno.h"
#include "fs/fd_table.h"
#include "fs/file_system.h"
#include "gojs/event_loop.h"
#include "gojs/js/value.h"
#include "gojs/services.h"

namespace goshawk::gojs {

// Who the program believes to be.
struct Identity {
  uint32_t uid = 0;
  uint32_t gid = 0;
  uint32_t euid = 0;
  uint32_t egid = 0;
  std::vector<uint32_t> groups;
  int pid = 1;
  int ppid = 0;
};

class Realm;

class Environment {
 public:
  // Both must outlive the environment.
  Environment(Clock& clock, RandomSource& random)
      : clock_(clock), random_(random), loop_(clock) {}

  Clock& clock() { return clock_; }
  RandomSource& random() { return random_; }
  EventLoop& loop() { return loop_; }

  // Files. Without a file system, every call that takes a path is ENOSYS.
  fs::FileSystem* file_system = nullptr;
  fs::FdTable fds;
  std::string cwd = "/";  // clean
  uint32_t umask = 022;

  Identity identity;
  std::vector<std::string> args;
  std::map<std::string, std::string> env;

  // Writes all of `data` to a standard stream, as writeSync does.
  fs::Errno WriteStream(int fd, std::string_view data);

  // process.exit: ends the program. Set by who runs it.
  std::function<void(int code)> exit;

  // To be called with what a function came to that was called by nobody but
  // the event loop. The first value thrown ends the program.
  void Settle(const Completion& completion);
  const std::optional<Value>& uncaught() const { return uncaught_; }

  // Runs what waits for the end of running code (realm.h), until there is no
  // more or a value was thrown that nobody caught; a promise that was rejected
  // and has nobody to tell counts as such.
  void RunMicrotasks(Realm& realm);

  // Lets go of every JavaScript value; the realm is about to end.
  void Clear() {
    loop_.Clear();
    uncaught_.reset();
  }

  // Calls of fs call back from the event loop, as Node's do, and not before
  // they return. Slower, but goroutines in a bubble of testing/synctest cannot
  // be called back: syscall/js.FuncOf panics.
  bool files_answer_later = false;

  // How often callbacks of fs calls, and Go functions of whatever kind, are
  // nested right now.
  int completions = 0;
  int go_functions = 0;
  // True if Go may wait for the event loop: no function that something else
  // than an fs call called is running, so nobody waits for its return.
  bool MayWait() const { return go_functions <= completions; }

  // True while Go, not yet back from its start, may be going idle for the first
  // time. A goroutine that is to return to the event loop is ready then, and
  // whoever calls back into Go before it has run lets it return from there.
  bool first_idle = false;

 private:
  Clock& clock_;
  RandomSource& random_;
  EventLoop loop_;
  std::optional<Value> uncaught_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_ENVIRONMENT_H_
