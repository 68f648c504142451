#include "gojs/fetch/body_stream.h"

#include <utility>

#include "gojs/js/bind.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {
namespace {

// So much may wait to be read before the source is told to stop; in one piece
// with what ReadAll gathers.
constexpr size_t kHighWater = size_t{1} << 20;
constexpr size_t kMaxWhole = size_t{1} << 31;

class Reader final : public Object {
 public:
  static const ClassInfo kClass;
  Reader(Realm& realm, Ref<BodyStream> stream)
      : Object(realm, kClass), stream_(std::move(stream)) {}

  Value Read() {
    if (stream_) return stream_->Read();
    const Ref<Promise> promise = realm().New<Promise>();
    promise->Reject(Value(
        realm().NewError(ErrorKind::kTypeError, "This reader was released")));
    return Value(promise);
  }
  Value Cancel() { return stream_ ? stream_->Cancel() : Value(); }
  void ReleaseLock() {
    if (stream_) stream_->ReleaseLock();
    stream_ = {};
  }

 private:
  void Trace(Tracer& tracer) const override {
    tracer(stream_);
    Object::Trace(tracer);
  }
  void Clear() override {
    stream_ = {};
    Object::Clear();
  }
  Ref<BodyStream> stream_;
};

constexpr Member kReaderMembers[] = {
    Method<&Reader::Cancel>("cancel", 1),
    Method<&Reader::Read>("read"),
    Method<&Reader::ReleaseLock>("releaseLock"),
};

constexpr Member kMembers[] = {
    Method<&BodyStream::Cancel>("cancel", 1),
    Method<&BodyStream::GetReader>("getReader"),
    Getter<&BodyStream::locked>("locked"),
};

Value ReadResult(Realm& realm, Value value, bool done) {
  const Ref<Object> result = realm.NewObject();
  result->Define("value", std::move(value));
  result->Define("done", Value(done));
  return Value(result);
}

Value Chunk(Realm& realm, std::vector<uint8_t> bytes) {
  const size_t size = bytes.size();
  return Value(realm.New<TypedArray>(
      ElementType::kUint8, ArrayBuffer::Adopt(realm, std::move(bytes)), 0,
      size));
}

}  // namespace

const ClassInfo Reader::kClass = {.name = "ReadableStreamDefaultReader",
                                  .parent = &Object::kClass,
                                  .members = kReaderMembers};

const ClassInfo BodyStream::kClass = {
    .name = "ReadableStream", .parent = &Object::kClass, .members = kMembers};

BodyStream::BodyStream(Realm& realm, Source* source)
    : Object(realm, kClass), source_(source) {
  if (source_ == nullptr) state_ = State::kClosed;
}

BodyStream::~BodyStream() {
  if (source_ != nullptr) source_->Cancel();
}

void BodyStream::Trace(Tracer& tracer) const {
  tracer(reason_);
  for (const Ref<Promise>& read : reads_) tracer(read);
  tracer(whole_);
  Object::Trace(tracer);
}

void BodyStream::Clear() {
  reason_ = {};
  reads_.clear();
  whole_ = {};
  self_ = {};
  Object::Clear();
}

std::vector<uint8_t> BodyStream::Take() {
  std::vector<uint8_t> bytes = std::exchange(waiting_, {});
  if (full_ && source_ != nullptr) {
    full_ = false;
    source_->Pull();
  }
  return bytes;
}

bool BodyStream::Push(std::span<const uint8_t> bytes) {
  if (state_ != State::kOpen || bytes.empty()) return true;
  if (!reads_.empty()) {
    const Ref<Promise> read = std::move(reads_.front());
    reads_.pop_front();
    read->Resolve(ReadResult(
        realm(), Chunk(realm(), {bytes.begin(), bytes.end()}), false));
    if (reads_.empty()) self_ = {};
    return true;
  }
  if (whole_) {
    if (bytes.size() > kMaxWhole - waiting_.size()) {
      Source* const source = std::exchange(source_, nullptr);
      Fail(Value(
          realm().NewError(ErrorKind::kRangeError, "the body is too large")));
      if (source != nullptr) source->Cancel();
      return true;
    }
  } else if (waiting_.size() >= kHighWater) {
    full_ = true;
    return false;
  }
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  return true;
}

void BodyStream::Close() { Finish(State::kClosed); }

void BodyStream::Fail(Value reason) {
  if (state_ != State::kOpen) return;
  reason_ = std::move(reason);
  Finish(State::kFailed);
}

void BodyStream::Finish(State state) {
  source_ = nullptr;
  if (state_ != State::kOpen) return;
  state_ = state;
  Settle();
}

void BodyStream::Settle() {
  const Ref<BodyStream> keep = std::exchange(self_, {});
  while (!reads_.empty()) {
    const Ref<Promise> read = std::move(reads_.front());
    reads_.pop_front();
    if (state_ == State::kFailed) {
      read->Reject(reason_);
    } else {
      read->Resolve(ReadResult(realm(), Value(), true));
    }
  }
  if (const Ref<Promise> whole = std::exchange(whole_, {})) {
    if (state_ == State::kFailed) {
      whole->Reject(reason_);
      return;
    }
    Completion made = make_(realm(), std::exchange(waiting_, {}));
    if (made.ok()) {
      whole->Resolve(made.value());
    } else {
      whole->Reject(made.value());
    }
  }
}

Completion BodyStream::GetReader() {
  if (locked_) {
    return realm().Throw(ErrorKind::kTypeError,
                         "Invalid state: ReadableStream is locked");
  }
  locked_ = true;
  return Value(realm().New<Reader>(Ref<BodyStream>(this)));
}

Value BodyStream::Read() {
  disturbed_ = true;
  const Ref<Promise> promise = realm().New<Promise>();
  if (!waiting_.empty()) {
    // Also before a failure: what arrived is not lost.
    promise->Resolve(ReadResult(realm(), Chunk(realm(), Take()), false));
  } else if (state_ == State::kFailed) {
    promise->Reject(reason_);
  } else {
    reads_.push_back(promise);
    KeepAlive();
    if (state_ == State::kClosed) Settle();
  }
  return Value(promise);
}

Value BodyStream::ReadAll(Make make) {
  const Ref<Promise> promise = realm().New<Promise>();
  if (locked_ || disturbed_) {
    promise->Reject(Value(
        realm().NewError(ErrorKind::kTypeError,
                         "Body is unusable: Body has already been read")));
    return Value(promise);
  }
  locked_ = disturbed_ = true;
  make_ = make;
  whole_ = promise;
  KeepAlive();
  if (state_ != State::kOpen) {
    Settle();
  } else if (full_ && source_ != nullptr) {
    full_ = false;
    source_->Pull();
  }
  return Value(promise);
}

Value BodyStream::Cancel() {
  disturbed_ = true;
  Source* const source = source_;
  waiting_.clear();
  Finish(State::kClosed);
  if (source != nullptr) source->Cancel();
  const Ref<Promise> promise = realm().New<Promise>();
  promise->Resolve(Value());
  return Value(promise);
}

}  // namespace goshawk::gojs
