#include "interp/fault.h"

#include <setjmp.h>
#include <signal.h>
#include <ucontext.h>

#include <utility>

#include "interp/dispatch.h"

namespace goshawk::interp {
namespace {

struct Run {
  State* state;
  sigjmp_buf back;
  Trap trap;
};

thread_local Run* current_run = nullptr;

struct sigaction previous_segv;
struct sigaction previous_bus;

// The machine's registers at the fault, as far as they can be told; they serve
// reports, but sp is exact (Dispatcher "tail" keeps it in r14).
void SaveRegisters([[maybe_unused]] State& state,
                   [[maybe_unused]] const ucontext_t* context) {
#if defined(__x86_64__) && defined(__linux__)
  if (state.dispatcher->protection != MemoryProtection::kGuardPages) return;
  if (std::exchange(state.in_loop, false)) return;
  const greg_t* regs = context->uc_mcontext.gregs;
  state.pc = reinterpret_cast<const Word*>(regs[REG_RDI]);
  state.sp->bits = static_cast<uint32_t>(regs[REG_R14]);
  auto* frames = reinterpret_cast<Frame*>(regs[REG_R12]);
  if (frames >= state.stack.frames() && frames <= state.stack.frames_limit()) {
    state.frames = frames;
  }
#endif
}

bool FindTrap(const State& state, const void* address, Trap& trap) {
  if (state.memory != nullptr && state.memory->Reserves(address)) {
    trap = Trap::kMemoryOutOfBounds;
  } else if (state.stack.IsGuard(address)) {
    trap = Trap::kStackExhausted;
  } else if (state.code.revoked() && state.code.Contains(address)) {
    trap = Trap::kInterrupted;
  } else {
    return false;
  }
  return true;
}

void HandleFault(int signal, siginfo_t* info, void* context) {
  Run* run = current_run;
  if (run != nullptr && FindTrap(*run->state, info->si_addr, run->trap)) {
    SaveRegisters(*run->state, static_cast<const ucontext_t*>(context));
    siglongjmp(run->back, 1);
  }
  const struct sigaction& previous =
      signal == SIGSEGV ? previous_segv : previous_bus;
  if ((previous.sa_flags & SA_SIGINFO) != 0) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(signal);
  } else {
    // The access is made again and meets the default action.
    sigaction(signal, &previous, nullptr);
  }
}

bool InstallHandler() {
  struct sigaction action{};
  action.sa_sigaction = &HandleFault;
  // The handler leaves by a jump, so the signal must not stay blocked.
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  return sigaction(SIGSEGV, &action, &previous_segv) == 0 &&
         sigaction(SIGBUS, &action, &previous_bus) == 0;
}

}  // namespace

Trap RunCatchingFaults(State& state) {
  [[maybe_unused]] static const bool kInstalled = InstallHandler();
  Run run{};
  run.state = &state;
  Run* const outer = current_run;
  Trap trap;
  if (sigsetjmp(run.back, 0) == 0) {
    current_run = &run;
    trap = state.dispatcher->run(state);
  } else {
    trap = run.trap;
  }
  current_run = outer;
  return trap;
}

FaultsAreNotOurs::FaultsAreNotOurs() : suspended_(current_run) {
  current_run = nullptr;
}

FaultsAreNotOurs::~FaultsAreNotOurs() {
  current_run = static_cast<Run*>(suspended_);
}

}  // namespace goshawk::interp
