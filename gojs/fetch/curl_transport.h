// The transport on libcurl: HTTP/1.1 and, with TLS, HTTP/2, connections kept
// for later requests, gzip and deflate, certificates checked against the
// host's, proxies as the environment variables http_proxy, https_proxy,
// all_proxy and no_proxy say. All requests of a program are one multi handle,
// whose sockets and timers are the event loop's.

#ifndef GOSHAWK_GOJS_FETCH_CURL_TRANSPORT_H_
#define GOSHAWK_GOJS_FETCH_CURL_TRANSPORT_H_

#include <memory>

#include "gojs/fetch/transport.h"

namespace goshawk::gojs {

// An HttpTransportFactory. Where there is no libcurl each request fails, and
// says so.
std::unique_ptr<HttpTransport> NewCurlTransport(EventLoop& loop);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_FETCH_CURL_TRANSPORT_H_
