#include "gojs/event_loop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

namespace goshawk::gojs {

struct Inbox {
  // Readable when something has changed.
  const int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  std::atomic<bool> news = false;  // what the loop asks before every task
  std::mutex mutex;
  std::vector<EventLoop::Task> tasks;  // guarded
  int senders = 0;                     // guarded

  ~Inbox() { close(fd); }

  void Wake() {
    news = true;
    eventfd_write(fd, 1);
  }
  bool Busy() {
    const std::lock_guard<std::mutex> lock(mutex);
    return senders > 0 || !tasks.empty();
  }
  std::vector<EventLoop::Task> Take() {
    eventfd_t count;
    eventfd_read(fd, &count);
    news = false;
    const std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(tasks, {});
  }
};

EventLoop::Sender::Sender(std::shared_ptr<Inbox> inbox, int weight)
    : inbox_(std::move(inbox)), weight_(weight) {
  const std::lock_guard<std::mutex> lock(inbox_->mutex);
  inbox_->senders += weight_;
}

EventLoop::Sender::~Sender() {
  {
    const std::lock_guard<std::mutex> lock(inbox_->mutex);
    inbox_->senders -= weight_;
  }
  inbox_->Wake();
}

void EventLoop::Sender::Post(Task task) {
  {
    const std::lock_guard<std::mutex> lock(inbox_->mutex);
    inbox_->tasks.push_back(std::move(task));
  }
  inbox_->Wake();
}

EventLoop::EventLoop(Clock& clock) : clock_(clock) {}
EventLoop::~EventLoop() = default;

std::unique_ptr<EventLoop::Sender> EventLoop::NewSender(int weight) {
  if (inbox_ == nullptr) inbox_ = std::make_shared<Inbox>();
  return std::unique_ptr<Sender>(new Sender(inbox_, weight));
}

bool EventLoop::HasNews() const { return inbox_ != nullptr && inbox_->news; }

bool EventLoop::HasWork() const {
  return !posted_.empty() || !timers_.empty() || !watches_.empty() ||
         (inbox_ != nullptr && inbox_->Busy());
}

EventLoop::TimerId EventLoop::SetTimer(int64_t delay, Task task, bool repeat) {
  const TimerId id = next_timer_++;
  delay = std::max<int64_t>(delay, 0);
  Insert(id, delay, {std::move(task), repeat ? delay : kOnce});
  return id;
}

void EventLoop::Insert(TimerId id, int64_t delay, Timer timer) {
  const int64_t now = clock_.Monotonic();
  const int64_t deadline = delay > std::numeric_limits<int64_t>::max() - now
                               ? std::numeric_limits<int64_t>::max()
                               : now + delay;
  timers_.emplace(Key(deadline, id), std::move(timer));
  deadlines_[id] = deadline;
}

void EventLoop::ClearTimer(TimerId id) {
  const auto it = deadlines_.find(id);
  if (it == deadlines_.end()) return;
  // The task may own what clears further timers when it goes.
  const auto node = timers_.extract(Key(it->second, id));
  deadlines_.erase(it);
}

EventLoop::WatchId EventLoop::Watch(int fd, int16_t events, Task task) {
  watches_.push_back({next_watch_, fd, events, std::move(task)});
  return next_watch_++;
}

void EventLoop::Unwatch(WatchId id) {
  const auto it = std::find_if(watches_.begin(), watches_.end(),
                               [id](const Watched& w) { return w.id == id; });
  if (it == watches_.end()) return;
  // The task may own what ends further watches when it goes.
  const Watched gone = std::move(*it);
  watches_.erase(it);
}

void EventLoop::Clear() {
  posted_.clear();
  timers_.clear();
  deadlines_.clear();
  watches_.clear();
  if (inbox_ != nullptr) inbox_->Take();
}

void EventLoop::Poll(bool wait) {
  std::vector<pollfd> fds;
  fds.reserve(watches_.size());
  for (const Watched& w : watches_) fds.push_back({w.fd, w.events, 0});
  if (inbox_ != nullptr) fds.push_back({inbox_->fd, POLLIN, 0});

  int64_t deadline = 0;
  timespec timeout = {0, 0};
  const timespec* limit = &timeout;
  if (wait && timers_.empty()) {
    limit = nullptr;
  } else if (wait) {
    deadline = timers_.begin()->first.first;
    // What comes from outside gets the time that it really takes.
    const bool outside =
        !watches_.empty() || (inbox_ != nullptr && inbox_->Busy());
    if (outside || !clock_.SkipTo(deadline)) {
      const int64_t left = std::max<int64_t>(deadline - clock_.Monotonic(), 0);
      timeout = {static_cast<time_t>(left / 1000000000),
                 static_cast<decltype(timeout.tv_nsec)>(left % 1000000000)};
    }
  }
  // Interrupted by a signal: nothing is ready, and the caller comes again.
  const int ready = ppoll(fds.data(), fds.size(), limit, nullptr);
  if (ready == 0 && deadline != 0) clock_.SkipTo(deadline);
  if (ready > 0) {
    if (inbox_ != nullptr) {
      for (Task& task : inbox_->Take()) Post(std::move(task));
    }
    std::vector<Watched> rest;
    for (size_t i = 0; i < watches_.size(); ++i) {
      if (fds[i].revents != 0) {
        Post(std::move(watches_[i].task));
      } else {
        rest.push_back(std::move(watches_[i]));
      }
    }
    watches_ = std::move(rest);
  }
}

bool EventLoop::TimerIsDue() const {
  return !timers_.empty() && timers_.begin()->first.first <= clock_.Monotonic();
}

void EventLoop::RunTimer() {
  auto node = timers_.extract(timers_.begin());
  const TimerId id = node.key().second;
  Timer timer = std::move(node.mapped());
  if (timer.interval == kOnce) deadlines_.erase(id);
  timer.task();
  // A repeating one goes on unless it was cleared meanwhile.
  if (timer.interval != kOnce && deadlines_.contains(id)) {
    const int64_t interval = timer.interval;
    Insert(id, interval, std::move(timer));
  }
}

void EventLoop::RunOne() {
  // Time and input are looked at before every task and timers take turns with
  // the rest, so that nothing which keeps coming starves the others.
  if (!watches_.empty() || HasNews() || posted_.empty()) {
    Poll(posted_.empty() && !TimerIsDue());
  }
  timers_first_ = !timers_first_;
  if ((timers_first_ || posted_.empty()) && TimerIsDue()) {
    RunTimer();
  } else if (!posted_.empty()) {
    const Task task = std::move(posted_.front());
    posted_.pop_front();
    task();
  }
}

}  // namespace goshawk::gojs
