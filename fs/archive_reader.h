// One pass over an archive, from its first entry to its last. Private to the
// archive backend.

#ifndef GOSHAWK_FS_ARCHIVE_READER_H_
#define GOSHAWK_FS_ARCHIVE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fs/archive_library.h"
#include "fs/result.h"
#include "fs/stat.h"

namespace goshawk::fs {

// What an archive says of an entry. Nothing of it can be trusted.
struct ArchiveEntry {
  std::string path;       // as it is written
  std::string symlink;    // the target of a symbolic link
  std::string hard_link;  // another entry's path, if that is the same file
  uint32_t mode = 0;
  int64_t uid = 0;
  int64_t gid = 0;
  int64_t size = 0;
  Nanos mtime = 0;
};

class ArchiveReader {
 public:
  // Reads the archive in the host's file `fd`, which stays the caller's and
  // may have other readers: they do not use its offset.
  //   kNoSys  there is no libarchive
  static Result<std::unique_ptr<ArchiveReader>> Open(int fd);

  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader();

  // Goes to the next entry and says what it is; nothing after the last.
  //   kInval  at the first: neither zip nor tar
  //   kIo     damaged
  Result<std::optional<ArchiveEntry>> Next();

  // As File::Read(), of the entry's contents.
  //   kIo  damaged, or encrypted
  Result<size_t> Read(std::span<std::byte> buffer);

  // The number of the entry, from 0 on; -1 before the first Next(). And how
  // much of it was read.
  int entry() const { return entry_; }
  int64_t offset() const { return offset_; }

  // Whether the archive is compressed as a whole, so that what is skipped is
  // decompressed all the same.
  bool compressed() const;

 private:
  ArchiveReader(const ArchiveLibrary& library, int fd);

  // Reads the file for libarchive.
  static la_ssize_t OnRead(struct archive* archive, void* self,
                           const void** data);
  static la_int64_t OnSkip(struct archive* archive, void* self,
                           la_int64_t size);
  static la_int64_t OnSeek(struct archive* archive, void* self,
                           la_int64_t offset, int whence);

  const ArchiveLibrary& library_;
  const int fd_;
  struct archive* const archive_;
  int64_t file_offset_ = 0;
  int64_t file_size_ = 0;
  std::vector<std::byte> buffer_;
  int entry_ = -1;
  int64_t offset_ = 0;
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_ARCHIVE_READER_H_
