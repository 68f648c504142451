#include "fs/streams.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "fs/synthetic.h"

namespace goshawk::fs {
namespace {

// What streams have in common, and no end to read or write; as a pipe, it has
// no positions.
class Stream : public File {
 public:
  explicit Stream(uint32_t type) {
    stat_.dev = NewDevice();
    stat_.ino = 1;
    stat_.mode = type | 0600;
    stat_.nlink = 1;
    stat_.blksize = 4096;
  }

  Result<size_t> Read(std::span<std::byte>) override { return Errno::kBadF; }
  Result<size_t> Write(std::span<const std::byte>) override {
    return Errno::kBadF;
  }
  Result<size_t> Pread(std::span<std::byte>, int64_t) override {
    return Errno::kSPipe;
  }
  Result<size_t> Pwrite(std::span<const std::byte>, int64_t) override {
    return Errno::kSPipe;
  }
  Result<Stat> GetStat() override { return stat_; }
  Result<Names> ReadDir() override { return Errno::kNotDir; }
  Errno Truncate(int64_t) override { return Errno::kInval; }
  Errno Sync() override { return Errno::kInval; }

 private:
  Stat stat_;
};

class InputStream : public Stream {
 public:
  explicit InputStream(std::string text)
      : Stream(kModeFifo), text_(std::move(text)) {}

  Result<size_t> Read(std::span<std::byte> buffer) override {
    const size_t size = std::min(buffer.size(), text_.size() - at_);
    if (size > 0) std::memcpy(buffer.data(), text_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  const std::string text_;
  size_t at_ = 0;
};

class OutputStream : public Stream {
 public:
  explicit OutputStream(std::function<void(std::string_view)> sink)
      : Stream(kModeFifo), sink_(std::move(sink)) {}

  Result<size_t> Write(std::span<const std::byte> data) override {
    sink_({reinterpret_cast<const char*>(data.data()), data.size()});
    return data.size();
  }

 private:
  const std::function<void(std::string_view)> sink_;
};

class NullStream : public Stream {
 public:
  NullStream() : Stream(kModeCharDevice) {}

  Result<size_t> Read(std::span<std::byte>) override { return size_t{0}; }
  Result<size_t> Write(std::span<const std::byte> data) override {
    return data.size();
  }
  Result<size_t> Pread(std::span<std::byte>, int64_t) override {
    return size_t{0};
  }
  Result<size_t> Pwrite(std::span<const std::byte> data, int64_t) override {
    return data.size();
  }
};

}  // namespace

std::unique_ptr<File> NewInputStream(std::string text) {
  return std::make_unique<InputStream>(std::move(text));
}

std::unique_ptr<File> NewOutputStream(
    std::function<void(std::string_view)> sink) {
  return std::make_unique<OutputStream>(std::move(sink));
}

std::unique_ptr<File> NewOutputStream(std::string* text) {
  return NewOutputStream(
      [text](std::string_view piece) { text->append(piece); });
}

std::unique_ptr<File> NewNullStream() { return std::make_unique<NullStream>(); }

}  // namespace goshawk::fs
