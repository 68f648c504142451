#include "interp/prefault.h"

#include <sys/mman.h>

#include <cstdint>

namespace goshawk::interp {

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
