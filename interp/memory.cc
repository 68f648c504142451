#include "interp/memory.h"

#include <sys/mman.h>

#include <algorithm>

#include "interp/prefault.h"

namespace goshawk::interp {
namespace {

// A 32-bit address plus a 32-bit offset plus the widest access, rounded up.
constexpr uint64_t kGuardedRange = (uint64_t{8} << 30) + kPageSize;

// What most hosts can map as one page.
constexpr uint64_t kHugePage = uint64_t{2} << 20;

void* Reserve(size_t size) {
  void* p = mmap(nullptr, size, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? nullptr : p;
}

// The range begins at a huge page if there is room enough.
void* ReserveRange(uint64_t size) {
  if (size > SIZE_MAX - kHugePage) return nullptr;
  const auto length = static_cast<size_t>(size);
  auto* p = static_cast<char*>(Reserve(length + kHugePage));
  if (p == nullptr) return Reserve(length);
  const size_t before = -reinterpret_cast<uintptr_t>(p) % kHugePage;
  if (before > 0) munmap(p, before);
  munmap(p + before + length, kHugePage - before);
  return p + before;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Memory>> Memory::Create(
    const MemoryType& type, MemoryProtection protection, uint32_t page_limit) {
  auto memory = std::unique_ptr<Memory>(new Memory(
      type, protection,
      std::min({page_limit, kMaxPages, type.limits.max.value_or(kMaxPages)})));
  // Explicit checks need just the memory, but as much as it may become if that
  // can be had, so that growing seldom moves it.
  uint64_t range = protection == MemoryProtection::kGuardPages
                       ? kGuardedRange
                       : uint64_t{memory->page_limit_} * kPageSize;
  void* base = ReserveRange(std::max<uint64_t>(range, kPageSize));
  if (base == nullptr && protection == MemoryProtection::kExplicitChecks) {
    range = uint64_t{type.limits.min} * kPageSize;
    base = ReserveRange(std::max<uint64_t>(range, kPageSize));
  }
  if (base == nullptr) {
    return absl::ResourceExhaustedError(
        "no address space left for linear memory");
  }
  memory->base_ = static_cast<uint8_t*>(base);
  memory->reserved_ = static_cast<size_t>(std::max<uint64_t>(range, kPageSize));
  if (!memory->Grow(type.limits.min)) {
    return absl::ResourceExhaustedError("no memory left for linear memory");
  }
  return memory;
}

Memory::~Memory() {
  if (base_ != nullptr) munmap(base_, reserved_);
}

bool Memory::Grow(uint32_t delta) {
  if (delta > page_limit_ || pages() > page_limit_ - delta) return false;
  const uint64_t size = size_ + uint64_t{delta} * kPageSize;
  if (size > reserved_) {
    void* moved =
        mremap(base_, reserved_, static_cast<size_t>(size), MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) return false;
    base_ = static_cast<uint8_t*>(moved);
    reserved_ = static_cast<size_t>(size);
  }
  if (delta != 0 && mprotect(base_ + size_, static_cast<size_t>(size - size_),
                             PROT_READ | PROT_WRITE) != 0) {
    return false;
  }
  size_ = size;
  return true;
}

void Memory::Prefault(uint64_t address, uint64_t length) {
  // A huge page takes less time than half of the small ones in it.
  const uint64_t end = address + length;
  for (uint64_t page = address / kHugePage * kHugePage;
       page < end && page + kHugePage <= size_; page += kHugePage) {
    const uint64_t covered =
        std::min(end, page + kHugePage) - std::max(address, page);
    if (covered < kHugePage / 2) continue;
    madvise(base_ + page, kHugePage, MADV_HUGEPAGE);
  }
  interp::Prefault(base_ + address, length);
}

}  // namespace goshawk::interp
