#include "fs/read_only.h"

#include <utility>

namespace goshawk::fs {
namespace {

class ReadOnlyFile : public File {
 public:
  explicit ReadOnlyFile(std::unique_ptr<File> base) : base_(std::move(base)) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    return base_->Read(buffer);
  }
  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    return base_->Pread(buffer, offset);
  }
  Result<Stat> GetStat() override { return base_->GetStat(); }
  Result<Names> ReadDir() override { return base_->ReadDir(); }
  Errno Sync() override { return base_->Sync(); }
  Errno Close() override { return base_->Close(); }
  int PollFd() const override { return base_->PollFd(); }

  // The file is open for reading only, which Linux says before all else.
  Result<size_t> Write(std::span<const std::byte>) override {
    return Errno::kBadF;
  }
  Result<size_t> Pwrite(std::span<const std::byte>, int64_t) override {
    return Errno::kBadF;
  }
  Errno Truncate(int64_t) override { return Errno::kInval; }
  Errno Chmod(uint32_t) override { return Errno::kRoFs; }
  Errno Chown(uint32_t, uint32_t) override { return Errno::kRoFs; }
  Errno Utimes(Nanos, Nanos) override { return Errno::kRoFs; }

 private:
  const std::unique_ptr<File> base_;
};

class ReadOnlyFileSystem : public FileSystem {
 public:
  explicit ReadOnlyFileSystem(std::shared_ptr<FileSystem> base)
      : base_(std::move(base)) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override {
    const bool writes = (flags & kOpenAccessMask) != kOpenRead ||
                        (flags & (kOpenTruncate | kOpenExclusive)) != 0;
    if (writes) return Errno::kRoFs;
    Result<std::unique_ptr<File>> file =
        base_->Open(path, flags & ~kOpenCreate, mode);
    if (file.ok()) return std::make_unique<ReadOnlyFile>(*std::move(file));
    if (file.error() == Errno::kNoEnt && (flags & kOpenCreate) != 0) {
      return Errno::kRoFs;
    }
    return file;
  }
  Result<Stat> GetStat(std::string_view path) override {
    return base_->GetStat(path);
  }
  Result<Stat> GetLstat(std::string_view path) override {
    return base_->GetLstat(path);
  }
  Result<Names> ReadDir(std::string_view path) override {
    return base_->ReadDir(path);
  }
  Result<std::string> Readlink(std::string_view path) override {
    return base_->Readlink(path);
  }
  size_t FirstLink(std::string_view path) override {
    return base_->FirstLink(path);
  }

  Errno Mkdir(std::string_view, uint32_t) override { return Errno::kRoFs; }
  Errno Rmdir(std::string_view) override { return Errno::kRoFs; }
  Errno Unlink(std::string_view) override { return Errno::kRoFs; }
  Errno Rename(std::string_view, std::string_view) override {
    return Errno::kRoFs;
  }
  Errno Link(std::string_view, std::string_view) override {
    return Errno::kRoFs;
  }
  Errno Symlink(std::string_view, std::string_view) override {
    return Errno::kRoFs;
  }
  Errno Chmod(std::string_view, uint32_t) override { return Errno::kRoFs; }
  Errno Chown(std::string_view, uint32_t, uint32_t) override {
    return Errno::kRoFs;
  }
  Errno Lchown(std::string_view, uint32_t, uint32_t) override {
    return Errno::kRoFs;
  }
  Errno Utimes(std::string_view, Nanos, Nanos) override { return Errno::kRoFs; }
  Errno Truncate(std::string_view, int64_t) override { return Errno::kRoFs; }

 private:
  const std::shared_ptr<FileSystem> base_;
};

}  // namespace

std::unique_ptr<FileSystem> NewReadOnlyFileSystem(
    std::shared_ptr<FileSystem> base) {
  return std::make_unique<ReadOnlyFileSystem>(std::move(base));
}

}  // namespace goshawk::fs
