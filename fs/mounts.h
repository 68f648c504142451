// Several file systems as one tree.

#ifndef GOSHAWK_FS_MOUNTS_H_
#define GOSHAWK_FS_MOUNTS_H_

#include <memory>
#include <string>
#include <vector>

#include "fs/file_system.h"

namespace goshawk::fs {

struct Mount {
  std::string path;                // clean
  std::shared_ptr<FileSystem> fs;  // its root appears at `path`
};

// The tree of all `mounts`. A path belongs to the mount with the longest path
// that it lies in, its root included; of two mounts at the same path the later
// one counts. A mount at "/" is what the others are mounted upon; without one,
// that is an empty directory that cannot be changed.
//
//   - Mount points and the directories above them exist, as directories, even
//     where the file system below has nothing: they show up in listings, and
//     what is made up that way can be looked at only (kRoFs for a change).
//   - They cannot be removed, replaced or moved (kBusy), and names below them
//     in a file system underneath are hidden.
//   - Rename() and Link() from one mount to another give kXDev.
//   - Links are resolved in the whole tree: one to "/data/x" leads there
//     whichever mount it lies in, and ".." leaves a mount. Between looking at
//     links and the call itself somebody else may change them; then they are
//     resolved within the mount, never out of it.
//
// Threads: as the least of the mounted.
// REQUIRES: every path is clean, no file system is null.
std::unique_ptr<FileSystem> NewMounts(std::vector<Mount> mounts);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_MOUNTS_H_
