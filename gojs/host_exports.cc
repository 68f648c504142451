// Calls of //go:wasmexport functions.
//
// Go pauses by setting the global PAUSE and unwinding to whoever entered it, so
// when an exported function waits for an event, its wrapper (go_export.h) takes
// that for the function's return: up to Go 1.27 the caller gets garbage, SP is
// wrong from then on, and the program crashes when the function does return,
// to a frame of WebAssembly that is long gone.
//
// So the host does the wrapper's work. It makes the frame, calls the function
// and runs Go's scheduler loop (asm_wasm.s, wasm_pc_f_loop_export) itself, here
// and, while exported functions have not returned, also when an event resumes
// Go. That loop sees functions return to their wrapper's address. Go in turn
// has started a goroutine for events (lock_js.go, beforeIdle), so while one
// exported function waits everything else goes on, others of them included.

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "gojs/host.h"

namespace goshawk::gojs {

using interp::Trap;

absl::StatusOr<GoExport> Host::FindExport(std::string_view name) {
  const interp::Module& module = instance_->module();
  const auto find = [&](std::string_view wanted) {
    return std::find_if(module.exports.begin(), module.exports.end(),
                        [&](const interp::Export& item) {
                          return item.name == wanted &&
                                 item.kind == interp::ExternKind::kFunc;
                        });
  };
  const auto wrapper = find(name);
  const bool own = name != "run" && name != "resume" && name != "getsp";
  if (wrapper == module.exports.end() || !own) {
    return absl::NotFoundError(absl::StrCat(
        "the program exports no function \"", std::string(name), "\""));
  }
  // Go's registers (cmd/internal/obj/wasm/wasmobj.go, assemble).
  sp_ = instance_->FindGlobalAt(0);
  g_ = instance_->FindGlobalAt(2);
  pause_ = instance_->FindGlobalAt(7);
  const std::optional<uint32_t> handler =
      ReadEventHandler(module, find("resume")->index);
  std::optional<GoExport> found = ReadGoExport(module, wrapper->index);
  if (!found || !handler || pause_ == nullptr) {
    return absl::UnimplementedError(
        absl::StrCat("the program's function \"", std::string(name),
                     "\" is not what Go makes of //go:wasmexport"));
  }
  handle_event_ = instance_->FindFunctionAt(*handler);
  return *std::move(found);
}

Trap Host::Stop(Trap trap) {
  if (trap_ == Trap::kNone) {
    trap_ = trap;
    trap_report_ = interp::Message(trap);
  }
  return trap_;
}

Trap Host::EnterGo(const interp::Function& function, uint32_t block,
                   bool* returned) {
  using enum interp::ValueType;
  const interp::FuncType& type = interp::Instance::TypeOf(function);
  if (type.params.size() != 1 || type.params[0] != kI32 ||
      type.results.size() != 1 || type.results[0] != kI32) {
    return Stop(Trap::kIndirectCallTypeMismatch);
  }
  uint64_t values[] = {block};
  const Trap trap = Enter(function, values);
  *returned = static_cast<uint32_t>(values[0]) == 0;
  return trap;
}

Trap Host::CallExport(const std::shared_ptr<ExportCall>& call) {
  if (stopped()) return trap_;
  const GoExport& function = call->function;
  const interp::Function* const target =
      instance_->FindFunctionAt(function.function);
  const auto sp = static_cast<uint32_t>(sp_->bits) - function.frame - 8;
  if (!memory_->Contains(sp, uint64_t{function.frame} + 8)) {
    return Stop(Trap::kMemoryOutOfBounds);
  }
  uint8_t* const frame = memory_->base() + sp;
  std::memcpy(frame, &function.return_address, 8);
  for (size_t i = 0; i < function.params.size(); ++i) {
    const GoExport::Field& field = function.params[i];
    std::memcpy(frame + 8 + field.offset, &call->params[i], field.size);
  }
  sp_->bits = sp;
  call->goroutine = g_->bits;
  export_calls_.push_back(call);

  // Unless Go waits for whoever calls, it may go idle, as at its start.
  const bool nested = call->nested = running();
  if (nested) ++env_.go_functions;
  if (!nested) starting_ = true;
  bool returned = false;
  if (EnterGo(*target, 0, &returned) == Trap::kNone) {
    static_cast<void>(Schedule(call.get(), returned));
  }
  if (!nested) starting_ = env_.first_idle = false;
  if (nested) --env_.go_functions;
  may_go_on_ = !nested && call->done;
  if (!stopped() && nested && g_->bits != call->goroutine) {
    return WaitsForTwo();
  }
  return trap_;
}

Trap Host::WaitsForTwo() {
  Fail(realm_.Throw(ErrorKind::kError,
                    "an exported function of the program, called by a function "
                    "that Go waits for, waits for an event"));
  return trap_;
}

// Runs goroutines until Go pauses, or the call `until` (if any) returns.
// `returned` says how the function came to an end that was entered before.
Trap Host::Schedule(const ExportCall* until, bool returned) {
  while (!stopped()) {
    if (static_cast<uint32_t>(pause_->bits) != 0) {
      pause_->bits = 0;
      return Trap::kNone;
    }
    const uint32_t at = static_cast<uint32_t>(sp_->bits) - 8;
    if (!memory_->Contains(at, 8)) return Stop(Trap::kMemoryOutOfBounds);
    uint64_t address;
    std::memcpy(&address, memory_->base() + at, 8);
    const interp::Function* function = nullptr;
    uint32_t block = 0;
    const std::shared_ptr<ExportCall> finished =
        returned ? FinishExport(address) : nullptr;
    if (finished == nullptr) {
      block = static_cast<uint16_t>(address);
      function = instance_->FindElement(static_cast<uint32_t>(address >> 16));
    } else if (finished.get() == until) {
      return Trap::kNone;
    } else if (finished->nested) {
      return WaitsForTwo();
    } else {
      // Its goroutine has been replaced by another for events, so it ends: it
      // returns from handleAsyncEvent, to runtime.goexit.
      sp_->bits = static_cast<uint32_t>(sp_->bits) + 8;
      continue;
    }
    if (function == nullptr) return Stop(Trap::kIndirectCallTypeMismatch);
    static_cast<void>(EnterGo(*function, block, &returned));
  }
  return trap_;
}

// The call that ends with a return to `address`; null if there is none.
std::shared_ptr<Host::ExportCall> Host::FinishExport(uint64_t address) {
  // Those of one goroutine end in the reverse order.
  const auto it = std::find_if(
      export_calls_.rbegin(), export_calls_.rend(), [&](const auto& call) {
        return call->function.return_address == address &&
               call->goroutine == g_->bits;
      });
  if (it == export_calls_.rend()) return nullptr;
  std::shared_ptr<ExportCall> call = *it;
  export_calls_.erase(std::next(it).base());
  const GoExport& function = call->function;
  const auto sp = static_cast<uint32_t>(sp_->bits);
  if (!memory_->Contains(sp, function.frame)) {
    static_cast<void>(Stop(Trap::kMemoryOutOfBounds));
    return call;
  }
  if (const auto& result = function.result) {
    std::memcpy(&call->result, memory_->base() + sp + result->offset,
                result->size);
  }
  sp_->bits = sp + function.frame;
  call->done = true;
  return call;
}

}  // namespace goshawk::gojs
