#include "gojs/js/script/operators.h"

#include <cmath>
#include <limits>
#include <string>

#include "gojs/js/convert.h"
#include "gojs/js/function.h"
#include "gojs/js/number.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs::script {
namespace {

double Power(double x, double y) {
  // Other than in C, 1 to an infinite power is not a number.
  if (std::isnan(y) || (std::abs(x) == 1 && std::isinf(y))) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return std::pow(x, y);
}

double Arithmetic(Tok op, double x, double y) {
  switch (op) {
    case Tok::kMinus:
    case Tok::kMinusAssign:
      return x - y;
    case Tok::kTimes:
    case Tok::kTimesAssign:
      return x * y;
    case Tok::kDivide:
    case Tok::kDivideAssign:
      return x / y;
    case Tok::kRemainder:
    case Tok::kRemainderAssign:
      return std::fmod(x, y);
    case Tok::kPower:
    case Tok::kPowerAssign:
      return Power(x, y);
    case Tok::kBitAnd:
    case Tok::kBitAndAssign:
      return ToInt32(x) & ToInt32(y);
    case Tok::kBitOr:
    case Tok::kBitOrAssign:
      return ToInt32(x) | ToInt32(y);
    case Tok::kBitXor:
    case Tok::kBitXorAssign:
      return ToInt32(x) ^ ToInt32(y);
    case Tok::kShiftLeft:
    case Tok::kShiftLeftAssign:
      return static_cast<int32_t>(ToUint32(x) << (ToUint32(y) & 31));
    case Tok::kShiftRight:
    case Tok::kShiftRightAssign:
      return ToInt32(x) >> (ToUint32(y) & 31);
    case Tok::kUnsignedShift:
    case Tok::kUnsignedShiftAssign:
      return ToUint32(x) >> (ToUint32(y) & 31);
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

Completion Plus(Realm& realm, const Value& left, const Value& right) {
  if (left.IsNumber() && right.IsNumber()) {
    return Value(left.number() + right.number());
  }
  Completion a = ToPrimitive(realm, left, Hint::kDefault);
  if (!a.ok()) return a;
  Completion b = ToPrimitive(realm, right, Hint::kDefault);
  if (!b.ok()) return b;
  if (a.value().IsString() || b.value().IsString()) {
    Completion x = ToJsString(realm, a.value());
    if (!x.ok()) return x;
    Completion y = ToJsString(realm, b.value());
    if (!y.ok()) return y;
    std::string text(x.value().string()->view());
    text += y.value().string()->view();
    return NewString(realm, text);
  }
  double x = 0;
  double y = 0;
  if (Completion c = ToNumber(realm, a.value(), &x); !c.ok()) return c;
  if (Completion c = ToNumber(realm, b.value(), &y); !c.ok()) return c;
  return Value(x + y);
}

// left < right or, if `swapped`, right < left, with the other one converted
// first; undefined if one is not a number.
Completion Less(Realm& realm, const Value& left, const Value& right,
                bool swapped) {
  Completion a = ToPrimitive(realm, left, Hint::kNumber);
  if (!a.ok()) return a;
  Completion b = ToPrimitive(realm, right, Hint::kNumber);
  if (!b.ok()) return b;
  if (a.value().IsString() && b.value().IsString()) {
    const int order =
        CompareUtf16(a.value().string()->view(), b.value().string()->view());
    return Value(swapped ? order > 0 : order < 0);
  }
  double x = 0;
  double y = 0;
  if (Completion c = ToNumber(realm, a.value(), &x); !c.ok()) return c;
  if (Completion c = ToNumber(realm, b.value(), &y); !c.ok()) return c;
  if (std::isnan(x) || std::isnan(y)) return Completion();
  return Value(swapped ? y < x : x < y);
}

Completion In(Realm& realm, const Value& key, const Value& object) {
  if (!object.IsObject()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot use 'in' operator to search for '" +
                           ToPlainString(key) + "' in " +
                           ToPlainString(object));
  }
  Value hold;
  if (Completion c = ToKey(realm, key, &hold); !c.ok()) return c;
  return Value(object.object()->Has(Key(hold.cell())));
}

}  // namespace

Completion LooselyEquals(Realm& realm, const Value& left, const Value& right) {
  if (left.type() == right.type()) return Value(StrictEquals(left, right));
  if (left.IsNullish() || right.IsNullish()) {
    return Value(left.IsNullish() && right.IsNullish());
  }
  Value a = left;
  Value b = right;
  for (Value* side : {&a, &b}) {
    const Value& other = side == &a ? b : a;
    if (!side->IsObject() || other.IsObject()) continue;
    Completion c = ToPrimitive(realm, *side, Hint::kDefault);
    if (!c.ok()) return c;
    *side = std::move(c.value());
  }
  if (a.type() == b.type()) return Value(StrictEquals(a, b));
  if (a.IsSymbol() || b.IsSymbol() || a.IsNullish() || b.IsNullish()) {
    return Value(false);
  }
  return Value(ToNumber(a) == ToNumber(b));
}

Completion BinaryOperation(Realm& realm, Tok op, const Value& left,
                           const Value& right) {
  switch (op) {
    case Tok::kPlus:
    case Tok::kPlusAssign:
      return Plus(realm, left, right);
    case Tok::kStrictEqual:
      return Value(StrictEquals(left, right));
    case Tok::kStrictUnequal:
      return Value(!StrictEquals(left, right));
    case Tok::kEqual:
      return LooselyEquals(realm, left, right);
    case Tok::kUnequal: {
      Completion c = LooselyEquals(realm, left, right);
      return c.ok() ? Completion(!c.value().Truthy()) : c;
    }
    case Tok::kLess:
    case Tok::kGreater: {
      Completion c = Less(realm, left, right, op == Tok::kGreater);
      return c.ok() ? Completion(c.value().Truthy()) : c;
    }
    case Tok::kLessEqual:
    case Tok::kGreaterEqual: {
      Completion c = Less(realm, left, right, op == Tok::kLessEqual);
      if (!c.ok()) return c;
      return Value(c.value().IsBool() && !c.value().boolean());
    }
    case Tok::kIn:
      return In(realm, left, right);
    case Tok::kInstanceof:
      return InstanceOf(realm, left, right);
    default:
      break;
  }
  double x = 0;
  double y = 0;
  if (Completion c = ToNumber(realm, left, &x); !c.ok()) return c;
  if (Completion c = ToNumber(realm, right, &y); !c.ok()) return c;
  return Value(Arithmetic(op, x, y));
}

}  // namespace goshawk::gojs::script
