// How objects that C++ implements are declared: a class is one ClassInfo, its
// members are rows of constant tables. Nothing here is built at start-up; a
// Realm turns a table into properties when somebody first looks at it.
//
// Rows are normally made by the helpers of bind.h, which derive the conversion
// of arguments and results from the C++ signature.

#ifndef GOSHAWK_GOJS_JS_CLASS_INFO_H_
#define GOSHAWK_GOJS_JS_CLASS_INFO_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "gojs/js/value.h"

namespace goshawk::gojs {

class Realm;

using Args = std::span<const Value>;

// One call of a native function.
struct Invocation {
  Realm& realm;
  const Value& self;  // "this"
  Args args;
  // `new F(...)`: the constructor that was asked for; null in plain calls.
  Object* new_target = nullptr;

  // Argument number i, undefined if there are fewer.
  const Value& Arg(size_t i) const;
};

// A native function. The value returned is the function's result; for a
// constructor, the new object.
using Native = Completion (*)(const Invocation&);

// A row of a table of members.
struct Member {
  enum class Kind : uint8_t {
    kMethod,    // a function; `call` is its body
    kAccessor,  // `call` is the getter, `set` the setter or null
    kLazy,      // a value that `call` makes when it is first asked for
    kNumber,    // a constant
  };
  std::string_view name;
  Kind kind = Kind::kMethod;
  uint8_t length = 0;  // of a method: its "length" property
  Native call = nullptr;
  Native set = nullptr;
  double number = 0;
};

using Members = std::span<const Member>;

struct ClassInfo {
  std::string_view name;
  // Whose prototype this one's prototype inherits; null for Object itself and
  // for namespaces.
  const ClassInfo* parent = nullptr;
  Members members = {};  // of the prototype
  Members statics = {};  // of the constructor
  // `new C(...)` and, unless `call` is set, nothing else; null if scripts
  // cannot make such objects.
  Native construct = nullptr;
  // `C(...)` without new; null throws a TypeError.
  Native call = nullptr;
  uint8_t length = 0;  // of the constructor
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_CLASS_INFO_H_
