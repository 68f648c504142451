// Response (Fetch Standard, 5.5): what fetch gives.

#ifndef GOSHAWK_GOJS_FETCH_RESPONSE_H_
#define GOSHAWK_GOJS_FETCH_RESPONSE_H_

#include <string>
#include <utility>

#include "gojs/fetch/body_stream.h"
#include "gojs/fetch/headers.h"

namespace goshawk::gojs {

class Response final : public Object {
 public:
  static const ClassInfo kClass;
  // `body` may be null: a response that cannot have one.
  Response(Realm& realm, int status, std::string status_text, std::string url,
           bool redirected, Ref<Headers> headers, Ref<BodyStream> body)
      : Object(realm, kClass),
        status_(status),
        status_text_(std::move(status_text)),
        url_(std::move(url)),
        redirected_(redirected),
        headers_(std::move(headers)),
        body_(std::move(body)) {}

  int status() const { return status_; }
  bool ok() const { return status_ >= 200 && status_ < 300; }
  std::string_view status_text() const { return status_text_; }
  std::string_view url() const { return url_; }
  bool redirected() const { return redirected_; }
  std::string_view type() const { return "basic"; }
  Value headers() const { return Value(headers_); }
  Value body() const { return Value(body_); }
  bool body_used() const { return body_ && body_->disturbed(); }

  Value ArrayBufferOf();
  Value Bytes();
  Value Json();
  Value Text();

 private:
  Value ReadAll(BodyStream::Make make);
  void Trace(Tracer& tracer) const override;
  void Clear() override;

  const int status_;
  const std::string status_text_;
  const std::string url_;
  const bool redirected_;
  Ref<Headers> headers_;
  Ref<BodyStream> body_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_RESPONSE_H_
