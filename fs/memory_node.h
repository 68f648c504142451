// What the memory backend consists of: nodes (the inodes of other systems) and
// what they have in common. Private to the memory backend.

#ifndef GOSHAWK_FS_MEMORY_NODE_H_
#define GOSHAWK_FS_MEMORY_NODE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "fs/errno.h"
#include "fs/file_system.h"
#include "fs/result.h"
#include "fs/sparse_data.h"
#include "fs/stat.h"

namespace goshawk::fs {

struct MemoryState;

// A file, a directory or a link: stat.mode tells, and which of the other
// members are in use. A node lives as long as a name or an open File has it.
struct MemoryNode {
  using Entries =
      std::map<std::string, std::shared_ptr<MemoryNode>, std::less<>>;

  explicit MemoryNode(MemoryState& owner) : state(owner) {}
  MemoryNode(const MemoryNode&) = delete;
  MemoryNode& operator=(const MemoryNode&) = delete;
  ~MemoryNode();

  MemoryState& state;
  Stat stat;                     // size and blocks are computed when asked for
  SparseData data;               // of a file
  Entries entries;               // of a directory, in the order of listings
  MemoryNode* parent = nullptr;  // of a directory that has a name; the root's
                                 // is itself
  std::string target;            // of a link

  bool IsDirectory() const { return stat.IsDirectory(); }
  bool IsRegular() const { return stat.IsRegular(); }
  bool IsSymlink() const { return stat.IsSymlink(); }
};

// What may be done with a node, as three bits of its mode.
enum class Access : uint32_t { kSearch = 1, kWrite = 2, kRead = 4 };

// What nodes of one file system share.
struct MemoryState {
  uint32_t uid = 0;
  uint32_t gid = 0;
  int64_t max_bytes = 0;   // 0: no limit
  int64_t used_bytes = 0;  // of contents
  uint64_t device = 0;
  uint64_t last_ino = 0;
  std::shared_ptr<MemoryNode> root;

  MemoryState() = default;
  MemoryState(const MemoryState&) = delete;
  MemoryState& operator=(const MemoryState&) = delete;
  ~MemoryState();

  std::shared_ptr<MemoryNode> NewNode(uint32_t mode);

  // kAcces if the user may not; user 0 may everything.
  Errno May(const MemoryNode& node, Access access) const;
  // kPerm if the node belongs to somebody else.
  Errno MayChange(const MemoryNode& node) const;

  Stat StatOf(const MemoryNode& node) const;
  Names NamesIn(const MemoryNode& directory) const;
  Errno Chmod(MemoryNode& node, uint32_t mode);
  Errno Chown(MemoryNode& node, uint32_t uid, uint32_t gid);
  Errno Utimes(MemoryNode& node, Nanos atime, Nanos mtime);

  // Of a regular file.
  Result<size_t> Write(MemoryNode& node, int64_t offset,
                       std::span<const std::byte> data);
  Errno Truncate(MemoryNode& node, int64_t size);
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_MEMORY_NODE_H_
