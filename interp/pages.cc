#include "interp/pages.h"

#include <sys/mman.h>

namespace goshawk::interp {
namespace {

void* Reserve(size_t size, int protection) {
  void* p = mmap(nullptr, size, protection,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? nullptr : p;
}

}  // namespace

void* ReservePages(size_t& size, int protection) {
  if (size > SIZE_MAX - 2 * kHugePage) return nullptr;
  // Linux from 6.7 on puts a mapping of whole huge pages where they can be.
  const size_t rounded = (size + kHugePage - 1) / kHugePage * kHugePage;
  auto* p = static_cast<char*>(Reserve(rounded, protection));
  if (p != nullptr && reinterpret_cast<uintptr_t>(p) % kHugePage != 0) {
    munmap(p, rounded);
    p = static_cast<char*>(Reserve(rounded + kHugePage, protection));
    if (p != nullptr) {
      const size_t before = -reinterpret_cast<uintptr_t>(p) % kHugePage;
      if (before > 0) munmap(p, before);
      p += before;
      munmap(p + rounded, kHugePage - before);
    }
  }
  if (p == nullptr) return Reserve(size, protection);
  size = rounded;
  return p;
}

void PreferHugePage(void* begin) { madvise(begin, kHugePage, MADV_HUGEPAGE); }

void Prefault(void* begin, size_t size) {
#ifdef MADV_POPULATE_WRITE
  constexpr uintptr_t kPage = 4096;
  const auto address = reinterpret_cast<uintptr_t>(begin);
  const uintptr_t first = address & ~(kPage - 1);
  madvise(reinterpret_cast<void*>(first), size + (address - first),
          MADV_POPULATE_WRITE);
#else
  static_cast<void>(begin);
  static_cast<void>(size);
#endif
}

}  // namespace goshawk::interp
