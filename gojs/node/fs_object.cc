#include "gojs/node/fs_object.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <type_traits>
#include <utility>

#include "fs/path.h"
#include "gojs/js/array.h"
#include "gojs/node/fs_error.h"
#include "gojs/node/fs_stats.h"

namespace goshawk::gojs {

using fs::Errno;
using fs::TrailingSlash;

FsObject::FsObject(Realm& realm)
    : Object(realm, kClass), env_(realm.environment()) {}

void FsObject::Clear() {
  queue_.clear();
  Object::Clear();
}

Value FsOutcome::ToValue(Realm& realm, fs::Stat stat) {
  return Value(realm.New<FsStats>(stat));
}

Value FsOutcome::ToValue(Realm& realm, const fs::Names& names) {
  std::vector<Value> list;
  list.reserve(names.size());
  for (const std::string& name : names) {
    list.push_back(Value(String::New(name)));
  }
  return Value(realm.New<Array>(std::move(list)));
}

template <typename F>
auto FsObject::WithPath(std::string_view path, TrailingSlash slash, F method) {
  using R = std::invoke_result_t<F, fs::FileSystem&, const std::string&>;
  if (env_.file_system == nullptr) return R(Errno::kNoSys);
  const fs::Result<std::string> clean =
      fs::ResolvePath(*env_.file_system, env_.cwd, path, slash);
  if (!clean.ok()) return R(clean.error());
  return method(*env_.file_system, *clean);
}

template <typename F>
auto FsObject::WithFile(int fd, F method) {
  using R = std::invoke_result_t<F, fs::File&>;
  fs::File* file = env_.fds.Get(fd);
  return file == nullptr ? R(Errno::kBadF) : method(*file);
}

fs::Result<int> FsObject::Open(std::string_view path, int flags,
                               uint32_t mode) {
  using R = fs::Result<int>;
  // What is created is a file, so its name is none of a directory.
  const std::string_view name = fs::WrittenName(path);
  const bool dots = name == "." || name == "..";
  const bool creates_directory =
      (flags & fs::kOpenCreate) != 0 && (dots || path.ends_with('/'));
  return WithPath(
      path,
      creates_directory ? TrailingSlash::kAllowed : TrailingSlash::kFollow,
      [&](fs::FileSystem& files, const std::string& clean) -> R {
        if (creates_directory) {
          const fs::Result<fs::Stat> stat =
              files.GetStat(dots ? std::string_view(clean) : fs::Parent(clean));
          if (!stat.ok()) return stat.error();
          return stat->IsDirectory() ? Errno::kIsDir : Errno::kNotDir;
        }
        fs::Result<std::unique_ptr<fs::File>> file =
            files.Open(clean, flags, mode & ~env_.umask & fs::kModePermMask);
        if (!file.ok()) return file.error();
        return env_.fds.Add(*std::move(file));
      });
}

Errno FsObject::Close(int fd) {
  const std::shared_ptr<fs::File> file = env_.fds.Remove(fd);
  if (file == nullptr) return Errno::kBadF;
  // Somebody who still reads from it closes it in the end.
  return file.use_count() == 1 ? file->Close() : Errno::kOk;
}

Errno FsObject::Mkdir(std::string_view path, uint32_t mode) {
  const std::string_view name = fs::WrittenName(path);
  const bool dots = name == "." || name == "..";
  return WithPath(path, dots ? TrailingSlash::kFollow : TrailingSlash::kAllowed,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    if (dots) {
                      const fs::Result<fs::Stat> stat = files.GetStat(clean);
                      return stat.ok() ? Errno::kExist : stat.error();
                    }
                    return files.Mkdir(clean,
                                       mode & ~env_.umask & fs::kModePermMask);
                  });
}

fs::Result<fs::Names> FsObject::ReadDir(std::string_view path) {
  return WithPath(path, TrailingSlash::kFollow,
                  [](fs::FileSystem& files, const std::string& clean) {
                    return files.ReadDir(clean);
                  });
}

fs::Result<fs::Stat> FsObject::GetStat(std::string_view path) {
  return WithPath(path, TrailingSlash::kFollow,
                  [](fs::FileSystem& files, const std::string& clean) {
                    return files.GetStat(clean);
                  });
}

fs::Result<fs::Stat> FsObject::GetLstat(std::string_view path) {
  return WithPath(path, TrailingSlash::kFollow,
                  [](fs::FileSystem& files, const std::string& clean) {
                    return files.GetLstat(clean);
                  });
}

fs::Result<fs::Stat> FsObject::GetFstat(int fd) {
  return WithFile(fd, [](fs::File& file) { return file.GetStat(); });
}

Errno FsObject::Unlink(std::string_view path) {
  return WithPath(path, TrailingSlash::kEntry,
                  [](fs::FileSystem& files, const std::string& clean) {
                    return files.Unlink(clean);
                  });
}

// Linux makes, removes and renames no directory under its names "." and "..".
Errno FsObject::Rmdir(std::string_view path) {
  return WithPath(path, TrailingSlash::kEntry,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    const std::string_view name = fs::WrittenName(path);
                    if (name == "." || name == "..") {
                      const fs::Result<fs::Stat> stat = files.GetLstat(clean);
                      if (!stat.ok()) return stat.error();
                      return name == "." ? Errno::kInval : Errno::kNotEmpty;
                    }
                    return files.Rmdir(clean);
                  });
}

Errno FsObject::Chmod(std::string_view path, uint32_t mode) {
  return WithPath(path, TrailingSlash::kFollow,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Chmod(clean, mode);
                  });
}

Errno FsObject::Fchmod(int fd, uint32_t mode) {
  return WithFile(fd, [&](fs::File& file) { return file.Chmod(mode); });
}

Errno FsObject::Chown(std::string_view path, uint32_t uid, uint32_t gid) {
  return WithPath(path, TrailingSlash::kFollow,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Chown(clean, uid, gid);
                  });
}

Errno FsObject::Fchown(int fd, uint32_t uid, uint32_t gid) {
  return WithFile(fd, [&](fs::File& file) { return file.Chown(uid, gid); });
}

Errno FsObject::Lchown(std::string_view path, uint32_t uid, uint32_t gid) {
  return WithPath(path, TrailingSlash::kFollow,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Lchown(clean, uid, gid);
                  });
}

Errno FsObject::Utimes(std::string_view path, double atime, double mtime) {
  const auto nanos = [](double seconds) {
    // Within what Nanos can hold, clear of kTimeNow and kTimeOmit.
    constexpr double kLimit = 9.2e9;
    return std::isnan(seconds)
               ? fs::kTimeNow
               : static_cast<fs::Nanos>(std::clamp(seconds, -kLimit, kLimit) *
                                        1e9);
  };
  return WithPath(path, TrailingSlash::kFollow,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Utimes(clean, nanos(atime), nanos(mtime));
                  });
}

Errno FsObject::Rename(std::string_view from, std::string_view to) {
  // The error of a name that cannot be renamed.
  const auto check = [](fs::FileSystem& files, std::string_view path,
                        const std::string& clean) {
    const std::string_view name = fs::WrittenName(path);
    if (name != "." && name != "..") return Errno::kOk;
    const fs::Result<fs::Stat> stat = files.GetLstat(clean);
    return stat.ok() ? Errno::kBusy : stat.error();
  };
  return WithPath(from, TrailingSlash::kEntry,
                  [&](fs::FileSystem& files, const std::string& clean_from) {
                    return WithPath(
                        to, TrailingSlash::kEntry,
                        [&](fs::FileSystem&, const std::string& clean_to) {
                          Errno error = check(files, from, clean_from);
                          if (error == Errno::kOk)
                            error = check(files, to, clean_to);
                          if (error != Errno::kOk) return error;
                          return files.Rename(clean_from, clean_to);
                        });
                  });
}

Errno FsObject::Truncate(std::string_view path, int64_t size) {
  return WithPath(path, TrailingSlash::kFollow,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Truncate(clean, size);
                  });
}

Errno FsObject::Ftruncate(int fd, int64_t size) {
  return WithFile(fd, [&](fs::File& file) { return file.Truncate(size); });
}

fs::Result<std::string> FsObject::Readlink(std::string_view path) {
  return WithPath(path, TrailingSlash::kFollow,
                  [](fs::FileSystem& files, const std::string& clean) {
                    return files.Readlink(clean);
                  });
}

Errno FsObject::Link(std::string_view from, std::string_view to) {
  return WithPath(from, TrailingSlash::kEntry,
                  [&](fs::FileSystem& files, const std::string& clean_from) {
                    return WithPath(
                        to, TrailingSlash::kEntry,
                        [&](fs::FileSystem&, const std::string& clean_to) {
                          return files.Link(clean_from, clean_to);
                        });
                  });
}

Errno FsObject::Symlink(std::string_view target, std::string_view path) {
  return WithPath(path, TrailingSlash::kEntry,
                  [&](fs::FileSystem& files, const std::string& clean) {
                    return files.Symlink(target, clean);
                  });
}

Errno FsObject::Fsync(int fd) {
  return WithFile(fd, [](fs::File& file) { return file.Sync(); });
}

}  // namespace goshawk::gojs
