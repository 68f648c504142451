#include "gojs/event_loop.h"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <limits>

namespace goshawk::gojs {

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

void EventLoop::Watch(int fd, short events, Task task) {
  watches_.push_back({fd, events, std::move(task)});
}

void EventLoop::Clear() {
  posted_.clear();
  timers_.clear();
  deadlines_.clear();
  watches_.clear();
}

void EventLoop::Poll(bool wait) {
  std::vector<pollfd> fds;
  fds.reserve(watches_.size());
  for (const Watched& w : watches_) fds.push_back({w.fd, w.events, 0});

  timespec timeout = {0, 0};
  const timespec* limit = &timeout;
  if (wait && timers_.empty()) {
    limit = nullptr;
  } else if (wait) {
    const int64_t left =
        std::max<int64_t>(timers_.begin()->first.first - clock_.Monotonic(), 0);
    timeout = {static_cast<time_t>(left / 1000000000),
               static_cast<long>(left % 1000000000)};
  }
  // Interrupted by a signal: nothing is ready, and the caller comes again.
  const int ready = ppoll(fds.data(), fds.size(), limit, nullptr);
  if (ready > 0) {
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
  if (!watches_.empty() || posted_.empty()) {
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
