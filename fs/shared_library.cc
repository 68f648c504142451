#include "fs/shared_library.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Where a program's dynamic section is; a program without one is static.
// NOLINTNEXTLINE(*-reserved-identifier,*-identifier-naming): the linker's name
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
  const int fd = open(kLoader, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat host{};
  void* bytes = MAP_FAILED;
  if (fstat(fd, &host) == 0) {
    bytes = mmap(nullptr, static_cast<size_t>(host.st_size), PROT_READ,
                 MAP_PRIVATE, fd, 0);
  }
  close(fd);
  if (bytes == MAP_FAILED) return false;
  const auto size = static_cast<size_t>(host.st_size);
  std::string wanted = "release version ";
  wanted += gnu_get_libc_version();
  wanted += '.';
  const bool found =
      memmem(bytes, size, wanted.data(), wanted.size()) != nullptr;
  munmap(bytes, size);
  return found;
}

}  // namespace

void* LoadSharedLibrary(const char* name, std::string& error) {
  if (_DYNAMIC == nullptr && !HostHasOurVersion()) {
    error = name;
    error += ": this program was linked with glibc ";
    error += gnu_get_libc_version();
    error += ", and the host has another version";
    return nullptr;
  }
  void* const handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) error = dlerror();
  return handle;
}

}  // namespace goshawk::fs
