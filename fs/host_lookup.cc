#include "fs/host_lookup.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace goshawk::fs {
namespace {

constexpr int kAlwaysFlags = O_CLOEXEC | O_NOCTTY;

int Openat2(int dir, const char* path, int flags, uint32_t mode,
            uint64_t resolve) {
  struct open_how how = {};
  how.flags = static_cast<uint64_t>(flags | kAlwaysFlags);
  how.mode = (flags & O_CREAT) != 0 ? mode & kModePermMask : 0;
  how.resolve = resolve;
  // EAGAIN: something was renamed while the kernel looked at "..". Giving up
  // in the end is better than waiting for ever for somebody who renames in a
  // loop.
  constexpr int kTries = 1000;
  int fd = -1;
  for (int i = 0; i < kTries; ++i) {
    fd = static_cast<int>(syscall(SYS_openat2, dir, path, &how, sizeof how));
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) return fd;
  }
  errno = EBUSY;
  return fd;
}

class DirectLookup : public HostLookup {
 public:
  Result<UniqueFd> Open(std::string_view path, int flags,
                        uint32_t mode) override {
    CPath name;
    if (Errno error = name.Set(path); error != Errno::kOk) return error;
    const int fd =
        Retry([&] { return open(name.c_str(), flags | kAlwaysFlags, mode); });
    if (fd < 0) return LastError();
    return UniqueFd(fd);
  }

  Errno FindEntry(std::string_view path, HostPlace& place) override {
    place.dir = AT_FDCWD;
    place.flags = AT_SYMLINK_NOFOLLOW;
    return place.name.Set(path);
  }

  Errno FindTarget(std::string_view path, HostPlace& place) override {
    place.dir = AT_FDCWD;
    place.flags = 0;
    return place.name.Set(path);
  }

  bool IsFreeOfLinks(std::string_view path) override {
    CPath name;
    if (name.Set(path) != Errno::kOk) return false;
    return UniqueFd(
               Openat2(AT_FDCWD, name.c_str(), O_PATH, 0, RESOLVE_NO_SYMLINKS))
               .get() >= 0;
  }
};

class Openat2Lookup : public ConfinedLookup {
 public:
  using ConfinedLookup::ConfinedLookup;

  Result<UniqueFd> Open(std::string_view path, int flags,
                        uint32_t mode) override {
    return OpenWith(path, flags, mode, RESOLVE_IN_ROOT);
  }

  bool IsFreeOfLinks(std::string_view path) override {
    return OpenWith(path, O_PATH, 0, RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS)
        .ok();
  }

 private:
  Result<UniqueFd> OpenWith(std::string_view path, int flags, uint32_t mode,
                            uint64_t resolve) {
    CPath name;
    if (Errno error = name.Set(path); error != Errno::kOk) return error;
    // Magic links, as those in /proc/self/fd, lead anywhere.
    const int fd = Openat2(root(), name.c_str(), flags, mode,
                           resolve | RESOLVE_NO_MAGICLINKS);
    if (fd < 0) return LastError();
    return UniqueFd(fd);
  }
};

}  // namespace

Errno CPath::Set(std::string_view path) {
  if (path.size() > kMaxPath) return Errno::kNameTooLong;
  if (memchr(path.data(), '\0', path.size()) != nullptr) return Errno::kInval;
  memcpy(bytes_, path.data(), path.size());
  bytes_[path.size()] = '\0';
  return Errno::kOk;
}

Errno ConfinedLookup::FindEntry(std::string_view path, HostPlace& place) {
  place.flags = AT_SYMLINK_NOFOLLOW;
  const std::string_view parent = Parent(path);
  if (parent == "/") {
    place.dir = root();
  } else {
    Result<UniqueFd> dir = Open(parent, O_PATH | O_DIRECTORY, 0);
    if (!dir.ok()) return dir.error();
    place.owned = *std::move(dir);
    place.dir = place.owned.get();
  }
  const std::string_view name = path == "/" ? "." : BaseName(path);
  // No clean path ends like that; as a name it would lead out of the root.
  if (name == "..") return Errno::kInval;
  return place.name.Set(name);
}

Errno ConfinedLookup::FindTarget(std::string_view path, HostPlace& place) {
  Result<UniqueFd> file = Open(path, O_PATH, 0);
  if (!file.ok()) return file.error();
  place.owned = *std::move(file);
  place.dir = place.owned.get();
  place.flags = AT_EMPTY_PATH;
  return place.name.Set("");
}

std::unique_ptr<HostLookup> NewDirectLookup() {
  return std::make_unique<DirectLookup>();
}

bool HaveOpenat2() {
  // Old kernels answer ENOSYS, containers that filter calls EPERM.
  return UniqueFd(Openat2(AT_FDCWD, "/", O_PATH, 0, RESOLVE_IN_ROOT)).get() >=
         0;
}

std::unique_ptr<HostLookup> NewOpenat2Lookup(UniqueFd root) {
  return std::make_unique<Openat2Lookup>(std::move(root));
}

}  // namespace goshawk::fs
