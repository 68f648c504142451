#include "fs/memory_file_system.h"

#include <string>
#include <string_view>
#include <utility>

#include "fs/memory_file.h"
#include "fs/memory_node.h"
#include "fs/path.h"
#include "fs/synthetic.h"

namespace goshawk::fs {
namespace {

constexpr int kMaxLinks = 40;
constexpr uint64_t kMaxNames = 65000;  // of one file, as ext4 has it

using Node = MemoryNode;
using NodePtr = std::shared_ptr<MemoryNode>;

// Where a path leads: a name in a directory, and what has that name.
struct Entry {
  Node* dir = nullptr;
  std::string name;  // empty: the path ends in a directory that is not to be
                     // removed or moved, as the root is
  NodePtr node;      // null: nothing
};

class MemoryFileSystem : public FileSystem {
 public:
  explicit MemoryFileSystem(const MemoryOptions& options)
      : state_(std::make_shared<MemoryState>()) {
    state_->uid = options.uid;
    state_->gid = options.gid;
    state_->max_bytes = options.max_bytes;
    state_->device = NewDevice();
    state_->root =
        state_->NewNode(kModeDirectory | (options.root_mode & kModePermMask));
    state_->root->parent = state_->root.get();
  }

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    const bool create = (flags & kOpenCreate) != 0;
    const bool exclusive = create && (flags & kOpenExclusive) != 0;
    Entry entry;
    Errno error = Find(path, !exclusive && (flags & kOpenNoFollow) == 0, entry);
    if (error != Errno::kOk) return error;
    if (entry.node == nullptr) {
      if (!create) return Errno::kNoEnt;
      error = Add(entry, kModeRegular | (mode & kModePermMask));
      // Whoever makes a file may use it, whatever its mode.
    } else {
      error = exclusive ? Errno::kExist : MayOpen(*entry.node, flags);
    }
    if (error != Errno::kOk) return error;
    if ((flags & kOpenTruncate) != 0 && entry.node->data.size() > 0) {
      error = state_->Truncate(*entry.node, 0);
      if (error != Errno::kOk) return error;
    }
    return NewMemoryFile(state_, std::move(entry.node), flags);
  }

  Result<Stat> GetStat(std::string_view path) override {
    return StatOf(path, true);
  }

  Result<Stat> GetLstat(std::string_view path) override {
    return StatOf(path, false);
  }

  Result<Names> ReadDir(std::string_view path) override {
    NodePtr node;
    Errno error = FindNode(path, true, node);
    if (error != Errno::kOk) return error;
    if (!node->IsDirectory()) return Errno::kNotDir;
    error = state_->May(*node, Access::kRead);
    if (error != Errno::kOk) return error;
    return state_->NamesIn(*node);
  }

  Result<std::string> Readlink(std::string_view path) override {
    NodePtr node;
    if (Errno error = FindNode(path, false, node); error != Errno::kOk) {
      return error;
    }
    if (!node->IsSymlink()) return Errno::kInval;
    return node->target;
  }

  Errno Mkdir(std::string_view path, uint32_t mode) override {
    Entry entry;
    if (Errno error = FindNew(path, entry); error != Errno::kOk) return error;
    return Add(entry, kModeDirectory | (mode & kModePermMask));
  }

  Errno Symlink(std::string_view target, std::string_view path) override {
    if (Errno error = CheckTarget(target); error != Errno::kOk) return error;
    Entry entry;
    if (Errno error = FindNew(path, entry); error != Errno::kOk) return error;
    if (Errno error = Add(entry, kModeSymlink | 0777); error != Errno::kOk) {
      return error;
    }
    entry.node->target = target;
    return Errno::kOk;
  }

  Errno Link(std::string_view from, std::string_view to) override {
    NodePtr node;
    if (Errno error = FindNode(from, false, node); error != Errno::kOk) {
      return error;
    }
    Entry entry;
    if (Errno error = FindNew(to, entry); error != Errno::kOk) return error;
    if (node->IsDirectory()) return Errno::kPerm;
    if (node->stat.nlink >= kMaxNames) return Errno::kMLink;
    if (Errno error = MayAlter(*entry.dir); error != Errno::kOk) return error;
    ++node->stat.nlink;
    node->stat.ctime = Now();
    Attach(entry, std::move(node));
    return Errno::kOk;
  }

  Errno Rmdir(std::string_view path) override {
    Entry entry;
    Errno error = Find(path, false, entry);
    if (error != Errno::kOk) return error;
    if (entry.node == nullptr) return Errno::kNoEnt;
    if (!entry.node->IsDirectory()) return Errno::kNotDir;
    if (entry.name.empty()) return Errno::kBusy;
    error = MayRemove(entry);
    if (error != Errno::kOk) return error;
    if (!entry.node->entries.empty()) return Errno::kNotEmpty;
    Detach(entry);
    return Errno::kOk;
  }

  Errno Unlink(std::string_view path) override {
    Entry entry;
    Errno error = Find(path, false, entry);
    if (error != Errno::kOk) return error;
    if (entry.node == nullptr) return Errno::kNoEnt;
    if (entry.node->IsDirectory()) return Errno::kIsDir;
    error = MayRemove(entry);
    if (error != Errno::kOk) return error;
    Detach(entry);
    return Errno::kOk;
  }

  Errno Rename(std::string_view from, std::string_view to) override {
    Entry a;
    Entry b;
    if (Errno error = Find(from, false, a); error != Errno::kOk) return error;
    if (Errno error = Find(to, false, b); error != Errno::kOk) return error;
    if (a.name.empty() || b.name.empty()) return Errno::kBusy;
    if (a.node == nullptr) return Errno::kNoEnt;
    if (a.node->IsDirectory() && IsAbove(*a.node, *b.dir)) {
      return Errno::kInval;
    }
    if (b.node == a.node) return Errno::kOk;
    if (Errno error = MayRemove(a); error != Errno::kOk) return error;
    Errno error = b.node == nullptr ? MayAlter(*b.dir) : MayRemove(b);
    if (error != Errno::kOk) return error;
    if (b.node != nullptr) {
      if (b.node->IsDirectory() && !a.node->IsDirectory()) return Errno::kIsDir;
      if (a.node->IsDirectory() && !b.node->IsDirectory()) {
        return Errno::kNotDir;
      }
      if (!b.node->entries.empty()) return Errno::kNotEmpty;
      Detach(b);
    }
    const NodePtr node = a.node;
    Detach(a);
    // It has as many names, or as many sub-directories, as before.
    node->stat.nlink += node->IsDirectory() ? 2 : 1;
    Attach(b, node);
    return Errno::kOk;
  }

  Errno Chmod(std::string_view path, uint32_t mode) override {
    return OnNode(path, true,
                  [&](Node& node) { return state_->Chmod(node, mode); });
  }

  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return OnNode(path, true,
                  [&](Node& node) { return state_->Chown(node, uid, gid); });
  }

  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return OnNode(path, false,
                  [&](Node& node) { return state_->Chown(node, uid, gid); });
  }

  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override {
    return OnNode(path, true, [&](Node& node) {
      return state_->Utimes(node, atime, mtime);
    });
  }

  Errno Truncate(std::string_view path, int64_t size) override {
    return OnNode(path, true, [&](Node& node) {
      if (node.IsDirectory()) return Errno::kIsDir;
      if (Errno error = state_->May(node, Access::kWrite);
          error != Errno::kOk) {
        return error;
      }
      return state_->Truncate(node, size);
    });
  }

  size_t FirstLink(std::string_view path) override {
    const Node* node = state_->root.get();
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::string_view name = NextComponent(rest);
      const auto found = node->entries.find(name);
      if (found == node->entries.end()) return 0;
      node = found->second.get();
      if (node->IsSymlink()) {
        return static_cast<size_t>(name.data() + name.size() - path.data());
      }
    }
    return 0;
  }

 private:
  // Walks along `path`. All of it but the last component must exist.
  Errno Find(std::string_view path, bool follow_last, Entry& entry) {
    if (path.size() > kMaxPath) return Errno::kNameTooLong;
    std::string storage;  // what `path` points into after the first link
    Node* dir = state_->root.get();
    int links = 0;
    while (true) {
      const std::string_view name = NextComponent(path);
      if (name.size() > kMaxName) return Errno::kNameTooLong;
      if (Errno error = state_->May(*dir, Access::kSearch);
          error != Errno::kOk) {
        return error;
      }
      if (name.empty() || name == "." || name == "..") {
        if (name == "..") dir = dir->parent;
        if (!path.empty()) continue;
        entry.dir = dir;
        entry.node = Self(*dir);
        return Errno::kOk;
      }
      const bool last = path.empty();
      const auto found = dir->entries.find(name);
      if (found == dir->entries.end()) {
        if (!last) return Errno::kNoEnt;
        entry.dir = dir;
        entry.name = name;
        return Errno::kOk;
      }
      Node& node = *found->second;
      if (node.IsSymlink() && (!last || follow_last)) {
        if (++links > kMaxLinks) return Errno::kLoop;
        std::string target = node.target;
        if (target.starts_with('/')) dir = state_->root.get();
        // A slash at the end asks for a directory.
        if (last && target.ends_with('/')) target += '.';
        if (!last) target += '/';
        target += path;
        storage = std::move(target);
        path = storage;
        continue;
      }
      if (last) {
        entry.dir = dir;
        entry.name = name;
        entry.node = found->second;
        return Errno::kOk;
      }
      if (!node.IsDirectory()) return Errno::kNotDir;
      dir = &node;
    }
  }

  // The owner of a directory that has a name.
  NodePtr Self(Node& dir) {
    if (&dir == state_->root.get()) return state_->root;
    for (const auto& [name, node] : dir.parent->entries) {
      if (node.get() == &dir) return node;
    }
    return nullptr;  // not reached: the way here went through its name
  }

  // What must be there.
  Errno FindNode(std::string_view path, bool follow_last, NodePtr& node) {
    Entry entry;
    if (Errno error = Find(path, follow_last, entry); error != Errno::kOk) {
      return error;
    }
    if (entry.node == nullptr) return Errno::kNoEnt;
    node = std::move(entry.node);
    return Errno::kOk;
  }

  // What must not be there.
  Errno FindNew(std::string_view path, Entry& entry) {
    Errno error = Find(path, false, entry);
    if (error != Errno::kOk) return error;
    return entry.node != nullptr ? Errno::kExist : Errno::kOk;
  }

  Result<Stat> StatOf(std::string_view path, bool follow_last) {
    NodePtr node;
    if (Errno error = FindNode(path, follow_last, node); error != Errno::kOk) {
      return error;
    }
    return state_->StatOf(*node);
  }

  template <typename Call>
  Errno OnNode(std::string_view path, bool follow_last, Call call) {
    NodePtr node;
    Errno error = FindNode(path, follow_last, node);
    return error != Errno::kOk ? error : call(*node);
  }

  // Whether names may be added to and taken from `dir`.
  Errno MayAlter(const Node& dir) const {
    return state_->May(dir, Access::kWrite);
  }

  Errno MayRemove(const Entry& entry) const {
    if (Errno error = MayAlter(*entry.dir); error != Errno::kOk) return error;
    const bool sticky = (entry.dir->stat.mode & kModeSticky) != 0;
    if (!sticky || state_->MayChange(*entry.dir) == Errno::kOk) {
      return Errno::kOk;
    }
    return state_->MayChange(*entry.node);
  }

  Errno MayOpen(const Node& node, int flags) const {
    const int access = flags & kOpenAccessMask;
    const bool writes = access != kOpenRead || (flags & kOpenTruncate) != 0;
    if (node.IsSymlink()) return Errno::kLoop;
    if (node.IsDirectory()) {
      if (writes || (flags & kOpenCreate) != 0) return Errno::kIsDir;
    } else if ((flags & kOpenDirectory) != 0) {
      return Errno::kNotDir;
    }
    if (access != kOpenWrite) {
      if (Errno error = state_->May(node, Access::kRead); error != Errno::kOk) {
        return error;
      }
    }
    return writes ? state_->May(node, Access::kWrite) : Errno::kOk;
  }

  static Errno CheckTarget(std::string_view target) {
    if (target.empty()) return Errno::kNoEnt;
    if (target.size() > kMaxPath) return Errno::kNameTooLong;
    return target.find('\0') != target.npos ? Errno::kInval : Errno::kOk;
  }

  // Whether `dir` is `node` or lies below it.
  static bool IsAbove(const Node& node, const Node& dir) {
    for (const Node* at = &dir;; at = at->parent) {
      if (at == &node) return true;
      if (at == at->parent) return false;
    }
  }

  // Makes a node for an entry that has none.
  Errno Add(Entry& entry, uint32_t mode) {
    if (Errno error = MayAlter(*entry.dir); error != Errno::kOk) return error;
    NodePtr node = state_->NewNode(mode);
    if ((entry.dir->stat.mode & kModeSetGid) != 0) {
      // The directory hands its group on.
      node->stat.gid = entry.dir->stat.gid;
      if (node->IsDirectory()) node->stat.mode |= kModeSetGid;
    }
    Attach(entry, std::move(node));
    return Errno::kOk;
  }

  // Gives `node` the name of an entry that has none.
  void Attach(Entry& entry, NodePtr node) {
    Node& dir = *entry.dir;
    if (node->IsDirectory()) {
      node->parent = &dir;
      ++dir.stat.nlink;
    }
    entry.node = node;
    dir.entries.insert_or_assign(entry.name, std::move(node));
    dir.stat.mtime = dir.stat.ctime = Now();
  }

  // Takes the name of an entry away.
  void Detach(Entry& entry) {
    Node& dir = *entry.dir;
    Node& node = *entry.node;
    if (node.IsDirectory()) {
      --dir.stat.nlink;
      node.stat.nlink -= 2;
    } else {
      --node.stat.nlink;
    }
    dir.entries.erase(entry.name);
    dir.stat.mtime = dir.stat.ctime = node.stat.ctime = Now();
  }

  const std::shared_ptr<MemoryState> state_;
};

}  // namespace

std::unique_ptr<FileSystem> NewMemoryFileSystem(const MemoryOptions& options) {
  return std::make_unique<MemoryFileSystem>(options);
}

}  // namespace goshawk::fs
