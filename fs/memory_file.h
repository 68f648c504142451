// Open files of the memory backend. Private to it.

#ifndef GOSHAWK_FS_MEMORY_FILE_H_
#define GOSHAWK_FS_MEMORY_FILE_H_

#include <memory>

#include "fs/file_system.h"
#include "fs/memory_node.h"

namespace goshawk::fs {

// `node`, opened with `flags`, which say what the File may do. It keeps node
// and state alive.
std::unique_ptr<File> NewMemoryFile(std::shared_ptr<MemoryState> state,
                                    std::shared_ptr<MemoryNode> node,
                                    int flags);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_MEMORY_FILE_H_
