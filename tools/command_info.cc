// goshawk info: what a file holds and whether it can be run.

#include <string>

#include "absl/strings/str_cat.h"
#include "gojs/imports.h"
#include "interp/instruction_text.h"
#include "interp/module_info.h"
#include "interp/module_validator.h"
#include "interp/validator.h"
#include "tools/command.h"
#include "tools/load.h"

namespace goshawk::tools {
namespace {

std::string Text(std::string_view text) { return std::string(text); }

std::string_view KindText(interp::ExternKind kind) {
  switch (kind) {
    case interp::ExternKind::kFunc:
      return "function";
    case interp::ExternKind::kTable:
      return "table";
    case interp::ExternKind::kMemory:
      return "memory";
    case interp::ExternKind::kGlobal:
      return "global";
  }
  return "?";
}

bool IsOffered(const interp::Import& import) {
  if (!gojs::IsGoModule(import.module)) return false;
  for (const gojs::ImportRow& row : gojs::Imports()) {
    if (row.name == import.name) return true;
  }
  return false;
}

std::string Sections(interp::Bytes bytes) {
  std::string out = "sections:\n";
  for (const interp::SectionInfo& s : interp::ListSections(bytes)) {
    absl::StrAppend(&out, "  ", s.name, ": ", s.size, " bytes at offset ",
                    s.offset, s.whole ? "" : " (the file ends before)", "\n");
  }
  return out;
}

std::string Describe(const interp::Module& module) {
  std::string out;
  absl::StrAppend(&out, "functions: ", module.bodies.size(), " and ",
                  module.imported_funcs, " imported\n");
  out += "imports:\n";
  for (const interp::Import& import : module.imports) {
    absl::StrAppend(&out, "  ", Text(import.module), ".", Text(import.name));
    if (import.kind == interp::ExternKind::kFunc) {
      absl::StrAppend(&out, " ", interp::Text(module.types[import.type_index]));
    } else {
      absl::StrAppend(&out, " ", Text(KindText(import.kind)));
    }
    out += IsOffered(import) ? "\n" : "  (nothing here offers this)\n";
  }
  out += "exports:\n";
  for (const interp::Export& e : module.exports) {
    absl::StrAppend(&out, "  ", Text(e.name), " ");
    out += e.kind == interp::ExternKind::kFunc
               ? interp::Text(module.TypeOfFunc(e.index))
               : Text(KindText(e.kind));
    out += "\n";
  }
  for (const interp::MemoryType& memory : module.memories) {
    absl::StrAppend(&out, "memory: ", memory.limits.min, " pages of 64 KiB\n");
  }
  return out;
}

std::string Features(const interp::Module& module) {
  std::string out = "features:";
  const std::vector<std::string_view> used = interp::FeaturesUsed(module);
  for (size_t i = 0; i < used.size(); ++i) {
    absl::StrAppend(&out, i == 0 ? " " : ", ", Text(used[i]));
  }
  return out + (used.empty() ? " WebAssembly 1.0\n" : "\n");
}

}  // namespace

int InfoCommand(std::span<char* const> args) {
  if (WantsHelp(args)) {
    return Print(
        "usage: goshawk info app.wasm\n"
        "\n"
        "Shows the sections of a module, the Go release that made it, its\n"
        "imports and exports, the features that it needs, and what of it is\n"
        "not supported. The exit code is 0 if it can be run, else 2.\n");
  }
  if (args.size() != 1) return Complain("usage: goshawk info app.wasm");
  const std::string path = args[0];
  absl::StatusOr<MappedFile> file = MappedFile::Open(path);
  if (!file.ok()) return Complain(path, std::string(file.status().message()));
  const interp::Bytes bytes(file->bytes().data(), file->bytes().size());

  absl::StatusOr<LoadedModule> loaded = LoadValidModule(path);
  if (!loaded.ok()) {
    if (!interp::ListSections(bytes).empty()) {
      Print(absl::StrCat("size: ", bytes.size(), " bytes\n", Sections(bytes)));
    }
    return Complain(path, std::string(loaded.status().message()));
  }
  const interp::Module& module = loaded->module;
  const std::string version = interp::GoVersion(module);
  std::string out = absl::StrCat("size: ", bytes.size(), " bytes\n",
                                 "Go: ", version.empty() ? "unknown" : version,
                                 "\n", Sections(bytes), Describe(module));
  const absl::Status valid = interp::ValidateAll(module);
  if (valid.ok()) out += Features(module);
  if (const int exit = Print(out); exit != 0) return exit;
  if (!valid.ok()) return Complain(path, std::string(valid.message()));
  for (const interp::Import& import : module.imports) {
    if (!IsOffered(import)) return kExitUsage;
  }
  return 0;
}

}  // namespace goshawk::tools
