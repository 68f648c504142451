// The names that code can see: those of a block or function, and around them
// those of the scope where it was written.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_SCOPE_H_
#define GOSHAWK_GOJS_JS_SCRIPT_SCOPE_H_

#include <utility>

#include "gojs/js/object.h"

namespace goshawk::gojs::script {

// An object so that the collector knows it; no program ever sees one.
class Scope final : public Object {
 public:
  static const ClassInfo kClass;
  Scope(Realm& realm, Ref<Scope> outer)
      : Object(realm, kClass, nullptr), outer_(std::move(outer)) {}

  Scope* outer() const { return outer_.get(); }

  // What a name stands for; null if it is not declared in this very scope.
  Property* Find(String* name) { return properties().Find(name); }
  // A name that is there already gets the new meaning.
  void Declare(String* name, Value value, uint8_t flags) {
    Define(name, std::move(value), flags);
  }

  // The flags of a name: kWritable unless it is constant, kEnumerable once it
  // has a value.
  static constexpr uint8_t kVariable = kWritable | kEnumerable;
  static constexpr uint8_t kConstant = kEnumerable;

  // "this" of the function whose scope this is; arrow functions and blocks
  // have none of their own.
  void SetThis(Value self) {
    this_ = std::move(self);
    has_this_ = true;
  }
  Value This() const {
    const Scope* s = this;
    while (!s->has_this_ && s->outer() != nullptr) s = s->outer();
    return s->this_;
  }

 private:
  void Trace(Tracer& tracer) const override {
    tracer(outer_);
    tracer(this_);
    Object::Trace(tracer);
  }
  void Clear() override {
    outer_ = {};
    this_ = {};
    Object::Clear();
  }

  Ref<Scope> outer_;
  Value this_;
  bool has_this_ = false;
};

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_SCOPE_H_
