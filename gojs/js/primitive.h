// Objects that stand for primitives, and what the classes of primitives share.

#ifndef GOSHAWK_GOJS_JS_PRIMITIVE_H_
#define GOSHAWK_GOJS_JS_PRIMITIVE_H_

#include <string>
#include <utility>
#include <vector>

#include "gojs/js/convert.h"
#include "gojs/js/object.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

// new Number(0), new Boolean(false), new String("x"), whose own properties are
// its length and its units.
class PrimitiveWrapper final : public Object {
 public:
  PrimitiveWrapper(Realm& realm, const ClassInfo& info, Value primitive);
  const Value& primitive() const { return primitive_; }

 private:
  bool GetExotic(Key key, Value* value) override;
  bool SetExotic(Key key, const Value& value) override;
  Deleted DeleteExotic(Key key) override;
  void ExoticKeys(bool only_enumerable, std::vector<Value>* keys) override;
  void Clear() override;
  Value primitive_;
};

// The primitive that `value` is or stands for; undefined for other objects.
Value PrimitiveOf(const Value& value);

// The methods valueOf and toString.
template <Value::Type kType>
Completion PrimitiveValueOf(const Invocation& call) {
  Value value = PrimitiveOf(call.self);
  if (value.type() == kType) return value;
  return call.realm.Throw(ErrorKind::kTypeError,
                          "valueOf requires that 'this' be of its class");
}

template <Value::Type kType>
Completion PrimitiveToString(const Invocation& call) {
  const Value value = PrimitiveOf(call.self);
  if (value.type() == kType) return Value(String::New(ToPlainString(value)));
  return call.realm.Throw(ErrorKind::kTypeError,
                          "toString requires that 'this' be of its class");
}

// `new C(x)`, where kConvert is what C(x) does.
template <const ClassInfo* kInfo, Native kConvert>
Completion WrapPrimitive(const Invocation& call) {
  Completion primitive = kConvert(call);
  if (!primitive.ok()) return primitive;
  return Value(
      call.realm.New<PrimitiveWrapper>(*kInfo, std::move(primitive.value())));
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_PRIMITIVE_H_
