#include "gojs/js/bind.h"

namespace goshawk::gojs::bind_internal {

Completion WrongThis(const Invocation& call, std::string_view wanted) {
  return call.realm.Throw(
      ErrorKind::kTypeError,
      "Illegal invocation: this is not a " + std::string(wanted));
}

}  // namespace goshawk::gojs::bind_internal
