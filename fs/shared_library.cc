#include "fs/shared_library.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <stdio.h>

#include <array>

// Where a program's dynamic section is; a program without one is static.
extern "C" [[gnu::weak]] const char _DYNAMIC[];

namespace goshawk::fs {
namespace {

#if defined(__x86_64__)
constexpr char kLoader[] = "/lib64/ld-linux-x86-64.so.2";
#elif defined(__aarch64__)
constexpr char kLoader[] = "/lib/ld-linux-aarch64.so.1";
#else
constexpr char kLoader[] = "/lib/ld.so.1";
#endif

// Whether the host's loader, which comes with its C library, says that it is
// of this program's version: "stable release version 2.36.".
bool HostHasOurVersion() {
  const std::string wanted =
      std::string("release version ") + gnu_get_libc_version() + ".";
  FILE* file = fopen(kLoader, "rbe");
  if (file == nullptr) return false;
  std::string text;
  std::array<char, 1 << 14> piece;
  size_t size;
  while ((size = fread(piece.data(), 1, piece.size(), file)) > 0) {
    text.append(piece.data(), size);
  }
  fclose(file);
  return text.find(wanted) != std::string::npos;
}

}  // namespace

void* LoadSharedLibrary(const char* name, std::string& error) {
  if (_DYNAMIC == nullptr && !HostHasOurVersion()) {
    error = std::string(name) + ": this program was linked with glibc " +
            gnu_get_libc_version() + ", and the host has another version";
    return nullptr;
  }
  void* const handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) error = dlerror();
  return handle;
}

}  // namespace goshawk::fs
