#include "fs/resolve.h"

#include <utility>

#include "fs/path.h"

namespace goshawk::fs {
namespace {

// As Linux has it.
constexpr int kMaxLinks = 40;

// Whether ".." follows a name in `path`, so that links matter.
bool NeedsLinks(std::string_view path) {
  bool named = false;
  while (!path.empty()) {
    const std::string_view component = NextComponent(path);
    if (component == "..") {
      if (named) return true;
    } else if (component != ".") {
      named = true;
    }
  }
  return false;
}

// Follows links in `fs`, counting them over all that one path leads through.
class Resolver {
 public:
  explicit Resolver(FileSystem& fs) : fs_(fs) {}

  // The clean `path` with links replaced, the last component included.
  Result<std::string> Links(std::string path) {
    while (size_t end = fs_.FirstLink(path)) {
      if (++links_ > kMaxLinks) return Errno::kLoop;
      const std::string_view link = std::string_view(path).substr(0, end);
      Result<std::string> target = fs_.Readlink(link);
      if (!target.ok()) {
        // Something else took its place in between: look again.
        if (target.error() == Errno::kInval) continue;
        return target.error();
      }
      // Nothing before the link is a link itself, so that ".." at the start of
      // the target is simply the parent.
      std::string rest = std::move(*target);
      rest += std::string_view(path).substr(end);
      Result<std::string> next = From(std::string(Parent(link)), rest);
      if (!next.ok()) return next;
      path = std::move(*next);
    }
    return path;
  }

  // As Links(), of what must be a directory.
  Result<std::string> Directory(std::string path) {
    Result<std::string> resolved = Links(std::move(path));
    if (!resolved.ok()) return resolved;
    Result<Stat> stat = fs_.GetStat(*resolved);
    if (!stat.ok()) return stat.error();
    if (!stat->IsDirectory()) return Errno::kNotDir;
    return resolved;
  }

  // The clean form of `path`, starting at the clean `cwd` if it is relative.
  // Only links before ".." are followed.
  Result<std::string> From(std::string cwd, std::string_view path) {
    if (!NeedsLinks(path)) return Resolve(cwd, path);
    if (Errno error = CheckPath(path); error != Errno::kOk) return error;
    std::string clean = path[0] == '/' ? "/" : std::move(cwd);
    while (!path.empty()) {
      const std::string_view component = NextComponent(path);
      if (component.empty() || component == ".") continue;
      if (component != "..") {
        clean = Join(clean, component);
        continue;
      }
      Result<std::string> directory = Directory(std::move(clean));
      if (!directory.ok()) return directory;
      clean = Parent(*directory);
    }
    return clean;
  }

 private:
  FileSystem& fs_;
  int links_ = 0;
};

bool EndsInSlash(std::string_view path) {
  // "x/." means the same as "x/" to everything but rmdir.
  while (path.size() >= 2 && path.substr(path.size() - 2) == "/.") {
    path.remove_suffix(1);
  }
  return path.size() > 1 && path.back() == '/';
}

}  // namespace

Result<std::string> ResolvePath(FileSystem& fs, std::string_view cwd,
                                std::string_view path, TrailingSlash slash) {
  Result<std::string> clean = Resolver(fs).From(std::string(cwd), path);
  if (!clean.ok() || !EndsInSlash(path) || slash == TrailingSlash::kAllowed) {
    return clean;
  }
  Result<Stat> stat = fs.GetLstat(*clean);
  if (!stat.ok()) return clean;  // to be created, or an error when used
  if (stat->IsDirectory()) return clean;
  if (!stat->IsSymlink() || slash == TrailingSlash::kEntry) {
    return Errno::kNotDir;
  }
  return ResolveDirectory(fs, *clean);
}

Result<std::string> ResolveLinks(FileSystem& fs, std::string_view path,
                                 bool follow_last) {
  if (follow_last || path == "/") return Resolver(fs).Links(std::string(path));
  Result<std::string> parent = Resolver(fs).Links(std::string(Parent(path)));
  if (!parent.ok()) return parent;
  return Join(*parent, BaseName(path));
}

Result<std::string> ResolveDirectory(FileSystem& fs, std::string_view path) {
  return Resolver(fs).Directory(std::string(path));
}

}  // namespace goshawk::fs
