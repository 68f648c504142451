#include "gojs/js/native_stack.h"

#include <algorithm>
#include <cstddef>

namespace goshawk::gojs {

void NativeStack::Measure() {
  constexpr size_t kReserve = size_t{1} << 20;
  constexpr size_t kUnknown = size_t{1} << 19;
  thread_ = pthread_self();
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
    limit_ = here - kUnknown;
    reserve_ = kUnknown / 4;
    return;
  }
  void* lowest = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  reserve_ = std::min(kReserve, size / 4);
  limit_ = reinterpret_cast<uintptr_t>(lowest) + reserve_;
}

}  // namespace goshawk::gojs
