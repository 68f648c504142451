#include "tests/interp/test_instance.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "interp/decoder.h"
#include "interp/module_validator.h"
#include "interp/names.h"
#include "interp/validator.h"

namespace goshawk::interp {
namespace {

constexpr uint64_t kPrime = 0x9e3779b97f4a7c15;

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * kPrime;
  return hash ^ hash >> 29;
}

Trap MixHost(void* context, Instance&, uint64_t* values) {
  auto* hash = static_cast<uint64_t*>(context);
  *hash = Mix(*hash, values[0]);
  *hash = Mix(*hash, static_cast<uint32_t>(values[1]));
  values[0] = *hash;
  return Trap::kNone;
}

Trap StepHost(void* context, Instance&, uint64_t* values) {
  auto* hash = static_cast<uint64_t*>(context);
  *hash = Mix(*hash, static_cast<uint32_t>(values[0]));
  // The upper half of an i32 is of no account.
  values[0] = ((*hash >> 20) % 64 == 0 ? 1 : 0) | uint64_t{0xabcd} << 32;
  return Trap::kNone;
}

Trap ReenterHost(void*, Instance& caller, uint64_t*) {
  return caller.Invoke(*caller.FindFunction("inner"), nullptr);
}

Trap ExitHost(void*, Instance& caller, uint64_t*) {
  caller.FindGlobal("sp")->bits = 4242;
  return Trap::kHostExit;
}

uint64_t HashMemory(const Memory& memory) {
  uint64_t hash = 0;
  for (uint64_t i = 0; i < memory.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, memory.base() + i, 8);
    if (word != 0) hash = Mix(hash, word ^ i * kPrime);
  }
  return hash;
}

uint64_t Canonical(ValueType type, uint64_t bits) {
  switch (type) {
    case ValueType::kI32:
      return static_cast<uint32_t>(bits);
    case ValueType::kF32: {
      const auto low = static_cast<uint32_t>(bits);
      return (low & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : low;
    }
    case ValueType::kF64:
      return (bits & ~uint64_t{0} >> 1) > 0x7ff0000000000000
                 ? 0x7ff8000000000000
                 : bits;
    case ValueType::kI64:
      return bits;
    default:
      return bits == 0 ? 0 : 1;  // references differ from run to run
  }
}

}  // namespace

std::string Describe(const CallOutcome& outcome) {
  std::string text = outcome.trap == Trap::kNone
                         ? "returned"
                         : absl::StrCat("trap: ", Message(outcome.trap));
  for (uint64_t bits : outcome.results) {
    absl::StrAppend(&text, " ", absl::Hex(bits));
  }
  absl::StrAppend(&text, "; memory ", outcome.memory_size, " ",
                  absl::Hex(outcome.memory_hash), ", host ",
                  absl::Hex(outcome.host_hash), ", globals");
  for (uint64_t bits : outcome.globals) {
    absl::StrAppend(&text, " ", absl::Hex(bits));
  }
  return text;
}

std::string Describe(const InstanceOptions& options) {
  return absl::StrCat(
      options.dispatcher,
      options.protection == MemoryProtection::kGuardPages ? ", guard pages"
                                                          : ", checks",
      options.go_shape ? ", Go's shape" : "", options.fuse ? ", fused" : "",
      options.ahead ? ", ahead" : "", options.huge_pages ? ", huge pages" : "");
}

std::vector<InstanceOptions> AllOptions() {
  std::vector<InstanceOptions> all;
  std::vector<std::string_view> names = Dispatchers();
  std::reverse(names.begin(), names.end());
  for (std::string_view name : names) {
    for (auto protection :
         {MemoryProtection::kExplicitChecks, MemoryProtection::kGuardPages}) {
      // The others have no guard pages.
      if (protection == MemoryProtection::kGuardPages && name != "tail") {
        continue;
      }
      for (bool go_shape : {false, true}) {
        InstanceOptions options;
        options.dispatcher = name;
        options.protection = protection;
        options.go_shape = go_shape;
        options.fuse = go_shape;
        all.push_back(options);
      }
    }
  }
  all.push_back(all.back());
  all.back().huge_pages = true;
  all.back().ahead = [](const Module& module) {
    std::vector<uint32_t> functions(module.func_types.size());
    std::iota(functions.begin(), functions.end(), 0);
    return functions;
  };
  return all;
}

TestInstance::TestInstance(std::vector<uint8_t> bytes,
                           const InstanceOptions& options)
    : bytes_(std::move(bytes)) {
  absl::StatusOr<Module> module = Decode(bytes_);
  if (!module.ok()) ADD_FAILURE() << module.status();
  module_ = *std::move(module);
  absl::Status valid = ValidateModule(module_);
  if (valid.ok()) valid = ValidateAll(module_);
  if (!valid.ok()) ADD_FAILURE() << valid;
  auto instance = Instance::Create(
      module_, [this](const Import& import) { return Resolve(import); },
      options);
  if (!instance.ok()) ADD_FAILURE() << instance.status();
  instance_ = *std::move(instance);
  initialized_ = instance_->Initialize();
}

TestInstance::~TestInstance() = default;

absl::StatusOr<Extern> TestInstance::Resolve(const Import& import) {
  HostFunction host;
  host.type = module_.types[import.type_index];
  host.context = &host_hash_;
  if (import.name == "mix") host.call = &MixHost;
  if (import.name == "step") host.call = &StepHost;
  if (import.name == "reenter") host.call = &ReenterHost;
  if (import.name == "exit") host.call = &ExitHost;
  if (host.call == nullptr) return absl::NotFoundError("no such function");
  return host;
}

CallOutcome TestInstance::Call(const std::string& name,
                               const std::vector<uint64_t>& args) {
  CallOutcome outcome;
  const Function* function = instance_->FindFunction(name);
  if (function == nullptr) {
    ADD_FAILURE() << "no function " << name;
    return outcome;
  }
  const FuncType& type = Instance::TypeOf(*function);
  std::vector<uint64_t> values = args;
  values.resize(std::max(type.params.size(), type.results.size()) + 1);
  outcome.trap = instance_->Invoke(*function, values.data());
  if (outcome.trap == Trap::kNone) {
    for (size_t i = 0; i < type.results.size(); ++i) {
      outcome.results.push_back(Canonical(type.results[i], values[i]));
    }
  }
  for (const Export& item : module_.exports) {
    if (item.kind == ExternKind::kGlobal) {
      const GlobalVariable* global = instance_->FindGlobal(item.name);
      outcome.globals.push_back(Canonical(global->type.value, global->bits));
    } else if (item.kind == ExternKind::kMemory) {
      const Memory* memory = instance_->FindMemory(item.name);
      outcome.memory_size = memory->size();
      outcome.memory_hash = HashMemory(*memory);
    }
  }
  outcome.host_hash = host_hash_;
  return outcome;
}

uint64_t& TestInstance::Global(const std::string& name) {
  return instance_->FindGlobal(name)->bits;
}

uint8_t* TestInstance::memory() {
  return instance_->FindMemory("memory")->base();
}

std::string TestInstance::Dump(uint32_t func) {
  absl::StatusOr<std::string> text =
      instance_->DumpFunction(func, FunctionNames(module_));
  return text.ok() ? *text : text.status().ToString();
}

bool TestInstance::IsGoShaped(uint32_t func) {
  return Dump(func).find("GoResume") != std::string::npos;
}

}  // namespace goshawk::interp
