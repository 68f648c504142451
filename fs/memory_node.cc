#include "fs/memory_node.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fs/synthetic.h"

namespace goshawk::fs {
namespace {

constexpr int64_t kBlockSize = 512;
constexpr int64_t kPageSize = 4096;

// Beyond it a size would not survive as a floating point number.
constexpr int64_t kMaxFileSize = (int64_t{1} << 53) - 1;

void SetTime(Nanos& time, Nanos value, Nanos now) {
  if (value == kTimeOmit) return;
  time = value == kTimeNow ? now : value;
}

}  // namespace

MemoryNode::~MemoryNode() { state.used_bytes -= data.allocated(); }

MemoryState::~MemoryState() {
  // Not by recursion: a tree may be deeper than the stack.
  std::vector<std::shared_ptr<MemoryNode>> nodes = {std::move(root)};
  while (!nodes.empty()) {
    const std::shared_ptr<MemoryNode> node = std::move(nodes.back());
    nodes.pop_back();
    for (auto& [name, child] : node->entries) nodes.push_back(std::move(child));
    node->entries.clear();
  }
}

std::shared_ptr<MemoryNode> MemoryState::NewNode(uint32_t mode) {
  auto node = std::make_shared<MemoryNode>(*this);
  Stat& stat = node->stat;
  stat.dev = device;
  stat.ino = ++last_ino;
  stat.mode = mode;
  stat.nlink = node->IsDirectory() ? 2 : 1;
  stat.uid = uid;
  stat.gid = gid;
  stat.blksize = kPageSize;
  stat.atime = stat.mtime = stat.ctime = Now();
  return node;
}

Errno MemoryState::May(const MemoryNode& node, Access access) const {
  if (uid == 0) return Errno::kOk;
  uint32_t granted = node.stat.mode;
  if (uid == node.stat.uid) {
    granted >>= 6;
  } else if (gid == node.stat.gid) {
    granted >>= 3;
  }
  return (granted & static_cast<uint32_t>(access)) != 0 ? Errno::kOk
                                                        : Errno::kAcces;
}

Errno MemoryState::MayChange(const MemoryNode& node) const {
  return uid == 0 || uid == node.stat.uid ? Errno::kOk : Errno::kPerm;
}

Stat MemoryState::StatOf(const MemoryNode& node) const {
  Stat stat = node.stat;
  if (node.IsRegular()) {
    stat.size = node.data.size();
    stat.blocks = (node.data.allocated() + kBlockSize - 1) / kBlockSize;
  } else if (node.IsDirectory()) {
    stat.size = kPageSize;
  } else {
    stat.size = static_cast<int64_t>(node.target.size());
  }
  return stat;
}

Names MemoryState::NamesIn(const MemoryNode& directory) const {
  Names names;
  names.reserve(directory.entries.size());
  for (const auto& [name, node] : directory.entries) names.push_back(name);
  return names;
}

Errno MemoryState::Chmod(MemoryNode& node, uint32_t mode) {
  if (Errno error = MayChange(node); error != Errno::kOk) return error;
  node.stat.mode = (node.stat.mode & kModeTypeMask) | (mode & kModePermMask);
  node.stat.ctime = Now();
  return Errno::kOk;
}

Errno MemoryState::Chown(MemoryNode& node, uint32_t new_uid, uint32_t new_gid) {
  // Only root gives files away; an owner may give them to the own group.
  const bool gives_away = new_uid != kKeepId && new_uid != node.stat.uid;
  const bool new_group =
      new_gid != kKeepId && new_gid != node.stat.gid && new_gid != gid;
  if (uid != 0 && (gives_away || new_group || MayChange(node) != Errno::kOk)) {
    return Errno::kPerm;
  }
  if (new_uid != kKeepId) node.stat.uid = new_uid;
  if (new_gid != kKeepId) node.stat.gid = new_gid;
  // What runs with the rights of its owner must not do so for a new one.
  if (node.IsRegular()) node.stat.mode &= ~(kModeSetUid | kModeSetGid);
  node.stat.ctime = Now();
  return Errno::kOk;
}

Errno MemoryState::Utimes(MemoryNode& node, Nanos atime, Nanos mtime) {
  if (Errno error = MayChange(node); error != Errno::kOk) {
    // Whoever may write may also touch.
    const bool touch = atime == kTimeNow && mtime == kTimeNow;
    if (!touch || May(node, Access::kWrite) != Errno::kOk) return error;
  }
  const Nanos now = Now();
  SetTime(node.stat.atime, atime, now);
  SetTime(node.stat.mtime, mtime, now);
  node.stat.ctime = now;
  return Errno::kOk;
}

Result<size_t> MemoryState::Write(MemoryNode& node, int64_t offset,
                                  std::span<const std::byte> data) {
  if (data.empty()) return size_t{0};
  if (offset >= kMaxFileSize) return Errno::kFBig;
  data = data.first(
      std::min(data.size(), static_cast<size_t>(kMaxFileSize - offset)));
  const int64_t growth = node.data.GrowthFor(offset, data.size());
  if (max_bytes > 0 && growth > max_bytes - used_bytes) return Errno::kNoSpc;
  const int64_t before = node.data.allocated();
  node.data.Write(offset, data);
  used_bytes += node.data.allocated() - before;
  node.stat.mtime = node.stat.ctime = Now();
  return data.size();
}

Errno MemoryState::Truncate(MemoryNode& node, int64_t size) {
  if (size < 0) return Errno::kInval;
  if (size > kMaxFileSize) return Errno::kFBig;
  const int64_t before = node.data.allocated();
  node.data.Resize(size);
  used_bytes += node.data.allocated() - before;
  node.stat.mtime = node.stat.ctime = Now();
  return Errno::kOk;
}

}  // namespace goshawk::fs
