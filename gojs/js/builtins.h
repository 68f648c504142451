// The classes and namespaces of the language itself, for the table of the
// global object (node/globals.cc). Their tables are in the builtin_*.cc files.

#ifndef GOSHAWK_GOJS_JS_BUILTINS_H_
#define GOSHAWK_GOJS_JS_BUILTINS_H_

#include "gojs/js/class_info.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

extern const ClassInfo kErrorClass;
extern const ClassInfo kTypeErrorClass;
extern const ClassInfo kRangeErrorClass;
extern const ClassInfo kSyntaxErrorClass;
extern const ClassInfo kReferenceErrorClass;
extern const ClassInfo kEvalErrorClass;
extern const ClassInfo kURIErrorClass;
extern const ClassInfo kSymbolClass;

// new Number(0), new Boolean(false), new String("x").
class PrimitiveWrapper final : public Object {
 public:
  PrimitiveWrapper(Realm& realm, const ClassInfo& info, Value primitive)
      : Object(realm, info), primitive_(std::move(primitive)) {}
  const Value& primitive() const { return primitive_; }

 private:
  void Clear() override {
    primitive_ = {};
    Object::Clear();
  }
  Value primitive_;
};
extern const ClassInfo kNumberClass;
extern const ClassInfo kBooleanClass;
extern const ClassInfo kStringClass;

extern const Members kMathMembers;

// The global functions isNaN, isFinite, parseInt and parseFloat.
Completion IsNaN(const Invocation& call);
Completion IsFinite(const Invocation& call);
Completion ParseIntFunction(const Invocation& call);
Completion ParseFloatFunction(const Invocation& call);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_BUILTINS_H_
