#include "tests/fs/faulty.h"

#include <utility>

namespace goshawk::fs::testing {
namespace {

// Answers the error of this call, if it is to fail.
#define FAIL_IF_DUE(faulty, method, changes)                    \
  do {                                                          \
    const Errno error = (faulty).Next(Method::method, changes); \
    if (error != Errno::kOk) return error;                      \
  } while (false)

class FaultyFile : public File {
 public:
  FaultyFile(std::unique_ptr<File> base, FaultyFileSystem& fs)
      : base_(std::move(base)), fs_(fs) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    FAIL_IF_DUE(fs_, kFileRead, false);
    return base_->Read(buffer);
  }
  Result<size_t> Write(std::span<const std::byte> data) override {
    FAIL_IF_DUE(fs_, kFileWrite, true);
    return base_->Write(data);
  }
  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    FAIL_IF_DUE(fs_, kFilePread, false);
    return base_->Pread(buffer, offset);
  }
  Result<size_t> Pwrite(std::span<const std::byte> data,
                        int64_t offset) override {
    FAIL_IF_DUE(fs_, kFilePwrite, true);
    return base_->Pwrite(data, offset);
  }
  Result<Stat> GetStat() override {
    FAIL_IF_DUE(fs_, kFileGetStat, false);
    return base_->GetStat();
  }
  Result<Names> ReadDir() override {
    FAIL_IF_DUE(fs_, kFileReadDir, false);
    return base_->ReadDir();
  }
  Errno Truncate(int64_t size) override {
    FAIL_IF_DUE(fs_, kFileTruncate, true);
    return base_->Truncate(size);
  }
  Errno Sync() override {
    FAIL_IF_DUE(fs_, kFileSync, true);
    return base_->Sync();
  }
  Errno Chmod(uint32_t mode) override {
    FAIL_IF_DUE(fs_, kFileChmod, true);
    return base_->Chmod(mode);
  }
  Errno Chown(uint32_t uid, uint32_t gid) override {
    FAIL_IF_DUE(fs_, kFileChown, true);
    return base_->Chown(uid, gid);
  }
  Errno Utimes(Nanos atime, Nanos mtime) override {
    FAIL_IF_DUE(fs_, kFileUtimes, true);
    return base_->Utimes(atime, mtime);
  }
  Errno Close() override {
    FAIL_IF_DUE(fs_, kFileClose, true);
    return base_->Close();
  }
  int PollFd() const override { return base_->PollFd(); }

 private:
  const std::unique_ptr<File> base_;
  FaultyFileSystem& fs_;
};

}  // namespace

FaultyFileSystem::FaultyFileSystem(std::shared_ptr<FileSystem> base)
    : base_(std::move(base)) {}

FaultyFileSystem::~FaultyFileSystem() = default;

Errno FaultyFileSystem::Next(Method method, bool changes) {
  Errno error = call_.Next();
  if (error == Errno::kOk && changes) error = change_.Next();
  if (error == Errno::kOk && method == method_) error = of_method_.Next();
  return error;
}

Result<std::unique_ptr<File>> FaultyFileSystem::Open(std::string_view path,
                                                     int flags, uint32_t mode) {
  FAIL_IF_DUE(*this, kOpen,
              (flags & (kOpenAccessMask | kOpenCreate | kOpenTruncate)) != 0);
  Result<std::unique_ptr<File>> file = base_->Open(path, flags, mode);
  if (!file.ok()) return file;
  return std::make_unique<FaultyFile>(*std::move(file), *this);
}

Result<Stat> FaultyFileSystem::GetStat(std::string_view path) {
  FAIL_IF_DUE(*this, kGetStat, false);
  return base_->GetStat(path);
}

Result<Stat> FaultyFileSystem::GetLstat(std::string_view path) {
  FAIL_IF_DUE(*this, kGetLstat, false);
  return base_->GetLstat(path);
}

Result<Names> FaultyFileSystem::ReadDir(std::string_view path) {
  FAIL_IF_DUE(*this, kReadDir, false);
  return base_->ReadDir(path);
}

Result<std::string> FaultyFileSystem::Readlink(std::string_view path) {
  FAIL_IF_DUE(*this, kReadlink, false);
  return base_->Readlink(path);
}

Errno FaultyFileSystem::Mkdir(std::string_view path, uint32_t mode) {
  FAIL_IF_DUE(*this, kMkdir, true);
  return base_->Mkdir(path, mode);
}

Errno FaultyFileSystem::Rmdir(std::string_view path) {
  FAIL_IF_DUE(*this, kRmdir, true);
  return base_->Rmdir(path);
}

Errno FaultyFileSystem::Unlink(std::string_view path) {
  FAIL_IF_DUE(*this, kUnlink, true);
  return base_->Unlink(path);
}

Errno FaultyFileSystem::Rename(std::string_view from, std::string_view to) {
  FAIL_IF_DUE(*this, kRename, true);
  return base_->Rename(from, to);
}

Errno FaultyFileSystem::Link(std::string_view from, std::string_view to) {
  FAIL_IF_DUE(*this, kLink, true);
  return base_->Link(from, to);
}

Errno FaultyFileSystem::Symlink(std::string_view target,
                                std::string_view path) {
  FAIL_IF_DUE(*this, kSymlink, true);
  return base_->Symlink(target, path);
}

Errno FaultyFileSystem::Chmod(std::string_view path, uint32_t mode) {
  FAIL_IF_DUE(*this, kChmod, true);
  return base_->Chmod(path, mode);
}

Errno FaultyFileSystem::Chown(std::string_view path, uint32_t uid,
                              uint32_t gid) {
  FAIL_IF_DUE(*this, kChown, true);
  return base_->Chown(path, uid, gid);
}

Errno FaultyFileSystem::Lchown(std::string_view path, uint32_t uid,
                               uint32_t gid) {
  FAIL_IF_DUE(*this, kLchown, true);
  return base_->Lchown(path, uid, gid);
}

Errno FaultyFileSystem::Utimes(std::string_view path, Nanos atime,
                               Nanos mtime) {
  FAIL_IF_DUE(*this, kUtimes, true);
  return base_->Utimes(path, atime, mtime);
}

Errno FaultyFileSystem::Truncate(std::string_view path, int64_t size) {
  FAIL_IF_DUE(*this, kTruncate, true);
  return base_->Truncate(path, size);
}

size_t FaultyFileSystem::FirstLink(std::string_view path) {
  return base_->FirstLink(path);
}

#undef FAIL_IF_DUE

}  // namespace goshawk::fs::testing
