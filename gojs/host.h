// Host: the functions that a Go program imports from modules `go` and `gojs`,
// and the way back into it. It does for the program what the class Go of Go's
// own wasm_exec.js does.
//
// The imports are methods; their C++ signatures say where Go puts arguments
// and results (go_abi.h). The table that names them is in imports.cc.

#ifndef GOSHAWK_GOJS_HOST_H_
#define GOSHAWK_GOJS_HOST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gojs/environment.h"
#include "gojs/go_abi.h"
#include "gojs/go_export.h"
#include "gojs/go_object.h"
#include "gojs/js/realm.h"
#include "gojs/ref_table.h"
#include "interp/instance.h"

namespace goshawk::gojs {

class Host {
 public:
  // Both must outlive the host, which stops being usable from the realm's
  // objects when it goes.
  Host(Realm& realm, Environment& env);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  // Binds the host to the program that imports it. Fails with
  // INVALID_ARGUMENT, naming what is missing, if the module does not export
  // what every Go program for js does. To be called once, before anything of
  // the instance runs. `instance` must outlive the host's use.
  absl::Status Attach(interp::Instance& instance);

  // Entering Go. kNone when Go has paused; anything else is the end: an exit,
  // if exited(), or a trap, and Go must not be entered again.
  interp::Trap Run(uint32_t argc, uint32_t argv);
  interp::Trap Resume();
  // A call of an exported function of the program's own (//go:wasmexport).
  struct ExportCall {
    GoExport function;
    // In: parameters, as an Instance takes them.
    std::vector<uint64_t> params;
    // Out.
    bool done = false;
    uint64_t result = 0;
    // For the host: Go's register g, and whether Go was running.
    uint64_t goroutine = 0;
    bool nested = false;
  };
  // The one of this name. NOT_FOUND if there is none, UNIMPLEMENTED if it is
  // nothing that Go's linker makes.
  absl::StatusOr<GoExport> FindExport(std::string_view name);
  // Starts one. If it is not done then, it waits for an event, and Resume()
  // will finish it some time; other Go code goes on as if it had been called by
  // a goroutine. Only if the call came from a function that Go has called, Go
  // cannot go on with both, and the program ends. REQUIRES: Run() was called.
  interp::Trap CallExport(const std::shared_ptr<ExportCall>& call);
  // Lets goroutines run that an export call has left ready, for it returned
  // before they did anything. False if there are none.
  bool GoOn();
  // Makes Go look for a deadlock, as nothing is left that could wake it up.
  interp::Trap ReportDeadlock();

  bool exited() const { return exited_; }
  int exit_code() const { return exit_code_; }
  // True once Go must not be entered any more.
  bool stopped() const { return trap_ != interp::Trap::kNone; }
  // True while Go code is on the stack.
  bool running() const { return depth_ > 0; }
  // What the engine said of the trap that ended the program; empty if none.
  const std::string& trap_report() const { return trap_report_; }

  // Ends the program. All frames unwind when the host function that is
  // running returns.
  void Exit(int code);
  // Ends the program if it has not ended, with Trap::kInterrupted.
  void Interrupt();

  // A host function failed in a place where Go has no use for exceptions: the
  // program ends with it as an uncaught one. Nothing happens if it is none.
  void Fail(const Completion& completion);

  RefTable& refs() { return refs_; }
  GoObject& go() { return *go_; }

  // For GoThunk (go_abi.h).
  interp::Memory& memory() { return *memory_; }
  uint64_t go_runs() const { return go_runs_; }
  interp::Trap StackPointer(uint32_t* sp);
  interp::Trap TakeTrap() const { return trap_; }

  // The imports, each with its Go signature in imports.cc. Module runtime:
  void WasmExit(int32_t code);
  void WasmWrite(uint64_t fd, uint64_t address, int32_t size);
  void ResetMemoryDataView();
  int64_t Nanotime1();
  Results<int64_t, int32_t> Walltime();
  int32_t ScheduleTimeoutEvent(int64_t delay_ms);
  void ClearTimeoutEvent(int32_t id);
  void GetRandomData(GoBytes bytes);
  // Module syscall/js:
  void FinalizeRef(GoRef v);
  GoRef StringVal(GoString text);
  GoRef ValueGet(GoRef v, GoString name);
  void ValueSet(GoRef v, GoString name, GoRef x);
  void ValueDelete(GoRef v, GoString name);
  GoRef ValueIndex(GoRef v, int64_t index);
  void ValueSetIndex(GoRef v, int64_t index, GoRef x);
  Results<GoRef, bool> ValueCall(GoRef v, GoString method, GoRefs args);
  Results<GoRef, bool> ValueInvoke(GoRef v, GoRefs args);
  Results<GoRef, bool> ValueNew(GoRef v, GoRefs args);
  int64_t ValueLength(GoRef v);
  Results<GoRef, int64_t> ValuePrepareString(GoRef v);
  void ValueLoadString(GoRef v, GoBytes bytes);
  bool ValueInstanceOf(GoRef v, GoRef type);
  Results<int64_t, bool> CopyBytesToGo(GoBytes dst, GoRef src);
  Results<int64_t, bool> CopyBytesToJS(GoRef dst, GoBytes src);
  // debug, which gets a value instead of SP.
  void Debug(uint32_t value);

  // Go up to 1.20 does not round the delays of timers up; the host has to.
  void set_round_up_timers() { timer_slack_ns_ = 1'000'000; }

 private:
  class ArgList;

  interp::Trap Enter(const interp::Function& function, uint64_t* values);
  // host_exports.cc. Enters a function of Go's own calling convention;
  // `*returned` is false if its goroutine was left in the middle.
  interp::Trap EnterGo(const interp::Function& function, uint32_t block,
                       bool* returned);
  interp::Trap Schedule(const ExportCall* until, bool returned);
  interp::Trap WaitsForTwo();
  std::shared_ptr<ExportCall> FinishExport(uint64_t address);
  interp::Trap Stop(interp::Trap trap);
  void FireTimer(int32_t id);
  // Gives a result of JavaScript code to Go: (value, true), or (error, false).
  Results<GoRef, bool> Finish(const Completion& completion);
  // The value, or what Fail() makes of it: for imports whose failure
  // wasm_exec.js does not catch.
  Value Unguarded(Completion&& completion) {
    if (!completion.thrown()) [[likely]]
      return std::move(completion).value();
    Fail(completion);
    return Value();
  }

  Realm& realm_;
  Environment& env_;
  const Ref<GoObject> go_;
  RefTable refs_;

  interp::Instance* instance_ = nullptr;
  interp::Memory* memory_ = nullptr;
  const interp::Function* run_ = nullptr;
  const interp::Function* resume_ = nullptr;
  const interp::Function* getsp_ = nullptr;
  // For export calls; set by FindExport.
  interp::GlobalVariable* sp_ = nullptr;
  interp::GlobalVariable* g_ = nullptr;
  interp::GlobalVariable* pause_ = nullptr;
  const interp::Function* handle_event_ = nullptr;
  // Calls of exports that have not returned, oldest first.
  std::vector<std::shared_ptr<ExportCall>> export_calls_;
  bool may_go_on_ = false;

  int depth_ = 0;
  bool starting_ = false;  // Go may be about to go idle for the first time
  uint64_t go_runs_ = 0;
  bool exited_ = false;
  int exit_code_ = 0;
  interp::Trap trap_ = interp::Trap::kNone;
  std::string trap_report_;

  // Timers that Go has scheduled and not cleared, fired or not.
  std::unordered_set<int32_t> timeouts_;
  int64_t timer_slack_ns_ = 0;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_HOST_H_
