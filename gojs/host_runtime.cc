// The imports of Go's package runtime (src/runtime/os_js.go, lock_js.go,
// stubs3.go, rand). None of them may run Go code: they are called on the
// system stack.

#include <cstring>

#include "gojs/host.h"

namespace goshawk::gojs {

void Host::WasmExit(int32_t code) { Exit(code); }

void Host::WasmWrite(uint64_t fd, uint64_t address, int32_t size) {
  if (size <= 0) return;
  if (!memory_->Contains(address, static_cast<uint64_t>(size))) {
    trap_ = interp::Trap::kMemoryOutOfBounds;
    return;
  }
  const char* data = reinterpret_cast<const char*>(memory_->base() + address);
  // Go gets no answer: a closed stream loses what is written to it.
  if (fd <= 2) {
    static_cast<void>(env_.WriteStream(static_cast<int>(fd),
                                       {data, static_cast<size_t>(size)}));
  }
}

void Host::ResetMemoryDataView() {}

int64_t Host::Nanotime1() { return env_.clock().Monotonic(); }

Results<int64_t, int32_t> Host::Walltime() {
  constexpr int64_t kSecond = 1'000'000'000;
  const int64_t now = env_.clock().WallTime();
  int64_t seconds = now / kSecond;
  int64_t nanos = now % kSecond;
  if (nanos < 0) {
    --seconds;
    nanos += kSecond;
  }
  return {seconds, static_cast<int32_t>(nanos)};
}

int32_t Host::ScheduleTimeoutEvent(int64_t delay_ms) {
  constexpr int64_t kMaxMs = int64_t{1} << 42;
  const int64_t ms = std::clamp<int64_t>(delay_ms, 0, kMaxMs);
  // The id must be known to the task, which runs later than this returns.
  const auto id = std::make_shared<int32_t>(0);
  *id = env_.loop().SetTimer(ms * 1'000'000 + timer_slack_ns_,
                             [this, id] { FireTimer(*id); });
  timeouts_.insert(*id);
  // The last that Go does before it makes the goroutine that goes idle. If by
  // then the time has come already, others run before that one.
  env_.first_idle = starting_;
  return *id;
}

void Host::FireTimer(int32_t id) {
  // Go clears the timer when it has seen it; until then it has to be woken up
  // again (golang.org/issue/28975).
  while (timeouts_.contains(id) && Resume() == interp::Trap::kNone) continue;
}

void Host::ClearTimeoutEvent(int32_t id) {
  if (timeouts_.erase(id) > 0) env_.loop().ClearTimer(id);
}

void Host::GetRandomData(GoBytes bytes) { env_.random().Fill(bytes); }

void Host::Debug(uint32_t value) {
  static_cast<void>(env_.WriteStream(1, std::to_string(value) + "\n"));
}

}  // namespace goshawk::gojs
