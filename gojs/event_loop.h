// What happens to a program while none of its code runs: timers, input that
// arrives, and work that was put off.
//
// The loop knows nothing of Go. Tasks are functions; who puts them in decides
// what they do. One thread, but for what a Sender sends.

#ifndef GOSHAWK_GOJS_EVENT_LOOP_H_
#define GOSHAWK_GOJS_EVENT_LOOP_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gojs/services.h"

namespace goshawk::gojs {

// Where senders put tasks; event_loop.cc has it.
struct Inbox;

class EventLoop {
 public:
  using Task = std::function<void()>;
  using TimerId = int32_t;
  using WatchId = uint64_t;

  // `clock` must outlive the loop.
  explicit EventLoop(Clock& clock);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs `task` after what is already waiting.
  void Post(Task task) { posted_.push_back(std::move(task)); }

  // Runs `task` once, or again and again if `repeat`, no earlier than `delay`
  // nanoseconds from now as the clock's Monotonic() counts them. Ids start at 1
  // and only grow.
  TimerId SetTimer(int64_t delay, Task task, bool repeat = false);
  // A timer that was cleared does not fire, even if it is due. Unknown ids are
  // ignored; a task may clear its own timer.
  void ClearTimer(TimerId id);

  // Runs `task` once, when `fd` is ready for `events` of poll(2) or in error.
  WatchId Watch(int fd, int16_t events, Task task);
  // Not any more. Unknown ids, and those whose task is about to run, are
  // ignored.
  void Unwatch(WatchId id);

  // How another thread gives work to the loop's. The loop has something to wait
  // for as long as there is one that may have news, as NewSender makes it, but
  // not for one that NewBystander made. Its functions may be called from any
  // thread.
  class Sender {
   public:
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    // Runs `task` on the loop's thread; not at all if the loop ends before,
    // which may be elsewhere than there. So it must hold no JavaScript value.
    void Post(Task task);

   private:
    friend class EventLoop;
    Sender(std::shared_ptr<Inbox> inbox, int weight);
    const std::shared_ptr<Inbox> inbox_;
    const int weight_;  // 0 for a bystander, else 1
  };
  std::unique_ptr<Sender> NewSender() { return NewSender(1); }
  std::unique_ptr<Sender> NewBystander() { return NewSender(0); }

  // Forgets everything, so that what tasks hold is let go of.
  void Clear();

  // True if there is anything that could still happen.
  bool HasWork() const;

  // Waits until something is due and runs one task; a signal may end the wait
  // early, with nothing run. REQUIRES: HasWork().
  void RunOne();

 private:
  using Key = std::pair<int64_t, TimerId>;  // deadline, id
  struct Timer {
    Task task;
    int64_t interval;  // kOnce, or nanoseconds
  };
  static constexpr int64_t kOnce = -1;
  struct Watched {
    WatchId id;
    int fd;
    int16_t events;
    Task task;
  };

  std::unique_ptr<Sender> NewSender(int weight);
  bool HasNews() const;
  void Insert(TimerId id, int64_t delay, Timer timer);
  bool TimerIsDue() const;
  void RunTimer();
  // Moves what is ready to posted_; if `wait`, waits for it or for a timer.
  void Poll(bool wait);

  Clock& clock_;
  std::deque<Task> posted_;
  std::map<Key, Timer> timers_;
  std::unordered_map<TimerId, int64_t> deadlines_;
  TimerId next_timer_ = 1;
  std::vector<Watched> watches_;
  WatchId next_watch_ = 1;
  std::shared_ptr<Inbox> inbox_;  // null until there is a sender
  bool timers_first_ = false;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_EVENT_LOOP_H_
