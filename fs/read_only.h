// A file system that can be looked at and not be changed.

#ifndef GOSHAWK_FS_READ_ONLY_H_
#define GOSHAWK_FS_READ_ONLY_H_

#include <memory>

#include "fs/file_system.h"

namespace goshawk::fs {

// `base`, of which every call that would change something answers kRoFs,
// whether or not it would have failed anyhow. Files are open for reading only:
// writing to one is kBadF and cutting it kInval, as it is for any such file.
// Opening to create what exists already, without kOpenExclusive, is opening.
// Sync() is allowed. Threads: as `base`.
std::unique_ptr<FileSystem> NewReadOnlyFileSystem(
    std::shared_ptr<FileSystem> base);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_READ_ONLY_H_
