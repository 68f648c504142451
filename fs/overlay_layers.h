// The two layers of an overlay: where a path is, and how it gets from the
// lower to the upper one. Private to the overlay.
//
// The upper layer says what is gone from the lower by files of its own, which
// programs do not see: ".wh.NAME" hides NAME and all below it. That works on
// any upper layer, and one that lasts remembers. A marker once made stays, also
// when there is a new NAME beside it, which then has nothing to do with the old
// one.

#ifndef GOSHAWK_FS_OVERLAY_LAYERS_H_
#define GOSHAWK_FS_OVERLAY_LAYERS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fs/file_system.h"

namespace goshawk::fs {

// Whether a name is one of those that programs do not see.
bool IsMarker(std::string_view name);

class OverlayLayers {
 public:
  OverlayLayers(std::shared_ptr<FileSystem> lower,
                std::shared_ptr<FileSystem> upper)
      : lower_(std::move(lower)), upper_(std::move(upper)) {}

  FileSystem& lower() const { return *lower_; }
  FileSystem& upper() const { return *upper_; }

  // What each layer has at a path, if anything that can be seen.
  struct Found {
    std::optional<Stat> upper;
    std::optional<Stat> lower;  // unless the upper layer hides it
    // Without what is in the upper layer, the lower would show something.
    bool would_reappear = false;

    bool exists() const { return upper.has_value() || lower.has_value(); }
    // REQUIRES: exists().
    const Stat& top() const { return upper ? *upper : *lower; }
    bool IsDirectory() const { return exists() && top().IsDirectory(); }
  };

  // Looks at `path`, which must have no links on the way; the last component
  // is not followed. kNoEnt if nothing is there is no error, but told by
  // exists(): only a way that does not lead there is one.
  Result<Found> Find(std::string_view path) const;

  // As FileSystem::FirstLink().
  size_t FirstLink(std::string_view path) const;

  // The names in the directory at `path`, of which `found` is what is known.
  Result<Names> NamesIn(std::string_view path, const Found& found) const;

  // Brings what is at `path` to the upper layer, with the directories above,
  // unless it is there. With `contents` false a file stays empty.
  //   kNoEnt  it does not exist
  //   kPerm   it is neither file, directory nor link
  Errno CopyUp(std::string_view path, bool contents = true);

  // As CopyUp(), with all that is below.
  Errno CopyUpTree(std::string_view path);

  // Hides what the lower layer has at `path`.
  //   kNameTooLong  there is no marker for names of more than 251 bytes
  Errno AddWhiteout(std::string_view path);

  // Removes the directory at `path` of the upper layer, in which there may be
  // markers and nothing else.
  Errno RemoveUpperDirectory(std::string_view path);

  // What `stat`, of the upper layer, looks like to programs: a file that was
  // copied up is still the file that it was.
  Stat Identify(Stat stat) const;
  // Forgets that, when a file is gone.
  void Forget(const Stat& upper) { origins_.erase({upper.dev, upper.ino}); }

 private:
  using Identity = std::pair<uint64_t, uint64_t>;  // dev, ino

  // As Find(), but stops at the first link and says where in `link_end`, if
  // that is not null.
  Result<Found> Walk(std::string_view path, size_t* link_end) const;

  Errno CopyFile(std::string_view path, const Stat& stat, bool contents);

  const std::shared_ptr<FileSystem> lower_;
  const std::shared_ptr<FileSystem> upper_;
  std::map<Identity, Identity> origins_;  // from upper to lower
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_OVERLAY_LAYERS_H_
