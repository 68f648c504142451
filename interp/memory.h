// Linear memory (WebAssembly 2.0, section 4.2.8).
//
// Two ways to keep a program inside its memory. With guard pages the whole
// range that an instruction can address (a 32-bit address plus a 32-bit offset)
// is reserved and only the memory itself is accessible, so a stray access
// faults and nothing is checked. With explicit checks every access is compared
// with size(); this works on hosts without 64-bit address space to spare.
//
// Threads: a memory belongs to one thread at a time.

#ifndef GOSHAWK_INTERP_MEMORY_H_
#define GOSHAWK_INTERP_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "interp/module.h"

namespace goshawk::interp {

enum class MemoryProtection : uint8_t { kGuardPages, kExplicitChecks };

class Memory {
 public:
  // Makes a zeroed memory of type.limits.min pages. `page_limit` caps growth
  // below what the type allows. Fails with RESOURCE_EXHAUSTED if the address
  // space cannot be had.
  static absl::StatusOr<std::unique_ptr<Memory>> Create(
      const MemoryType& type, MemoryProtection protection,
      uint32_t page_limit = kMaxPages);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // Address of byte 0. With explicit checks growing may move it.
  uint8_t* base() const { return base_; }
  // Bytes; a multiple of the page size, up to and including 4 GiB.
  uint64_t size() const { return size_; }
  uint32_t pages() const { return static_cast<uint32_t>(size_ / kPageSize); }
  const MemoryType& type() const { return type_; }
  MemoryProtection protection() const { return protection_; }

  // True if [address, address + length) lies inside.
  bool Contains(uint64_t address, uint64_t length) const {
    return address <= size_ && length <= size_ - address;
  }

  // Adds zeroed pages. False, with nothing changed, beyond the limits or if
  // the host has no memory left.
  bool Grow(uint32_t delta);

  // Has the pages of [address, address + length) present, as Prefault does,
  // which are going to be written. REQUIRES: Contains(address, length).
  void Prefault(uint64_t address, uint64_t length);

  // True if `address` lies in the range reserved for guard pages.
  bool Reserves(const void* address) const {
    const auto* p = static_cast<const uint8_t*>(address);
    return p >= base_ && p < base_ + reserved_;
  }

 private:
  Memory(const MemoryType& type, MemoryProtection protection,
         uint32_t page_limit)
      : type_(type), protection_(protection), page_limit_(page_limit) {}

  MemoryType type_;
  MemoryProtection protection_;
  uint32_t page_limit_;
  uint8_t* base_ = nullptr;
  uint64_t size_ = 0;
  size_t reserved_ = 0;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_MEMORY_H_
