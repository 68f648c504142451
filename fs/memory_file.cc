#include "fs/memory_file.h"

#include <utility>

namespace goshawk::fs {
namespace {

class MemoryFile : public File {
 public:
  MemoryFile(std::shared_ptr<MemoryState> state,
             std::shared_ptr<MemoryNode> node, int flags)
      : state_(std::move(state)), node_(std::move(node)), flags_(flags) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    Result<size_t> count = Pread(buffer, offset_);
    if (count.ok()) offset_ += static_cast<int64_t>(*count);
    return count;
  }

  Result<size_t> Write(std::span<const std::byte> data) override {
    Result<size_t> count = Pwrite(data, offset_);
    if (!count.ok()) return count;
    offset_ =
        Appends() ? node_->data.size() : offset_ + static_cast<int64_t>(*count);
    return count;
  }

  Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset) override {
    if ((flags_ & kOpenAccessMask) == kOpenWrite) return Errno::kBadF;
    if (node_->IsDirectory()) return Errno::kIsDir;
    if (offset < 0) return Errno::kInval;
    return node_->data.Read(offset, buffer);
  }

  Result<size_t> Pwrite(std::span<const std::byte> data,
                        int64_t offset) override {
    if (!Writes()) return Errno::kBadF;
    if (offset < 0) return Errno::kInval;
    return state_->Write(*node_, Appends() ? node_->data.size() : offset, data);
  }

  Result<Stat> GetStat() override { return state_->StatOf(*node_); }

  Result<Names> ReadDir() override {
    if (!node_->IsDirectory()) return Errno::kNotDir;
    return state_->NamesIn(*node_);
  }

  Errno Truncate(int64_t size) override {
    if (!Writes()) return Errno::kInval;
    return state_->Truncate(*node_, size);
  }

  Errno Sync() override { return Errno::kOk; }
  Errno Chmod(uint32_t mode) override { return state_->Chmod(*node_, mode); }
  Errno Chown(uint32_t uid, uint32_t gid) override {
    return state_->Chown(*node_, uid, gid);
  }
  Errno Utimes(Nanos atime, Nanos mtime) override {
    return state_->Utimes(*node_, atime, mtime);
  }

 private:
  bool Writes() const { return (flags_ & kOpenAccessMask) != kOpenRead; }
  bool Appends() const { return (flags_ & kOpenAppend) != 0; }

  // In this order: the node may be the last of the state's.
  const std::shared_ptr<MemoryState> state_;
  const std::shared_ptr<MemoryNode> node_;
  const int flags_;
  int64_t offset_ = 0;
};

}  // namespace

std::unique_ptr<File> NewMemoryFile(std::shared_ptr<MemoryState> state,
                                    std::shared_ptr<MemoryNode> node,
                                    int flags) {
  return std::make_unique<MemoryFile>(std::move(state), std::move(node), flags);
}

}  // namespace goshawk::fs
