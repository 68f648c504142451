// Paths as strings: what can be said of them without looking at any file.
// "Clean" is what fs/file_system.h expects: absolute, no empty component, no
// "." or "..", no slash at the end but for the root "/", no NUL.

#ifndef GOSHAWK_FS_PATH_H_
#define GOSHAWK_FS_PATH_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "fs/result.h"

namespace goshawk::fs {

// What Linux allows, in bytes.
inline constexpr size_t kMaxName = 255;
inline constexpr size_t kMaxPath = 4095;

// The clean form of `path` by its letters alone: a relative path starts at the
// root, ".." drops the component before it and at the root nothing. Links are
// not looked at: for "link/.." as the kernel sees it, see fs/resolve.h.
std::string Clean(std::string_view path);

// Whether Clean() would change nothing and `path` holds no NUL.
bool IsClean(std::string_view path);

// The clean form of `path`, starting at the clean `cwd` if it is relative.
//   kNoEnt        empty
//   kInval        holds a NUL
//   kNameTooLong  a component or the whole is too long
Result<std::string> Resolve(std::string_view cwd, std::string_view path);

// The errors of Resolve() alone.
Errno CheckPath(std::string_view path);

// Of a clean path: all but the last component, and the last component. The
// root has the parent "/" and the name "". Both point into `path` or are
// literals.
std::string_view Parent(std::string_view path);
std::string_view BaseName(std::string_view path);

// The last component of any path as it is written, "." and ".." too; empty if
// there is none.
std::string_view WrittenName(std::string_view path);

// The clean path of `name` in the clean `directory`.
std::string Join(std::string_view directory, std::string_view name);

// Whether the clean `path` is `directory` or lies inside of it.
bool IsInside(std::string_view path, std::string_view directory);

// The clean `path` as seen from `directory`: "/a/b/c" in "/a"
// is "/b/c"; the directory itself is "/". Points into `path` or
// is a literal. REQUIRES: IsInside(path, directory).
std::string_view PathInside(std::string_view path, std::string_view directory);

// Takes the first component off `rest` and returns it; slashes around it go
// too. Empty when there is none left.
std::string_view NextComponent(std::string_view& rest);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_PATH_H_
