#include "fs/host_file_system.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "fs/host_file.h"
#include "fs/host_io.h"
#include "fs/host_lookup.h"
#include "fs/path.h"
#include "fs/read_only.h"

namespace goshawk::fs {
namespace {

int ToHostFlags(int flags) {
  static constexpr std::pair<int, int> kFlags[] = {
      {kOpenCreate, O_CREAT},        {kOpenExclusive, O_EXCL},
      {kOpenTruncate, O_TRUNC},      {kOpenAppend, O_APPEND},
      {kOpenDirectory, O_DIRECTORY}, {kOpenNoFollow, O_NOFOLLOW},
  };
  int host = O_LARGEFILE;
  switch (flags & kOpenAccessMask) {
    case kOpenRead:
      host |= O_RDONLY;
      break;
    case kOpenWrite:
      host |= O_WRONLY;
      break;
    default:
      host |= O_RDWR;
      break;
  }
  for (const auto& [flag, host_flag] : kFlags) {
    if ((flags & flag) != 0) host |= host_flag;
  }
  return host;
}

class HostFileSystem : public FileSystem {
 public:
  explicit HostFileSystem(std::unique_ptr<HostLookup> lookup)
      : lookup_(std::move(lookup)) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    Result<UniqueFd> fd =
        lookup_->Open(path, ToHostFlags(flags), mode & kModePermMask);
    if (!fd.ok()) return fd.error();
    return NewHostFile(fd->Release(), Ownership::kOwned);
  }

  Result<Stat> GetStat(std::string_view path) override {
    HostPlace place;
    return StatOf(lookup_->FindTarget(path, place), place);
  }

  Result<Stat> GetLstat(std::string_view path) override {
    HostPlace place;
    return StatOf(lookup_->FindEntry(path, place), place);
  }

  Result<Names> ReadDir(std::string_view path) override {
    Result<UniqueFd> fd = lookup_->Open(path, O_RDONLY | O_DIRECTORY, 0);
    if (!fd.ok()) return fd.error();
    return ReadDirHost(fd->get());
  }

  Result<std::string> Readlink(std::string_view path) override {
    HostPlace place;
    if (Errno error = lookup_->FindEntry(path, place); error != Errno::kOk) {
      return error;
    }
    char target[kMaxPath + 1];
    const ssize_t size =
        readlinkat(place.dir, place.name.c_str(), target, sizeof target);
    if (size < 0) return LastError();
    return std::string(target, static_cast<size_t>(size));
  }

  Errno Mkdir(std::string_view path, uint32_t mode) override {
    return AtEntry(path, [&](const HostPlace& place) {
      return mkdirat(place.dir, place.name.c_str(), mode & kModePermMask);
    });
  }

  Errno Rmdir(std::string_view path) override {
    if (path == "/") return Errno::kBusy;  // "." would give EINVAL
    return AtEntry(path, [](const HostPlace& place) {
      return unlinkat(place.dir, place.name.c_str(), AT_REMOVEDIR);
    });
  }

  Errno Unlink(std::string_view path) override {
    return AtEntry(path, [](const HostPlace& place) {
      return unlinkat(place.dir, place.name.c_str(), 0);
    });
  }

  Errno Rename(std::string_view from, std::string_view to) override {
    return AtEntries(from, to, [](const HostPlace& a, const HostPlace& b) {
      return renameat(a.dir, a.name.c_str(), b.dir, b.name.c_str());
    });
  }

  Errno Link(std::string_view from, std::string_view to) override {
    return AtEntries(from, to, [](const HostPlace& a, const HostPlace& b) {
      return linkat(a.dir, a.name.c_str(), b.dir, b.name.c_str(), 0);
    });
  }

  Errno Symlink(std::string_view target, std::string_view path) override {
    CPath text;
    if (Errno error = text.Set(target); error != Errno::kOk) return error;
    return AtEntry(path, [&](const HostPlace& place) {
      return symlinkat(text.c_str(), place.dir, place.name.c_str());
    });
  }

  Errno Chmod(std::string_view path, uint32_t mode) override {
    return AtTarget(path, [&](const HostPlace& place) {
      return ChmodAt(place, mode & kModePermMask);
    });
  }

  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return AtTarget(path, [&](const HostPlace& place) {
      return fchownat(place.dir, place.name.c_str(), uid, gid, place.flags);
    });
  }

  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override {
    return AtEntry(path, [&](const HostPlace& place) {
      return fchownat(place.dir, place.name.c_str(), uid, gid, place.flags);
    });
  }

  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override {
    return AtTarget(path, [&](const HostPlace& place) {
      return utimensat(place.dir, place.name.c_str(),
                       HostTimes(atime, mtime).values, place.flags);
    });
  }

  Errno Truncate(std::string_view path, int64_t size) override {
    if (size < 0) return Errno::kInval;
    // Not to wait for the other side of a FIFO, which then is ENXIO.
    Result<UniqueFd> fd = lookup_->Open(path, O_WRONLY | O_NONBLOCK, 0);
    if (!fd.ok()) {
      return fd.error() == Errno::kNxIo ? Errno::kInval : fd.error();
    }
    return CheckHost(Retry([&] { return ftruncate(fd->get(), size); }));
  }

  size_t FirstLink(std::string_view path) override {
    if (lookup_->IsFreeOfLinks(path)) return 0;
    return FileSystem::FirstLink(path);
  }

 private:
  static Result<Stat> StatOf(Errno found, const HostPlace& place) {
    if (found != Errno::kOk) return found;
    struct stat host;
    if (fstatat(place.dir, place.name.c_str(), &host, place.flags) < 0) {
      return LastError();
    }
    return FromHostStat(host);
  }

  template <typename Call>
  Errno AtEntry(std::string_view path, Call call) {
    HostPlace place;
    Errno error = lookup_->FindEntry(path, place);
    return error != Errno::kOk ? error : CheckHost(call(place));
  }

  template <typename Call>
  Errno AtEntries(std::string_view from, std::string_view to, Call call) {
    HostPlace a;
    HostPlace b;
    if (Errno error = lookup_->FindEntry(from, a); error != Errno::kOk) {
      return error;
    }
    Errno error = lookup_->FindEntry(to, b);
    return error != Errno::kOk ? error : CheckHost(call(a, b));
  }

  template <typename Call>
  Errno AtTarget(std::string_view path, Call call) {
    HostPlace place;
    Errno error = lookup_->FindTarget(path, place);
    return error != Errno::kOk ? error : CheckHost(call(place));
  }

  // fchmodat() takes no AT_EMPTY_PATH before Linux 6.6, and fchmod() no
  // descriptor that is only a path. Its name in /proc does: the kernel goes
  // from there to the file itself, whatever has become of its path.
  static int ChmodAt(const HostPlace& place, uint32_t mode) {
    if (place.flags != AT_EMPTY_PATH) {
      return fchmodat(place.dir, place.name.c_str(), mode, 0);
    }
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", place.dir);
    return chmod(name, mode);
  }

  const std::unique_ptr<HostLookup> lookup_;
};

// Whether `fd` is the root directory of this process.
bool IsHostRoot(int fd) {
  struct stat a;
  struct stat b;
  return fstat(fd, &a) == 0 && stat("/", &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

std::unique_ptr<HostLookup> NewLookup(UniqueFd root,
                                      HostOptions::Lookup lookup) {
  if (lookup == HostOptions::Lookup::kAuto) {
    if (IsHostRoot(root.get())) return NewDirectLookup();
    if (HaveOpenat2()) return NewOpenat2Lookup(std::move(root));
  }
  return NewWalkLookup(std::move(root));
}

}  // namespace

Result<std::unique_ptr<FileSystem>> NewHostFileSystem(
    const std::string& root, const HostOptions& options) {
  UniqueFd fd(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return LastError();
  std::unique_ptr<FileSystem> fs = std::make_unique<HostFileSystem>(
      NewLookup(std::move(fd), options.lookup));
  if (options.read_only) fs = NewReadOnlyFileSystem(std::move(fs));
  return fs;
}

}  // namespace goshawk::fs
