#include "fs/archive_library.h"

#include <dlfcn.h>

#include <string>

#include "fs/archive_file_system.h"
#include "fs/shared_library.h"

namespace goshawk::fs {
namespace {

bool Load(ArchiveLibrary& library) {
  std::string error;
  void* handle = LoadSharedLibrary(kArchiveLibrary, error);
  if (handle == nullptr) return false;
#define ARCHIVE_FUNCTION(name)                                \
  library.name = reinterpret_cast<decltype(&archive_##name)>( \
      dlsym(handle, "archive_" #name));                       \
  if (library.name == nullptr) return false;
#include "fs/archive_library.def"
#undef ARCHIVE_FUNCTION
  return true;
}

}  // namespace

const ArchiveLibrary* LoadArchiveLibrary() {
  static ArchiveLibrary library;
  static const bool kLoaded = Load(library);
  return kLoaded ? &library : nullptr;
}

}  // namespace goshawk::fs
