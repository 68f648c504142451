#include "gojs/imports.h"

#include <string>

#include "gojs/go_abi.h"

namespace goshawk::gojs {
namespace {

template <auto kMethod>
constexpr auto kOffsets = GoOffsets<kMethod>();

template <auto kMethod>
constexpr ImportRow Bind(std::string_view name) {
  return {name, &GoThunk<kMethod>, kOffsets<kMethod>};
}

// The only import whose parameter is no stack pointer but the value itself.
interp::Trap Debug(void* context, interp::Instance&, uint64_t* values) {
  auto& host = *static_cast<Host*>(context);
  host.Debug(static_cast<uint32_t>(values[0]));
  return host.TakeTrap();
}

constexpr ImportRow kRows[] = {
    // func wasmExit(code int32)
    Bind<&Host::WasmExit>("runtime.wasmExit"),
    // func wasmWrite(fd uintptr, p unsafe.Pointer, n int32)
    Bind<&Host::WasmWrite>("runtime.wasmWrite"),
    // func resetMemoryDataView()
    Bind<&Host::ResetMemoryDataView>("runtime.resetMemoryDataView"),
    // func nanotime1() int64
    Bind<&Host::Nanotime1>("runtime.nanotime1"),
    // func walltime() (sec int64, nsec int32)
    Bind<&Host::Walltime>("runtime.walltime"),
    // The same in Go 1.16.
    Bind<&Host::Walltime>("runtime.walltime1"),
    // func scheduleTimeoutEvent(delay int64) int32
    Bind<&Host::ScheduleTimeoutEvent>("runtime.scheduleTimeoutEvent"),
    // func clearTimeoutEvent(id int32)
    Bind<&Host::ClearTimeoutEvent>("runtime.clearTimeoutEvent"),
    // func getRandomData(r []byte)
    Bind<&Host::GetRandomData>("runtime.getRandomData"),
    // func finalizeRef(v ref)
    Bind<&Host::FinalizeRef>("syscall/js.finalizeRef"),
    // func stringVal(value string) ref
    Bind<&Host::StringVal>("syscall/js.stringVal"),
    // func valueGet(v ref, p string) ref
    Bind<&Host::ValueGet>("syscall/js.valueGet"),
    // func valueSet(v ref, p string, x ref)
    Bind<&Host::ValueSet>("syscall/js.valueSet"),
    // func valueDelete(v ref, p string)
    Bind<&Host::ValueDelete>("syscall/js.valueDelete"),
    // func valueIndex(v ref, i int) ref
    Bind<&Host::ValueIndex>("syscall/js.valueIndex"),
    // func valueSetIndex(v ref, i int, x ref)
    Bind<&Host::ValueSetIndex>("syscall/js.valueSetIndex"),
    // func valueCall(v ref, m string, args []ref) (ref, bool)
    Bind<&Host::ValueCall>("syscall/js.valueCall"),
    // func valueInvoke(v ref, args []ref) (ref, bool)
    Bind<&Host::ValueInvoke>("syscall/js.valueInvoke"),
    // func valueNew(v ref, args []ref) (ref, bool)
    Bind<&Host::ValueNew>("syscall/js.valueNew"),
    // func valueLength(v ref) int
    Bind<&Host::ValueLength>("syscall/js.valueLength"),
    // func valuePrepareString(v ref) (ref, int)
    Bind<&Host::ValuePrepareString>("syscall/js.valuePrepareString"),
    // func valueLoadString(v ref, b []byte)
    Bind<&Host::ValueLoadString>("syscall/js.valueLoadString"),
    // func valueInstanceOf(v ref, t ref) bool
    Bind<&Host::ValueInstanceOf>("syscall/js.valueInstanceOf"),
    // func copyBytesToGo(dst []byte, src ref) (int, bool)
    Bind<&Host::CopyBytesToGo>("syscall/js.copyBytesToGo"),
    // func copyBytesToJS(dst ref, src []byte) (int, bool)
    Bind<&Host::CopyBytesToJS>("syscall/js.copyBytesToJS"),
    {"debug", &Debug, {}},
};

}  // namespace

std::span<const ImportRow> Imports() { return kRows; }

bool IsGoModule(std::string_view module) {
  return module == "go" || module == "gojs";
}

absl::StatusOr<interp::Extern> ResolveImport(Host& host,
                                             const interp::Import& import) {
  if (IsGoModule(import.module) && import.kind == interp::ExternKind::kFunc) {
    for (const ImportRow& row : kRows) {
      if (row.name != import.name) continue;
      interp::HostFunction function;
      function.type.params = {interp::ValueType::kI32};
      function.call = row.call;
      function.context = &host;
      return interp::Extern(std::move(function));
    }
  }
  std::string message = "nothing here offers the import \"";
  message += import.module;
  message += '.';
  message += import.name;
  message += '"';
  return absl::NotFoundError(message);
}

}  // namespace goshawk::gojs
