// A module brought to life: its functions, table, memory and globals, and the
// way to call into it (WebAssembly 2.0, sections 4.2 and 4.5).
//
// Life of an instance: Create links it, Initialize writes its segments and runs
// its start function, Invoke runs any of its functions. Functions are validated
// and translated when they are first called.
//
// Ownership: an instance owns what its module defines. What it imports from
// another instance belongs to that one, which must outlive it; the same holds
// for an instance whose functions were put into somebody else's table.
//
// Threads: an instance belongs to one thread at a time, and so do all those it
// shares objects with. Interrupt alone may be called from any thread. Instances
// that share nothing run in parallel.

#ifndef GOSHAWK_INTERP_INSTANCE_H_
#define GOSHAWK_INTERP_INSTANCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "interp/memory.h"
#include "interp/module.h"
#include "interp/op.h"
#include "interp/trap.h"

namespace goshawk::interp {

class Ahead;
class FunctionNames;
class Instance;
struct Function;  // opaque outside interp
struct Table;     // opaque outside interp
struct State;     // what the machine needs at run time; opaque outside interp

// A function that the embedder supplies. Values are raw bits, one of 64 bits
// each (i32 and f32 in the low half): `values` holds the parameters and
// receives the results over them. Anything but Trap::kNone ends the whole run,
// through every frame: use kHostExit to end a program in order and kHostError
// for a failure; the host keeps the details. `caller` is the instance whose
// code makes the call; it may be re-entered with Invoke.
struct HostFunction {
  using Call = Trap (*)(void* context, Instance& caller, uint64_t* values);
  FuncType type;
  Call call = nullptr;
  void* context = nullptr;
};

// A global variable; shared when it is imported.
struct GlobalVariable {
  GlobalType type;
  uint64_t bits = 0;
};

// Something that an import can be resolved to or an export refers to.
using Extern =
    std::variant<HostFunction, Function*, Table*, Memory*, GlobalVariable*>;

// Finds what an import names. NOT_FOUND, with a message, if nothing does.
using Resolver = std::function<absl::StatusOr<Extern>(const Import&)>;

struct InstanceOptions {
  // Name of a dispatcher as Dispatchers() lists them; empty for the fastest.
  std::string dispatcher;
  MemoryProtection protection = MemoryProtection::kGuardPages;
  // Recognise the shape of Go's functions and translate them specially.
  bool go_shape = true;
  // Fuse frequent sequences of operations.
  bool fuse = true;
  // Count every operation that runs, for Profile(); slow.
  bool count = false;
  // Says which functions will be called, as far as anybody knows: they are then
  // translated on a second thread, in this order, while the instance starts.
  // That thread also runs this. Indices that are no function's are skipped.
  // Null: no such thread.
  std::function<std::vector<uint32_t>(const Module&)> ahead = nullptr;
  // Begin with a huge page for code, if the host has any: a small program
  // starts in a twentieth less time and takes 1.6 MB more.
  bool huge_pages = false;
  // No more than this many pages, whatever the module allows.
  uint32_t page_limit = kMaxPages;
};

// What a counted run has spent in one function.
struct FunctionProfile {
  struct Operation {
    Op op;
    uint64_t count;
    Word word;  // its operands
  };
  uint32_t function;
  uint64_t dispatches;
  std::vector<Operation> operations;  // in the order of the code
};

// The names that InstanceOptions::dispatcher can take, fastest first.
std::vector<std::string_view> Dispatchers();

class Instance {
 public:
  // Validates `module` but for its function bodies, and links it.
  // INVALID_ARGUMENT or UNIMPLEMENTED says what is not valid or needs a feature
  // that we do not have; FAILED_PRECONDITION names the import that is missing
  // or of another type; RESOURCE_EXHAUSTED if memory or a table cannot be had.
  // `module` must outlive the instance.
  static absl::StatusOr<std::unique_ptr<Instance>> Create(
      const Module& module, const Resolver& resolver,
      const InstanceOptions& options = {});
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // Active segments, then the start function. Segments that precede a failing
  // one stay written, as the specification demands. To be called once.
  Trap Initialize();

  // Runs `function`, which may belong to another instance. `values` holds the
  // parameters and receives the results; it must have room for whichever is
  // more. Re-entrant: host functions may call it.
  Trap Invoke(const Function& function, uint64_t* values);

  const Module& module() const { return module_; }
  static const FuncType& TypeOf(const Function& function);

  // What is exported under `name`; an Extern that holds a null pointer if
  // nothing is.
  Extern FindExport(std::string_view name) const;
  // Typed look-ups: null if there is no such export of this kind.
  Function* FindFunction(std::string_view name) const;
  Memory* FindMemory(std::string_view name) const;
  GlobalVariable* FindGlobal(std::string_view name) const;
  Table* FindTable(std::string_view name) const;
  // The global variable of this index, exported or not; null if there is none.
  GlobalVariable* FindGlobalAt(uint32_t index) const;
  // The function of this index; null if there is none.
  const Function* FindFunctionAt(uint32_t index) const;
  // The function that table 0 has there; null if there is none.
  const Function* FindElement(uint32_t index) const;

  // What happened in the last Invoke that trapped: the trap's message and the
  // functions on the stack by name, innermost first, one a line.
  std::string TrapReport() const;

  // The function's instructions and the code that they become, as text
  // (listing.h); for a function that does not validate, why not. `names` are
  // those of the module. REQUIRES: index < number of functions.
  absl::StatusOr<std::string> DumpFunction(uint32_t index,
                                           const FunctionNames& names);

  // The functions that ran, in the order of their first calls. REQUIRES:
  // InstanceOptions::count.
  std::vector<FunctionProfile> Profile() const;

  // Makes a running Invoke return Trap::kInterrupted soon. Any thread.
  void Interrupt();

 private:
  explicit Instance(const Module& module);

  const Module& module_;
  std::unique_ptr<State> state_;
  std::unique_ptr<Ahead> ahead_;  // uses the state; null: no second thread
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_INSTANCE_H_
