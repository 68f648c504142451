// A directory of a file system as a file system of its own.

#ifndef GOSHAWK_FS_SUBTREE_H_
#define GOSHAWK_FS_SUBTREE_H_

#include <memory>
#include <string_view>

#include "fs/file_system.h"
#include "fs/result.h"

namespace goshawk::fs {

// What lies in the directory at the clean `path` of `base`, which is the root
// of the result: links and ".." lead nowhere else. The root cannot be removed
// or moved.
//   kNoEnt, kNotDir, ...  there is no such directory
//
// Links are resolved before each call to `base`. Who must be safe from others
// that change the tree at the same time takes NewHostFileSystem() of the
// directory instead. Threads: as `base`.
Result<std::unique_ptr<FileSystem>> NewSubtree(std::shared_ptr<FileSystem> base,
                                               std::string_view path);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_SUBTREE_H_
