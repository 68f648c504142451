#include "fs/archive_file_system.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fs/archive_contents.h"
#include "fs/archive_reader.h"
#include "fs/host_io.h"
#include "fs/memory_file_system.h"
#include "fs/path.h"
#include "fs/read_only.h"

namespace goshawk::fs {
namespace {

Stat WithBlocks(Stat stat) {
  if (stat.IsRegular()) stat.blocks = (stat.size + 511) / 512;
  return stat;
}

class ArchiveFile : public File {
 public:
  ArchiveFile(ArchiveContents& contents, int entry, const Stat& stat)
      : contents_(contents), entry_(entry), stat_(stat) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    Result<size_t> count = contents_.Read(entry_, offset_, buffer);
    if (count.ok()) offset_ += static_cast<int64_t>(*count);
    return count;
  }
  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    if (offset < 0) return Errno::kInval;
    return contents_.Read(entry_, offset, buffer);
  }
  Result<Stat> GetStat() override { return stat_; }
  Result<Names> ReadDir() override { return Errno::kNotDir; }
  Errno Sync() override { return Errno::kOk; }

 private:
  ArchiveContents& contents_;
  const int entry_;
  const Stat stat_;
  int64_t offset_ = 0;
};

// Directories, links and attributes are those of a tree in memory, in which
// the files are holes of the right size. The inode number of a file leads to
// the entry with its contents.
class ArchiveFileSystem : public FileSystem {
 public:
  using Entries = std::unordered_map<uint64_t, int>;

  ArchiveFileSystem(std::unique_ptr<FileSystem> tree, Entries entries,
                    std::unique_ptr<ArchiveContents> contents)
      : tree_(std::move(tree)),
        entries_(std::move(entries)),
        contents_(std::move(contents)) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    Result<std::unique_ptr<File>> file = tree_->Open(path, flags, mode);
    if (!file.ok()) return file;
    const Result<Stat> stat = (*file)->GetStat();
    if (!stat.ok()) return stat.error();
    const auto entry = entries_.find(stat->ino);
    if (entry == entries_.end()) return file;
    return std::make_unique<ArchiveFile>(*contents_, entry->second,
                                         WithBlocks(*stat));
  }
  Result<Stat> GetStat(std::string_view path) override {
    Result<Stat> stat = tree_->GetStat(path);
    return stat.ok() ? WithBlocks(*stat) : stat;
  }
  Result<Stat> GetLstat(std::string_view path) override {
    Result<Stat> stat = tree_->GetLstat(path);
    return stat.ok() ? WithBlocks(*stat) : stat;
  }
  Result<Names> ReadDir(std::string_view path) override {
    return tree_->ReadDir(path);
  }
  Result<std::string> Readlink(std::string_view path) override {
    return tree_->Readlink(path);
  }
  size_t FirstLink(std::string_view path) override {
    return tree_->FirstLink(path);
  }

 private:
  const std::unique_ptr<FileSystem> tree_;
  const Entries entries_;
  const std::unique_ptr<ArchiveContents> contents_;
};

// Makes the tree, entry by entry. What cannot be made is left out.
class TreeBuilder {
 public:
  TreeBuilder() : tree_(NewMemoryFileSystem()) {}

  void Add(int number, const ArchiveEntry& entry) {
    const std::string path = Clean(entry.path);
    if (CheckPath(path) != Errno::kOk) return;
    const uint32_t type = entry.mode & kModeTypeMask;
    if (!MakeDirectories(Parent(path))) return;
    if (!entry.hard_link.empty()) {
      const std::string target = Clean(entry.hard_link);
      if (target == path || !IsFile(target) || !Clear(path)) return;
      (void)tree_->Link(target, path);
    } else if (type == kModeDirectory) {
      if (IsFile(path) && !Clear(path)) return;
      if (!MakeDirectories(path)) return;
      directories_.emplace_back(path, entry.mtime);
      SetAttributes(path, entry);
    } else if (type == kModeSymlink) {
      if (!Clear(path)) return;
      if (tree_->Symlink(entry.symlink, path) != Errno::kOk) return;
      (void)tree_->Lchown(path, Id(entry.uid), Id(entry.gid));
    } else if (type == kModeRegular) {
      AddFile(path, number, entry);
    }
  }

  // Only now: what is put in a directory changes its time. Those that have no
  // entry get the time of the archive.
  std::unique_ptr<FileSystem> Finish(Nanos mtime) {
    for (const std::string& path : made_up_) SetTime(path, mtime);
    for (const auto& [path, time] : directories_) SetTime(path, time);
    return std::move(tree_);
  }

  ArchiveFileSystem::Entries TakeEntries() { return std::move(entries_); }

 private:
  static uint32_t Id(int64_t id) {
    return id < 0 || id >= kKeepId ? 0 : static_cast<uint32_t>(id);
  }

  bool IsFile(const std::string& path) {
    const Result<Stat> stat = tree_->GetLstat(path);
    return stat.ok() && stat->IsRegular();
  }

  void AddFile(const std::string& path, int number, const ArchiveEntry& entry) {
    if (entry.size < 0 || !Clear(path)) return;
    Result<std::unique_ptr<File>> file =
        tree_->Open(path, kOpenWrite | kOpenCreate | kOpenExclusive, 0600);
    if (!file.ok()) return;
    if ((*file)->Truncate(entry.size) != Errno::kOk) {
      (void)tree_->Unlink(path);
      return;
    }
    entries_[(*file)->GetStat()->ino] = number;
    SetAttributes(path, entry);
    SetTime(path, entry.mtime);
  }

  // Takes away what an earlier entry put at `path`; false if that cannot be.
  bool Clear(const std::string& path) {
    const Errno error = tree_->Unlink(path);
    return error == Errno::kOk || error == Errno::kNoEnt ||
           (error == Errno::kIsDir && tree_->Rmdir(path) == Errno::kOk);
  }

  // Makes the directory at `path` and those above, following links as who
  // unpacks the archive would; false if something else is in the way.
  bool MakeDirectories(std::string_view path) {
    const Result<Stat> stat = tree_->GetStat(path);
    if (stat.ok()) return stat->IsDirectory();
    if (!MakeDirectories(Parent(path))) return false;
    if (tree_->Mkdir(path, 0755) != Errno::kOk) return false;
    made_up_.emplace_back(path);
    return true;
  }

  void SetAttributes(const std::string& path, const ArchiveEntry& entry) {
    (void)tree_->Chown(path, Id(entry.uid), Id(entry.gid));
    (void)tree_->Chmod(path, entry.mode);
  }

  void SetTime(const std::string& path, Nanos time) {
    (void)tree_->Utimes(path, time, time);
  }

  std::unique_ptr<FileSystem> tree_;
  ArchiveFileSystem::Entries entries_;
  std::vector<std::string> made_up_ = {"/"};
  std::vector<std::pair<std::string, Nanos>> directories_;
};

}  // namespace

Result<std::unique_ptr<FileSystem>> NewArchiveFileSystem(
    const std::string& path, const ArchiveOptions& options) {
  // Opening a FIFO must not wait.
  UniqueFd file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) return LastError();
  struct stat host;
  if (fstat(file.get(), &host) < 0) return LastError();
  if (!S_ISREG(host.st_mode)) return Errno::kInval;
  Result<std::unique_ptr<ArchiveReader>> reader =
      ArchiveReader::Open(file.get());
  if (!reader.ok()) return reader.error();
  TreeBuilder builder;
  std::vector<int64_t> sizes;
  while (true) {
    const Result<std::optional<ArchiveEntry>> entry = (*reader)->Next();
    if (!entry.ok()) return entry.error();
    const std::optional<ArchiveEntry>& found = *entry;
    if (!found.has_value()) break;
    if (static_cast<int>(sizes.size()) == options.max_entries) {
      return Errno::kFBig;
    }
    builder.Add((*reader)->entry(), *found);
    sizes.push_back(found->size);
  }
  auto contents = std::make_unique<ArchiveContents>(
      std::move(file), std::move(sizes), options.cache_bytes);
  auto tree = builder.Finish(FromHostStat(host).mtime);
  return NewReadOnlyFileSystem(std::make_unique<ArchiveFileSystem>(
      std::move(tree), builder.TakeEntries(), std::move(contents)));
}

}  // namespace goshawk::fs
