#include "interp/linker.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "interp/dispatch.h"
#include "interp/status_macros.h"

namespace goshawk::interp {
namespace {

// Words of code for each byte of a body: far more than any has taken. The
// address space is reserved; memory is taken as it is used.
constexpr size_t kCodeWordsPerByte = 16;
constexpr size_t kCodeWordsPerFunction = 64;

std::string Describe(const Import& import) {
  return absl::StrCat("import \"", std::string(import.module), "\" \"",
                      std::string(import.name), "\"");
}

absl::Status WrongType(const Import& import, const char* what) {
  return absl::FailedPreconditionError(
      absl::StrCat("incompatible import type: ", Describe(import), " ", what));
}

// True if something with limits `actual` (and of `size` now) can stand for what
// is declared with `declared`.
bool Matches(uint64_t size, const Limits& actual, const Limits& declared) {
  if (size < declared.min) return false;
  return !declared.max.has_value() ||
         (actual.max.has_value() && *actual.max <= *declared.max);
}

// A call of a function that was imported from another instance.
Trap CallImported(void* context, Instance& caller, uint64_t* values) {
  return caller.Invoke(*static_cast<Function*>(context), values);
}

// True if references may come from outside, by a function or a global, and so
// functions of other instances into a table.
bool TakesReferences(const Module& module) {
  auto has_reference = [](const FuncType& type) {
    return std::any_of(type.params.begin(), type.params.end(), IsReference) ||
           std::any_of(type.results.begin(), type.results.end(), IsReference);
  };
  return std::any_of(module.types.begin(), module.types.end(), has_reference) ||
         std::any_of(
             module.global_types.begin(), module.global_types.end(),
             [](const GlobalType& type) { return IsReference(type.value); });
}

class Linker {
 public:
  explicit Linker(State& state) : state_(state), module_(*state.module) {}

  absl::Status Run(const Resolver& resolver) {
    MakeTypes();
    RETURN_IF_ERROR(Resolve(resolver));
    RETURN_IF_ERROR(ChooseDispatcher());
    RETURN_IF_ERROR(MakeMemory());
    RETURN_IF_ERROR(MakeTables());
    MakeFunctions();
    MakeGlobals();
    return ReserveCode();
  }

 private:
  void MakeTypes();
  absl::Status Resolve(const Resolver& resolver);
  absl::Status Take(const Import& import, Extern found);
  absl::Status TakeFunction(const Import& import, const Extern& found);
  absl::Status ChooseDispatcher();
  absl::Status MakeMemory();
  absl::Status MakeTables();
  void MakeFunctions();
  void MakeGlobals();
  absl::Status ReserveCode();

  State& state_;
  const Module& module_;
};

void Linker::MakeTypes() {
  using Key = std::pair<std::vector<ValueType>, std::vector<ValueType>>;
  std::map<Key, const FuncType*> canonical;
  for (const FuncType& type : module_.types) {
    state_.types.push_back(
        canonical.try_emplace(Key(type.params, type.results), &type)
            .first->second);
  }
}

absl::Status Linker::Resolve(const Resolver& resolver) {
  for (const Import& import : module_.imports) {
    absl::StatusOr<Extern> found = resolver(import);
    if (!found.ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat("unknown import: ", Describe(import), ": ",
                       found.status().message()));
    }
    RETURN_IF_ERROR(Take(import, *std::move(found)));
  }
  return absl::OkStatus();
}

absl::Status Linker::Take(const Import& import, Extern found) {
  switch (import.kind) {
    case ExternKind::kFunc:
      return TakeFunction(import, found);
    case ExternKind::kTable: {
      Table** table = std::get_if<Table*>(&found);
      if (table == nullptr) return WrongType(import, "is not a table");
      if ((*table)->type.element != import.table.element ||
          !Matches((*table)->size(), (*table)->type.limits,
                   import.table.limits)) {
        return WrongType(import, "is a table of another type or size");
      }
      state_.tables.push_back(*table);
      return absl::OkStatus();
    }
    case ExternKind::kMemory: {
      Memory** memory = std::get_if<Memory*>(&found);
      if (memory == nullptr) return WrongType(import, "is not a memory");
      if (!Matches((*memory)->pages(), (*memory)->type().limits,
                   import.memory.limits)) {
        return WrongType(import, "is a memory of another size");
      }
      state_.memory = *memory;
      return absl::OkStatus();
    }
    case ExternKind::kGlobal: {
      GlobalVariable** global = std::get_if<GlobalVariable*>(&found);
      if (global == nullptr) return WrongType(import, "is not a global");
      if ((*global)->type.value != import.global.value ||
          (*global)->type.is_mutable != import.global.is_mutable) {
        return WrongType(import, "is a global of another type");
      }
      state_.globals.push_back(*global);
      return absl::OkStatus();
    }
  }
  return absl::InternalError("unknown kind of import");
}

absl::Status Linker::TakeFunction(const Import& import, const Extern& found) {
  const FuncType& type = module_.types[import.type_index];
  HostFunction host;
  Function* foreign = nullptr;
  if (const auto* given = std::get_if<HostFunction>(&found)) {
    host = *given;
  } else if (auto* const* function = std::get_if<Function*>(&found)) {
    foreign = *function;
    host = {*foreign->type, &CallImported, foreign};
  } else {
    return WrongType(import, "is not a function");
  }
  if (host.type != type) {
    return WrongType(import, "is a function of another type");
  }
  state_.hosts.push_back(std::move(host));
  state_.foreign.push_back(foreign);
  return absl::OkStatus();
}

absl::Status Linker::ChooseDispatcher() {
  if (state_.options.count) {
    state_.dispatcher = CountingDispatcher();
    return absl::OkStatus();
  }
  const std::string& name = state_.options.dispatcher;
  MemoryProtection protection = state_.options.protection;
  if (state_.memory != nullptr &&
      state_.memory->protection() == MemoryProtection::kExplicitChecks) {
    protection = MemoryProtection::kExplicitChecks;
  }
  if (protection == MemoryProtection::kGuardPages) {
    // With a dispatcher of this name that needs checks, so be it.
    std::string_view wanted = name.empty() ? Dispatchers().front() : name;
    state_.dispatcher = FindDispatcher(wanted, protection);
  }
  if (state_.dispatcher == nullptr) {
    state_.dispatcher = FindDispatcher(name, MemoryProtection::kExplicitChecks);
  }
  if (state_.dispatcher == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("no dispatcher is called \"", name, "\""));
  }
  return absl::OkStatus();
}

absl::Status Linker::MakeMemory() {
  if (state_.memory != nullptr || module_.memories.empty()) {
    return absl::OkStatus();
  }
  const MemoryType& type = module_.memories[0];
  if (type.limits.min > state_.options.page_limit) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the module starts with ", type.limits.min,
        " pages of memory, and the limit is ", state_.options.page_limit));
  }
  absl::StatusOr<std::unique_ptr<Memory>> memory = Memory::Create(
      type, state_.dispatcher->protection, state_.options.page_limit);
  if (!memory.ok() &&
      state_.dispatcher->protection == MemoryProtection::kGuardPages) {
    // No address space for guard pages: do without.
    state_.dispatcher = FindDispatcher(state_.options.dispatcher,
                                       MemoryProtection::kExplicitChecks);
    memory = Memory::Create(type, MemoryProtection::kExplicitChecks,
                            state_.options.page_limit);
  }
  RETURN_IF_ERROR(memory.status());
  state_.own_memory = *std::move(memory);
  state_.memory = state_.own_memory.get();
  return absl::OkStatus();
}

absl::Status Linker::MakeTables() {
  const size_t imported = state_.tables.size();
  for (size_t i = imported; i < module_.tables.size(); ++i) {
    auto table = std::make_unique<Table>();
    table->type = module_.tables[i];
    if (!table->Grow(table->type.limits.min, 0)) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the module starts with a table of ",
                       table->type.limits.min, " elements, which is too many"));
    }
    state_.tables.push_back(table.get());
    state_.own_tables.push_back(std::move(table));
  }
  const bool exported = std::any_of(
      module_.exports.begin(), module_.exports.end(), [](const Export& item) {
        return item.kind == ExternKind::kTable && item.index == 0;
      });
  if (imported == 0 && !module_.tables.empty() && !exported &&
      module_.tables[0].element == ValueType::kFuncRef &&
      !TakesReferences(module_)) {
    state_.go_table = state_.tables[0];
  }
  return absl::OkStatus();
}

void Linker::MakeFunctions() {
  const uint32_t* handlers = state_.dispatcher->handlers;
  auto handler = [handlers](Op op) {
    return handlers[static_cast<size_t>(op)];
  };
  const size_t count = module_.func_types.size();
  state_.own_functions.resize(count);
  state_.functions.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    Function& function = state_.own_functions[i];
    const bool imported = i < module_.imported_funcs;
    function.owner = state_.instance;
    function.type = state_.types[module_.func_types[i]];
    function.index = i;
    function.stub[0].handler =
        handler(imported ? Op::kCallHostGo_NNN : Op::kTranslateGo_NNN);
    function.stub[1].handler =
        handler(imported ? Op::kCallHost_NNN : Op::kTranslate_NNN);
    function.go_entry = function.go_stub();
    function.entry = function.entry_stub();
    state_.functions[i] = &function;
  }
}

void Linker::MakeGlobals() {
  // Code and importers keep their addresses.
  state_.own_globals.resize(module_.globals.size());
  for (size_t i = 0; i < module_.globals.size(); ++i) {
    GlobalVariable& variable = state_.own_globals[i];
    variable.type = module_.globals[i].type;
    variable.bits = state_.Evaluate(module_.globals[i].init);
    state_.globals.push_back(&variable);
  }
  state_.sp = HasStackPointer(module_) ? state_.globals[0] : &state_.no_sp;
  state_.dropped_elements.resize(module_.elements.size());
  state_.dropped_data.resize(module_.data.size());
}

absl::Status Linker::ReserveCode() {
  size_t words = 0;
  for (const FuncBody& body : module_.bodies) {
    words += kCodeWordsPerFunction + kCodeWordsPerByte * body.body_size;
  }
  if (words > 0 && !state_.code.Reserve(words, state_.options.huge_pages)) {
    return absl::ResourceExhaustedError("no address space left for code");
  }
  if (state_.options.count) {
    state_.counters = std::make_unique<Counters>();
    if (!state_.counters->Reserve(state_.code)) {
      return absl::ResourceExhaustedError("no address space left for counters");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Link(State& state, const Resolver& resolver) {
  return Linker(state).Run(resolver);
}

}  // namespace goshawk::interp
