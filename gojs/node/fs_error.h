// Errors of the system as Node makes them: an Error with code, errno and
// syscall.

#ifndef GOSHAWK_GOJS_NODE_FS_ERROR_H_
#define GOSHAWK_GOJS_NODE_FS_ERROR_H_

#include <string_view>

#include "fs/errno.h"
#include "gojs/js/realm.h"

namespace goshawk::gojs {

// "ENOENT: no such file or directory, chdir" with code "ENOENT".
// `syscall` may be empty.
Ref<Object> NewSystemError(Realm& realm, fs::Errno error,
                           std::string_view syscall = {});

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_FS_ERROR_H_
