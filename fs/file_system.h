// The seam between a program and its files: FileSystem and File. What a Go
// program does through package os ends here, in whatever the embedder offers.
//
// Start here to bring your own file system: derive from both classes and
// override what you can do. Every method has a default that answers kNoSys,
// and each wrapper in this package passes every method on, so that nothing
// gets lost on the way.
//
// Paths are bytes. They arrive
//   - absolute ("/" is the root of this file system),
//   - clean: no empty component, no "." or "..", no slash at the end (but for
//     the root itself), no NUL; see fs/path.h, which makes them so.
// A component is any other sequence of bytes: no encoding is assumed, nothing
// is folded. Symbolic links are the file system's own business: a target may
// hold anything, an absolute one starts again at the root of the file system,
// and ".." at the root is the root. A file system made of others (mounts, a
// sub-tree, an overlay) resolves links in its own tree, not in theirs.
//
// Errors are those that Linux gives; the common ones are listed once here and
// the others at each method:
//   kNoEnt        a component of the path does not exist
//   kNotDir       a component before the last is no directory
//   kLoop         too many symbolic links on the way
//   kNameTooLong  a component of more than 255 bytes, or a path of more than
//                 4095
//   kAcces        a directory on the way may not be searched
//   kNoSys        the file system cannot do this at all
//   kIo           the medium failed; also every error that has no row in
//                 errno.def
// A method that changes something answers kRoFs if the file system is
// read-only, and may answer kNoSpc, kDQuot or kNoMem. Files that exist and
// may not be touched give kAcces or kPerm.
//
// Threads: one thread at a time per FileSystem, including the Files opened
// from it, unless the factory function says more.

#ifndef GOSHAWK_FS_FILE_SYSTEM_H_
#define GOSHAWK_FS_FILE_SYSTEM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fs/errno.h"
#include "fs/result.h"
#include "fs/stat.h"

namespace goshawk::fs {

// How to open a file: one of the first three, and any of the others. The
// values are those of Linux on x86-64, which are what Node gives a program;
// they need not be those of the machine. Other bits are ignored.
inline constexpr int kOpenRead = 0;
inline constexpr int kOpenWrite = 01;
inline constexpr int kOpenReadWrite = 02;
inline constexpr int kOpenAccessMask = 03;
inline constexpr int kOpenCreate = 0100;     // make a regular file if nothing
                                             // is there
inline constexpr int kOpenExclusive = 0200;  // with kOpenCreate: fail if
                                             // something is
inline constexpr int kOpenTruncate = 01000;  // make it empty; needs the right
                                             // to write
inline constexpr int kOpenAppend = 02000;    // every write goes to the end
inline constexpr int kOpenDirectory = 0200000;  // fail if it is no directory
inline constexpr int kOpenNoFollow = 0400000;   // fail if the last component is
                                                // a link

// For Chown: leave the owner or the group as it is.
inline constexpr uint32_t kKeepId = 0xffffffff;

// The contents of a directory: names without "." and "..", sorted as bytes,
// which is what Node gives.
using Names = std::vector<std::string>;

// An open file, directory or stream. Destroying it closes it.
class File {
 public:
  File() = default;
  virtual ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // Reads into `buffer` at the file's own offset, which moves on. Returns how
  // many bytes, perhaps fewer than asked for; 0 only at the end (or for an
  // empty buffer). A stream with nothing to read yet waits: see PollFd().
  //   kBadF   not open for reading
  //   kIsDir  a directory
  virtual Result<size_t> Read(std::span<std::byte> buffer);

  // Writes `data` at the file's own offset, which moves on; with kOpenAppend,
  // at the end. Writes everything or fails; only when some bytes are written
  // already does it return how many, and the next call tells the error.
  //   kBadF  not open for writing
  //   kFBig  the file would grow too large
  //   kPipe  nobody reads from this stream any more
  virtual Result<size_t> Write(std::span<const std::byte> data);

  // As Read() and Write(), at `offset`; the file's own offset stays. With
  // kOpenAppend, Pwrite() too appends, as on Linux. Writing past the end
  // leaves a hole of zeros.
  //   kInval  a negative offset
  //   kSPipe  a stream
  virtual Result<size_t> Pread(std::span<std::byte> buffer, int64_t offset);
  virtual Result<size_t> Pwrite(std::span<const std::byte> data,
                                int64_t offset);

  // Never fails for an open file that has no medium to fail.
  virtual Result<Stat> GetStat();

  // The names in this directory, as it is now.
  //   kNotDir  no directory
  virtual Result<Names> ReadDir();

  // Makes the file `size` bytes long; what is new reads as zeros.
  //   kInval  a negative size, not open for writing, or no regular file
  //   kFBig   too large
  virtual Errno Truncate(int64_t size);

  // Returns when all is on the medium.
  //   kInval  this kind of file cannot do it
  virtual Errno Sync();

  // As the methods of FileSystem with the same names.
  virtual Errno Chmod(uint32_t mode);
  virtual Errno Chown(uint32_t uid, uint32_t gid);
  virtual Errno Utimes(Nanos atime, Nanos mtime);

  // Closes the file, and tells what the destructor could not. Call it once at
  // most and nothing after it. Unlike the others it defaults to kOk.
  //   kIo, kNoSpc, kDQuot  earlier writes were lost
  virtual Errno Close();

  // For an event loop. A stream (a pipe, a terminal, a socket) may make Read()
  // wait. It says so by a host descriptor that is readable, in the sense of
  // poll(2), when Read() will return at once; who must not wait polls it
  // first. Everything else answers -1, the default: Read() never waits.
  // The descriptor belongs to the File.
  virtual int PollFd() const;
};

class FileSystem {
 public:
  FileSystem() = default;
  virtual ~FileSystem();
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;

  // Opens what is at `path`, following a link there. `mode` holds the
  // permissions of a file made by kOpenCreate; as all modes here, it has the
  // program's umask taken away already. Reading a directory needs kOpenRead.
  // The File must not outlive the file system.
  //   kExist   kOpenCreate with kOpenExclusive, and something is there (even a
  //            link to nothing)
  //   kIsDir   a directory, to be written, truncated or created
  //   kNotDir  kOpenDirectory, and no directory
  //   kLoop    kOpenNoFollow, and a link
  //   kNxIo    a socket, or a device that is not there
  //   kMFile, kNFile  too many open files
  //   kBusy    a program being run, to be written
  virtual Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                             uint32_t mode);

  // What is at `path`; GetStat() follows a link there, GetLstat() does not.
  virtual Result<Stat> GetStat(std::string_view path);
  virtual Result<Stat> GetLstat(std::string_view path);

  // The names in the directory at `path`.
  //   kNotDir  no directory
  virtual Result<Names> ReadDir(std::string_view path);

  // The target of the symbolic link at `path`, as it was given.
  //   kInval  no link
  virtual Result<std::string> Readlink(std::string_view path);

  // Makes an empty directory.
  //   kExist  something is there
  //   kMLink  the parent has too many
  virtual Errno Mkdir(std::string_view path, uint32_t mode);

  // Removes an empty directory.
  //   kNotDir    something else is there (Go's os.Remove relies on it)
  //   kNotEmpty  it holds something
  //   kBusy      the root, or where a file system is mounted
  virtual Errno Rmdir(std::string_view path);

  // Removes anything but a directory; a link itself, not what it leads to.
  // Open files live on until closed.
  //   kIsDir  a directory
  virtual Errno Unlink(std::string_view path);

  // Moves `from` to `to`, replacing what is there in one step. Two names of
  // one file: nothing happens.
  //   kXDev      not on one medium
  //   kIsDir     `to` is a directory and `from` is none
  //   kNotDir    `from` is a directory and `to` is something else
  //   kNotEmpty  `to` is a directory that holds something
  //   kInval     `to` lies inside of `from`
  //   kBusy      the root, or where a file system is mounted
  virtual Errno Rename(std::string_view from, std::string_view to);

  // Gives the file at `from` a second name. A link at `from` is not followed.
  //   kXDev   not on one medium
  //   kPerm   a directory
  //   kExist  something is at `to`
  //   kMLink  it has too many names
  virtual Errno Link(std::string_view from, std::string_view to);

  // Makes a symbolic link at `path`. `target` is kept as it is, clean or not.
  //   kExist  something is there
  //   kNoEnt  the target is empty
  //   kInval  the target holds a NUL
  virtual Errno Symlink(std::string_view target, std::string_view path);

  // Sets the permissions, following a link; bits beyond kModePermMask are
  // ignored.
  //   kPerm  somebody else's file
  virtual Errno Chmod(std::string_view path, uint32_t mode);

  // Sets owner and group, kKeepId keeping one; Chown() follows a link,
  // Lchown() does not.
  //   kPerm  somebody else's file, or not the one to give it away
  virtual Errno Chown(std::string_view path, uint32_t uid, uint32_t gid);
  virtual Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid);

  // Sets the times of access and modification, each of which may be kTimeNow
  // or kTimeOmit, following a link.
  //   kPerm  somebody else's file
  virtual Errno Utimes(std::string_view path, Nanos atime, Nanos mtime);

  // Makes the regular file at `path` `size` bytes long, following a link.
  //   kInval  a negative size, or no regular file
  //   kIsDir  a directory
  //   kFBig   too large
  virtual Errno Truncate(std::string_view path, int64_t size);

  // For whoever resolves links itself (fs/resolve.h): how many bytes of `path`
  // name the first symbolic link that the way along it meets, the last
  // component included. 0 if there is none, or none before the way ends in an
  // error. The default asks GetLstat() for each component; override it where
  // one question is enough.
  virtual size_t FirstLink(std::string_view path);
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_FILE_SYSTEM_H_
