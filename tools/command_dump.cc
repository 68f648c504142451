// goshawk dump: functions and what they are translated to.

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "interp/instance.h"
#include "interp/instruction_text.h"
#include "interp/names.h"
#include "tools/command.h"
#include "tools/load.h"

namespace goshawk::tools {
namespace {

constexpr std::string_view kHelp =
    "usage: goshawk dump FILE [FUNCTION...]\n"
    "\n"
    "Prints functions of a module and beside them the code that they are\n"
    "translated to: all, or those named by number, by name (\"main.main\") or\n"
    "by a part of a name with a '*' at its end (\"runtime.map*\").\n"
    "\n"
    "On the left is an instruction of WebAssembly and its offset in the file;\n"
    "on the right, beside the last of the instructions that they come from,\n"
    "are operations: '>' where something branches to, position, operation and\n"
    "operands, what it computes. Letters of an operation say where its result\n"
    "and operands are: S slot, A and F accumulators, M Go's stack, I and J\n"
    "constants.\n";

// Nothing is run, so an import need only have the right type.
absl::StatusOr<interp::Extern> Resolve(const interp::Module& module,
                                       const interp::Import& import) {
  if (import.kind != interp::ExternKind::kFunc) {
    return absl::UnimplementedError(
        "dump takes modules that import nothing but functions");
  }
  return interp::HostFunction{module.types[import.type_index], nullptr,
                              nullptr};
}

bool Selects(std::string_view pattern, uint32_t index, std::string_view name) {
  if (!pattern.empty() && pattern.back() == '*') {
    pattern.remove_suffix(1);
    return name.substr(0, pattern.size()) == pattern;
  }
  return name == pattern || pattern == std::to_string(index);
}

}  // namespace

int DumpCommand(std::span<char* const> args) {
  if (WantsHelp(args)) return Print(kHelp);
  if (args.empty())
    return Complain("dump: no file given; see goshawk dump --help");
  const std::string path = args[0];
  absl::StatusOr<LoadedModule> loaded = LoadModule(path);
  if (!loaded.ok())
    return Complain(path, std::string(loaded.status().message()));
  const interp::Module& module = loaded->module;
  auto instance =
      interp::Instance::Create(module, [&module](const interp::Import& import) {
        return Resolve(module, import);
      });
  if (!instance.ok()) {
    return Complain(path, std::string(instance.status().message()));
  }
  const interp::FunctionNames names(module);
  const std::span<char* const> patterns = args.subspan(1);
  bool found = patterns.empty();
  const auto count = static_cast<uint32_t>(module.func_types.size());
  for (uint32_t i = module.imported_funcs; i < count; ++i) {
    const std::string name = names.Name(i);
    bool selected = patterns.empty();
    for (const char* pattern : patterns) {
      selected = selected || Selects(pattern, i, name);
    }
    if (!selected) continue;
    found = true;
    absl::StatusOr<std::string> code = (*instance)->DumpFunction(i, names);
    if (!code.ok()) {
      return Complain(path, std::string(code.status().message()));
    }
    if (int exit = Print(absl::StrCat("function ", i, " ", name, " ",
                                      interp::Text(module.TypeOfFunc(i)), "\n",
                                      *code, "\n"));
        exit != 0) {
      return exit;
    }
  }
  return found ? 0 : Complain(path, "no function is selected");
}

}  // namespace goshawk::tools
