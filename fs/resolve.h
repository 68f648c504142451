// Paths as a program writes them, made clean the way the kernel reads them:
// where ".." follows a symbolic link, it leads to the parent of what the link
// points to. File systems see clean paths only, so that this is known in one
// place. Looking at links costs calls; paths without ".." after a name and
// without a slash at the end need none.

#ifndef GOSHAWK_FS_RESOLVE_H_
#define GOSHAWK_FS_RESOLVE_H_

#include <string>
#include <string_view>

#include "fs/file_system.h"
#include "fs/result.h"

namespace goshawk::fs {

// What a slash at the end of a path asks for.
enum class TrailingSlash {
  kFollow,   // it is a directory, or a link to one that is followed: for what
             // looks at a file or changes its attributes
  kEntry,    // it is a directory, and no link: rmdir, unlink, rename, link
  kAllowed,  // nothing: mkdir
};

// The clean form of `path`, starting at the clean `cwd` if it is relative.
// The last component may be missing or a link.
//   kNoEnt        empty, or ".." follows what does not exist
//   kNotDir       ".." or a slash at the end follows what is no directory
//   kInval        holds a NUL
//   kNameTooLong  too long
//   kLoop         too many links
Result<std::string> ResolvePath(FileSystem& fs, std::string_view cwd,
                                std::string_view path,
                                TrailingSlash slash = TrailingSlash::kFollow);

// The clean `path` with links on the way replaced by what they lead to; the
// last component is, if it is a link, only with `follow_last`. What does not
// exist stays as it is, so that using the result gives the error. Links are
// read in the tree of `fs`: an absolute target starts at its root.
//   kLoop  more than 40 links
Result<std::string> ResolveLinks(FileSystem& fs, std::string_view path,
                                 bool follow_last);

// Where the directory at the clean `path` really is: the new current directory
// after chdir(path).
//   kNoEnt, kNotDir  there is no directory
Result<std::string> ResolveDirectory(FileSystem& fs, std::string_view path);

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_RESOLVE_H_
