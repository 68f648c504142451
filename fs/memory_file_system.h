// A file system in memory, gone with the object: for sandboxes and for tests.

#ifndef GOSHAWK_FS_MEMORY_FILE_SYSTEM_H_
#define GOSHAWK_FS_MEMORY_FILE_SYSTEM_H_

#include <cstdint>
#include <memory>

#include "fs/file_system.h"

namespace goshawk::fs {

struct MemoryOptions {
  // Who uses it, and owns what is made. User 0 may do everything; for others
  // the modes of files and directories count.
  uint32_t uid = 0;
  uint32_t gid = 0;

  // The mode of the root directory; the user owns it.
  uint32_t root_mode = 0755;

  // How many bytes of contents all files together may hold before writing
  // gives kNoSpc; 0 is no limit. Names and attributes are not counted.
  int64_t max_bytes = 0;
};

// An empty file system that does all that POSIX asks for: links of both kinds,
// modes, owners, times, replacing by rename, files that live on while open,
// holes that take no room. Reading does not change the time of access (as with
// the mount option noatime). Files may outlive it.
std::unique_ptr<FileSystem> NewMemoryFileSystem(
    const MemoryOptions& options = {});

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_MEMORY_FILE_SYSTEM_H_
