// The body of a response: a ReadableStream of bytes and its reader (Streams
// Standard, 4.2 and 4.3), fed by a source of C++.

#ifndef GOSHAWK_GOJS_FETCH_BODY_STREAM_H_
#define GOSHAWK_GOJS_FETCH_BODY_STREAM_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <vector>

#include "gojs/js/object.h"
#include "gojs/js/promise.h"

namespace goshawk::gojs {

class BodyStream final : public Object {
 public:
  static const ClassInfo kClass;

  // Who feeds a stream. Must outlive it or detach.
  class Source {
   public:
    virtual ~Source() = default;
    // There is room again after Push() was false.
    virtual void Pull() = 0;
    // Nobody will read any more: cancelled, or out of reach.
    virtual void Cancel() = 0;
  };

  // A stream with `source`, or, with null, the end at once.
  BodyStream(Realm& realm, Source* source);
  ~BodyStream() override;

  // For the source. Gives the next bytes; false, with nothing taken, if enough
  // wait to be read.
  bool Push(std::span<const uint8_t> bytes);
  void Close();
  void Fail(Value reason);

  // For programs.
  Completion GetReader();
  bool locked() const { return locked_; }
  Value Cancel();

  // For readers and whoever consumes the whole body.
  Value Read();
  void ReleaseLock() { locked_ = false; }
  // All bytes, once there are no more, as `make` puts them into a value. It is
  // an error if somebody reads or has read.
  using Make = Completion (*)(Realm& realm, std::vector<uint8_t> bytes);
  Value ReadAll(Make make);
  bool disturbed() const { return disturbed_; }

 private:
  enum class State : uint8_t { kOpen, kClosed, kFailed };

  // Takes the bytes that wait.
  std::vector<uint8_t> Take();
  void Finish(State state);
  void Settle();
  // While somebody waits for bytes, the stream is kept alive.
  void KeepAlive() { self_ = Ref<BodyStream>(this); }

  void Trace(Tracer& tracer) const override;
  void Clear() override;

  Source* source_;
  State state_ = State::kOpen;
  bool locked_ = false;
  bool disturbed_ = false;
  bool full_ = false;  // Push() was false
  std::vector<uint8_t> waiting_;
  Value reason_;  // when failed
  std::deque<Ref<Promise>> reads_;
  Ref<Promise> whole_;
  Make make_ = nullptr;
  Ref<BodyStream> self_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_BODY_STREAM_H_
