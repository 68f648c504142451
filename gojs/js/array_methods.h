// What the two files of Array's methods share.

#ifndef GOSHAWK_GOJS_JS_ARRAY_METHODS_H_
#define GOSHAWK_GOJS_JS_ARRAY_METHODS_H_

#include <cstddef>
#include <vector>

#include "gojs/js/array.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

// "this" of a method. Of something that is no array but has a length, methods
// see a copy.
struct ArrayCall {
  Ref<Array> array;
  Completion failed;

  // False if there is none; then `failed` says why.
  bool Read(const Invocation& call);
  // False also if its elements may not be changed or, if it `grows`, there may
  // not be as many more as there are arguments.
  bool ReadToChange(const Invocation& call, bool grows = false);
};

// An index counted from the end if negative, at most `length`.
size_t RelativeIndex(const Value& value, size_t length, size_t otherwise);

// Those that call functions, in builtin_array_callbacks.cc.
Completion ArrayEvery(const Invocation& call);
Completion ArrayFilter(const Invocation& call);
Completion ArrayFind(const Invocation& call);
Completion ArrayFindIndex(const Invocation& call);
Completion ArrayFindLast(const Invocation& call);
Completion ArrayFindLastIndex(const Invocation& call);
Completion ArrayFlatMap(const Invocation& call);
Completion ArrayForEach(const Invocation& call);
Completion ArrayMap(const Invocation& call);
template <bool kFromRight>
Completion ArrayReduce(const Invocation& call);
Completion ArraySome(const Invocation& call);
Completion ArraySort(const Invocation& call);
Completion ArrayToSorted(const Invocation& call);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_ARRAY_METHODS_H_
