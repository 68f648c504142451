#include "interp/stack.h"

#include <sys/mman.h>

namespace goshawk::interp {
namespace {

constexpr size_t kGuardSize = 64 * 1024;

// Go's stacks may hold 1 GB in frames of 16 bytes or more (runtime/proc.go,
// maxstacksize), and each takes a Frame of 16 bytes.
constexpr size_t kFramesSize =
    sizeof(void*) == 8 ? size_t{1} << 30 : size_t{16} << 20;
// Functions that follow Go's convention share one set of slots, so this bounds
// the recursion of all others.
constexpr size_t kSlotsSize =
    sizeof(void*) == 8 ? size_t{64} << 20 : size_t{8} << 20;

}  // namespace

Stack::~Stack() {
  if (region_ != nullptr) munmap(region_, region_size_);
}

bool Stack::Reserve() {
  if (region_ != nullptr) return true;
  const size_t size = kSlotsSize + kFramesSize + kGuardSize;
  void* region = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return false;
  region_ = region;
  region_size_ = size;
  auto* begin = static_cast<uint8_t*>(region);
  slots_ = reinterpret_cast<uint64_t*>(begin);
  slots_limit_ = slots_ + kSlotsSize / sizeof(uint64_t);
  frames_ = reinterpret_cast<Frame*>(begin + kSlotsSize);
  frames_limit_ = frames_ + kFramesSize / sizeof(Frame);
  return mprotect(frames_limit_, kGuardSize, PROT_NONE) == 0;
}

bool Stack::IsGuard(const void* address) const {
  const auto* p = static_cast<const uint8_t*>(address);
  const auto* guard = reinterpret_cast<const uint8_t*>(frames_limit_);
  return guard != nullptr && p >= guard && p < guard + kGuardSize;
}

}  // namespace goshawk::interp
