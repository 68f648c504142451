#include "gojs/fetch/curl_library.h"

#include <dlfcn.h>

#include "fs/shared_library.h"

namespace goshawk::gojs {
namespace {

CurlLibrary Load() {
  CurlLibrary library;
  // The name that every libcurl of the last ten years has for its ABI.
  void* const handle = fs::LoadSharedLibrary("libcurl.so.4", library.error);
  if (handle == nullptr) return library;
#define X(name)                                                               \
  library.name =                                                              \
      reinterpret_cast<decltype(library.name)>(dlsym(handle, "curl_" #name)); \
  if (library.name == nullptr) library.error = "libcurl has no curl_" #name;
  GOSHAWK_CURL_FUNCTIONS(X)
#undef X
  if (library.error.empty() &&
      library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    library.error = "libcurl cannot be initialized";
  }
  return library;
}

}  // namespace

const CurlLibrary& GetCurlLibrary() {
  static const CurlLibrary* const kLibrary = new CurlLibrary(Load());
  return *kLibrary;
}

}  // namespace goshawk::gojs
