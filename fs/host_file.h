// Files that are descriptors of the host, and the standard streams of this
// process among them.

#ifndef GOSHAWK_FS_HOST_FILE_H_
#define GOSHAWK_FS_HOST_FILE_H_

#include <memory>

#include "fs/file_system.h"

namespace goshawk::fs {

enum class Ownership {
  kOwned,     // closed with the File
  kBorrowed,  // stays open: for 0, 1 and 2
};

// The file behind the host descriptor `fd`: a file, a directory or a stream.
// Nothing is lost where a stream takes less than it is given, a signal
// interrupts, or somebody made the descriptor non-blocking; such a descriptor
// is waited for and its flags stay as they are.
// REQUIRES: SIGPIPE is ignored, if writing to a pipe that nobody reads is to
// answer kPipe and not to end the process.
std::unique_ptr<File> NewHostFile(int fd, Ownership ownership);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_HOST_FILE_H_
