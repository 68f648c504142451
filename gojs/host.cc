#include "gojs/host.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace goshawk::gojs {

using interp::Trap;

Host::Host(Realm& realm, Environment& env)
    : realm_(realm),
      env_(env),
      go_(realm.New<GoObject>(*this)),
      refs_(realm, go_) {
  env_.exit = [this](int code) { Exit(code); };
}

Host::~Host() {
  env_.exit = nullptr;
  go_->Detach();
}

absl::Status Host::Attach(interp::Instance& instance) {
  using enum interp::ValueType;
  struct Wanted {
    const char* name;
    const interp::Function** function;
    interp::FuncType type;
  };
  const Wanted kWanted[] = {
      {"run", &run_, {{kI32, kI32}, {}}},
      {"resume", &resume_, {{}, {}}},
      {"getsp", &getsp_, {{}, {kI32}}},
  };
  for (const Wanted& wanted : kWanted) {
    *wanted.function = instance.FindFunction(wanted.name);
    if (*wanted.function == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(
          "not a Go program for GOOS=js: it exports no function \"",
          wanted.name, "\""));
    }
    if (!(interp::Instance::TypeOf(**wanted.function) == wanted.type)) {
      return absl::InvalidArgumentError(
          absl::StrCat("not a Go program for GOOS=js: its function \"",
                       wanted.name, "\" has another type"));
    }
  }
  memory_ = instance.FindMemory("mem");
  if (memory_ == nullptr) {
    return absl::InvalidArgumentError(
        "not a Go program for GOOS=js: it exports no memory \"mem\"");
  }
  instance_ = &instance;
  return absl::OkStatus();
}

Trap Host::Enter(const interp::Function& function, uint64_t* values) {
  if (stopped()) return trap_;
  ++go_runs_;
  ++depth_;
  const Trap trap = instance_->Invoke(function, values);
  --depth_;
  // The first trap is the one that happened; outer ones pass it on.
  if (trap != Trap::kNone && trap_ == Trap::kNone) {
    trap_ = trap;
    if (!exited_) trap_report_ = instance_->TrapReport();
  }
  return trap_;
}

Trap Host::Run(uint32_t argc, uint32_t argv) {
  uint64_t values[] = {argc, argv};
  starting_ = true;
  const Trap trap = Enter(*run_, values);
  starting_ = env_.first_idle = false;
  return trap;
}

Trap Host::Resume() {
  may_go_on_ = false;
  if (!export_calls_.empty()) {
    bool returned = false;
    if (EnterGo(*handle_event_, 0, &returned) != Trap::kNone) return trap_;
    return Schedule(nullptr, returned);
  }
  uint64_t values[1] = {0};
  return Enter(*resume_, values);
}

bool Host::GoOn() { return may_go_on_ && Resume() == Trap::kNone; }

Trap Host::ReportDeadlock() {
  const Ref<Object> event = realm_.NewObject();
  event->Define(realm_.names().id, 0);
  go_->Define(realm_.names()._pendingEvent, Value(event));
  return Resume();
}

Trap Host::StackPointer(uint32_t* sp) {
  uint64_t values[1] = {0};
  const Trap trap = Enter(*getsp_, values);
  *sp = static_cast<uint32_t>(values[0]);
  return trap;
}

void Host::Exit(int code) {
  if (stopped()) return;
  exited_ = true;
  exit_code_ = code;
  trap_ = Trap::kHostExit;
}

void Host::Interrupt() {
  if (stopped()) return;
  trap_ = Trap::kInterrupted;
  trap_report_ = interp::Message(trap_);
}

void Host::Fail(const Completion& completion) {
  if (!completion.thrown()) return;
  env_.Settle(completion);
  if (trap_ == Trap::kNone) trap_ = Trap::kHostError;
}

}  // namespace goshawk::gojs
