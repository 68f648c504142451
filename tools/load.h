// From a file's name to a module.

#ifndef GOSHAWK_TOOLS_LOAD_H_
#define GOSHAWK_TOOLS_LOAD_H_

#include <string>

#include "absl/status/statusor.h"
#include "interp/module.h"
#include "tools/mapped_file.h"

namespace goshawk::tools {

// A decoded module and the bytes that it points into.
struct LoadedModule {
  MappedFile file;
  interp::Module module;
};

// The message of a failure is one line without the file's name.
absl::StatusOr<LoadedModule> LoadModule(const std::string& path);

// LoadModule, and a check of everything but function bodies. What is to run
// needs no check beforehand: Instance::Create makes it.
absl::StatusOr<LoadedModule> LoadValidModule(const std::string& path);

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_LOAD_H_
