#include "interp/instance.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "interp/ahead.h"
#include "interp/dispatch.h"
#include "interp/fault.h"
#include "interp/linker.h"
#include "interp/module_validator.h"
#include "interp/names.h"
#include "interp/state.h"
#include "interp/status_macros.h"
#include "interp/translator.h"

namespace goshawk::interp {
namespace {

// Nested runs take native stack; this many always fit.
constexpr int kMaxDepth = 1000;
constexpr size_t kMaxBacktrace = 64;

// Where a run's outermost call returns to: a Halt behind what looks like a call
// that passes nothing on.
struct HaltCode {
  Word words[kCallWords + 1];
};

HaltCode MakeHaltCode(const Dispatcher& dispatcher) {
  HaltCode code{};
  code.words[kCallWords].handler =
      dispatcher.handlers[static_cast<size_t>(Op::kHalt_NNN)];
  return code;
}

// Remembers who is on the stack of a run that trapped.
void TakeBacktrace(State& state, Trap trap) {
  state.trap = trap;
  state.backtrace.clear();
  state.backtrace_omitted = 0;
  auto add = [&state](const Word* pc) {
    uint32_t func;
    if (!state.code.FindFunction(pc, func)) return;
    if (state.backtrace.size() < kMaxBacktrace) {
      state.backtrace.push_back(func);
    } else {
      ++state.backtrace_omitted;
    }
  };
  add(state.pc);
  for (const Frame* frame = state.frames; frame > state.stack.frames();) {
    add((--frame)->return_pc - 1);
  }
}

// Gets the pages of the memory that data segments initialise, if the segments
// are mostly next to each other.
void PrefaultData(const Module& module, State& state) {
  uint64_t begin = UINT64_MAX, end = 0, total = 0;
  for (const DataSegment& segment : module.data) {
    if (segment.mode != SegmentMode::kActive) continue;
    const uint64_t to = state.AddressOf(segment);
    begin = std::min(begin, to);
    end = std::max(end, to + segment.bytes_size);
    total += segment.bytes_size;
  }
  if (total == 0 || end - begin > 2 * total ||
      !state.memory->Contains(begin, end - begin)) {
    return;
  }
  state.memory->Prefault(begin, end - begin);
}

}  // namespace

uint64_t State::Evaluate(const ConstExpr& expr) const {
  switch (expr.kind) {
    case ConstExpr::Kind::kConst:
      return expr.bits;
    case ConstExpr::Kind::kGlobalGet:
      return globals[expr.index]->bits;
    case ConstExpr::Kind::kRefNull:
      return 0;
    case ConstExpr::Kind::kRefFunc:
      return reinterpret_cast<uintptr_t>(functions[expr.index]);
  }
  return 0;
}

uint32_t State::AddressOf(const DataSegment& segment) const {
  if (segment.has_address) return segment.place;
  return static_cast<uint32_t>(
      Evaluate(module->data_places[segment.place].offset));
}

bool Table::Grow(uint32_t delta, uint64_t value) {
  // The specification lets growing fail for want of resources.
  constexpr uint32_t kMaxElements = 10'000'000;
  const uint32_t max =
      std::min(type.limits.max.value_or(kMaxElements), kMaxElements);
  if (delta > max || size() > max - delta) return false;
  elements.resize(size() + delta, value);
  return true;
}

bool HasStackPointer(const Module& module) {
  return module.imported_globals == 0 && !module.globals.empty() &&
         module.globals[0].type.value == ValueType::kI32 &&
         module.globals[0].type.is_mutable;
}

Instance::Instance(const Module& module)
    : module_(module), state_(std::make_unique<State>()) {}

Instance::~Instance() = default;

absl::StatusOr<std::unique_ptr<Instance>> Instance::Create(
    const Module& module, const Resolver& resolver,
    const InstanceOptions& options) {
  RETURN_IF_ERROR(ValidateModule(module));
  auto instance = std::unique_ptr<Instance>(new Instance(module));
  State& state = *instance->state_;
  state.instance = instance.get();
  state.module = &module;
  state.options = options;
  RETURN_IF_ERROR(Link(state, resolver));
  state.translator = std::make_unique<Translator>(state);
  instance->ahead_ = Ahead::Start(state);
  state.ahead = instance->ahead_.get();
  return instance;
}

Trap Instance::Initialize() {
  State& state = *state_;
  for (size_t i = 0; i < module_.elements.size(); ++i) {
    const ElementSegment& segment = module_.elements[i];
    if (segment.mode == SegmentMode::kPassive) continue;
    if (segment.mode == SegmentMode::kActive) {
      Table& table = *state.tables[segment.table];
      const auto to = static_cast<uint32_t>(state.Evaluate(segment.offset));
      if (to + segment.elements.size() > table.size()) {
        return Trap::kTableOutOfBounds;
      }
      for (size_t j = 0; j < segment.elements.size(); ++j) {
        table.elements[to + j] = state.Evaluate(segment.elements[j]);
      }
    }
    state.dropped_elements[i] = true;
  }
  PrefaultData(module_, *state_);
  for (size_t i = 0; i < module_.data.size(); ++i) {
    const DataSegment& segment = module_.data[i];
    if (segment.mode != SegmentMode::kActive) continue;
    const uint32_t to = state.AddressOf(segment);
    if (!state.memory->Contains(to, segment.bytes_size)) {
      return Trap::kMemoryOutOfBounds;
    }
    if (segment.bytes_size > 0) {
      std::memcpy(state.memory->base() + to,
                  module_.bytes.data() + segment.bytes_offset,
                  segment.bytes_size);
    }
    state.dropped_data[i] = true;
  }
  if (!module_.start.has_value()) return Trap::kNone;
  return Invoke(*state.functions[*module_.start], nullptr);
}

Trap Instance::Invoke(const Function& function, uint64_t* values) {
  if (function.owner != this) return function.owner->Invoke(function, values);
  State& state = *state_;
  if (state.depth == 0) {
    state.trap = Trap::kNone;
    state.failure.clear();
    state.backtrace.clear();
    state.backtrace_omitted = 0;
    if (!state.stack.Reserve()) return state.trap = Trap::kOutOfHostMemory;
    state.frames = state.stack.frames();
    state.frames_limit = state.stack.frames_limit();
    state.slots = state.stack.slots();
    state.slots_limit = state.stack.slots_limit();
  }
  const size_t num_params = function.type->params.size();
  const size_t num_results = function.type->results.size();
  uint64_t* const slots = state.slots;
  Frame* const frames = state.frames;
  if (state.depth == kMaxDepth || frames == state.frames_limit ||
      slots + std::max(num_params, num_results) > state.slots_limit) {
    return Trap::kStackExhausted;
  }
  const HaltCode halt = MakeHaltCode(*state.dispatcher);
  std::copy_n(values, num_params, slots);
  state.pc = function.entry;
  *state.frames++ = Frame{halt.words + kCallWords, slots};
  ++state.depth;
  const Trap trap = RunCatchingFaults(state);
  --state.depth;
  if (state.depth == 0 && state.code.revoked()) {
    std::lock_guard<std::mutex> lock(state.code_mutex);
    state.code.Restore();
  }
  if (trap == Trap::kNone) {
    if (num_results == 1) values[0] = state.result;
    if (num_results > 1) std::copy_n(slots, num_results, values);
  } else if (state.trap == Trap::kNone) {
    TakeBacktrace(state, trap);
  }
  state.slots = slots;
  state.frames = frames;
  return trap;
}

const FuncType& Instance::TypeOf(const Function& function) {
  return *function.type;
}

Extern Instance::FindExport(std::string_view name) const {
  for (const Export& item : module_.exports) {
    if (item.name != name) continue;
    switch (item.kind) {
      case ExternKind::kFunc:
        if (item.index < module_.imported_funcs &&
            state_->foreign[item.index] != nullptr) {
          return state_->foreign[item.index];
        }
        return state_->functions[item.index];
      case ExternKind::kTable:
        return state_->tables[item.index];
      case ExternKind::kMemory:
        return state_->memory;
      case ExternKind::kGlobal:
        return state_->globals[item.index];
    }
  }
  return static_cast<Function*>(nullptr);
}

template <class T>
static T* As(const Extern& found) {
  T* const* pointer = std::get_if<T*>(&found);
  return pointer == nullptr ? nullptr : *pointer;
}

Function* Instance::FindFunction(std::string_view name) const {
  return As<Function>(FindExport(name));
}

Memory* Instance::FindMemory(std::string_view name) const {
  return As<Memory>(FindExport(name));
}

GlobalVariable* Instance::FindGlobal(std::string_view name) const {
  return As<GlobalVariable>(FindExport(name));
}

Table* Instance::FindTable(std::string_view name) const {
  return As<Table>(FindExport(name));
}

GlobalVariable* Instance::FindGlobalAt(uint32_t index) const {
  return index < state_->globals.size() ? state_->globals[index] : nullptr;
}

const Function* Instance::FindFunctionAt(uint32_t index) const {
  return index < state_->functions.size() ? state_->functions[index] : nullptr;
}

const Function* Instance::FindElement(uint32_t index) const {
  if (state_->tables.empty()) return nullptr;
  const Table& table = *state_->tables.front();
  if (index >= table.size() || table.type.element != ValueType::kFuncRef) {
    return nullptr;
  }
  return reinterpret_cast<const Function*>(table.elements[index]);
}

std::string Instance::TrapReport() const {
  std::string report =
      state_->failure.empty() ? Message(state_->trap) : state_->failure;
  const FunctionNames names(module_);
  for (uint32_t func : state_->backtrace) {
    absl::StrAppend(&report, "\n    at ", names.Name(func));
  }
  if (state_->backtrace_omitted > 0) {
    absl::StrAppend(&report, "\n    and ", state_->backtrace_omitted,
                    " more calls");
  }
  return report;
}

absl::StatusOr<std::string> Instance::DumpFunction(uint32_t index,
                                                   const FunctionNames& names) {
  if (index < module_.imported_funcs) return std::string("imported\n");
  std::string text;
  const Trap trap =
      state_->translator->Dump(*state_->functions[index], names, text);
  if (trap == Trap::kNone) return text;
  return absl::InvalidArgumentError(
      trap == Trap::kInvalidFunction ? state_->failure : Message(trap));
}

std::vector<FunctionProfile> Instance::Profile() const {
  return state_->counters->Collect(state_->code);
}

void Instance::Interrupt() {
  std::lock_guard<std::mutex> lock(state_->code_mutex);
  state_->code.Revoke();
}

}  // namespace goshawk::interp
