#include "gojs/fetch/curl_library.h"

#include <dlfcn.h>

namespace goshawk::gojs {
namespace {

CurlLibrary Load() {
  CurlLibrary library;
  // The name that every libcurl of the last ten years has for its ABI.
  void* const handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    library.error = dlerror();
    return library;
  }
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
