// Symbol, Number and Boolean.

#include <cmath>
#include <limits>

#include "gojs/js/bind.h"
#include "gojs/js/builtins.h"
#include "gojs/js/decimal.h"
#include "gojs/js/primitive.h"

namespace goshawk::gojs {
namespace {

Completion ToNumberValue(const Invocation& call) {
  if (call.args.empty()) return Value(0);
  double number = 0;
  Completion c = ToNumber(call.realm, call.Arg(0), &number);
  return c.ok() ? Completion(Value(number)) : c;
}

Completion ToBooleanValue(const Invocation& call) {
  return Value(call.Arg(0).Truthy());
}

Completion MakeSymbol(const Invocation& call) {
  if (call.Arg(0).IsUndefined()) return Value(Symbol::New({}));
  Completion text = ToJsString(call.realm, call.Arg(0));
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

bool IsSafeInteger(const Value& value) {
  return IsInteger(value) && std::abs(value.number()) <= 9007199254740991.0;
}

// Number.prototype's methods that take a number of digits.
template <std::string (*kFormat)(double, int)>
Completion Format(const Invocation& call, const Value& digits_value, int least,
                  std::string_view method) {
  const Value self = PrimitiveOf(call.self);
  if (!self.IsNumber()) {
    return call.realm.Throw(ErrorKind::kTypeError,
                            "Number.prototype." + std::string(method) +
                                " requires that 'this' be a Number");
  }
  double digits = 0;
  Completion c = ToNumber(call.realm, digits_value, &digits);
  if (!c.ok()) return c;
  digits = ToInteger(digits);
  if (!std::isfinite(self.number())) {
    return Value(String::New(NumberToString(self.number())));
  }
  if (!(digits >= least && digits <= 100)) {
    return call.realm.Throw(
        ErrorKind::kRangeError,
        std::string(method) + "() " + (method == "toFixed" ? "digits " : "") +
            "argument must be between " + std::to_string(least) + " and 100");
  }
  return Value(String::New(kFormat(self.number(), static_cast<int>(digits))));
}

Completion ToFixedMethod(const Invocation& call, const Value& digits) {
  const Value self = PrimitiveOf(call.self);
  if (self.IsNumber() && std::abs(self.number()) >= 1e21) {
    return Value(String::New(NumberToString(self.number())));
  }
  return Format<&ToFixed>(call, digits, 0, "toFixed");
}

Completion ToPrecisionMethod(const Invocation& call, const Value& digits) {
  if (digits.IsUndefined()) {
    return PrimitiveToString<Value::Type::kNumber>(call);
  }
  return Format<&ToPrecision>(call, digits, 1, "toPrecision");
}

Completion ToExponentialMethod(const Invocation& call, const Value& digits) {
  const Value self = PrimitiveOf(call.self);
  if (digits.IsUndefined() && self.IsNumber() && std::isfinite(self.number())) {
    // As many as needed.
    int needed = 0;
    while (needed < 17 && StringToNumber(ToExponential(
                              self.number(), needed)) != self.number()) {
      ++needed;
    }
    return Value(String::New(ToExponential(self.number(), needed)));
  }
  return Format<&ToExponential>(call, digits, 0, "toExponential");
}

Completion NumberToStringMethod(const Invocation& call, const Value& radix) {
  const Value self = PrimitiveOf(call.self);
  double base = 10;
  if (!radix.IsUndefined()) {
    if (Completion c = ToNumber(call.realm, radix, &base); !c.ok()) return c;
    base = ToInteger(base);
  }
  if (!(base >= 2 && base <= 36)) {
    return call.realm.Throw(
        ErrorKind::kRangeError,
        "toString() radix argument must be between 2 and 36");
  }
  if (base == 10 || !self.IsNumber() || !std::isfinite(self.number())) {
    return PrimitiveToString<Value::Type::kNumber>(call);
  }
  return Value(String::New(ToRadix(self.number(), static_cast<int>(base))));
}

// Symbol.for: one symbol for each text, kept by the realm.
Completion SymbolFor(Realm& realm, std::string_view text) {
  return Value(realm.RegisteredSymbol(realm.Intern(text)));
}

Completion SymbolKeyFor(Realm& realm, const Value& symbol) {
  if (!symbol.IsSymbol()) {
    return realm.Throw(ErrorKind::kTypeError,
                       ToPlainString(symbol) + " is not a symbol");
  }
  String* text = symbol.symbol()->description();
  if (text != nullptr && text->interned() &&
      realm.IsRegistered(symbol.symbol())) {
    return Value(text);
  }
  return Completion();
}

Completion SymbolDescription(const Invocation& call) {
  const Value self = PrimitiveOf(call.self);
  if (!self.IsSymbol() || self.symbol()->description() == nullptr) {
    return Completion();
  }
  return Value(self.symbol()->description());
}

#define SYMBOL(identifier)                    \
  Completion Get_##identifier(Realm& realm) { \
    return Value(realm.symbols().identifier); \
  }
#include "gojs/js/symbols.def"
#undef SYMBOL

double ParseIntOf(std::string_view text, int radix) {
  return ParseInt(text, radix);
}
double ParseFloatOf(std::string_view text) { return ParseFloat(text); }
bool IsNaNOf(double number) { return std::isnan(number); }
bool IsFiniteOf(double number) { return std::isfinite(number); }

constexpr Member kNumberMembers[] = {
    Method<&ToExponentialMethod>("toExponential"),
    Method<&ToFixedMethod>("toFixed"),
    Method<&PrimitiveToString<Value::Type::kNumber>>("toLocaleString"),
    Method<&ToPrecisionMethod>("toPrecision"),
    Method<&NumberToStringMethod>("toString"),
    Method<&PrimitiveValueOf<Value::Type::kNumber>>("valueOf"),
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
    Method<&IsSafeInteger>("isSafeInteger"),
    Method<&ParseFloatOf>("parseFloat"),
    Method<&ParseIntOf>("parseInt"),
};
constexpr Member kBooleanMembers[] = {
    Method<&PrimitiveToString<Value::Type::kBool>>("toString"),
    Method<&PrimitiveValueOf<Value::Type::kBool>>("valueOf"),
};
constexpr Member kSymbolMembers[] = {
    Getter<&SymbolDescription>("description"),
    Method<&PrimitiveToString<Value::Type::kSymbol>>("toString"),
    Method<&PrimitiveValueOf<Value::Type::kSymbol>>("valueOf"),
};
constexpr Member kSymbolStatics[] = {
#define SYMBOL(identifier) Lazy<&Get_##identifier>(#identifier),
#include "gojs/js/symbols.def"
#undef SYMBOL
    Method<&SymbolFor>("for"),
    Method<&SymbolKeyFor>("keyFor"),
};

}  // namespace

const ClassInfo kNumberClass = {
    .name = "Number",
    .parent = &Object::kClass,
    .members = kNumberMembers,
    .statics = kNumberStatics,
    .construct = &WrapPrimitive<&kNumberClass, &ToNumberValue>,
    .call = &ToNumberValue,
    .length = 1};
const ClassInfo kBooleanClass = {
    .name = "Boolean",
    .parent = &Object::kClass,
    .members = kBooleanMembers,
    .construct = &WrapPrimitive<&kBooleanClass, &ToBooleanValue>,
    .call = &ToBooleanValue,
    .length = 1};
const ClassInfo kSymbolClass = {.name = "Symbol",
                                .parent = &Object::kClass,
                                .members = kSymbolMembers,
                                .statics = kSymbolStatics,
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
