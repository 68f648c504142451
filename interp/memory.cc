#include "interp/memory.h"

#include <sys/mman.h>

#include <algorithm>

#include "interp/pages.h"

namespace goshawk::interp {
namespace {

// A 32-bit address plus a 32-bit offset plus the widest access, rounded up.
constexpr uint64_t kGuardedRange = (uint64_t{8} << 30) + kPageSize;

}  // namespace

absl::StatusOr<std::unique_ptr<Memory>> Memory::Create(
    const MemoryType& type, MemoryProtection protection, uint32_t page_limit) {
  auto memory = std::unique_ptr<Memory>(new Memory(
      type, protection,
      std::min({page_limit, kMaxPages, type.limits.max.value_or(kMaxPages)})));
  // Explicit checks need just the memory, but as much as it may become if that
  // can be had, so that growing seldom moves it.
  const auto reserve = [&memory](uint64_t size) -> void* {
    if (size > SIZE_MAX) return nullptr;
    memory->reserved_ = std::max<size_t>(size, kPageSize);
    return ReservePages(memory->reserved_, PROT_NONE);
  };
  void* base = reserve(protection == MemoryProtection::kGuardPages
                           ? kGuardedRange
                           : uint64_t{memory->page_limit_} * kPageSize);
  if (base == nullptr && protection == MemoryProtection::kExplicitChecks) {
    base = reserve(uint64_t{type.limits.min} * kPageSize);
  }
  if (base == nullptr) {
    return absl::ResourceExhaustedError(
        "no address space left for linear memory");
  }
  memory->base_ = static_cast<uint8_t*>(base);
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
    PreferHugePage(base_ + page);
  }
  interp::Prefault(base_ + address, length);
}

}  // namespace goshawk::interp
