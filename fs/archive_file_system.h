// Zip and tar archives as read-only file systems.

#ifndef GOSHAWK_FS_ARCHIVE_FILE_SYSTEM_H_
#define GOSHAWK_FS_ARCHIVE_FILE_SYSTEM_H_

#include <cstdint>
#include <memory>
#include <string>

#include "fs/file_system.h"
#include "fs/result.h"

namespace goshawk::fs {

// What reads archives; it is loaded for the first of them (shared_library.h).
inline constexpr char kArchiveLibrary[] = "libarchive.so.13";

struct ArchiveOptions {
  // Archives with more entries are refused: what is known of each stays in
  // memory.
  int max_entries = 1 << 20;

  // How much of the contents read last stays in memory.
  int64_t cache_bytes = 64 << 20;
};

// What is in the archive `path` of the host: zip, or tar in any of its
// dialects, as it is or compressed by gzip, bzip2, xz or zstd. The entries are
// read now, contents when they are asked for.
//   kNoEnt, kAcces, ...  `path` cannot be opened
//   kInval  neither zip nor tar
//   kIo     damaged where its entries are listed
//   kFBig   more than max_entries
//   kNoSys  kArchiveLibrary cannot be loaded
//
//   - Everything may be read, whatever its mode and owner; changing something
//     gives kRoFs.
//   - Nothing leads out: names are cleaned by their letters, ".." at the root
//     being the root, and links are resolved within the archive.
//   - Of several entries of one name the last counts; directories hold what is
//     in any of them. Directories that have no entry are made up.
//   - Left out is what cannot be shown: devices, names that are too long, what
//     lies below something that is no directory, hard links to nothing.
//   - A file is as long as its entry says. Where the archive holds less or is
//     damaged, reading gives kIo.
//
// The archive must not change while it is in use; contents would be others
// then, or kIo. Files must not outlive the file system. Threads: one at a time.
Result<std::unique_ptr<FileSystem>> NewArchiveFileSystem(
    const std::string& path, const ArchiveOptions& options = {});

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_ARCHIVE_FILE_SYSTEM_H_
