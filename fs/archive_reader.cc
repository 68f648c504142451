#include "fs/archive_reader.h"

#include <sys/stat.h>

#include <algorithm>

#include "fs/host_io.h"

namespace goshawk::fs {
namespace {

constexpr size_t kBufferSize = 64 << 10;

// An archive may name any second of 64 bits.
Nanos ToNanos(int64_t seconds, int64_t nanos) {
  constexpr int64_t kLimit = 9'000'000'000;
  return std::clamp(seconds, -kLimit, kLimit) * 1'000'000'000 +
         std::clamp<int64_t>(nanos, 0, 999'999'999);
}

// Names are UTF-8 where the archive says so, and bytes elsewhere, which do not
// convert.
std::string Text(const char* utf8, const char* bytes) {
  if (utf8 != nullptr) return utf8;
  return bytes != nullptr ? bytes : "";
}

}  // namespace

ArchiveReader::ArchiveReader(const ArchiveLibrary& library, int fd)
    : library_(library),
      fd_(fd),
      archive_(library.read_new()),
      buffer_(kBufferSize) {}

ArchiveReader::~ArchiveReader() {
  if (archive_ != nullptr) library_.read_free(archive_);
}

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::Open(int fd) {
  const ArchiveLibrary* library = LoadArchiveLibrary();
  if (library == nullptr) return Errno::kNoSys;
  std::unique_ptr<ArchiveReader> reader(new ArchiveReader(*library, fd));
  struct archive* archive = reader->archive_;
  if (archive == nullptr) return Errno::kNoMem;
  struct stat host;
  if (fstat(fd, &host) < 0) return LastError();
  reader->file_size_ = host.st_size;
  // A warning here means that it would start a program to decompress.
  for (const auto support :
       {library->read_support_filter_bzip2, library->read_support_filter_gzip,
        library->read_support_filter_xz, library->read_support_filter_zstd,
        library->read_support_format_tar,
        library->read_support_format_zip_seekable}) {
    if (support(archive) != ARCHIVE_OK) return Errno::kNoSys;
  }
  library->read_set_callback_data(archive, reader.get());
  library->read_set_read_callback(archive, &OnRead);
  library->read_set_skip_callback(archive, &OnSkip);
  library->read_set_seek_callback(archive, &OnSeek);
  if (library->read_open1(archive) < ARCHIVE_WARN) return Errno::kInval;
  return reader;
}

Result<std::optional<ArchiveEntry>> ArchiveReader::Next() {
  struct archive_entry* entry = nullptr;
  int code = ARCHIVE_RETRY;
  while (code == ARCHIVE_RETRY) {
    code = library_.read_next_header(archive_, &entry);
  }
  if (code == ARCHIVE_EOF) return std::optional<ArchiveEntry>();
  if (code < ARCHIVE_WARN) return entry_ < 0 ? Errno::kInval : Errno::kIo;
  ++entry_;
  offset_ = 0;
  const ArchiveLibrary& l = library_;
  ArchiveEntry found;
  found.path = Text(l.entry_pathname_utf8(entry), l.entry_pathname(entry));
  found.symlink = Text(l.entry_symlink_utf8(entry), l.entry_symlink(entry));
  found.hard_link = Text(l.entry_hardlink_utf8(entry), l.entry_hardlink(entry));
  found.mode = (l.entry_filetype(entry) & kModeTypeMask) |
               (l.entry_perm(entry) & kModePermMask);
  found.uid = l.entry_uid(entry);
  found.gid = l.entry_gid(entry);
  found.size = l.entry_size(entry);
  found.mtime = ToNanos(l.entry_mtime(entry), l.entry_mtime_nsec(entry));
  return std::optional<ArchiveEntry>(std::move(found));
}

Result<size_t> ArchiveReader::Read(std::span<std::byte> buffer) {
  la_ssize_t count = ARCHIVE_RETRY;
  while (count == ARCHIVE_RETRY) {
    count = library_.read_data(archive_, buffer.data(), buffer.size());
  }
  if (count < 0) return Errno::kIo;
  offset_ += count;
  return static_cast<size_t>(count);
}

bool ArchiveReader::compressed() const {
  // One of them stands for the file itself.
  return library_.filter_count(archive_) > 1;
}

la_ssize_t ArchiveReader::OnRead(struct archive*, void* self,
                                 const void** data) {
  auto* reader = static_cast<ArchiveReader*>(self);
  *data = reader->buffer_.data();
  const Result<size_t> count =
      PreadHost(reader->fd_, reader->buffer_, reader->file_offset_);
  if (!count.ok()) return ARCHIVE_FATAL;
  reader->file_offset_ += static_cast<int64_t>(*count);
  return static_cast<la_ssize_t>(*count);
}

la_int64_t ArchiveReader::OnSkip(struct archive*, void* self, la_int64_t size) {
  // No further than to the end, which what the archive says may lie behind.
  auto* reader = static_cast<ArchiveReader*>(self);
  const int64_t left = reader->file_size_ - reader->file_offset_;
  const int64_t skipped =
      std::clamp<int64_t>(size, 0, std::max<int64_t>(left, 0));
  reader->file_offset_ += skipped;
  return skipped;
}

la_int64_t ArchiveReader::OnSeek(struct archive*, void* self, la_int64_t offset,
                                 int whence) {
  auto* reader = static_cast<ArchiveReader*>(self);
  int64_t base = 0;
  if (whence == SEEK_CUR) base = reader->file_offset_;
  if (whence == SEEK_END) base = reader->file_size_;
  int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) {
    return ARCHIVE_FATAL;
  }
  reader->file_offset_ = std::min(target, reader->file_size_);
  return reader->file_offset_;
}

}  // namespace goshawk::fs
