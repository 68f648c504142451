// Frees objects that only hold each other: a counted reference never lets go
// of a circle, such as a function and the object that has it as a method.
//
// References that no object owns, those of C++ code and of the Go program, are
// what is left of an object's count when every reference owned by objects is
// taken off (trial deletion). What cannot be reached from such objects is
// cleared. An owner that does not trace a reference makes its target live for
// ever, never too short; so collecting is safe wherever counting is.

#ifndef GOSHAWK_GOJS_JS_COLLECTOR_H_
#define GOSHAWK_GOJS_JS_COLLECTOR_H_

#include <cstddef>
#include <vector>

#include "gojs/js/value.h"

namespace goshawk::gojs {

// What Object::Trace() gives the references to that an object owns, each as
// often as it is counted.
class Tracer {
 public:
  void operator()(const Value& value) {
    if (value.IsObject()) Visit(value.object());
  }
  template <typename T>
  void operator()(const Ref<T>& object) {
    if (object) Visit(object.get());
  }
  void operator()(const std::vector<Value>& values) {
    for (const Value& value : values) (*this)(value);
  }

 private:
  friend class Realm;
  enum class Phase { kCount, kMark };

  void Visit(Object* object);

  Phase phase_ = Phase::kCount;
  std::vector<Object*> found_;  // marked, their own references not yet
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_COLLECTOR_H_
