// Address space and pages of the host: reserved, huge where that pays, had from
// the kernel all at once instead of by a fault for each.
//
// A page that is touched first costs a fault, on a virtual machine with shadow
// page tables 10 us; a huge one costs no more than fifteen of these there.

#ifndef GOSHAWK_INTERP_PAGES_H_
#define GOSHAWK_INTERP_PAGES_H_

#include <cstddef>
#include <cstdint>

namespace goshawk::interp {

// What most hosts can map as one page.
inline constexpr size_t kHugePage = size_t{2} << 20;

// Reserves at least `size` bytes of address space, and sets `size` to how many,
// with mmap's protection `protection`; memory is taken as pages are touched.
// The range begins at a huge page if there is room enough; it is up to the
// caller to unmap it. Null if the host refuses.
void* ReservePages(size_t& size, int protection);

// Asks for a huge page at `begin`, which is where one can be. Nothing happens
// where the kernel has none.
void PreferHugePage(void* begin);

// Makes the pages of [begin, begin + size), which can be written, present.
// Nothing happens where the kernel cannot do it. The memory is in use from then
// on, so `size` is what will be written, not what might be.
void Prefault(void* begin, size_t size);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_PAGES_H_
