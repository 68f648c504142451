// A directory of the host as a file system.

#ifndef GOSHAWK_FS_HOST_FILE_SYSTEM_H_
#define GOSHAWK_FS_HOST_FILE_SYSTEM_H_

#include <memory>
#include <string>

#include "fs/file_system.h"
#include "fs/result.h"

namespace goshawk::fs {

struct HostOptions {
  // How paths are kept within the root. All ways give the same answers.
  enum class Lookup {
    kAuto,  // by the kernel (openat2) if it can, else by walking; not at all
            // if the root is the host's own, for then nothing lies outside
    kWalk,  // by walking, whatever the kernel can and the root is
  };
  Lookup lookup = Lookup::kAuto;

  // Every call that would change something answers kRoFs.
  bool read_only = false;
};

// The directory `root` of the host, with the rights of this process. Nothing
// outside of it can be reached: ".." at the root is the root, absolute links
// start at the root, and what others do to the tree during a call does not
// matter. The root stays the same directory even when it is renamed. Devices,
// pipes and file systems mounted inside the root are within it.
//   kNoEnt, kNotDir, kAcces, ...  `root` is no directory that can be opened
//
// The kernel takes the umask of this process from the modes of new files, on
// top of what the caller took away: who wants the program's umask alone calls
// umask(0) at the start. Opening a FIFO waits for the other side.
//
// Threads: any number at once; a File one at a time.
Result<std::unique_ptr<FileSystem>> NewHostFileSystem(
    const std::string& root, const HostOptions& options = {});

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_HOST_FILE_SYSTEM_H_
