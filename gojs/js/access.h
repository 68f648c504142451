// Properties of any value, as source text and built-in functions get at them:
// a primitive has those of its class.

#ifndef GOSHAWK_GOJS_JS_ACCESS_H_
#define GOSHAWK_GOJS_JS_ACCESS_H_

#include <string_view>

#include "gojs/js/realm.h"
#include "gojs/js/value.h"

namespace goshawk::gojs {

// value[key]; a TypeError for null and undefined.
Completion GetOf(Realm& realm, const Value& value, Key key);
Completion GetOf(Realm& realm, const Value& value, const Value& key);

// value[key] = to; what is written to a primitive is lost.
Completion SetOf(Realm& realm, const Value& value, const Value& key, Value to);

// The object that stands for a primitive, the object itself, or null for null
// and undefined.
Ref<Object> ToObject(Realm& realm, const Value& value);

// An array index below 2^31, which number keys mostly are; false for others.
bool IsIndex(const Value& key, int64_t* index);

// value[name](args...); a TypeError, "<name> is not a function", if it is none.
Completion Invoke(Realm& realm, const Value& value, std::string_view name,
                  Args args = {});

// The TypeError "<what> is not a function".
Completion ThrowNotCallable(Realm& realm, std::string_view what);
// As that, with the value as V8 words it: "#<Object> is not a function".
Completion ThrowNotCallable(Realm& realm, const Value& value);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ACCESS_H_
