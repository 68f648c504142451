// HttpTransport: how the requests of fetch leave the process. libcurl's is in
// curl_transport.h; an embedder may give another.
//
// A transport makes one exchange at a time out of one request: redirects, what
// is allowed and what JavaScript sees of it all are fetch's business
// (fetcher.h).
//
// Threads: everything happens on the thread of the program's event loop. A
// transport that uses others comes back through EventLoop::NewSender.

#ifndef GOSHAWK_GOJS_FETCH_TRANSPORT_H_
#define GOSHAWK_GOJS_FETCH_TRANSPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gojs/event_loop.h"

namespace goshawk::gojs {

struct HttpHeader {
  std::string name;  // lower-case
  std::string value;
};

struct HttpRequest {
  std::string method;
  std::string url;  // absolute, http or https, without fragment
  std::vector<HttpHeader> headers;
  // Not owned; stays as it is until the transfer is over or gone.
  std::span<const uint8_t> body;
  bool has_body = false;
};

struct HttpFailure {
  std::string message;  // in one line, for people
  std::string code;     // as Node's: "ECONNREFUSED"; may be empty
};

// Who gets what comes back. Calls come in the order below, OnHead once, and end
// with OnEnd or OnFailure; none from within Start(), Resume() or ~HttpTransfer.
class HttpReceiver {
 public:
  virtual ~HttpReceiver() = default;
  virtual void OnHead(int status, std::string status_text,
                      std::vector<HttpHeader> headers) = 0;
  // The next bytes of the body, already decoded if they were compressed. False:
  // not now. Then nothing more comes until Resume(), which gives them again.
  virtual bool OnBody(std::span<const uint8_t> bytes) = 0;
  virtual void OnEnd() = 0;
  virtual void OnFailure(HttpFailure failure) = 0;
};

// One exchange. Going, it ends the exchange at once, with no further calls;
// this may happen in OnEnd and OnFailure, but not in the others.
class HttpTransfer {
 public:
  virtual ~HttpTransfer() = default;
  virtual void Resume() = 0;
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  // Begins an exchange. `receiver` must outlive the transfer, and the transfer
  // must not outlive the transport.
  virtual std::unique_ptr<HttpTransfer> Start(HttpRequest request,
                                              HttpReceiver& receiver) = 0;
};

// Makes the transport of a program, which must not outlive the program's loop.
using HttpTransportFactory =
    std::function<std::unique_ptr<HttpTransport>(EventLoop& loop)>;

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_TRANSPORT_H_
