#include "fs/overlay.h"

#include <string>
#include <utility>

#include "fs/overlay_layers.h"
#include "fs/path.h"
#include "fs/resolve.h"

namespace goshawk::fs {
namespace {

using Found = OverlayLayers::Found;

bool Writes(int flags) {
  return (flags & kOpenAccessMask) != kOpenRead || (flags & kOpenTruncate) != 0;
}

// An open file of one layer, of which the other must know something: a
// directory, a file that was copied up, or one of the lower layer, which is
// open for reading only.
class OverlayFile : public File {
 public:
  OverlayFile(std::unique_ptr<File> base, FileSystem& overlay,
              const OverlayLayers& layers, std::string path, bool in_upper)
      : base_(std::move(base)),
        overlay_(overlay),
        layers_(layers),
        path_(std::move(path)),
        in_upper_(in_upper) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    return base_->Read(buffer);
  }
  Result<size_t> Write(std::span<const std::byte> data) override {
    return base_->Write(data);
  }
  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    return base_->Pread(buffer, offset);
  }
  Result<size_t> Pwrite(std::span<const std::byte> data,
                        int64_t offset) override {
    return base_->Pwrite(data, offset);
  }
  Result<Stat> GetStat() override {
    Result<Stat> stat = base_->GetStat();
    if (stat.ok() && in_upper_) return layers_.Identify(*stat);
    return stat;
  }
  Result<Names> ReadDir() override {
    Result<Stat> stat = base_->GetStat();
    if (stat.ok() && !stat->IsDirectory()) return Errno::kNotDir;
    return overlay_.ReadDir(path_);
  }
  Errno Truncate(int64_t size) override { return base_->Truncate(size); }
  Errno Sync() override { return base_->Sync(); }
  Errno Chmod(uint32_t mode) override {
    return in_upper_ ? base_->Chmod(mode) : overlay_.Chmod(path_, mode);
  }
  Errno Chown(uint32_t uid, uint32_t gid) override {
    return in_upper_ ? base_->Chown(uid, gid) : overlay_.Chown(path_, uid, gid);
  }
  Errno Utimes(Nanos atime, Nanos mtime) override {
    return in_upper_ ? base_->Utimes(atime, mtime)
                     : overlay_.Utimes(path_, atime, mtime);
  }
  Errno Close() override { return base_->Close(); }
  int PollFd() const override { return base_->PollFd(); }

 private:
  const std::unique_ptr<File> base_;
  FileSystem& overlay_;
  const OverlayLayers& layers_;
  const std::string path_;  // when it was opened
  const bool in_upper_;
};

class Overlay : public FileSystem {
 public:
  Overlay(std::shared_ptr<FileSystem> lower, std::shared_ptr<FileSystem> upper)
      : layers_(std::move(lower), std::move(upper)), upper_(layers_.upper()) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    const bool create = (flags & kOpenCreate) != 0;
    const bool exclusive = create && (flags & kOpenExclusive) != 0;
    Place place;
    Errno error = Find(path, !exclusive && (flags & kOpenNoFollow) == 0, place);
    if (error != Errno::kOk) return error;
    const Found& found = place.found;
    if (!found.exists()) {
      if (!create) return Errno::kNoEnt;
      error = layers_.CopyUp(Parent(place.path));
      if (error != Errno::kOk) return error;
      return upper_.Open(place.path, flags, mode);
    }
    if (exclusive) return Errno::kExist;
    if (found.IsDirectory()) {
      if (Writes(flags) || create) return Errno::kIsDir;
    } else if (!found.upper && Writes(flags)) {
      if (found.lower->IsSymlink()) return Errno::kLoop;
      if ((flags & kOpenDirectory) != 0) return Errno::kNotDir;
      error = layers_.CopyUp(place.path, (flags & kOpenTruncate) == 0);
      if (error != Errno::kOk) return error;
    }
    const bool in_upper =
        found.upper || (!found.IsDirectory() && Writes(flags));
    FileSystem& layer = in_upper ? upper_ : layers_.lower();
    Result<std::unique_ptr<File>> file =
        layer.Open(place.path, flags & ~kOpenCreate, mode);
    if (!file.ok()) return file;
    return std::make_unique<OverlayFile>(*std::move(file), *this, layers_,
                                         std::move(place.path), in_upper);
  }

  Result<Stat> GetStat(std::string_view path) override {
    return StatOf(path, true);
  }

  Result<Stat> GetLstat(std::string_view path) override {
    return StatOf(path, false);
  }

  Result<Names> ReadDir(std::string_view path) override {
    Place place;
    if (Errno error = FindExisting(path, true, place); error != Errno::kOk) {
      return error;
    }
    if (!place.found.IsDirectory()) return Errno::kNotDir;
    return layers_.NamesIn(place.path, place.found);
  }

  Result<std::string> Readlink(std::string_view path) override {
    Place place;
    if (Errno error = FindExisting(path, false, place); error != Errno::kOk) {
      return error;
    }
    return (place.found.upper ? upper_ : layers_.lower()).Readlink(place.path);
  }

  Errno Mkdir(std::string_view path, uint32_t mode) override {
    Place place;
    Errno error = FindNew(path, place);
    return error != Errno::kOk ? error : upper_.Mkdir(place.path, mode);
  }

  Errno Symlink(std::string_view target, std::string_view path) override {
    Place place;
    Errno error = FindNew(path, place);
    return error != Errno::kOk ? error : upper_.Symlink(target, place.path);
  }

  Errno Link(std::string_view from, std::string_view to) override {
    Place a;
    Errno error = FindExisting(from, false, a);
    if (error != Errno::kOk) return error;
    Place b;
    error = Find(to, false, b);
    if (error != Errno::kOk) return error;
    if (b.found.exists()) return Errno::kExist;
    if (a.found.IsDirectory()) return Errno::kPerm;
    error = layers_.CopyUp(a.path);
    if (error != Errno::kOk) return error;
    error = layers_.CopyUp(Parent(b.path));
    return error != Errno::kOk ? error : upper_.Link(a.path, b.path);
  }

  Errno Unlink(std::string_view path) override {
    Place place;
    Errno error = FindExisting(path, false, place);
    if (error != Errno::kOk) return error;
    if (place.found.IsDirectory()) return Errno::kIsDir;
    return Remove(place);
  }

  Errno Rmdir(std::string_view path) override {
    if (path == "/") return Errno::kBusy;
    Place place;
    Errno error = FindExisting(path, false, place);
    if (error != Errno::kOk) return error;
    if (!place.found.IsDirectory()) return Errno::kNotDir;
    error = IsEmpty(place);
    return error != Errno::kOk ? error : Remove(place);
  }

  Errno Rename(std::string_view from, std::string_view to) override {
    if (from == "/" || to == "/") return Errno::kBusy;
    Place a;
    Place b;
    Errno error = FindExisting(from, false, a);
    if (error != Errno::kOk) return error;
    error = Find(to, false, b);
    if (error != Errno::kOk) return error;
    if (a.path == b.path || IsSame(a.found, b.found)) return Errno::kOk;
    const bool moves_directory = a.found.IsDirectory();
    if (moves_directory && IsInside(b.path, a.path)) return Errno::kInval;
    if (b.found.exists()) {
      const bool onto_directory = b.found.IsDirectory();
      if (onto_directory && !moves_directory) return Errno::kIsDir;
      if (!onto_directory && moves_directory) return Errno::kNotDir;
      if (onto_directory) {
        error = IsEmpty(b);
        if (error != Errno::kOk) return error;
      }
    }
    // All of it to the upper layer, and the way free there.
    error = layers_.CopyUpTree(a.path);
    if (error != Errno::kOk) return error;
    error = layers_.CopyUp(Parent(b.path));
    if (error != Errno::kOk) return error;
    if (b.found.would_reappear) {
      error = layers_.AddWhiteout(b.path);
      if (error != Errno::kOk) return error;
    }
    if (moves_directory && b.found.upper) {
      error = layers_.RemoveUpperDirectory(b.path);
      if (error != Errno::kOk) return error;
    }
    error = upper_.Rename(a.path, b.path);
    if (error != Errno::kOk) return error;
    ForgetRemoved(b.found);
    return a.found.would_reappear ? layers_.AddWhiteout(a.path) : Errno::kOk;
  }

  Errno Chmod(std::string_view path, uint32_t mode) override {
    return Change(path, true, [&](const std::string& upper_path) {
      return upper_.Chmod(upper_path, mode);
    });
  }

  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return Change(path, true, [&](const std::string& upper_path) {
      return upper_.Chown(upper_path, uid, gid);
    });
  }

  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return Change(path, false, [&](const std::string& upper_path) {
      return upper_.Lchown(upper_path, uid, gid);
    });
  }

  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override {
    return Change(path, true, [&](const std::string& upper_path) {
      return upper_.Utimes(upper_path, atime, mtime);
    });
  }

  size_t FirstLink(std::string_view path) override {
    return layers_.FirstLink(path);
  }

  Errno Truncate(std::string_view path, int64_t size) override {
    if (size < 0) return Errno::kInval;
    Place place;
    Errno error = FindExisting(path, true, place);
    if (error != Errno::kOk) return error;
    if (place.found.IsDirectory()) return Errno::kIsDir;
    error = layers_.CopyUp(place.path, size > 0);
    return error != Errno::kOk ? error : upper_.Truncate(place.path, size);
  }

 private:
  struct Place {
    std::string path;  // links resolved
    Found found;
  };

  Errno Find(std::string_view path, bool follow_last, Place& place) {
    Result<std::string> resolved = ResolveLinks(*this, path, follow_last);
    if (!resolved.ok()) return resolved.error();
    place.path = *std::move(resolved);
    Result<Found> found = layers_.Find(place.path);
    if (!found.ok()) return found.error();
    place.found = *std::move(found);
    return Errno::kOk;
  }

  Errno FindExisting(std::string_view path, bool follow_last, Place& place) {
    Errno error = Find(path, follow_last, place);
    if (error != Errno::kOk) return error;
    return place.found.exists() ? Errno::kOk : Errno::kNoEnt;
  }

  // What is to be made in the upper layer.
  Errno FindNew(std::string_view path, Place& place) {
    Errno error = Find(path, false, place);
    if (error != Errno::kOk) return error;
    if (place.found.exists()) return Errno::kExist;
    return layers_.CopyUp(Parent(place.path));
  }

  Result<Stat> StatOf(std::string_view path, bool follow_last) {
    Place place;
    Errno error = FindExisting(path, follow_last, place);
    if (error != Errno::kOk) return error;
    if (place.found.upper) return layers_.Identify(*place.found.upper);
    return *place.found.lower;
  }

  Errno IsEmpty(const Place& place) {
    Result<Names> names = layers_.NamesIn(place.path, place.found);
    if (!names.ok()) return names.error();
    return names->empty() ? Errno::kOk : Errno::kNotEmpty;
  }

  // Removes a file, or a directory that is empty.
  Errno Remove(const Place& place) {
    // Hidden first, it never comes back, whatever happens in between.
    if (place.found.would_reappear) {
      Errno error = layers_.AddWhiteout(place.path);
      if (error != Errno::kOk) return error;
    }
    if (!place.found.upper) return Errno::kOk;
    Errno error = place.found.IsDirectory()
                      ? layers_.RemoveUpperDirectory(place.path)
                      : upper_.Unlink(place.path);
    if (error == Errno::kOk) ForgetRemoved(place.found);
    return error;
  }

  void ForgetRemoved(const Found& found) {
    if (!found.upper) return;
    if (found.upper->IsDirectory() || found.upper->nlink <= 1) {
      layers_.Forget(*found.upper);
    }
  }

  static bool IsSame(const Found& a, const Found& b) {
    return a.upper && b.upper && a.upper->dev == b.upper->dev &&
           a.upper->ino == b.upper->ino;
  }

  // Calls `call` with a path of the upper layer, to which `path` was copied.
  template <typename Call>
  Errno Change(std::string_view path, bool follow_last, Call call) {
    Place place;
    Errno error = FindExisting(path, follow_last, place);
    if (error != Errno::kOk) return error;
    error = layers_.CopyUp(place.path);
    return error != Errno::kOk ? error : call(place.path);
  }

  OverlayLayers layers_;
  FileSystem& upper_;
};

}  // namespace

std::unique_ptr<FileSystem> NewOverlay(std::shared_ptr<FileSystem> lower,
                                       std::shared_ptr<FileSystem> upper) {
  return std::make_unique<Overlay>(std::move(lower), std::move(upper));
}

}  // namespace goshawk::fs
