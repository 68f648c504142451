// The global `fs`: Node's functions as Go's src/syscall/fs_js.go calls them,
// over fs::FileSystem and fs::File.
//
// Calls are answered at once and their callbacks called before the function
// returns, which Go allows and which is fastest. A callback wakes Go up inside
// of the call, and what it does may call again: from kMaxDepth nested
// callbacks on, further ones wait in a queue that the innermost one works off,
// so that the native stack stays bounded however many goroutines use files.
// Environment::files_answer_later and first_idle are the exceptions.
// Reading a stream with nothing to read yet waits in the event loop.

#ifndef GOSHAWK_GOJS_NODE_FS_OBJECT_H_
#define GOSHAWK_GOJS_NODE_FS_OBJECT_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "fs/errno.h"
#include "fs/file_system.h"
#include "fs/resolve.h"
#include "fs/result.h"
#include "fs/stat.h"
#include "gojs/environment.h"
#include "gojs/js/object.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {

// What a call came to: an error or a value, undefined for calls without one.
struct FsOutcome {
  explicit FsOutcome(fs::Errno error) : error(error) {}
  explicit FsOutcome(Value value) : value(std::move(value)) {}

  static FsOutcome Of(Realm&, fs::Errno error) { return FsOutcome(error); }
  template <typename T>
  static FsOutcome Of(Realm& realm, fs::Result<T> result) {
    if (!result.ok()) return FsOutcome(result.error());
    return FsOutcome(ToValue(realm, *std::move(result)));
  }

  fs::Errno error = fs::Errno::kOk;
  Value value;

 private:
  static Value ToValue(Realm&, int fd) { return Value(fd); }
  static Value ToValue(Realm&, size_t n) { return Value(n); }
  static Value ToValue(Realm& realm, fs::Stat stat);
  static Value ToValue(Realm& realm, const fs::Names& names);
  static Value ToValue(Realm&, const std::string& text) {
    return Value(String::New(text));
  }
};

class FsObject final : public Object {
 public:
  static const ClassInfo kClass;
  static constexpr int kMaxDepth = 64;

  explicit FsObject(Realm& realm);

  // In the order of Go's fs_js.go. Paths may be relative.
  fs::Result<int> Open(std::string_view path, int flags, uint32_t mode);
  fs::Errno Close(int fd);
  fs::Errno Mkdir(std::string_view path, uint32_t mode);
  fs::Result<fs::Names> ReadDir(std::string_view path);
  fs::Result<fs::Stat> GetStat(std::string_view path);
  fs::Result<fs::Stat> GetLstat(std::string_view path);
  fs::Result<fs::Stat> GetFstat(int fd);
  fs::Errno Unlink(std::string_view path);
  fs::Errno Rmdir(std::string_view path);
  fs::Errno Chmod(std::string_view path, uint32_t mode);
  fs::Errno Fchmod(int fd, uint32_t mode);
  fs::Errno Chown(std::string_view path, uint32_t uid, uint32_t gid);
  fs::Errno Fchown(int fd, uint32_t uid, uint32_t gid);
  fs::Errno Lchown(std::string_view path, uint32_t uid, uint32_t gid);
  // In seconds.
  fs::Errno Utimes(std::string_view path, double atime, double mtime);
  fs::Errno Rename(std::string_view from, std::string_view to);
  fs::Errno Truncate(std::string_view path, int64_t size);
  fs::Errno Ftruncate(int fd, int64_t size);
  fs::Result<std::string> Readlink(std::string_view path);
  fs::Errno Link(std::string_view from, std::string_view to);
  fs::Errno Symlink(std::string_view target, std::string_view path);
  fs::Errno Fsync(int fd);
  fs::Result<size_t> Write(int fd, TypedArray* buffer, double offset,
                           double length, std::optional<double> position);

  // read(fd, buffer, offset, length, position, callback), which may answer
  // later.
  Completion Read(const Invocation& call);
  // writeSync(fd, buffer) writes everything, or throws an error.
  Completion WriteSync(const Invocation& call);

  // Calls `callback` with `outcome`, now or in a while; nothing if it is no
  // function.
  Completion Complete(Value callback, FsOutcome outcome);

 private:
  struct Pending {
    Value callback;
    FsOutcome outcome;
  };
  struct ReadCall;

  void Clear() override;
  Completion Run(const Pending& pending);
  // True if the event loop shall call back.
  bool ShouldYield();
  FsOutcome ReadNow(const ReadCall& read, fs::File& file);
  void ReadLater(const std::shared_ptr<ReadCall>& read);

  // Calls `method` of the file system with the clean form of `path`.
  template <typename F>
  auto WithPath(std::string_view path, fs::TrailingSlash slash, F method);
  template <typename F>
  auto WithFile(int fd, F method);

  Environment& env_;
  std::deque<Pending> queue_;
  int64_t last_turn_ = 0;  // when the event loop last had a turn
  int since_check_ = 0;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_FS_OBJECT_H_
