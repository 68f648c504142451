// JavaScript's operators on values.

#ifndef GOSHAWK_GOJS_JS_SCRIPT_OPERATORS_H_
#define GOSHAWK_GOJS_JS_SCRIPT_OPERATORS_H_

#include "gojs/js/realm.h"
#include "gojs/js/script/token.h"
#include "gojs/js/value.h"

namespace goshawk::gojs::script {

// `op` is a binary operator other than && || ?? or the assignment with one.
Completion BinaryOperation(Realm& realm, Tok op, const Value& left,
                           const Value& right);

// ==
Completion LooselyEquals(Realm& realm, const Value& left, const Value& right);

}  // namespace goshawk::gojs::script

#endif  // GOSHAWK_GOJS_JS_SCRIPT_OPERATORS_H_
