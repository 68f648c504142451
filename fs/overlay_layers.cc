#include "fs/overlay_layers.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "fs/path.h"

namespace goshawk::fs {
namespace {

constexpr std::string_view kWhiteout = ".wh.";

std::string WhiteoutOf(std::string_view path) {
  return Join(Parent(path), std::string(kWhiteout).append(BaseName(path)));
}

// What of `stat` there is, or nothing; other errors in `error`.
std::optional<Stat> Optional(Result<Stat> stat, Errno& error) {
  if (stat.ok()) return *stat;
  if (stat.error() != Errno::kNoEnt && stat.error() != Errno::kNotDir) {
    error = stat.error();
  }
  return std::nullopt;
}

}  // namespace

bool IsMarker(std::string_view name) { return name.starts_with(kWhiteout); }

Result<OverlayLayers::Found> OverlayLayers::Find(std::string_view path) const {
  return Walk(path, nullptr);
}

size_t OverlayLayers::FirstLink(std::string_view path) const {
  size_t end = 0;
  (void)Walk(path, &end);
  return end;
}

Result<OverlayLayers::Found> OverlayLayers::Walk(std::string_view path,
                                                 size_t* link_end) const {
  if (Errno error = CheckPath(path); error != Errno::kOk) return error;
  Errno error = Errno::kOk;
  Found found;
  found.upper = Optional(upper_->GetLstat("/"), error);
  found.lower = Optional(lower_->GetLstat("/"), error);
  for (size_t end = 0; path != "/" && end < path.size();) {
    // From the directory before `end` to what follows there.
    if (!found.exists()) return Errno::kNoEnt;
    if (!found.IsDirectory()) return Errno::kNotDir;
    end = std::min(path.find('/', end + 1), path.size());
    const std::string_view here = path.substr(0, end);
    if (IsMarker(BaseName(here))) return Errno::kInval;
    Found next;
    if (found.upper) next.upper = Optional(upper_->GetLstat(here), error);
    if (found.lower &&
        !(found.upper && upper_->GetLstat(WhiteoutOf(here)).ok())) {
      next.lower = Optional(lower_->GetLstat(here), error);
    }
    if (error != Errno::kOk) return error;
    next.would_reappear = next.lower.has_value();
    // Only directories are merged.
    if (next.upper && next.lower &&
        !(next.upper->IsDirectory() && next.lower->IsDirectory())) {
      next.lower.reset();
    }
    found = next;
    if (link_end != nullptr && found.exists() && found.top().IsSymlink()) {
      *link_end = end;
      return found;
    }
  }
  return found;
}

Result<Names> OverlayLayers::NamesIn(std::string_view path,
                                     const Found& found) const {
  Names upper;
  if (found.upper) {
    Result<Names> names = upper_->ReadDir(path);
    if (!names.ok()) return names;
    upper = *std::move(names);
  }
  Names markers;
  std::erase_if(upper, [&](const std::string& name) {
    if (IsMarker(name)) markers.push_back(name);
    return IsMarker(name);
  });
  Names lower;
  if (found.lower) {
    Result<Names> names = lower_->ReadDir(path);
    if (!names.ok()) return names;
    lower = *std::move(names);
  }
  std::erase_if(lower, [&](const std::string& name) {
    return IsMarker(name) ||
           std::binary_search(markers.begin(), markers.end(),
                              std::string(kWhiteout).append(name));
  });
  Names merged;
  std::set_union(upper.begin(), upper.end(), lower.begin(), lower.end(),
                 std::back_inserter(merged));
  return merged;
}

Errno OverlayLayers::CopyUp(std::string_view path, bool contents) {
  Result<Found> found = Find(path);
  if (!found.ok()) return found.error();
  if (!found->exists()) return Errno::kNoEnt;
  if (found->upper) return Errno::kOk;
  const std::string_view parent = Parent(path);
  if (Errno error = CopyUp(parent); error != Errno::kOk) return error;
  Result<Stat> parent_before = upper_->GetLstat(parent);

  const Stat stat = *found->lower;
  Errno error = Errno::kPerm;
  if (stat.IsDirectory()) {
    error = upper_->Mkdir(path, stat.mode & kModePermMask);
  } else if (stat.IsSymlink()) {
    Result<std::string> target = lower_->Readlink(path);
    error = target.ok() ? upper_->Symlink(*target, path) : target.error();
  } else if (stat.IsRegular()) {
    error = CopyFile(path, stat, contents);
  }
  if (error != Errno::kOk) return error;

  // Who may not give files away keeps them.
  error = upper_->Lchown(path, stat.uid, stat.gid);
  if (error != Errno::kOk && error != Errno::kPerm) return error;
  if (!stat.IsSymlink()) {
    error = upper_->Chmod(path, stat.mode & kModePermMask);
    if (error != Errno::kOk) return error;
    error = upper_->Utimes(path, stat.atime, stat.mtime);
    if (error != Errno::kOk) return error;
  }
  if (Result<Stat> copy = upper_->GetLstat(path); copy.ok()) {
    origins_[{copy->dev, copy->ino}] = {stat.dev, stat.ino};
  }
  // To programs nothing happened in the directory.
  if (!parent_before.ok()) return Errno::kOk;
  return upper_->Utimes(parent, parent_before->atime, parent_before->mtime);
}

Errno OverlayLayers::CopyFile(std::string_view path, const Stat& stat,
                              bool contents) {
  Result<std::unique_ptr<File>> to =
      upper_->Open(path, kOpenWrite | kOpenCreate | kOpenExclusive, 0600);
  if (!to.ok()) return to.error();
  Errno error = Errno::kOk;
  if (contents && stat.size > 0) {
    Result<std::unique_ptr<File>> from = lower_->Open(path, kOpenRead, 0);
    error = from.error();
    std::vector<std::byte> buffer(size_t{256} << 10);
    while (error == Errno::kOk) {
      Result<size_t> count = (*from)->Read(buffer);
      if (count.ok() && *count == 0) break;
      if (count.ok()) {
        count = (*to)->Write(std::span(buffer).first(*count));
      }
      error = count.error();
    }
  }
  if (error == Errno::kOk) error = (*to)->Close();
  // Half a copy would hide the original.
  if (error != Errno::kOk) (void)upper_->Unlink(path);
  return error;
}

Errno OverlayLayers::CopyUpTree(std::string_view path) {
  // Not by recursion: a tree may be deeper than the stack.
  std::vector<std::string> paths = {std::string(path)};
  while (!paths.empty()) {
    const std::string next = std::move(paths.back());
    paths.pop_back();
    if (Errno error = CopyUp(next); error != Errno::kOk) return error;
    Result<Found> found = Find(next);
    if (!found.ok()) return found.error();
    if (!found->lower || !found->IsDirectory()) continue;
    Result<Names> names = NamesIn(next, *found);
    if (!names.ok()) return names.error();
    for (const std::string& name : *names) paths.push_back(Join(next, name));
  }
  return Errno::kOk;
}

Errno OverlayLayers::AddWhiteout(std::string_view path) {
  if (Errno error = CopyUp(Parent(path)); error != Errno::kOk) return error;
  Result<std::unique_ptr<File>> marker =
      upper_->Open(WhiteoutOf(path), kOpenWrite | kOpenCreate, 0600);
  return marker.ok() ? (*marker)->Close() : marker.error();
}

Errno OverlayLayers::RemoveUpperDirectory(std::string_view path) {
  Result<Names> names = upper_->ReadDir(path);
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    if (!IsMarker(name)) return Errno::kNotEmpty;
    if (Errno error = upper_->Unlink(Join(path, name)); error != Errno::kOk) {
      return error;
    }
  }
  return upper_->Rmdir(path);
}

Stat OverlayLayers::Identify(Stat stat) const {
  const auto found = origins_.find({stat.dev, stat.ino});
  if (found != origins_.end()) {
    stat.dev = found->second.first;
    stat.ino = found->second.second;
  }
  return stat;
}

}  // namespace goshawk::fs
