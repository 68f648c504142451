#include "fs/subtree.h"

#include <string>
#include <utility>

#include "fs/path.h"
#include "fs/resolve.h"

namespace goshawk::fs {
namespace {

class Subtree : public FileSystem {
 public:
  Subtree(std::shared_ptr<FileSystem> base, std::string root)
      : base_(std::move(base)), root_(std::move(root)) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    const bool exclusive = (flags & kOpenCreate) && (flags & kOpenExclusive);
    const bool follow = !exclusive && (flags & kOpenNoFollow) == 0;
    Result<std::string> full = Full(path, follow);
    if (!full.ok()) return full.error();
    return base_->Open(*full, flags, mode);
  }
  Result<Stat> GetStat(std::string_view path) override {
    Result<std::string> full = Full(path, true);
    if (!full.ok()) return full.error();
    return base_->GetStat(*full);
  }
  Result<Stat> GetLstat(std::string_view path) override {
    Result<std::string> full = Full(path, false);
    if (!full.ok()) return full.error();
    return base_->GetLstat(*full);
  }
  Result<Names> ReadDir(std::string_view path) override {
    Result<std::string> full = Full(path, true);
    if (!full.ok()) return full.error();
    return base_->ReadDir(*full);
  }
  Result<std::string> Readlink(std::string_view path) override {
    Result<std::string> full = Full(path, false);
    if (!full.ok()) return full.error();
    return base_->Readlink(*full);
  }
  Errno Mkdir(std::string_view path, uint32_t mode) override {
    Result<std::string> full = Full(path, false);
    return full.ok() ? base_->Mkdir(*full, mode) : full.error();
  }
  Errno Rmdir(std::string_view path) override {
    if (path == "/") return Errno::kBusy;
    Result<std::string> full = Full(path, false);
    return full.ok() ? base_->Rmdir(*full) : full.error();
  }
  Errno Unlink(std::string_view path) override {
    Result<std::string> full = Full(path, false);
    return full.ok() ? base_->Unlink(*full) : full.error();
  }
  Errno Rename(std::string_view from, std::string_view to) override {
    if (from == "/" || to == "/") return Errno::kBusy;
    return OnBoth(from, to, &FileSystem::Rename);
  }
  Errno Link(std::string_view from, std::string_view to) override {
    return OnBoth(from, to, &FileSystem::Link);
  }
  Errno Symlink(std::string_view target, std::string_view path) override {
    Result<std::string> full = Full(path, false);
    return full.ok() ? base_->Symlink(target, *full) : full.error();
  }
  Errno Chmod(std::string_view path, uint32_t mode) override {
    Result<std::string> full = Full(path, true);
    return full.ok() ? base_->Chmod(*full, mode) : full.error();
  }
  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override {
    Result<std::string> full = Full(path, true);
    return full.ok() ? base_->Chown(*full, uid, gid) : full.error();
  }
  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override {
    Result<std::string> full = Full(path, false);
    return full.ok() ? base_->Lchown(*full, uid, gid) : full.error();
  }
  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override {
    Result<std::string> full = Full(path, true);
    return full.ok() ? base_->Utimes(*full, atime, mtime) : full.error();
  }
  Errno Truncate(std::string_view path, int64_t size) override {
    Result<std::string> full = Full(path, true);
    return full.ok() ? base_->Truncate(*full, size) : full.error();
  }

  size_t FirstLink(std::string_view path) override {
    const size_t end = base_->FirstLink(Below(path));
    const size_t root = root_ == "/" ? 0 : root_.size();
    return end > root ? end - root : 0;
  }

 private:
  // The path in `base` of a path that holds no links.
  std::string Below(std::string_view path) const {
    if (path == "/") return root_;
    return Join(root_, path.substr(1));
  }

  Result<std::string> Full(std::string_view path, bool follow_last) {
    Result<std::string> resolved = ResolveLinks(*this, path, follow_last);
    if (!resolved.ok()) return resolved;
    return Below(*resolved);
  }

  Errno OnBoth(std::string_view from, std::string_view to,
               Errno (FileSystem::*call)(std::string_view, std::string_view)) {
    Result<std::string> a = Full(from, false);
    if (!a.ok()) return a.error();
    Result<std::string> b = Full(to, false);
    return b.ok() ? ((*base_).*call)(*a, *b) : b.error();
  }

  const std::shared_ptr<FileSystem> base_;
  const std::string root_;  // clean, without links
};

}  // namespace

Result<std::unique_ptr<FileSystem>> NewSubtree(std::shared_ptr<FileSystem> base,
                                               std::string_view path) {
  Result<std::string> root = ResolveDirectory(*base, path);
  if (!root.ok()) return root.error();
  return std::make_unique<Subtree>(std::move(base), *std::move(root));
}

}  // namespace goshawk::fs
