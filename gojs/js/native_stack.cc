#include "gojs/js/native_stack.h"

#include <algorithm>
#include <cstddef>

namespace goshawk::gojs {

void NativeStack::Guess(uintptr_t here) {
  constexpr uintptr_t kAlwaysLeft = 16 << 10;
  thread_ = pthread_self();
  is_measured_ = false;
  limit_ = here - kAlwaysLeft;
}

void NativeStack::Measure() {
  constexpr size_t kReserve = size_t{1} << 20;
  constexpr size_t kUnknown = size_t{1} << 19;
  is_measured_ = true;
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
