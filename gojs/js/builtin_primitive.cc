// Symbol, Number, Boolean and String: the constructors and what wraps a
// primitive value.

#include <cmath>
#include <limits>

#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"

namespace goshawk::gojs {
namespace {

// "this" as a primitive of the wanted type.
bool SelfAs(const Invocation& call, Value::Type type, Value* value) {
  *value = call.self;
  if (const Object* object = call.self.AsObject()) {
    const ClassInfo& info = object->class_info();
    if (&info == &kNumberClass || &info == &kBooleanClass ||
        &info == &kStringClass) {
      *value = static_cast<const PrimitiveWrapper*>(object)->primitive();
    }
  }
  return value->type() == type;
}

template <Value::Type kType>
Completion ValueOf(const Invocation& call) {
  Value value;
  if (SelfAs(call, kType, &value)) return value;
  return call.realm.Throw(ErrorKind::kTypeError, "valueOf: wrong this");
}

template <Value::Type kType>
Completion ToString(const Invocation& call) {
  Value value;
  if (SelfAs(call, kType, &value)) {
    return Value(String::New(ToPlainString(value)));
  }
  return call.realm.Throw(ErrorKind::kTypeError, "toString: wrong this");
}

Completion ToNumberValue(const Invocation& call) {
  if (call.args.empty()) return Value(0);
  double number = 0;
  Completion c = bind_internal::ReadNumber(call.realm, call.Arg(0), &number);
  return c.ok() ? Completion(Value(number)) : c;
}

Completion ToBooleanValue(const Invocation& call) {
  return Value(call.Arg(0).Truthy());
}

Completion ToStringValue(const Invocation& call) {
  if (call.args.empty()) return Value(String::New(""));
  if (call.Arg(0).IsSymbol()) {
    return Value(String::New(ToPlainString(call.Arg(0))));
  }
  return ToJsString(call.realm, call.Arg(0));
}

template <const ClassInfo* kInfo, Native kConvert>
Completion Wrap(const Invocation& call) {
  Completion primitive = kConvert(call);
  if (!primitive.ok()) return primitive;
  return Value(
      call.realm.New<PrimitiveWrapper>(*kInfo, std::move(primitive.value())));
}

Completion MakeSymbol(const Invocation& call) {
  if (call.Arg(0).IsUndefined()) return Value(Symbol::New({}));
  const Completion text = ToJsString(call.realm, call.Arg(0));
  if (!text.ok()) return text;
  return Value(Symbol::New(text.value().string()));
}

bool IsInteger(const Value& value) {
  return value.IsNumber() && std::isfinite(value.number()) &&
         value.number() == std::trunc(value.number());
}

bool IsFiniteNumber(const Value& value) {
  return value.IsNumber() && std::isfinite(value.number());
}

bool IsNaNNumber(const Value& value) {
  return value.IsNumber() && std::isnan(value.number());
}

double ParseIntOf(std::string_view text, int radix) {
  return ParseInt(text, radix);
}
double ParseFloatOf(std::string_view text) { return ParseFloat(text); }
bool IsNaNOf(double number) { return std::isnan(number); }
bool IsFiniteOf(double number) { return std::isfinite(number); }

constexpr Member kNumberMembers[] = {
    Method<&ToString<Value::Type::kNumber>>("toString", 1),
    Method<&ValueOf<Value::Type::kNumber>>("valueOf"),
};
constexpr Member kNumberStatics[] = {
    Number("EPSILON", std::numeric_limits<double>::epsilon()),
    Number("MAX_SAFE_INTEGER", 9007199254740991.0),
    Number("MAX_VALUE", std::numeric_limits<double>::max()),
    Number("MIN_SAFE_INTEGER", -9007199254740991.0),
    Number("MIN_VALUE", std::numeric_limits<double>::denorm_min()),
    Number("NEGATIVE_INFINITY", -std::numeric_limits<double>::infinity()),
    Number("NaN", std::numeric_limits<double>::quiet_NaN()),
    Number("POSITIVE_INFINITY", std::numeric_limits<double>::infinity()),
    Method<&IsFiniteNumber>("isFinite"),
    Method<&IsInteger>("isInteger"),
    Method<&IsNaNNumber>("isNaN"),
    Method<&ParseFloatOf>("parseFloat"),
    Method<&ParseIntOf>("parseInt"),
};
constexpr Member kBooleanMembers[] = {
    Method<&ToString<Value::Type::kBool>>("toString"),
    Method<&ValueOf<Value::Type::kBool>>("valueOf"),
};
constexpr Member kStringMembers[] = {
    Method<&ToString<Value::Type::kString>>("toString"),
    Method<&ValueOf<Value::Type::kString>>("valueOf"),
};
constexpr Member kSymbolMembers[] = {
    Method<&ToString<Value::Type::kSymbol>>("toString"),
};

}  // namespace

const ClassInfo kNumberClass = {
    .name = "Number",
    .parent = &Object::kClass,
    .members = kNumberMembers,
    .statics = kNumberStatics,
    .construct = &Wrap<&kNumberClass, &ToNumberValue>,
    .call = &ToNumberValue,
    .length = 1};
const ClassInfo kBooleanClass = {
    .name = "Boolean",
    .parent = &Object::kClass,
    .members = kBooleanMembers,
    .construct = &Wrap<&kBooleanClass, &ToBooleanValue>,
    .call = &ToBooleanValue,
    .length = 1};
const ClassInfo kStringClass = {
    .name = "String",
    .parent = &Object::kClass,
    .members = kStringMembers,
    .construct = &Wrap<&kStringClass, &ToStringValue>,
    .call = &ToStringValue,
    .length = 1};
const ClassInfo kSymbolClass = {.name = "Symbol",
                                .parent = &Object::kClass,
                                .members = kSymbolMembers,
                                .call = &MakeSymbol};

Completion IsNaN(const Invocation& call) {
  return bind_internal::Bound<&IsNaNOf>::Call(call);
}
Completion IsFinite(const Invocation& call) {
  return bind_internal::Bound<&IsFiniteOf>::Call(call);
}
Completion ParseIntFunction(const Invocation& call) {
  return bind_internal::Bound<&ParseIntOf>::Call(call);
}
Completion ParseFloatFunction(const Invocation& call) {
  return bind_internal::Bound<&ParseFloatOf>::Call(call);
}

}  // namespace goshawk::gojs
