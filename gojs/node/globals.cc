#include "gojs/node/globals.h"

#include <limits>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/function.h"
#include "gojs/js/typed_array.h"
#include "gojs/node/date.h"
#include "gojs/node/fs_object.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

Completion GlobalThis(Realm& realm) { return Value(&realm.global()); }

// A class that is known by its ClassInfo only.
template <const ClassInfo* kInfo>
Completion ConstructorOf(Realm& realm) {
  return Value(realm.Constructor(*kInfo));
}

template <ElementType kType>
Completion TypedArrayOf(Realm& realm) {
  return Value(realm.Constructor(TypedArray::ClassOf(kType)));
}

constexpr Member kMembers[] = {
    // The language.
    Class<Array>("Array"),
    Class<ArrayBuffer>("ArrayBuffer"),
    Lazy<&ConstructorOf<&kBooleanClass>>("Boolean"),
    Class<Date>("Date"),
    Lazy<&ConstructorOf<&kErrorClass>>("Error"),
    Lazy<&ConstructorOf<&kEvalErrorClass>>("EvalError"),
#define ELEMENT(name, type, convert) \
  Lazy<&TypedArrayOf<ElementType::k##name>>(#name "Array"),
#include "gojs/js/element_type.def"
#undef ELEMENT
    Class<Function>("Function"),
    Number("Infinity", std::numeric_limits<double>::infinity()),
    Namespace<&kMathMembers>("Math"),
    Number("NaN", std::numeric_limits<double>::quiet_NaN()),
    Lazy<&ConstructorOf<&kNumberClass>>("Number"),
    Class<Object>("Object"),
    Lazy<&ConstructorOf<&kRangeErrorClass>>("RangeError"),
    Lazy<&ConstructorOf<&kReferenceErrorClass>>("ReferenceError"),
    Lazy<&ConstructorOf<&kStringClass>>("String"),
    Lazy<&ConstructorOf<&kSymbolClass>>("Symbol"),
    Lazy<&ConstructorOf<&kSyntaxErrorClass>>("SyntaxError"),
    Lazy<&ConstructorOf<&kTypeErrorClass>>("TypeError"),
    Lazy<&ConstructorOf<&kURIErrorClass>>("URIError"),
    Lazy<&GlobalThis>("globalThis"),
    Method<&IsFinite>("isFinite", 1),
    Method<&IsNaN>("isNaN", 1),
    Method<&ParseFloatFunction>("parseFloat", 1),
    Method<&ParseIntFunction>("parseInt", 2),
    // Node.
    Method<&ClearTimer>("clearImmediate", 1),
    Method<&ClearTimer>("clearInterval", 1),
    Method<&ClearTimer>("clearTimeout", 1),
    Namespace<&kConsoleMembers>("console"),
    Namespace<&kCryptoMembers>("crypto"),
    Namespace<FsObject>("fs"),
    Lazy<&GlobalThis>("global"),
    Namespace<&kPathMembers>("path"),
    Namespace<&kPerformanceMembers>("performance"),
    Namespace<&kProcessMembers>("process"),
    Method<&QueueMicrotask>("queueMicrotask", 1),
    Method<&SetImmediate>("setImmediate", 1),
    Method<&SetInterval>("setInterval", 2),
    Method<&SetTimeout>("setTimeout", 2),
};

}  // namespace

const Members kGlobalMembers = kMembers;

}  // namespace goshawk::gojs
