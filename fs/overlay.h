// Two file systems, one above the other: what is read comes from either, what
// is changed goes to the upper one.

#ifndef GOSHAWK_FS_OVERLAY_H_
#define GOSHAWK_FS_OVERLAY_H_

#include <memory>

#include "fs/file_system.h"

namespace goshawk::fs {

// `lower`, which is never changed, with `upper` over it:
//
//   - What `upper` has covers what `lower` has at the same path; where both
//     have directories, the result shows the names of both.
//   - Before something of `lower` is changed it is copied to `upper`, with its
//     mode, times and, if possible, owner; a file as a whole when it is opened
//     for writing. It remains the same file to Stat, for as long as the overlay
//     lives. Directories are moved by copying all that is in them.
//   - What is removed from `lower` is hidden by a marker in `upper`, a file
//     called ".wh." and the name. Names beginning like that are refused
//     (kInval) and not shown, and names of more than 251 bytes that are in
//     `lower` cannot be removed (kNameTooLong). An `upper` that is kept and
//     used again shows the same tree.
//
// Two things are not as POSIX has them: a file of `lower` opened before it was
// copied still shows the old contents, and hard links in `lower` become files
// of their own when copied. Devices, sockets and FIFOs of `lower` cannot be
// changed (kPerm). Renaming over an existing directory takes two steps.
//
// The Files must not outlive the overlay. Threads: one at a time.
// REQUIRES: nobody else changes either while the overlay is in use; the two do
// not overlap.
std::unique_ptr<FileSystem> NewOverlay(std::shared_ptr<FileSystem> lower,
                                       std::shared_ptr<FileSystem> upper);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_OVERLAY_H_
