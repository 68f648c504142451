// The memory in which calls happen: frames (return addresses) and slots
// (locals and temporaries), two large reservations of address space that the
// host backs with memory as they are touched.
//
// An access to the page after the last frame faults; whoever runs without
// guard pages compares with frames_limit().

#ifndef GOSHAWK_INTERP_STACK_H_
#define GOSHAWK_INTERP_STACK_H_

#include <cstddef>
#include <cstdint>

#include "interp/machine.h"

namespace goshawk::interp {

class Stack {
 public:
  Stack() = default;
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  // Reserves the address space; later calls do nothing. False if the host
  // refuses.
  bool Reserve();

  Frame* frames() const { return frames_; }
  Frame* frames_limit() const { return frames_limit_; }
  uint64_t* slots() const { return slots_; }
  uint64_t* slots_limit() const { return slots_limit_; }

  // True if `address` is in the guard page after the frames.
  bool IsGuard(const void* address) const;

 private:
  void* region_ = nullptr;
  size_t region_size_ = 0;
  Frame* frames_ = nullptr;
  Frame* frames_limit_ = nullptr;
  uint64_t* slots_ = nullptr;
  uint64_t* slots_limit_ = nullptr;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_STACK_H_
