#include "fs/archive_library.h"

#include <dlfcn.h>

namespace goshawk::fs {
namespace {

// Never unloaded: readers may live until the process ends.
bool Load(ArchiveLibrary& library) {
  void* handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
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
