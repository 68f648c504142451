// How the host backend finds files: from a clean path to something that the
// kernel's *at calls accept. Three ways, all with the same answers:
//
//   direct   the path as it is, for a root that is the host's own
//   openat2  the kernel resolves within the root (RESOLVE_IN_ROOT, Linux 5.6)
//   walk     component by component, each opened without following links, the
//            links read and resolved here
//
// The last two are confined: whatever anybody does to the tree meanwhile, they
// open nothing that was not reached from the root through directories and
// links inside of it. Private to the host backend.

#ifndef GOSHAWK_FS_HOST_LOOKUP_H_
#define GOSHAWK_FS_HOST_LOOKUP_H_

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "fs/errno.h"
#include "fs/host_io.h"
#include "fs/path.h"
#include "fs/result.h"

namespace goshawk::fs {

// A NUL-terminated path without an allocation.
class CPath {
 public:
  // kNameTooLong or kInval (it holds a NUL) if `path` cannot be one.
  Errno Set(std::string_view path);
  const char* c_str() const { return bytes_; }

 private:
  char bytes_[kMaxPath + 1];
};

// What to hand to an *at call: dir, name and flags.
struct HostPlace {
  HostPlace() = default;
  HostPlace(const HostPlace&) = delete;
  HostPlace& operator=(const HostPlace&) = delete;

  UniqueFd owned;  // keeps `dir` open, unless somebody else does
  int dir = -1;
  CPath name;
  int flags = 0;  // AT_*
};

class HostLookup {
 public:
  virtual ~HostLookup() = default;

  // As open(2), with the host's flags. O_CLOEXEC and O_NOCTTY are added.
  virtual Result<UniqueFd> Open(std::string_view path, int flags,
                                uint32_t mode) = 0;

  // The directory entry at `path`, for calls that do not follow a link there.
  // The directory has been found, the entry may be missing. "." stands for the
  // root.
  virtual Errno FindEntry(std::string_view path, HostPlace& place) = 0;

  // The file at `path`, a link followed, for calls that take AT_EMPTY_PATH.
  virtual Errno FindTarget(std::string_view path, HostPlace& place) = 0;

  // Whether no link lies on the way along `path`: true or, if unsure, false.
  virtual bool IsFreeOfLinks(std::string_view path) = 0;
};

// What the confined ways share: places made from descriptors that Open() gives.
class ConfinedLookup : public HostLookup {
 public:
  explicit ConfinedLookup(UniqueFd root) : root_(std::move(root)) {}
  Errno FindEntry(std::string_view path, HostPlace& place) override;
  Errno FindTarget(std::string_view path, HostPlace& place) override;

 protected:
  int root() const { return root_.get(); }

 private:
  const UniqueFd root_;
};

std::unique_ptr<HostLookup> NewDirectLookup();

// Whether this kernel has openat2 and lets us use it.
bool HaveOpenat2();

// `root` is an open directory. REQUIRES: HaveOpenat2().
std::unique_ptr<HostLookup> NewOpenat2Lookup(UniqueFd root);

std::unique_ptr<HostLookup> NewWalkLookup(UniqueFd root);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_HOST_LOOKUP_H_
