// The contents of an archive's files, read in any order from a medium that has
// them in one. What was read last is kept in memory, and a few readers stay
// where they are, so that whoever reads on finds them there. Private to the
// archive backend.

#ifndef GOSHAWK_FS_ARCHIVE_CONTENTS_H_
#define GOSHAWK_FS_ARCHIVE_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "fs/archive_reader.h"
#include "fs/host_io.h"
#include "fs/result.h"

namespace goshawk::fs {

class ArchiveContents {
 public:
  // Of the archive in `file`, whose entries have `sizes`. It keeps up to
  // `cache_bytes` in memory.
  ArchiveContents(UniqueFd file, std::vector<int64_t> sizes,
                  int64_t cache_bytes)
      : file_(std::move(file)),
        sizes_(std::move(sizes)),
        cache_bytes_(cache_bytes) {}
  ArchiveContents(const ArchiveContents&) = delete;
  ArchiveContents& operator=(const ArchiveContents&) = delete;

  int64_t SizeOf(int entry) const { return sizes_[static_cast<size_t>(entry)]; }

  // As File::Pread(). REQUIRES: offset >= 0.
  //   kIo  the archive is damaged there, or ends too early
  Result<size_t> Read(int entry, int64_t offset, std::span<std::byte> buffer);

 private:
  // Contents come and go in pieces of this size; the last of an entry is
  // shorter.
  static constexpr int64_t kPieceSize = 256 << 10;
  static constexpr size_t kMaxReaders = 4;

  using Key = std::pair<int, int64_t>;  // entry, number of the piece
  struct Piece {
    Key key;
    std::vector<std::byte> bytes;
  };
  using Pieces = std::list<Piece>;  // the one used last comes first

  // The piece, valid until the next call.
  Result<const std::vector<std::byte>*> Find(Key key);
  Errno Load(Key key);
  // Reads on to the piece, and keeps what it comes by.
  Errno ReadTo(ArchiveReader& reader, Key key);
  Errno ReadPiece(ArchiveReader& reader);
  void Keep(Key key, std::vector<std::byte> bytes);

  const UniqueFd file_;
  const std::vector<int64_t> sizes_;
  const int64_t cache_bytes_;
  int64_t used_bytes_ = 0;
  Pieces pieces_;
  std::map<Key, Pieces::iterator> index_;
  std::list<std::unique_ptr<ArchiveReader>> readers_;  // last used first
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_ARCHIVE_CONTENTS_H_
