#include "tests/interp/spec_runner.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "interp/decoder.h"
#include "interp/module_validator.h"
#include "interp/status_macros.h"
#include "interp/validator.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;
constexpr ValueType kF32 = ValueType::kF32;
constexpr ValueType kF64 = ValueType::kF64;

std::vector<uint8_t> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> chars((std::istreambuf_iterator<char>(file)), {});
  return {chars.begin(), chars.end()};
}

// What the suite expects of the module "spectest", without its functions.
std::vector<uint8_t> SpectestModule() {
  ModuleBuilder m;
  auto global = [&m](std::string_view name, ValueType type,
                     const CodeBuilder& init) {
    m.AddExport(name, ExternKind::kGlobal, m.AddGlobal({type, false}, init));
  };
  global("global_i32", kI32, CodeBuilder().I32Const(666).End());
  global("global_i64", kI64, CodeBuilder().I64Const(666).End());
  global("global_f32", kF32, CodeBuilder().F32Const(0x4426a666).End());
  global("global_f64", kF64, CodeBuilder().F64Const(0x4084d4cccccccccd).End());
  m.AddExport("table", ExternKind::kTable,
              m.AddTable({ValueType::kFuncRef, {10, 20}}));
  m.AddExport("memory", ExternKind::kMemory, m.AddMemory({{1, 2}}));
  return m.Build();
}

// The functions of "spectest" print; nobody looks.
absl::StatusOr<Extern> SpectestFunction(std::string_view name) {
  static const auto* const kTypes =
      new std::map<std::string_view, std::vector<ValueType>>{
          {"print", {}},
          {"print_i32", {kI32}},
          {"print_i64", {kI64}},
          {"print_f32", {kF32}},
          {"print_f64", {kF64}},
          {"print_i32_f32", {kI32, kF32}},
          {"print_f64_f64", {kF64, kF64}},
      };
  auto type = kTypes->find(name);
  if (type == kTypes->end()) {
    return absl::NotFoundError("unknown import");
  }
  HostFunction function;
  function.type.params = type->second;
  function.call = [](void*, Instance&, uint64_t*) { return Trap::kNone; };
  return function;
}

bool IsNull(const Extern& item) {
  return std::visit(
      [](const auto& value) {
        if constexpr (std::is_pointer_v<std::decay_t<decltype(value)>>) {
          return value == nullptr;
        }
        return false;
      },
      item);
}

// The suite's messages and ours may say more than each other.
bool IsExpectedTrap(Trap trap, const std::string& text) {
  std::string_view message = Message(trap);
  size_t size = std::min(message.size(), text.size());
  return message.substr(0, size) == std::string_view(text).substr(0, size);
}

std::string Join(const std::vector<SpecValue>& values) {
  std::string all;
  for (const SpecValue& value : values) {
    absl::StrAppend(&all, all.empty() ? "" : " ", ToString(value));
  }
  return all;
}

}  // namespace

SpecRunner::SpecRunner(const InstanceOptions& options) : options_(options) {
  absl::StatusOr<Loaded*> spectest = Load(SpectestModule());
  if (!spectest.ok() || !Link(**spectest).ok()) return;
  if ((*spectest)->instance->Initialize() != Trap::kNone) return;
  registered_["spectest"] = (*spectest)->instance.get();
}

// Later ones use what earlier ones own.
SpecRunner::~SpecRunner() {
  while (!all_.empty()) all_.pop_back();
}

std::string SpecRunner::Run(const SpecCommand& command) {
  using Handler = std::string (SpecRunner::*)(const SpecCommand&);
  static const auto* const kHandlers = new std::map<std::string, Handler>{
      {"module", &SpecRunner::RunModule},
      {"register", &SpecRunner::RunRegister},
      {"action", &SpecRunner::RunReturn},
      {"assert_return", &SpecRunner::RunReturn},
      {"assert_trap", &SpecRunner::RunTrap},
      {"assert_exhaustion", &SpecRunner::RunTrap},
      {"assert_invalid", &SpecRunner::RunRefused},
      {"assert_malformed", &SpecRunner::RunRefused},
      {"assert_unlinkable", &SpecRunner::RunUnlinkable},
      {"assert_uninstantiable", &SpecRunner::RunUninstantiable},
  };
  auto handler = kHandlers->find(command.type);
  if (handler == kHandlers->end()) return "unknown kind of command";
  return (this->*handler->second)(command);
}

std::string SpecRunner::RunModule(const SpecCommand& command) {
  last_ = nullptr;
  absl::StatusOr<Loaded*> loaded = Load(ReadFile(command.file));
  if (!loaded.ok()) return loaded.status().ToString();
  absl::Status status = Link(**loaded);
  if (!status.ok()) return status.ToString();
  Instance* instance = (*loaded)->instance.get();
  Trap trap = instance->Initialize();
  if (trap != Trap::kNone) return absl::StrCat("trap: ", Message(trap));
  last_ = instance;
  if (!command.name.empty()) named_[command.name] = instance;
  return "";
}

std::string SpecRunner::RunRegister(const SpecCommand& command) {
  absl::StatusOr<Instance*> instance = Find(command.name);
  if (!instance.ok()) return instance.status().ToString();
  registered_[command.as] = *instance;
  return "";
}

std::string SpecRunner::RunReturn(const SpecCommand& command) {
  absl::StatusOr<Outcome> outcome = Perform(command.action);
  if (!outcome.ok()) return outcome.status().ToString();
  if (outcome->trap != Trap::kNone) {
    return absl::StrCat("trap: ", outcome->report);
  }
  if (command.type == "action") return "";
  if (outcome->results.size() != command.expected.size()) {
    return absl::StrCat(outcome->results.size(), " results");
  }
  for (size_t i = 0; i < command.expected.size(); ++i) {
    if (command.expected[i].Matches(outcome->results[i])) continue;
    return absl::StrCat(command.action.field, "(",
                        Join(command.action.arguments), ") gives 0x",
                        absl::Hex(outcome->results[i]), " instead of ",
                        ToString(command.expected[i]));
  }
  return "";
}

std::string SpecRunner::RunTrap(const SpecCommand& command) {
  absl::StatusOr<Outcome> outcome = Perform(command.action);
  if (!outcome.ok()) return outcome.status().ToString();
  if (outcome->trap == Trap::kNone) return "no trap";
  if (IsExpectedTrap(outcome->trap, command.text)) return "";
  return absl::StrCat("another trap: ", Message(outcome->trap));
}

std::string SpecRunner::RunRefused(const SpecCommand& command) {
  if (command.is_text) return "";  // for parsers of the text format
  absl::StatusOr<Loaded*> loaded = Load(ReadFile(command.file));
  return loaded.ok() ? "not refused" : "";
}

std::string SpecRunner::RunUnlinkable(const SpecCommand& command) {
  absl::StatusOr<Loaded*> loaded = Load(ReadFile(command.file));
  if (!loaded.ok()) return loaded.status().ToString();
  absl::Status status = Link(**loaded);
  if (status.code() == absl::StatusCode::kFailedPrecondition) return "";
  return absl::StrCat("not refused for its imports: ", status.ToString());
}

std::string SpecRunner::RunUninstantiable(const SpecCommand& command) {
  absl::StatusOr<Loaded*> loaded = Load(ReadFile(command.file));
  if (!loaded.ok()) return loaded.status().ToString();
  absl::Status status = Link(**loaded);
  if (!status.ok()) return status.ToString();
  Trap trap = (*loaded)->instance->Initialize();
  if (trap != Trap::kNone && IsExpectedTrap(trap, command.text)) return "";
  return absl::StrCat("another end: ", Message(trap));
}

absl::StatusOr<SpecRunner::Loaded*> SpecRunner::Load(
    std::vector<uint8_t> bytes) {
  auto loaded = std::make_unique<Loaded>();
  loaded->bytes = std::move(bytes);
  ASSIGN_OR_RETURN(loaded->module, Decode(loaded->bytes));
  RETURN_IF_ERROR(ValidateModule(loaded->module));
  RETURN_IF_ERROR(ValidateAll(loaded->module));
  all_.push_back(std::move(loaded));
  return all_.back().get();
}

absl::Status SpecRunner::Link(Loaded& loaded) {
  auto resolve = [this](const Import& import) { return Resolve(import); };
  ASSIGN_OR_RETURN(loaded.instance,
                   Instance::Create(loaded.module, resolve, options_));
  return absl::OkStatus();
}

absl::StatusOr<Extern> SpecRunner::Resolve(const Import& import) const {
  auto instance = registered_.find(import.module);
  if (instance == registered_.end()) {
    return absl::NotFoundError("unknown import");
  }
  Extern item = instance->second->FindExport(import.name);
  if (!IsNull(item)) return item;
  if (import.module == "spectest") return SpectestFunction(import.name);
  return absl::NotFoundError("unknown import");
}

absl::StatusOr<SpecRunner::Outcome> SpecRunner::Perform(
    const SpecAction& action) {
  ASSIGN_OR_RETURN(Instance * instance, Find(action.module));
  Outcome outcome;
  if (action.is_get) {
    const GlobalVariable* global = instance->FindGlobal(action.field);
    if (global == nullptr) return absl::NotFoundError("no such global");
    outcome.results = {global->bits};
    return outcome;
  }
  const Function* function = instance->FindFunction(action.field);
  if (function == nullptr) return absl::NotFoundError("no such function");
  const FuncType& type = Instance::TypeOf(*function);
  if (type.params.size() != action.arguments.size()) {
    return absl::InvalidArgumentError("wrong number of arguments");
  }
  std::vector<uint64_t> values(
      std::max({type.params.size(), type.results.size(), size_t{1}}));
  for (size_t i = 0; i < action.arguments.size(); ++i) {
    values[i] = action.arguments[i].bits;
  }
  outcome.trap = instance->Invoke(*function, values.data());
  if (outcome.trap == Trap::kNone) {
    values.resize(type.results.size());
    outcome.results = std::move(values);
  } else {
    outcome.report = instance->TrapReport();
  }
  return outcome;
}

absl::StatusOr<Instance*> SpecRunner::Find(const std::string& name) const {
  if (name.empty()) {
    if (last_ != nullptr) return last_;
    return absl::NotFoundError("the last module could not be made");
  }
  auto instance = named_.find(name);
  if (instance != named_.end()) return instance->second;
  return absl::NotFoundError(absl::StrCat("no module ", name));
}

}  // namespace goshawk::interp
