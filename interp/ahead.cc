#include "interp/ahead.h"

#include <sched.h>
#include <signal.h>

#include <cstdint>
#include <utility>

namespace goshawk::interp {
namespace {

// Looks at a function that is in the making before the wait becomes a sleep:
// longer than most functions take.
constexpr int kSpins = 100'000;

// What stands for code: a function that the thread is translating, and one that
// it must leave alone or could not translate.
const FinishedCode kInTheMaking{};
const FinishedCode kNotOurs{};

// The processors that this thread may use but the one it is on, where a new
// thread would start, and wait until this one does. False if there are none.
bool OtherProcessors(cpu_set_t& cpus) {
  const int here = sched_getcpu();
  if (here < 0 || sched_getaffinity(0, sizeof(cpus), &cpus) != 0) return false;
  CPU_CLR(here, &cpus);
  return CPU_COUNT(&cpus) > 0;
}

}  // namespace

std::unique_ptr<Ahead> Ahead::Start(State& state) {
  cpu_set_t cpus;
  if (state.options.ahead == nullptr || state.options.count ||
      !OtherProcessors(cpus)) {
    return nullptr;
  }
  auto ahead = std::unique_ptr<Ahead>(new Ahead(state));
  // Signals are for the threads that the embedder knows.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setaffinity_np(&attributes, sizeof(cpus), &cpus);
  const auto run = [](void* self) -> void* {
    static_cast<Ahead*>(self)->Run();
    return nullptr;
  };
  ahead->running_ =
      pthread_create(&ahead->thread_, &attributes, run, ahead.get()) == 0;
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return ahead->running_ ? std::move(ahead) : nullptr;
}

Ahead::Ahead(State& state)
    : state_(state), translator_(state), made_(state.functions.size()) {}

Ahead::~Ahead() {
  stop_ = true;
  Join();
}

void Ahead::Join() {
  if (std::exchange(running_, false)) pthread_join(thread_, nullptr);
}

const FinishedCode* Ahead::Take(const Function& function) {
  std::atomic<const FinishedCode*>& made = made_[function.index];
  const FinishedCode* code = nullptr;
  if (made.compare_exchange_strong(code, &kNotOurs)) return nullptr;
  // Whoever sleeps wakes up late, and maybe on the other one's processor.
  for (int i = 0; i < kSpins && code == &kInTheMaking; ++i) code = made;
  while (code == &kInTheMaking) {
    made.wait(code);
    code = made;
  }
  return code == &kNotOurs ? nullptr : code;
}

void Ahead::Run() {
  const std::vector<uint32_t> order = state_.options.ahead(*state_.module);
  finished_.reserve(order.size());
  for (const uint32_t func : order) {
    if (stop_) break;
    if (func < state_.module->imported_funcs || func >= made_.size()) continue;
    std::atomic<const FinishedCode*>& made = made_[func];
    const FinishedCode* nobody = nullptr;
    if (!made.compare_exchange_strong(nobody, &kInTheMaking)) continue;
    made = Make(*state_.functions[func]);
    made.notify_one();
  }
}

const FinishedCode* Ahead::Make(const Function& function) {
  FinishedCode code;
  if (!translator_.Finish(function, shelf_, code)) return &kNotOurs;
  return &finished_.emplace_back(code);
}

}  // namespace goshawk::interp
