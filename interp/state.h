// What translated code works on besides its registers: the run-time structures
// of an instance. Plain data, so that a body reaches everything with a load.
// Private to interp; embedders see Instance.

#ifndef GOSHAWK_INTERP_STATE_H_
#define GOSHAWK_INTERP_STATE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "interp/code_arena.h"
#include "interp/cold.h"
#include "interp/counters.h"
#include "interp/instance.h"
#include "interp/machine.h"
#include "interp/stack.h"

namespace goshawk::interp {

struct Dispatcher;
class Ahead;
class Translator;

// A function as code sees it. Until it is first called both entries lead to
// its stub, whose operation has it translated.
struct Function {
  // `entry` expects the parameters in the first slots. `go_entry` is for
  // functions of type (i32) -> (i32): it is entered with the parameter known to
  // be 0 and not stored, all other slots free to use.
  const Word* entry = nullptr;
  const Word* go_entry = nullptr;
  Instance* owner = nullptr;
  // Equal types of one instance have one address.
  const FuncType* type = nullptr;
  uint32_t index = 0;              // in the owner's index space
  bool starts_with_check = false;  // its go_entry leads to a GoEnter
  Word stub[2];                    // where go_entry and entry lead at first

  const Word* go_stub() const { return &stub[0]; }
  const Word* entry_stub() const { return &stub[1]; }
};

struct Table {
  TableType type;
  // A Function* or the embedder's bits; 0 is null.
  std::vector<uint64_t> elements;

  uint32_t size() const { return static_cast<uint32_t>(elements.size()); }
  bool Grow(uint32_t delta, uint64_t value);
};

struct State {
  // Read by bodies, so first.
  uint64_t memory_size = 0;
  Frame* frames_limit = nullptr;
  uint64_t* slots_limit = nullptr;

  // The registers while no code runs: set by host calls and by the end of a
  // run, read by whoever runs code next.
  const Word* pc = nullptr;
  Frame* frames = nullptr;
  uint64_t* slots = nullptr;
  GlobalVariable* sp = nullptr;  // the global that register sp stands for
  // A loop of loop.def runs: pc, frames and sp are those at its beginning, the
  // machine's registers hold something else.
  bool in_loop = false;
  uint64_t result = 0;                  // the accumulator at the end of a run
  Trap stop_trap = Trap::kNone;         // what ended the last run
  Trap translation_trap = Trap::kNone;  // why TranslateCallee returned null

  const Table* go_table = nullptr;  // table 0 if it is the module's own

  Instance* instance = nullptr;
  const Module* module = nullptr;
  const Dispatcher* dispatcher = nullptr;
  InstanceOptions options;

  Memory* memory = nullptr;
  std::unique_ptr<Memory> own_memory;
  std::vector<Table*> tables;
  std::vector<std::unique_ptr<Table>> own_tables;
  std::vector<GlobalVariable*> globals;
  std::vector<GlobalVariable> own_globals;
  std::vector<Function*> functions;  // the whole index space
  std::vector<Function> own_functions;
  std::vector<HostFunction> hosts;     // of imported functions, by index
  std::vector<Function*> foreign;      // likewise; null: the embedder\'s
  std::vector<const FuncType*> types;  // canonical, by type index
  std::vector<bool> dropped_elements;
  std::vector<bool> dropped_data;

  Stack stack;
  CodeArena code;
  std::mutex code_mutex;  // held while code is written or revoked
  std::unique_ptr<Translator> translator;
  std::unique_ptr<Counters> counters;  // if options.count
  Ahead* ahead = nullptr;              // the instance's, if it has one

  // For reports: the functions on the stack at the last trap, innermost first,
  // how many more there were, and what was wrong with an invalid function.
  Trap trap = Trap::kNone;
  std::vector<uint32_t> backtrace;
  size_t backtrace_omitted = 0;
  std::string failure;

  GlobalVariable no_sp;  // stands in where global 0 is no stack pointer
  int depth = 0;         // nested runs

  // The value of a constant expression.
  uint64_t Evaluate(const ConstExpr& expr) const;
  // Where an active segment goes.
  uint32_t AddressOf(const DataSegment& segment) const;
};

// True if register sp stands for global 0 of `module`.
bool HasStackPointer(const Module& module);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_STATE_H_
