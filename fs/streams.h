// Streams that are not descriptors of the host: for embedders and tests that
// give a program its input as a string, and take its output as one. The host's
// own streams are NewHostFile() in fs/host_file.h.

#ifndef GOSHAWK_FS_STREAMS_H_
#define GOSHAWK_FS_STREAMS_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fs/file_system.h"

namespace goshawk::fs {

// Reads `text` and then nothing more. Writing gives kBadF.
std::unique_ptr<File> NewInputStream(std::string text);

// Hands every write to `sink`, as one piece. Reading gives kBadF.
std::unique_ptr<File> NewOutputStream(
    std::function<void(std::string_view)> sink);

// Appends every write to `text`, which must outlive the stream.
std::unique_ptr<File> NewOutputStream(std::string* text);

// As /dev/null: reads nothing, swallows everything.
std::unique_ptr<File> NewNullStream();

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_STREAMS_H_
