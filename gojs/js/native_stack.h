// How much of the thread's own stack is left. What recurses as deeply as a
// program wants asks first, and throws a RangeError instead of overflowing.

#ifndef GOSHAWK_GOJS_JS_NATIVE_STACK_H_
#define GOSHAWK_GOJS_JS_NATIVE_STACK_H_

#include <pthread.h>

#include <cstdint>

namespace goshawk::gojs {

class NativeStack {
 public:
  // True if what is left is needed for what does not ask.
  bool IsLow() {
    const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    // A realm may go from thread to thread.
    if (thread_ != pthread_self()) Guess(here);
    if (here >= limit_) return false;
    if (!is_measured_) Measure();
    return here < limit_;
  }

  // True if not even the half of that is left. For what has to be called while
  // the stack is low, and does not nest deeply by itself.
  bool IsNearEnd() {
    return IsLow() && reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) <
                          limit_ - reserve_ / 2;
  }

 private:
  // Measuring takes as long as a small program does between two outputs, so
  // that it is put off until somebody goes deeper than nearly all ever do.
  void Guess(uintptr_t here);
  void Measure();

  pthread_t thread_ = 0;  // whose stack this is about
  bool is_measured_ = false;
  uintptr_t limit_ = 0;
  uintptr_t reserve_ = 0;  // below it
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_NATIVE_STACK_H_
