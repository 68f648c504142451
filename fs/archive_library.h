// libarchive, loaded when the first archive is opened, so that programs which
// open none pay nothing for it and run where it is not installed. Private to
// the archive backend.

#ifndef GOSHAWK_FS_ARCHIVE_LIBRARY_H_
#define GOSHAWK_FS_ARCHIVE_LIBRARY_H_

#include <archive.h>
#include <archive_entry.h>

namespace goshawk::fs {

// Its functions, each called as in archive.h but without "archive_".
struct ArchiveLibrary {
#define ARCHIVE_FUNCTION(name) decltype(&archive_##name) name = nullptr;
#include "fs/archive_library.def"
#undef ARCHIVE_FUNCTION
};

// Null if there is none on this machine. Any thread may call it.
const ArchiveLibrary* LoadArchiveLibrary();

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_ARCHIVE_LIBRARY_H_
