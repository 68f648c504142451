#include "fs/mounts.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <optional>
#include <utility>

#include "fs/path.h"
#include "fs/read_only.h"
#include "fs/resolve.h"
#include "fs/synthetic.h"

namespace goshawk::fs {
namespace {

// Adds what `names` lacks; both are sorted.
void Merge(Names& names, const Names& more) {
  Names merged;
  merged.reserve(names.size() + more.size());
  std::set_union(names.begin(), names.end(), more.begin(), more.end(),
                 std::back_inserter(merged));
  names = std::move(merged);
}

// A directory with the names of mounts in it: one that exists nowhere else, or
// the one of a file system underneath, whose names come first.
class Directory : public File {
 public:
  Directory(std::unique_ptr<File> base, Names names, const Stat& stat)
      : base_(std::move(base)), names_(std::move(names)), stat_(stat) {}

  Result<size_t> Read(std::span<std::byte>) override { return Errno::kIsDir; }
  Result<size_t> Write(std::span<const std::byte>) override {
    return Errno::kBadF;
  }
  Result<size_t> Pread(std::span<std::byte>, int64_t) override {
    return Errno::kIsDir;
  }
  Result<size_t> Pwrite(std::span<const std::byte>, int64_t) override {
    return Errno::kBadF;
  }
  Result<Stat> GetStat() override {
    if (base_ != nullptr) return base_->GetStat();
    return stat_;
  }
  Result<Names> ReadDir() override {
    Names names;
    if (base_ != nullptr) {
      Result<Names> below = base_->ReadDir();
      if (!below.ok()) return below;
      names = *std::move(below);
    }
    Merge(names, names_);
    return names;
  }
  Errno Truncate(int64_t) override { return Errno::kInval; }
  Errno Sync() override { return base_ ? base_->Sync() : Errno::kOk; }
  Errno Chmod(uint32_t mode) override {
    return base_ ? base_->Chmod(mode) : Errno::kRoFs;
  }
  Errno Chown(uint32_t uid, uint32_t gid) override {
    return base_ ? base_->Chown(uid, gid) : Errno::kRoFs;
  }
  Errno Utimes(Nanos atime, Nanos mtime) override {
    return base_ ? base_->Utimes(atime, mtime) : Errno::kRoFs;
  }
  Errno Close() override { return base_ ? base_->Close() : Errno::kOk; }

 private:
  const std::unique_ptr<File> base_;  // null: there is nothing underneath
  const Names names_;
  const Stat stat_;
};

// What is underneath when nothing is mounted at the root.
class Nothing : public FileSystem {
 public:
  Result<std::unique_ptr<File>> Open(std::string_view, int, uint32_t) override {
    return Errno::kNoEnt;
  }
  Result<Stat> GetStat(std::string_view) override { return Errno::kNoEnt; }
  Result<Stat> GetLstat(std::string_view) override { return Errno::kNoEnt; }
  Result<Names> ReadDir(std::string_view) override { return Errno::kNoEnt; }
  Result<std::string> Readlink(std::string_view) override {
    return Errno::kNoEnt;
  }
};

class Mounts : public FileSystem {
 public:
  explicit Mounts(std::vector<Mount> mounts) {
    mounts_.push_back(
        {"/", NewReadOnlyFileSystem(std::make_shared<Nothing>())});
    for (Mount& mount : mounts) {
      assert(IsClean(mount.path) && mount.fs != nullptr);
      std::erase_if(mounts_,
                    [&](const Mount& m) { return m.path == mount.path; });
      mounts_.push_back(std::move(mount));
    }
    // The first that fits a path is then the longest.
    std::sort(mounts_.begin(), mounts_.end(),
              [](const Mount& a, const Mount& b) {
                return a.path.size() > b.path.size();
              });
    points_.push_back("/");
    for (const Mount& mount : mounts_) {
      for (std::string_view path = mount.path; path != "/";
           path = Parent(path)) {
        points_.emplace_back(path);
      }
    }
    std::sort(points_.begin(), points_.end());
    points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
    made_up_.dev = NewDevice();
    made_up_.mode = kModeDirectory | 0555;
    made_up_.nlink = 2;
    made_up_.blksize = 4096;
    made_up_.atime = made_up_.mtime = made_up_.ctime = Now();
  }

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    const bool create = (flags & kOpenCreate) != 0;
    const bool exclusive = create && (flags & kOpenExclusive) != 0;
    Place place;
    Find(path, !exclusive && (flags & kOpenNoFollow) == 0, place);
    if (place.error != Errno::kOk) return place.error;
    std::unique_ptr<File> base;
    if (place.kind == Kind::kMadeUp) {
      if (exclusive) return Errno::kExist;
      if ((flags & (kOpenAccessMask | kOpenTruncate | kOpenCreate)) != 0) {
        return Errno::kIsDir;
      }
    } else {
      Result<std::unique_ptr<File>> file =
          place.fs->Open(place.inside, flags, mode);
      if (!file.ok()) {
        return create ? NotMade(place, file.error()) : file.error();
      }
      if (place.kind == Kind::kPlain) return file;
      base = *std::move(file);
    }
    return std::make_unique<Directory>(std::move(base), NamesIn(place.path),
                                       MadeUp(place.path));
  }

  Result<Stat> GetStat(std::string_view path) override {
    return StatOf(path, true);
  }

  Result<Stat> GetLstat(std::string_view path) override {
    return StatOf(path, false);
  }

  Result<Names> ReadDir(std::string_view path) override {
    Place place;
    Find(path, true, place);
    if (place.error != Errno::kOk) return place.error;
    if (place.kind == Kind::kMadeUp) return NamesIn(place.path);
    Result<Names> names = place.fs->ReadDir(place.inside);
    if (names.ok() && place.kind == Kind::kPoint) {
      Merge(*names, NamesIn(place.path));
    }
    return names;
  }

  Result<std::string> Readlink(std::string_view path) override {
    Place place;
    Find(path, false, place);
    if (place.error != Errno::kOk) return place.error;
    if (place.kind != Kind::kPlain) return Errno::kInval;
    return place.fs->Readlink(place.inside);
  }

  Errno Mkdir(std::string_view path, uint32_t mode) override {
    return Make(path, [&](const Place& place) {
      return place.fs->Mkdir(place.inside, mode);
    });
  }

  Errno Symlink(std::string_view target, std::string_view path) override {
    return Make(path, [&](const Place& place) {
      return place.fs->Symlink(target, place.inside);
    });
  }

  Errno Rmdir(std::string_view path) override {
    return Change(
        path, false, Errno::kBusy, Errno::kBusy,
        [](const Place& place) { return place.fs->Rmdir(place.inside); });
  }

  Errno Unlink(std::string_view path) override {
    return Change(
        path, false, Errno::kIsDir, Errno::kIsDir,
        [](const Place& place) { return place.fs->Unlink(place.inside); });
  }

  Errno Rename(std::string_view from, std::string_view to) override {
    Place a;
    Place b;
    Find(from, false, a);
    if (a.error != Errno::kOk) return a.error;
    Find(to, false, b);
    if (b.error != Errno::kOk) return b.error;
    if (a.kind != Kind::kPlain || b.kind != Kind::kPlain) return Errno::kBusy;
    if (a.mount != b.mount) return Errno::kXDev;
    return NotMade(b, a.fs->Rename(a.inside, b.inside));
  }

  Errno Link(std::string_view from, std::string_view to) override {
    Place a;
    Place b;
    Find(from, false, a);
    if (a.error != Errno::kOk) return a.error;
    Find(to, false, b);
    if (b.error != Errno::kOk) return b.error;
    if (b.kind != Kind::kPlain) return Errno::kExist;
    if (a.kind != Kind::kPlain) return Errno::kPerm;
    if (a.mount != b.mount) return Errno::kXDev;
    return NotMade(b, a.fs->Link(a.inside, b.inside));
  }

  Errno Chmod(std::string_view path, uint32_t mode) override {
    return Change(path, true, std::nullopt, Errno::kRoFs,
                  [&](const Place& place) {
                    return place.fs->Chmod(place.inside, mode);
                  });
  }

  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return Change(path, true, std::nullopt, Errno::kRoFs,
                  [&](const Place& place) {
                    return place.fs->Chown(place.inside, uid, gid);
                  });
  }

  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return Change(path, false, std::nullopt, Errno::kRoFs,
                  [&](const Place& place) {
                    return place.fs->Lchown(place.inside, uid, gid);
                  });
  }

  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override {
    return Change(path, true, std::nullopt, Errno::kRoFs,
                  [&](const Place& place) {
                    return place.fs->Utimes(place.inside, atime, mtime);
                  });
  }

  Errno Truncate(std::string_view path, int64_t size) override {
    return Change(path, true, std::nullopt, Errno::kIsDir,
                  [&](const Place& place) {
                    return place.fs->Truncate(place.inside, size);
                  });
  }

  size_t FirstLink(std::string_view path) override {
    const Mount& mount = MountOf(path);
    const size_t end = mount.fs->FirstLink(PathInside(path, mount.path));
    if (end == 0) return 0;
    return end + (mount.path == "/" ? 0 : mount.path.size());
  }

 private:
  enum class Kind {
    kPlain,   // the business of the mount alone
    kPoint,   // a mount point or above one, and a directory in the mount
    kMadeUp,  // above a mount point, and nothing of the kind in the mount
  };

  struct Place {
    Errno error = Errno::kOk;
    std::string path;  // links resolved
    const Mount* mount = nullptr;
    FileSystem* fs = nullptr;
    std::string_view inside;  // the path in `fs`
    Kind kind = Kind::kPlain;
  };

  const Mount& MountOf(std::string_view path) const {
    return *std::find_if(
        mounts_.begin(), mounts_.end(),
        [&](const Mount& mount) { return IsInside(path, mount.path); });
  }

  bool IsPoint(std::string_view path) const {
    return std::binary_search(points_.begin(), points_.end(), path);
  }

  void Find(std::string_view path, bool follow_last, Place& place) {
    if (IsPoint(path) || mounts_.size() == 1) {
      place.path = path;
    } else {
      Result<std::string> resolved = ResolveLinks(*this, path, follow_last);
      if (!resolved.ok()) {
        place.error = resolved.error();
        return;
      }
      place.path = *std::move(resolved);
    }
    place.mount = &MountOf(place.path);
    place.fs = place.mount->fs.get();
    place.inside = PathInside(place.path, place.mount->path);
    if (IsPoint(place.path)) place.kind = KindOfPoint(place);
  }

  static Kind KindOfPoint(const Place& place) {
    Result<Stat> stat = place.fs->GetLstat(place.inside);
    return stat.ok() && stat->IsDirectory() ? Kind::kPoint : Kind::kMadeUp;
  }

  // The names of mount points, and of directories above some, in `directory`.
  Names NamesIn(std::string_view directory) const {
    Names names;
    for (const std::string& point : points_) {
      if (point != "/" && Parent(point) == directory) {
        names.emplace_back(BaseName(point));
      }
    }
    return names;
  }

  Stat MadeUp(std::string_view path) const {
    Stat stat = made_up_;
    const auto point = std::lower_bound(points_.begin(), points_.end(), path);
    stat.ino = static_cast<uint64_t>(point - points_.begin()) + 1;
    return stat;
  }

  Result<Stat> StatOf(std::string_view path, bool follow_last) {
    Place place;
    Find(path, follow_last, place);
    if (place.error != Errno::kOk) return place.error;
    if (place.kind == Kind::kMadeUp) return MadeUp(place.path);
    return follow_last ? place.fs->GetStat(place.inside)
                       : place.fs->GetLstat(place.inside);
  }

  // Calls `call` for what is to be made at `path`.
  template <typename Call>
  Errno Make(std::string_view path, Call call) {
    Place place;
    Find(path, false, place);
    if (place.error != Errno::kOk) return place.error;
    if (place.kind != Kind::kPlain) return Errno::kExist;
    return NotMade(place, call(place));
  }

  // The error of making something at `place`: where the directory is made up,
  // the mount knows nothing of it, and one that is read-only does not look for
  // it.
  Errno NotMade(const Place& place, Errno error) {
    if (error == Errno::kRoFs) {
      const Result<Stat> parent = StatOf(Parent(place.path), true);
      if (!parent.ok()) return parent.error();
      return parent->IsDirectory() ? error : Errno::kNotDir;
    }
    if (error != Errno::kNoEnt) return error;
    Place parent;
    Find(Parent(place.path), false, parent);
    return parent.kind == Kind::kMadeUp ? Errno::kRoFs : error;
  }

  // Calls `call` for what is at `path`, unless that is a point for which there
  // is another answer.
  template <typename Call>
  Errno Change(std::string_view path, bool follow_last,
               std::optional<Errno> for_point, Errno for_made_up, Call call) {
    Place place;
    Find(path, follow_last, place);
    if (place.error != Errno::kOk) return place.error;
    if (place.kind == Kind::kMadeUp) return for_made_up;
    if (place.kind == Kind::kPoint && for_point) return *for_point;
    return call(place);
  }

  std::vector<Mount> mounts_;  // longest path first; the last is at "/"
  // The root, all mount points and the directories above them, sorted.
  std::vector<std::string> points_;
  Stat made_up_;  // of a made-up directory, but for its inode number
};

}  // namespace

std::unique_ptr<FileSystem> NewMounts(std::vector<Mount> mounts) {
  return std::make_unique<Mounts>(std::move(mounts));
}

}  // namespace goshawk::fs
