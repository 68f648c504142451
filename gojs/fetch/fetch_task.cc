#include "gojs/fetch/fetch_task.h"

#include <algorithm>
#include <utility>

#include "gojs/fetch/headers.h"
#include "gojs/fetch/response.h"
#include "gojs/js/array_buffer.h"
#include "gojs/js/function.h"
#include "gojs/js/typed_array.h"

namespace goshawk::gojs {
namespace {

constexpr int kMaxRedirects = 20;

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 ||
         status == 308;
}

std::span<const uint8_t> BodyBytes(const Value& body) {
  if (const auto* array = As<TypedArray>(body)) return array->bytes();
  if (auto* buffer = As<ArrayBuffer>(body)) {
    return {buffer->data(), buffer->size()};
  }
  if (body.IsString()) {
    const std::string_view text = body.string()->view();
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
  }
  return {};
}

}  // namespace

FetchTask::FetchTask(Fetcher& fetcher, FetchRequest request,
                     Ref<Promise> promise)
    : fetcher_(fetcher),
      request_(std::move(request)),
      promise_(std::move(promise)) {}

FetchTask::~FetchTask() { End(); }

void FetchTask::End() {
  finished_ = true;
  transfer_.reset();
  // The stream, if there is one, gets no more and asks no more.
  if (BodyStream* const stream = std::exchange(stream_, nullptr)) {
    stream->Close();
  }
}

void FetchTask::Start() {
  const Url& url = request_.url;
  if (!fetcher_.allowed_.Allows(url.host, url.port)) {
    Fail("not allowed to reach " + url.host + ":" + std::to_string(url.port),
         "EACCES");
    return;
  }
  HttpRequest request;
  request.method = request_.method;
  request.url = url.ToRequest();
  request.headers = request_.headers;
  request.has_body = !request_.body.IsUndefined();
  request.body = BodyBytes(request_.body);
  transfer_ = fetcher_.transport_->Start(std::move(request), *this);
}

Value FetchTask::NetworkError(std::string_view message,
                              const HttpFailure& cause) {
  Realm& realm = fetcher_.realm_;
  const Ref<Object> error = realm.NewError(ErrorKind::kTypeError, message);
  error->Define(
      realm.names().cause,
      Value(realm.NewError(ErrorKind::kError, cause.message, cause.code)),
      kWritable | kConfigurable);
  return Value(error);
}

void FetchTask::Fail(std::string_view message, std::string_view code) {
  OnFailure({std::string(message), std::string(code)});
}

void FetchTask::Finish() {
  if (finished_) return;
  finished_ = true;
  stream_ = nullptr;
  if (request_.signal) request_.signal->Forget(listener_);
  // Not from within a call of the transfer's, and after this returned.
  fetcher_.env_.loop().Post([self = shared_from_this()] {
    self->transfer_.reset();
    self->fetcher_.tasks_.erase(self);
  });
}

bool FetchTask::ObeySignal() {
  AbortSignal* const signal = request_.signal.get();
  if (signal == nullptr) return true;
  if (signal->aborted()) {
    promise_->Reject(signal->reason());
    return false;
  }
  listener_ = signal->OnAbort([weak = weak_from_this()] {
    if (const auto task = weak.lock()) task->Abort();
  });
  return true;
}

void FetchTask::Abort() {
  if (finished_) return;
  Value reason = request_.signal->reason();
  BodyStream* const stream = std::exchange(stream_, nullptr);
  const Ref<Promise> promise = std::exchange(promise_, {});
  transfer_.reset();
  Finish();
  if (promise) promise->Reject(reason);
  if (stream != nullptr) stream->Fail(std::move(reason));
}

std::string FetchTask::Redirect(int status, const std::string& location) {
  if (request_.redirect == RedirectMode::kError) return "unexpected redirect";
  if (++redirects_ > kMaxRedirects) return "redirect count exceeded";
  std::optional<Url> next = request_.url.Resolve(location);
  if (!next) return "URL scheme must be a HTTP(S) scheme";
  if (next->fragment.empty()) next->fragment = request_.url.fragment;
  const bool to_get =
      (status == 303 && request_.method != "GET" &&
       request_.method != "HEAD") ||
      ((status == 301 || status == 302) && request_.method == "POST");
  if (to_get) {
    request_.method = "GET";
    request_.body = Value();
    std::erase_if(request_.headers, [](const HttpHeader& header) {
      return header.name.starts_with("content-");
    });
  }
  if (!next->SameOrigin(request_.url)) {
    std::erase_if(request_.headers, [](const HttpHeader& header) {
      return header.name == "authorization" || header.name == "cookie" ||
             header.name == "proxy-authorization";
    });
  }
  next->userinfo.clear();
  request_.url = *std::move(next);
  return "";
}

void FetchTask::OnHead(int status, std::string status_text,
                       std::vector<HttpHeader> headers) {
  if (finished_) return;
  if (IsRedirect(status) && request_.redirect != RedirectMode::kManual) {
    if (const auto location = FindHeader(headers, "location")) {
      const std::string wrong = Redirect(status, *location);
      if (!wrong.empty()) {
        Fail(wrong);
      } else {
        following_ = true;
      }
      return;
    }
  }
  Realm& realm = fetcher_.realm_;
  Ref<BodyStream> body;
  const bool has_body = request_.method != "HEAD" && status != 204 &&
                        status != 205 && status != 304;
  if (has_body) {
    body = realm.New<BodyStream>(static_cast<BodyStream::Source*>(this));
    stream_ = body.get();
  }
  const Ref<Response> response = realm.New<Response>(
      status, std::move(status_text), request_.url.ToRequest(), redirects_ > 0,
      realm.New<Headers>(std::move(headers)), body);
  const Ref<Promise> promise = std::exchange(promise_, {});
  promise->Resolve(Value(response));
}

bool FetchTask::OnBody(std::span<const uint8_t> bytes) {
  return stream_ == nullptr || stream_->Push(bytes);
}

void FetchTask::OnEnd() {
  if (finished_) return;
  if (following_) {
    following_ = false;
    // The old transfer is over; the new one takes its place.
    Start();
    return;
  }
  BodyStream* const stream = std::exchange(stream_, nullptr);
  Finish();
  if (stream != nullptr) stream->Close();
}

void FetchTask::OnFailure(HttpFailure failure) {
  if (finished_) return;
  BodyStream* const stream = std::exchange(stream_, nullptr);
  const Ref<Promise> promise = std::exchange(promise_, {});
  Finish();
  if (promise) promise->Reject(NetworkError("fetch failed", failure));
  if (stream != nullptr) stream->Fail(NetworkError("terminated", failure));
}

void FetchTask::Pull() {
  if (!finished_) transfer_->Resume();
}

void FetchTask::Cancel() {
  if (finished_) return;
  stream_ = nullptr;
  Finish();
}

Fetcher::Fetcher(Realm& realm, Environment& env,
                 const HttpTransportFactory& transport, AllowList allowed)
    : realm_(realm),
      env_(env),
      allowed_(std::move(allowed)),
      transport_(transport(env.loop())) {
  Object& global = realm.global();
  global.Define("fetch", Value(realm.New<LambdaFunction>(
                             "fetch", 1, [this](const Invocation& call) {
                               return Fetch(call.Arg(0), call.Arg(1));
                             })));
  const auto define = [&](const ClassInfo& info) {
    global.Define(info.name, Value(realm.Constructor(info)),
                  kWritable | kConfigurable);
  };
  define(Headers::kClass);
  define(Response::kClass);
  define(BodyStream::kClass);
}

Fetcher::~Fetcher() {
  // Transfers end before the transport does, whoever else holds their tasks.
  for (const std::shared_ptr<FetchTask>& task : tasks_) task->End();
}

Value Fetcher::Fetch(const Value& input, const Value& init) {
  const Ref<Promise> promise = realm_.New<Promise>();
  FetchRequest request;
  Completion read = ReadRequest(realm_, input, init, &request);
  if (read.ok()) {
    const auto task =
        std::make_shared<FetchTask>(*this, std::move(request), promise);
    if (task->ObeySignal()) {
      tasks_.insert(task);
      task->Start();
    }
  } else {
    promise->Reject(read.value());
  }
  return Value(promise);
}

}  // namespace goshawk::gojs
