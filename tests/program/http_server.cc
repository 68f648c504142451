#include "tests/program/http_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace goshawk::program_test {
namespace {

// What gzip makes of "hello gzip\n".
constexpr unsigned char kGzip[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb,
    0x48, 0xcd, 0xc9, 0xc9, 0x57, 0x48, 0xaf, 0xca, 0x2c, 0xe0, 0x02,
    0x00, 0x39, 0x7c, 0x63, 0x56, 0x0b, 0x00, 0x00, 0x00};

class Connection {
 public:
  explicit Connection(int fd) : fd_(fd) {}

  // Up to and with `end`; empty at the end of the input.
  std::string ReadUntil(std::string_view end) {
    size_t at;
    while ((at = input_.find(end)) == input_.npos) {
      if (!Fill()) return "";
    }
    return Take(at + end.size());
  }
  std::string Read(size_t size) {
    while (input_.size() < size && Fill()) continue;
    return Take(std::min(size, input_.size()));
  }
  bool Fill() {
    char data[65536];
    const ssize_t n = recv(fd_, data, sizeof(data), 0);
    if (n > 0) input_.append(data, static_cast<size_t>(n));
    return n > 0;
  }
  bool Write(std::string_view data) {
    while (!data.empty()) {
      const ssize_t n = send(fd_, data.data(), data.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      data.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  }
  bool Answer(const std::string& status, std::string_view body,
              const std::string& headers = "", bool with_body = true) {
    return Write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n") &&
           (!with_body || Write(body));
  }

 private:
  std::string Take(size_t size) {
    std::string taken = input_.substr(0, size);
    input_.erase(0, size);
    return taken;
  }
  const int fd_;
  std::string input_;
};

struct Request {
  std::string method, path, body;
  std::vector<std::string> headers;  // "name: value", names in lower case
};

bool ReadRequest(Connection& connection, Request* request) {
  const std::string line = connection.ReadUntil("\r\n");
  const size_t first = line.find(' '), second = line.rfind(' ');
  if (first == line.npos || first == second) return false;
  request->method = line.substr(0, first);
  request->path = line.substr(first + 1, second - first - 1);
  size_t size = 0;
  while (true) {
    std::string header = connection.ReadUntil("\r\n");
    if (header.size() <= 2) break;
    header.resize(header.size() - 2);
    const size_t colon = header.find(':');
    std::transform(header.begin(),
                   header.begin() + static_cast<ptrdiff_t>(colon),
                   header.begin(), [](unsigned char c) { return tolower(c); });
    if (header.starts_with("content-length:")) {
      size = std::strtoull(header.c_str() + 15, nullptr, 10);
    }
    request->headers.push_back(std::move(header));
  }
  request->body = connection.Read(size);
  return request->body.size() == size;
}

bool SendBytes(Connection& connection, size_t size) {
  bool ok = connection.Write(
      "HTTP/1.1 200 OK\r\nX-Kind: bytes\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk(10000, 'b');
  while (ok && size > 0) {
    const size_t n = std::min(size, chunk.size());
    char head[32];
    snprintf(head, sizeof(head), "%zx\r\n", n);
    ok = connection.Write(head) && connection.Write(chunk.substr(0, n)) &&
         connection.Write("\r\n");
    size -= n;
  }
  return ok && connection.Write("0\r\n\r\n");
}

// False if the connection is to be closed.
bool Handle(Connection& connection, const Request& request) {
  const std::string& path = request.path;
  if (path == "/hello") {
    return connection.Answer("200 OK", "hello\n", "", request.method != "HEAD");
  }
  if (path == "/echo") return connection.Answer("200 OK", request.body);
  if (path == "/method") {
    return connection.Answer(
        "200 OK", request.method + " " + std::to_string(request.body.size()));
  }
  if (path == "/headers") {
    std::string text;
    for (const std::string& header : request.headers) {
      if (header.starts_with("x-") || header.starts_with("accept-encoding")) {
        text += header + "\n";
      }
    }
    return connection.Answer("200 OK", text);
  }
  if (path.starts_with("/bytes/")) {
    return SendBytes(connection, std::strtoull(path.c_str() + 7, nullptr, 10));
  }
  if (path == "/gzip") {
    return connection.Answer(
        "200 OK", {reinterpret_cast<const char*>(kGzip), sizeof(kGzip)},
        "Content-Encoding: gzip\r\n");
  }
  if (path.starts_with("/redirect/")) {
    // A path that ends in a slash leads to itself.
    std::string to = path.substr(13);
    if (to.ends_with("/")) to = path;
    return connection.Answer(path.substr(10, 3) + " Moved", "moved",
                             "Location: " + to + "\r\n");
  }
  if (path == "/slow") {
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nslow");
    while (connection.Fill()) continue;
    return false;
  }
  if (path == "/never") {
    while (connection.Fill()) continue;
    return false;
  }
  if (path == "/early") {
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nearly");
    return false;
  }
  if (path == "/closed") return false;
  return connection.Answer("404 Not Found", "nothing here");
}

}  // namespace

HttpServer::HttpServer() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 200) != 0 ||
      getsockname(listener_, any, &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

HttpServer::~HttpServer() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const int fd : open_) shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : serving_) thread.join();
  close(listener_);
}

void HttpServer::Accept() {
  while (true) {
    const int fd = accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    ++accepted_;
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      open_.insert(fd);
    }
    serving_.emplace_back([this, fd] { Serve(fd); });
  }
}

void HttpServer::Serve(int fd) {
  Connection connection(fd);
  while (true) {
    Request request;
    if (!ReadRequest(connection, &request)) break;
    ++requests_;
    if (!Handle(connection, request)) break;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(fd);
  close(fd);
}

}  // namespace goshawk::program_test
