#include "gojs/js/bind.h"

namespace goshawk::gojs::bind_internal {

Completion ReadNumber(Realm& realm, const Value& value, double* number) {
  const Completion primitive = ToPrimitive(realm, value, false);
  if (!primitive.ok()) return primitive;
  if (primitive.value().IsSymbol()) {
    return realm.Throw(ErrorKind::kTypeError,
                       "Cannot convert a Symbol value to a number");
  }
  *number = ToNumber(primitive.value());
  return Completion();
}

Completion WrongThis(const Invocation& call, std::string_view wanted) {
  return call.realm.Throw(
      ErrorKind::kTypeError,
      "Illegal invocation: this is not a " + std::string(wanted));
}

}  // namespace goshawk::gojs::bind_internal
