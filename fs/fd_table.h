// The descriptors of one program: small numbers that stand for open files.
//
// Numbers 0, 1 and 2 belong to the standard streams. The embedder puts files
// of its choice there; Add() never gives them out, not even once they are
// closed, for Go takes them for open from the start. Every other number is the
// lowest free one, as POSIX wants it.

#ifndef GOSHAWK_FS_FD_TABLE_H_
#define GOSHAWK_FS_FD_TABLE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include "fs/errno.h"
#include "fs/file_system.h"
#include "fs/result.h"

namespace goshawk::fs {

class FdTable {
 public:
  static constexpr int kFirst = 3;
  static constexpr int kDefaultLimit = 65536;

  // Holds numbers below `limit`. REQUIRES: limit >= kFirst.
  explicit FdTable(int limit = kDefaultLimit)
      : limit_(static_cast<size_t>(limit)), files_(kFirst) {}

  // Gives `file` the lowest free number. kMFile if all are taken.
  Result<int> Add(std::shared_ptr<File> file) {
    size_t fd = files_.size();
    if (!free_.empty()) {
      fd = static_cast<size_t>(free_.top());
      free_.pop();
    } else {
      if (fd >= limit_) return Errno::kMFile;
      files_.emplace_back();
    }
    files_[fd] = std::move(file);
    return static_cast<int>(fd);
  }

  // Replaces one of the standard streams, null closing it.
  // REQUIRES: 0 <= fd < kFirst.
  void SetStream(int fd, std::shared_ptr<File> file) {
    files_[static_cast<size_t>(fd)] = std::move(file);
  }

  // The file at `fd`, or null. Any number may be asked for. Who keeps the file
  // over a call into the program shares it: see Share().
  File* Get(int fd) const { return IsTaken(fd) ? At(fd).get() : nullptr; }
  std::shared_ptr<File> Share(int fd) const {
    return IsTaken(fd) ? At(fd) : nullptr;
  }

  // Frees `fd` and gives its file back, null if there was none. The file
  // closes when the last who shares it lets go.
  std::shared_ptr<File> Remove(int fd) {
    if (!IsTaken(fd)) return nullptr;
    if (fd >= kFirst) free_.push(fd);
    return std::exchange(files_[static_cast<size_t>(fd)], nullptr);
  }

 private:
  const std::shared_ptr<File>& At(int fd) const {
    return files_[static_cast<size_t>(fd)];
  }
  bool IsTaken(int fd) const {
    return fd >= 0 && static_cast<size_t>(fd) < files_.size() &&
           At(fd) != nullptr;
  }

  size_t limit_;
  std::vector<std::shared_ptr<File>> files_;  // null where free
  // The free numbers from kFirst up, the lowest on top.
  std::priority_queue<int, std::vector<int>, std::greater<int>> free_;
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_FD_TABLE_H_
