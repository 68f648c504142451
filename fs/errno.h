// The closed set of errors of package fs. Every failure a program can see is
// one of these enumerators; zero (kOk) is success. A number that the host's
// kernel answers becomes one of them in a single place, FromHost(), and leaves
// for the program in a single place, Name(), which Go turns into a
// syscall.Errno. The rows live in errno.def.
//
// Some codes share a number, as they do in Go: EDEADLOCK and EDEADLK,
// ENOTSUP and EOPNOTSUPP, EWOULDBLOCK and EAGAIN.

#ifndef GOSHAWK_FS_ERRNO_H_
#define GOSHAWK_FS_ERRNO_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace goshawk::fs {

enum class [[nodiscard]] Errno : uint8_t {
  kOk = 0,
#define ERRNO(enumerator, code, number, host, message) enumerator,
#include "fs/errno.def"
#undef ERRNO
};

// How many errors there are. Enumerators 1 to kErrnoCount are the rows of
// errno.def, so that a table indexed by Errno has kErrnoCount + 1 elements.
inline constexpr int kErrnoCount = 0
#define ERRNO(enumerator, code, number, host, message) +1
#include "fs/errno.def"
#undef ERRNO
    ;

// The error for `host`, a value of <errno.h>; 0 gives kOk. Values that Go does
// not know become kIo, except ETXTBSY, which becomes kBusy.
Errno FromHost(int host);

// The value of <errno.h> that stands for `error`, 0 for kOk, nothing if the
// host has no such error. ToHost() of a result of FromHost() is the original
// unless that had no row of its own.
std::optional<int> ToHost(Errno error);

// Node's string for `error`, such as "ENOENT"; "OK" for kOk. The string lives
// for ever and is NUL-terminated.
std::string_view Name(Errno error);

// The value of Go's syscall.Errno, such as 2 for kNoEnt; 0 for kOk.
int Number(Errno error);

// What went wrong, in lower-case English without a full stop. The string lives
// for ever and is NUL-terminated.
std::string_view Message(Errno error);

// The error whose Name() is `name`; nothing if there is none. "OK" is no error.
std::optional<Errno> FromName(std::string_view name);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_ERRNO_H_
