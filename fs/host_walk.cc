// The walk: resolving a path within a root where the kernel cannot.
//
// At every moment `dir_` is a directory that was reached from the root by
// opening one name after the other, none of them "..", none of them through a
// link. Links are read and their targets put in front of what is left of the
// path; an absolute target starts again at the root. ".." too starts again at
// the root, with the names walked so far but the last: asking the kernel for
// ".." could lead out of the root after somebody moved the directory.

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "fs/host_lookup.h"

namespace goshawk::fs {
namespace {

// As Linux has it.
constexpr int kMaxLinks = 40;

class Walk {
 public:
  // `root` and `path` outlive the walk.
  Walk(int root, std::string_view path) : root_(root), rest_(path) {}

  // Opens what the path leads to.
  Result<UniqueFd> Open(int flags, uint32_t mode) {
    while (true) {
      std::string name(NextComponent(rest_));
      if (name.empty()) name = ".";
      if (name == "..") {
        GoUp();
      } else if (!rest_.empty()) {
        if (Errno error = Step(name); error != Errno::kOk) return error;
      } else {
        UniqueFd file;
        if (Errno error = OpenLast(name, flags, mode, file);
            error != Errno::kOk) {
          return error;
        }
        if (file.get() >= 0) return file;
      }
    }
  }

 private:
  int dir() const { return dir_.get() >= 0 ? dir_.get() : root_; }

  // Goes on to the directory `name`, or to where a link of this name leads.
  Errno Step(const std::string& name) {
    if (name == ".") return Errno::kOk;
    UniqueFd next(openat(dir(), name.c_str(),
                         O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (next.get() < 0) {
      // A link is no directory either.
      const Errno error = LastError();
      return error == Errno::kNotDir ? Follow(name, error) : error;
    }
    dir_ = std::move(next);
    walked_ += '/';
    walked_ += name;
    return Errno::kOk;
  }

  // Opens `name`, the last component, into `file`; if it is a link to be
  // followed, goes on to where it leads and leaves `file` alone.
  Errno OpenLast(const std::string& name, int flags, uint32_t mode,
                 UniqueFd& file) {
    const bool follow = (flags & O_NOFOLLOW) == 0;
    UniqueFd opened(Retry([&] {
      return openat(dir(), name.c_str(),
                    flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, mode);
    }));
    if (opened.get() < 0) {
      const Errno error = LastError();
      // A link gives ELOOP, or ENOTDIR where a directory was asked for.
      const bool perhaps_link =
          error == Errno::kLoop || error == Errno::kNotDir;
      return follow && perhaps_link ? Follow(name, error) : error;
    }
    if (follow && (flags & O_PATH) != 0) {
      // O_PATH opens the link itself.
      struct stat host;
      if (fstat(opened.get(), &host) < 0) return LastError();
      if (S_ISLNK(host.st_mode)) return Follow(name, Errno::kLoop);
    }
    file = std::move(opened);
    return Errno::kOk;
  }

  // Goes on to where the link `name` leads, `error` being what opening it as
  // something else gave. That is the answer if it is no link.
  Errno Follow(const std::string& name, Errno error) {
    if (++links_ > kMaxLinks) return Errno::kLoop;
    std::string target(kMaxPath, '\0');
    const ssize_t size =
        readlinkat(dir(), name.c_str(), target.data(), target.size());
    if (size < 0) {
      if (errno != EINVAL) return LastError();
      if (error != Errno::kLoop) return error;
      // It was a link a moment ago: look again.
      target = name;
    } else {
      target.resize(static_cast<size_t>(size));
    }
    const bool absolute = target.starts_with('/');
    SetRest(std::move(target));
    if (absolute) Restart();
    return Errno::kOk;
  }

  void GoUp() {
    SetRest(walked_.empty() ? "/" : std::string(Parent(walked_)));
    Restart();
  }

  void Restart() {
    dir_.Reset(-1);
    walked_.clear();
  }

  // Puts `path` in front of what is left. If nothing is, a slash at its end
  // still asks for a directory.
  void SetRest(std::string path) {
    if (!rest_.empty() || path.ends_with('/')) path += "/";
    if (rest_.empty() && path.ends_with('/')) path += '.';
    path += rest_;
    storage_ = std::move(path);
    rest_ = storage_;
  }

  const int root_;
  UniqueFd dir_;         // none: the root
  std::string walked_;   // the names from the root to `dir_`
  std::string storage_;  // what `rest_` points into after the first link
  std::string_view rest_;
  int links_ = 0;
};

class WalkLookup : public ConfinedLookup {
 public:
  using ConfinedLookup::ConfinedLookup;

  Result<UniqueFd> Open(std::string_view path, int flags,
                        uint32_t mode) override {
    if (Errno error = CheckPath(path); error != Errno::kOk) return error;
    return Walk(root(), path).Open(flags, mode);
  }

  bool IsFreeOfLinks(std::string_view) override { return false; }
};

}  // namespace

std::unique_ptr<HostLookup> NewWalkLookup(UniqueFd root) {
  return std::make_unique<WalkLookup>(std::move(root));
}

}  // namespace goshawk::fs
