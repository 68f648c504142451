// An HTTP server on a port of 127.0.0.1, for tests of fetch. What it answers:
//
//   /hello              "hello\n"
//   /echo               the body of the request
//   /method             the method, and how long the body was
//   /headers            the headers x-* and accept-encoding of the request
//   /bytes/N            N bytes, in chunks
//   /gzip               "hello gzip\n", compressed
//   /redirect/CODE/...  a redirect to /...
//   /slow               "slow" and then nothing, without an end
//   /never              nothing at all
//   /early              fewer bytes than it announces, then the end
//   /closed             the end instead of an answer

#ifndef GOSHAWK_TESTS_PROGRAM_HTTP_SERVER_H_
#define GOSHAWK_TESTS_PROGRAM_HTTP_SERVER_H_

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace goshawk::program_test {

// Each connection has a thread.
class HttpServer {
 public:
  HttpServer();
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_);
  }
  int requests() const { return requests_; }
  // Connections that were made.
  int accepted() const { return accepted_; }

 private:
  void Accept();
  void Serve(int fd);

  int listener_;
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::atomic<int> accepted_ = 0;
  std::mutex mutex_;
  std::set<int> open_;                // guarded
  std::vector<std::thread> serving_;  // of the accepting thread
  std::thread accepting_;
};

}  // namespace goshawk::program_test

#endif  // GOSHAWK_TESTS_PROGRAM_HTTP_SERVER_H_
