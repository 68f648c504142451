#include "fs/host_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs/host_io.h"

namespace goshawk::fs {
namespace {

class HostFile : public File {
 public:
  HostFile(int fd, Ownership ownership) : fd_(fd), ownership_(ownership) {}
  ~HostFile() override {
    if (ownership_ == Ownership::kOwned && fd_ >= 0) close(fd_);
  }

  Result<size_t> Read(std::span<std::byte> buffer) override {
    return ReadHost(fd_, buffer);
  }
  Result<size_t> Write(std::span<const std::byte> data) override {
    return WriteHost(fd_, data);
  }
  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    return PreadHost(fd_, buffer, offset);
  }
  Result<size_t> Pwrite(std::span<const std::byte> data,
                        int64_t offset) override {
    return PwriteHost(fd_, data, offset);
  }
  Result<Stat> GetStat() override {
    struct stat host;
    if (fstat(fd_, &host) < 0) return LastError();
    return FromHostStat(host);
  }
  Result<Names> ReadDir() override {
    Result<Stat> stat = GetStat();
    if (!stat.ok()) return stat.error();
    if (!stat->IsDirectory()) return Errno::kNotDir;
    return ReadDirHost(fd_);
  }
  Errno Truncate(int64_t size) override {
    return CheckHost(Retry([&] { return ftruncate(fd_, size); }));
  }
  Errno Sync() override {
    return CheckHost(Retry([&] { return fsync(fd_); }));
  }
  Errno Chmod(uint32_t mode) override {
    return CheckHost(fchmod(fd_, mode & kModePermMask));
  }
  Errno Chown(uint32_t uid, uint32_t gid) override {
    return CheckHost(fchown(fd_, uid, gid));
  }
  Errno Utimes(Nanos atime, Nanos mtime) override {
    return CheckHost(futimens(fd_, HostTimes(atime, mtime).values));
  }

  Errno Close() override {
    const int fd = std::exchange(fd_, -1);
    if (ownership_ == Ownership::kBorrowed) return Errno::kOk;
    // Linux frees the descriptor even when it reports an interruption.
    if (close(fd) < 0 && errno != EINTR) return LastError();
    return Errno::kOk;
  }

  int PollFd() const override {
    if (waits_ == Waits::kUnknown) {
      struct stat host;
      const bool is_stream = fstat(fd_, &host) == 0 &&
                             (S_ISFIFO(host.st_mode) || S_ISCHR(host.st_mode) ||
                              S_ISSOCK(host.st_mode));
      waits_ = is_stream ? Waits::kYes : Waits::kNo;
    }
    return waits_ == Waits::kYes ? fd_ : -1;
  }

 private:
  enum class Waits : uint8_t { kUnknown, kYes, kNo };

  int fd_;
  const Ownership ownership_;
  // Whether reading may wait; asked for when first needed, for few files are
  // streams and opening one should cost nothing more.
  mutable Waits waits_ = Waits::kUnknown;
};

}  // namespace

std::unique_ptr<File> NewHostFile(int fd, Ownership ownership) {
  return std::make_unique<HostFile>(fd, ownership);
}

}  // namespace goshawk::fs
