// How the functions of `fs` answer: reading and writing buffers, streams that
// make a program wait, and the order of callbacks. Its table.

#include <poll.h>

#include <cmath>
#include <optional>
#include <span>

#include "gojs/js/bind.h"
#include "gojs/node/fs_bind.h"
#include "gojs/node/fs_error.h"
#include "gojs/node/fs_object.h"

namespace goshawk::gojs {

using fs::Errno;

namespace {

// The part of `buffer` that a call names; false if it lies outside.
bool Part(TypedArray* buffer, double offset, double length,
          std::span<uint8_t>* part) {
  if (buffer == nullptr) return false;
  const std::span<uint8_t> bytes = buffer->bytes();
  const double size = static_cast<double>(bytes.size());
  if (!(offset >= 0 && offset <= size && length >= 0 &&
        length <= size - offset)) {
    return false;
  }
  *part =
      bytes.subspan(static_cast<size_t>(offset), static_cast<size_t>(length));
  return true;
}

// Node takes negative positions for none.
std::optional<int64_t> Position(std::optional<double> position) {
  if (!position || std::isnan(*position) || *position < 0) return std::nullopt;
  return ToInt64Saturated(*position);
}

bool Readable(int fd, int timeout) {
  pollfd p = {fd, POLLIN, 0};
  return poll(&p, 1, timeout) != 0;
}

}  // namespace

struct FsObject::ReadCall {
  std::shared_ptr<fs::File> file;
  Ref<TypedArray> buffer;  // keeps `part` alive
  std::span<uint8_t> part;
  std::optional<int64_t> position;
  Value callback;
};

fs::Result<size_t> FsObject::Write(int fd, TypedArray* buffer, double offset,
                                   double length,
                                   std::optional<double> position) {
  const std::shared_ptr<fs::File> file = env_.fds.Share(fd);
  if (file == nullptr) return Errno::kBadF;
  std::span<uint8_t> part;
  if (!Part(buffer, offset, length, &part)) return Errno::kInval;
  const auto data = std::as_bytes(part);
  const std::optional<int64_t> at = Position(position);
  return at ? file->Pwrite(data, *at) : file->Write(data);
}

Completion FsObject::WriteSync(const Invocation& call) {
  const int fd = call.Arg(0).IsNumber() ? ToInt32(call.Arg(0).number()) : -1;
  std::string_view data;
  if (const auto* buffer = As<TypedArray>(call.Arg(1))) {
    data = {reinterpret_cast<const char*>(buffer->bytes().data()),
            buffer->bytes().size()};
  } else if (call.Arg(1).IsString()) {
    data = call.Arg(1).string()->view();
  }
  const Errno error = env_.WriteStream(fd, data);
  if (error != Errno::kOk) {
    return Completion::Throw(Value(NewSystemError(call.realm, error, "write")));
  }
  return Value(data.size());
}

FsOutcome FsObject::ReadNow(const ReadCall& read, fs::File& file) {
  const auto part = std::as_writable_bytes(read.part);
  const fs::Result<size_t> n =
      read.position ? file.Pread(part, *read.position) : file.Read(part);
  if (!n.ok()) return FsOutcome(n.error());
  return FsOutcome(Value(*n));
}

Completion FsObject::Read(const Invocation& call) {
  const auto argument = [&](size_t i) { return ToNumber(call.Arg(i)); };
  auto read = std::make_shared<ReadCall>();
  read->file = env_.fds.Share(
      call.Arg(0).IsNumber() ? ToInt32(call.Arg(0).number()) : -1);
  read->buffer = As<TypedArray>(call.Arg(1));
  if (!call.args.empty()) read->callback = call.args.back();
  if (!call.Arg(4).IsNullish()) read->position = Position(argument(4));
  if (read->file == nullptr) {
    return Complete(read->callback, FsOutcome(Errno::kBadF));
  }
  if (!Part(read->buffer.get(), argument(2), argument(3), &read->part)) {
    return Complete(read->callback, FsOutcome(Errno::kInval));
  }
  const int fd = read->file->PollFd();
  if (fd >= 0 && !Readable(fd, 0)) {
    if (env_.MayWait()) {
      ReadLater(read);
      return Completion();
    }
    // Somebody waits for Go to return, so the event loop cannot run.
    while (!Readable(fd, -1)) continue;
  }
  return Complete(read->callback, ReadNow(*read, *read->file));
}

void FsObject::ReadLater(const std::shared_ptr<ReadCall>& read) {
  const int fd = read->file->PollFd();
  const Ref<FsObject> self = this;
  env_.loop().Watch(fd, POLLIN, [self, read] {
    // Another reader may have been first.
    if (!Readable(read->file->PollFd(), 0)) {
      self->ReadLater(read);
      return;
    }
    FsOutcome outcome = self->ReadNow(*read, *read->file);
    if (outcome.error == Errno::kAgain) {
      self->ReadLater(read);
      return;
    }
    self->env_.Settle(self->Complete(read->callback, std::move(outcome)));
  });
}

Completion FsObject::Run(const Pending& pending) {
  Object* callback = pending.callback.object();
  Completion done;
  if (pending.outcome.error != Errno::kOk) {
    const Value args[] = {
        Value(NewSystemError(realm(), pending.outcome.error))};
    done = callback->Call(Value(), args);
  } else if (pending.outcome.value.IsUndefined()) {
    const Value args[] = {Value(Null{})};
    done = callback->Call(Value(), args);
  } else {
    const Value args[] = {Value(Null{}), pending.outcome.value};
    done = callback->Call(Value(), args);
  }
  if (done.unwinding()) return done;
  // Nobody but the event loop would see what the callback threw.
  env_.Settle(done);
  return Completion();
}

bool FsObject::ShouldYield() {
  // A program that never stops using files must not keep timers and input
  // waiting for ever.
  constexpr int kCheckEvery = 64;
  constexpr int64_t kTurn = 10'000'000;
  if (env_.files_answer_later || env_.first_idle) return env_.MayWait();
  if (++since_check_ < kCheckEvery) return false;
  since_check_ = 0;
  if (!env_.MayWait() || !env_.loop().HasWork()) return false;
  const int64_t now = env_.clock().Monotonic();
  if (now - last_turn_ < kTurn) return false;
  last_turn_ = now;
  return true;
}

Completion FsObject::Complete(Value callback, FsOutcome outcome) {
  if (!callback.IsCallable()) return Completion();
  Pending pending{std::move(callback), std::move(outcome)};
  if (env_.completions >= kMaxDepth) {
    queue_.push_back(std::move(pending));
    return Completion();
  }
  if (ShouldYield()) {
    const Ref<FsObject> self = this;
    env_.loop().Post([self, pending = std::move(pending)] {
      ++self->env_.completions;
      self->env_.Settle(self->Run(pending));
      --self->env_.completions;
    });
    return Completion();
  }
  ++env_.completions;
  Completion done = Run(pending);
  while (done.ok() && env_.completions == kMaxDepth && !queue_.empty()) {
    const Pending next = std::move(queue_.front());
    queue_.pop_front();
    done = Run(next);
  }
  --env_.completions;
  return done;
}

namespace {

constexpr Member kConstants[] = {
    Number("O_RDONLY", fs::kOpenRead),
    Number("O_WRONLY", fs::kOpenWrite),
    Number("O_RDWR", fs::kOpenReadWrite),
    Number("O_CREAT", fs::kOpenCreate),
    Number("O_EXCL", fs::kOpenExclusive),
    Number("O_TRUNC", fs::kOpenTruncate),
    Number("O_APPEND", fs::kOpenAppend),
    Number("O_DIRECTORY", fs::kOpenDirectory),
    Number("O_NOFOLLOW", fs::kOpenNoFollow),
};
constexpr Members kConstantMembers = kConstants;

constexpr Member kMembers[] = {
    Namespace<&kConstantMembers>("constants"),
    FsMethod<&FsObject::Open>("open"),
    FsMethod<&FsObject::Close>("close"),
    FsMethod<&FsObject::Mkdir>("mkdir"),
    FsMethod<&FsObject::ReadDir>("readdir"),
    FsMethod<&FsObject::GetStat>("stat"),
    FsMethod<&FsObject::GetLstat>("lstat"),
    FsMethod<&FsObject::GetFstat>("fstat"),
    FsMethod<&FsObject::Unlink>("unlink"),
    FsMethod<&FsObject::Rmdir>("rmdir"),
    FsMethod<&FsObject::Chmod>("chmod"),
    FsMethod<&FsObject::Fchmod>("fchmod"),
    FsMethod<&FsObject::Chown>("chown"),
    FsMethod<&FsObject::Fchown>("fchown"),
    FsMethod<&FsObject::Lchown>("lchown"),
    FsMethod<&FsObject::Utimes>("utimes"),
    FsMethod<&FsObject::Rename>("rename"),
    FsMethod<&FsObject::Truncate>("truncate"),
    FsMethod<&FsObject::Ftruncate>("ftruncate"),
    FsMethod<&FsObject::Readlink>("readlink"),
    FsMethod<&FsObject::Link>("link"),
    FsMethod<&FsObject::Symlink>("symlink"),
    FsMethod<&FsObject::Fsync>("fsync"),
    FsMethod<&FsObject::Write>("write"),
    Method<&FsObject::Read>("read", 6),
    Method<&FsObject::WriteSync>("writeSync", 2),
};

}  // namespace

const ClassInfo FsObject::kClass = {
    .name = "fs", .parent = &Object::kClass, .members = kMembers};

}  // namespace goshawk::gojs
