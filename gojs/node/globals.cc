#include "gojs/node/globals.h"

#include <limits>

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/collection.h"
#include "gojs/js/function.h"
#include "gojs/js/promise.h"
#include "gojs/js/regexp/regexp.h"
#include "gojs/js/script/compile.h"
#include "gojs/js/typed_array.h"
#include "gojs/node/abort.h"
#include "gojs/node/date.h"
#include "gojs/node/event_target.h"
#include "gojs/node/fs_object.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

Completion GlobalThis(Realm& realm) { return Value(&realm.global()); }

Completion Undefined(const Invocation&) { return Completion(); }

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
    Lazy<&ConstructorOf<&kAggregateErrorClass>>("AggregateError"),
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
    Namespace<&kJsonMembers>("JSON"),
    Class<Map>("Map"),
    Lazy<&MathWithRandom>("Math"),
    Number("NaN", std::numeric_limits<double>::quiet_NaN()),
    Lazy<&ConstructorOf<&kNumberClass>>("Number"),
    Class<Object>("Object"),
    Class<Promise>("Promise"),
    Lazy<&ConstructorOf<&kRangeErrorClass>>("RangeError"),
    Lazy<&ConstructorOf<&kReferenceErrorClass>>("ReferenceError"),
    Namespace<&kReflectMembers>("Reflect"),
    Class<RegExp>("RegExp"),
    Class<Set>("Set"),
    Lazy<&ConstructorOf<&kStringClass>>("String"),
    Lazy<&ConstructorOf<&kSymbolClass>>("Symbol"),
    Lazy<&ConstructorOf<&kSyntaxErrorClass>>("SyntaxError"),
    Lazy<&ConstructorOf<&kTypeErrorClass>>("TypeError"),
    Lazy<&ConstructorOf<&kURIErrorClass>>("URIError"),
    Lazy<&GlobalThis>("globalThis"),
    Method<&Eval>("eval", 1),
    Method<&IsFinite>("isFinite", 1),
    Method<&IsNaN>("isNaN", 1),
    Method<&ParseFloatFunction>("parseFloat", 1),
    Method<&ParseIntFunction>("parseInt", 2),
    Getter<&Undefined>("undefined"),
    // Node.
    Class<AbortController>("AbortController"),
    Class<AbortSignal>("AbortSignal"),
    Lazy<&ConstructorOf<&kDomExceptionClass>>("DOMException"),
    Class<Event>("Event"),
    Class<EventTarget>("EventTarget"),
    Lazy<&ConstructorOf<&kTextDecoderClass>>("TextDecoder"),
    Lazy<&ConstructorOf<&kTextEncoderClass>>("TextEncoder"),
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
