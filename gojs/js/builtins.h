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
extern const ClassInfo kAggregateErrorClass;
extern const ClassInfo kEvalErrorClass;
extern const ClassInfo kURIErrorClass;
extern const ClassInfo kSymbolClass;

extern const ClassInfo kNumberClass;
extern const ClassInfo kBooleanClass;
extern const ClassInfo kStringClass;

extern const Members kMathMembers;

extern const Members kJsonMembers;
extern const Members kReflectMembers;

// The global functions isNaN, isFinite, parseInt and parseFloat.
Completion IsNaN(const Invocation& call);
Completion IsFinite(const Invocation& call);
Completion ParseIntFunction(const Invocation& call);
Completion ParseFloatFunction(const Invocation& call);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_BUILTINS_H_
