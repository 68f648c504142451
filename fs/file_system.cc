#include "fs/file_system.h"

#include <algorithm>

namespace goshawk::fs {

File::~File() = default;

Result<size_t> File::Read(std::span<std::byte>) { return Errno::kNoSys; }
Result<size_t> File::Write(std::span<const std::byte>) { return Errno::kNoSys; }
Result<size_t> File::Pread(std::span<std::byte>, int64_t) {
  return Errno::kNoSys;
}
Result<size_t> File::Pwrite(std::span<const std::byte>, int64_t) {
  return Errno::kNoSys;
}
Result<Stat> File::GetStat() { return Errno::kNoSys; }
Result<Names> File::ReadDir() { return Errno::kNoSys; }
Errno File::Truncate(int64_t) { return Errno::kNoSys; }
Errno File::Sync() { return Errno::kNoSys; }
Errno File::Chmod(uint32_t) { return Errno::kNoSys; }
Errno File::Chown(uint32_t, uint32_t) { return Errno::kNoSys; }
Errno File::Utimes(Nanos, Nanos) { return Errno::kNoSys; }
Errno File::Close() { return Errno::kOk; }
int File::PollFd() const { return -1; }

FileSystem::~FileSystem() = default;

Result<std::unique_ptr<File>> FileSystem::Open(std::string_view, int,
                                               uint32_t) {
  return Errno::kNoSys;
}
Result<Stat> FileSystem::GetStat(std::string_view) { return Errno::kNoSys; }
Result<Stat> FileSystem::GetLstat(std::string_view) { return Errno::kNoSys; }
Result<Names> FileSystem::ReadDir(std::string_view) { return Errno::kNoSys; }
Result<std::string> FileSystem::Readlink(std::string_view) {
  return Errno::kNoSys;
}
Errno FileSystem::Mkdir(std::string_view, uint32_t) { return Errno::kNoSys; }
Errno FileSystem::Rmdir(std::string_view) { return Errno::kNoSys; }
Errno FileSystem::Unlink(std::string_view) { return Errno::kNoSys; }
Errno FileSystem::Rename(std::string_view, std::string_view) {
  return Errno::kNoSys;
}
Errno FileSystem::Link(std::string_view, std::string_view) {
  return Errno::kNoSys;
}
Errno FileSystem::Symlink(std::string_view, std::string_view) {
  return Errno::kNoSys;
}
Errno FileSystem::Chmod(std::string_view, uint32_t) { return Errno::kNoSys; }
Errno FileSystem::Chown(std::string_view, uint32_t, uint32_t) {
  return Errno::kNoSys;
}
Errno FileSystem::Lchown(std::string_view, uint32_t, uint32_t) {
  return Errno::kNoSys;
}
Errno FileSystem::Utimes(std::string_view, Nanos, Nanos) {
  return Errno::kNoSys;
}
Errno FileSystem::Truncate(std::string_view, int64_t) { return Errno::kNoSys; }

size_t FileSystem::FirstLink(std::string_view path) {
  for (size_t end = 1; end < path.size();) {
    end = std::min(path.find('/', end), path.size());
    Result<Stat> stat = GetLstat(path.substr(0, end));
    if (!stat.ok()) return 0;
    if (stat->IsSymlink()) return end;
    ++end;
  }
  return 0;
}

}  // namespace goshawk::fs
