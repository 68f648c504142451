#include "tools/load.h"

#include <utility>

#include "interp/decoder.h"
#include "interp/module_validator.h"

namespace goshawk::tools {

absl::StatusOr<LoadedModule> LoadModule(const std::string& path) {
  absl::StatusOr<MappedFile> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  const std::span<const uint8_t> bytes = file->bytes();
  absl::StatusOr<interp::Module> module =
      interp::Decode(interp::Bytes(bytes.data(), bytes.size()));
  if (!module.ok()) return module.status();
  return LoadedModule{*std::move(file), *std::move(module)};
}

absl::StatusOr<LoadedModule> LoadValidModule(const std::string& path) {
  absl::StatusOr<LoadedModule> loaded = LoadModule(path);
  if (!loaded.ok()) return loaded;
  absl::Status status = interp::ValidateModule(loaded->module);
  if (!status.ok()) return status;
  return loaded;
}

}  // namespace goshawk::tools
