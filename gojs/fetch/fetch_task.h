// One call of fetch(): from the request, over redirects, to the last byte of
// the body. Private to Fetcher.

#ifndef GOSHAWK_GOJS_FETCH_FETCH_TASK_H_
#define GOSHAWK_GOJS_FETCH_FETCH_TASK_H_

#include <memory>
#include <string>
#include <vector>

#include "gojs/fetch/body_stream.h"
#include "gojs/fetch/fetcher.h"
#include "gojs/fetch/transport.h"
#include "gojs/fetch/url.h"
#include "gojs/js/promise.h"
#include "gojs/node/abort.h"

namespace goshawk::gojs {

enum class RedirectMode : uint8_t { kFollow, kError, kManual };

// What fetch() was asked for.
struct FetchRequest {
  Url url;
  std::string method = "GET";
  std::vector<HttpHeader> headers;
  Value body;  // a string, typed array or ArrayBuffer; undefined for none
  RedirectMode redirect = RedirectMode::kFollow;
  Ref<AbortSignal> signal;  // may be null
};

// Reads fetch's arguments; what makes no sense throws a TypeError.
Completion ReadRequest(Realm& realm, const Value& input, const Value& init,
                       FetchRequest* request);

class FetchTask final : public HttpReceiver,
                        public BodyStream::Source,
                        public std::enable_shared_from_this<FetchTask> {
 public:
  FetchTask(Fetcher& fetcher, FetchRequest request, Ref<Promise> promise);
  ~FetchTask() override;

  // Begins, or continues with where a redirect leads.
  void Start();
  // Listens to the request's signal. False if that is aborted already; the
  // promise is rejected then.
  bool ObeySignal();
  // The program is over.
  void End();

 private:
  void Abort();

  // HttpReceiver:
  void OnHead(int status, std::string status_text,
              std::vector<HttpHeader> headers) override;
  bool OnBody(std::span<const uint8_t> bytes) override;
  void OnEnd() override;
  void OnFailure(HttpFailure failure) override;
  // BodyStream::Source:
  void Pull() override;
  void Cancel() override;

  // Rewrites the request for a redirect to `location`; what is wrong with it
  // otherwise.
  std::string Redirect(int status, const std::string& location);
  // A TypeError with a cause: how Node reports that the network failed.
  Value NetworkError(std::string_view message, const HttpFailure& cause);
  void Fail(std::string_view message, std::string_view code = {});
  // Nothing more will come: forgets the transfer and this task.
  void Finish();

  Fetcher& fetcher_;
  FetchRequest request_;
  Ref<Promise> promise_;  // null once settled
  // The body as JavaScript sees it; null before the head and when nobody reads.
  BodyStream* stream_ = nullptr;
  uint64_t listener_ = 0;  // at the signal
  int redirects_ = 0;
  bool following_ = false;  // what arrives belongs to a redirect
  bool finished_ = false;
  std::unique_ptr<HttpTransfer> transfer_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_FETCH_TASK_H_
