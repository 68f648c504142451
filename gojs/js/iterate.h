// The iteration protocol (ECMA-262, Operations on Iterator Objects).

#ifndef GOSHAWK_GOJS_JS_ITERATE_H_
#define GOSHAWK_GOJS_JS_ITERATE_H_

#include <functional>
#include <vector>

#include "gojs/js/realm.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

// Calls `each` for every element of `iterable`, until it throws or sets
// `*stop`; then the iterator is closed. What is not iterable throws a
// TypeError.
using EachElement = std::function<Completion(Value element, bool* stop)>;
Completion Iterate(Realm& realm, const Value& iterable,
                   const EachElement& each);

// Appends all elements. More than an array can hold throw a RangeError.
Completion ListFromIterable(Realm& realm, const Value& iterable,
                            std::vector<Value>* elements);

// What next() gives.
Value IteratorResult(Realm& realm, Value value, bool done);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ITERATE_H_
