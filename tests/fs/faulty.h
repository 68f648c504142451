// A file system that fails when it is told to.

#ifndef GOSHAWK_TESTS_FS_FAULTY_H_
#define GOSHAWK_TESTS_FS_FAULTY_H_

#include <memory>

#include "fs/file_system.h"

namespace goshawk::fs::testing {

// The methods of FileSystem, then those of File, as far as they can fail.
enum class Method {
  kOpen,
  kGetStat,
  kGetLstat,
  kReadDir,
  kReadlink,
  kMkdir,
  kRmdir,
  kUnlink,
  kRename,
  kLink,
  kSymlink,
  kChmod,
  kChown,
  kLchown,
  kUtimes,
  kTruncate,
  kFileRead,
  kFileWrite,
  kFilePread,
  kFilePwrite,
  kFileGetStat,
  kFileReadDir,
  kFileTruncate,
  kFileSync,
  kFileChmod,
  kFileChown,
  kFileUtimes,
  kFileClose,
};

// Which call fails: counts down with each, and fails the one that gets to 0.
struct Fault {
  int countdown = 0;  // 0: none
  Errno error = Errno::kOk;

  // The error of this call, kOk for most.
  Errno Next() {
    if (countdown == 0) return Errno::kOk;
    --countdown;
    return countdown == 0 ? error : Errno::kOk;
  }
};

// Passes all calls on to `base`, those on open files too, but fails some.
class FaultyFileSystem : public FileSystem {
 public:
  explicit FaultyFileSystem(std::shared_ptr<FileSystem> base);
  ~FaultyFileSystem() override;

  // From now on, the nth call of all (of all that change something; of this
  // method) fails with `error`, and no other. 0 for none.
  void FailCall(int n, Errno error) { call_ = {n, error}; }
  void FailChange(int n, Errno error) { change_ = {n, error}; }
  void FailMethod(Method method, int n, Errno error) {
    method_ = method;
    of_method_ = {n, error};
  }

  Result<std::unique_ptr<File>> Open(std::string_view path, int flags,
                                     uint32_t mode) override;
  Result<Stat> GetStat(std::string_view path) override;
  Result<Stat> GetLstat(std::string_view path) override;
  Result<Names> ReadDir(std::string_view path) override;
  Result<std::string> Readlink(std::string_view path) override;
  Errno Mkdir(std::string_view path, uint32_t mode) override;
  Errno Rmdir(std::string_view path) override;
  Errno Unlink(std::string_view path) override;
  Errno Rename(std::string_view from, std::string_view to) override;
  Errno Link(std::string_view from, std::string_view to) override;
  Errno Symlink(std::string_view target, std::string_view path) override;
  Errno Chmod(std::string_view path, uint32_t mode) override;
  Errno Chown(std::string_view path, uint32_t uid, uint32_t gid) override;
  Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid) override;
  Errno Utimes(std::string_view path, Nanos atime, Nanos mtime) override;
  Errno Truncate(std::string_view path, int64_t size) override;
  size_t FirstLink(std::string_view path) override;

  // The error of the next call, that changes something or not.
  Errno Next(Method method, bool changes);

 private:
  const std::shared_ptr<FileSystem> base_;
  Fault call_;
  Fault change_;
  Method method_ = Method::kOpen;
  Fault of_method_;
};

}  // namespace goshawk::fs::testing

#endif  // GOSHAWK_TESTS_FS_FAULTY_H_
