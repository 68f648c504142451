#include "tools/heap.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdint>

#include "interp/pages.h"

namespace goshawk::tools {
namespace {

// A block of the heap. Compilers leave out a malloc whose result nobody uses.
void* Take(size_t size) {
  void* volatile block = malloc(size);
  return block;
}

}  // namespace

void PrepareHeap() {
  using interp::kHugePage;
  constexpr uintptr_t kPage = 4096;
  // One heap with room: two threads that start at once would wait for another
  // one, and for each other while either's grows.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  // What is left of the heap's first small pages nobody is to have.
  constexpr size_t kHeader = 256;
  const size_t left = mallinfo2().keepcost;
  if (left > kHeader) Take(left - kHeader);
  // The heap goes on a page before a huge one, where malloc can write down the
  // size of a block that reaches over the whole of it. So there is no small
  // page in it when it is asked for.
  const auto top = reinterpret_cast<uintptr_t>(sbrk(0));
  const uintptr_t huge = (top + kPage + kHugePage - 1) / kHugePage * kHugePage;
  if (sbrk(static_cast<intptr_t>(huge - kPage - top)) ==
      reinterpret_cast<void*>(-1)) {
    return;
  }
  void* const block = Take(kPage + kHugePage);
  if (reinterpret_cast<uintptr_t>(block) / kPage == huge / kPage - 1) {
    interp::PreferHugePage(reinterpret_cast<void*>(huge));
  }
  free(block);
}

}  // namespace goshawk::tools
