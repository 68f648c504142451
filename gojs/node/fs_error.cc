#include "gojs/node/fs_error.h"

#include <string>

namespace goshawk::gojs {

Ref<Object> NewSystemError(Realm& realm, fs::Errno error,
                           std::string_view syscall) {
  std::string message(fs::Name(error));
  message += ": ";
  message += fs::Message(error);
  if (!syscall.empty()) {
    message += ", ";
    message += syscall;
  }
  const Ref<Object> object =
      realm.NewError(ErrorKind::kError, message, fs::Name(error));
  object->Define("errno", -fs::Number(error));
  if (!syscall.empty()) object->Define("syscall", String::New(syscall));
  return object;
}

}  // namespace goshawk::gojs
