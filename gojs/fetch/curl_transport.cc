#include "gojs/fetch/curl_transport.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/strings/ascii.h"
#include "fs/errno.h"
#include "gojs/fetch/curl_library.h"
#include "gojs/fetch/url.h"

// libcurl's numbers are long. NOLINTBEGIN(google-runtime-int)
namespace goshawk::gojs {
namespace {

class CurlTransport;

// What a failed TLS handshake is called in Node: X.509's verification results.
struct VerifyCode {
  long result;
  const char* code;
};
constexpr VerifyCode kVerifyCodes[] = {
    {10, "CERT_HAS_EXPIRED"},
    {18, "DEPTH_ZERO_SELF_SIGNED_CERT"},
    {19, "SELF_SIGNED_CERT_IN_CHAIN"},
    {20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"},
    {21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"},
};

class CurlTransfer final : public HttpTransfer {
 public:
  CurlTransfer(CurlTransport& transport, HttpRequest request,
               HttpReceiver& receiver);
  ~CurlTransfer() override;
  void Resume() override;

  // It is over, as far as libcurl is concerned.
  void Finish(CURLcode result);

 private:
  size_t TakeHeader(std::string_view line);
  void Configure();
  HttpFailure Describe(CURLcode result);

  CurlTransport& transport_;
  const HttpRequest request_;
  HttpReceiver& receiver_;
  CURL* easy_ = nullptr;
  curl_slist* headers_ = nullptr;
  char error_[CURL_ERROR_SIZE] = {};
  int status_ = 0;
  std::string status_text_;
  std::vector<HttpHeader> response_headers_;
  bool head_done_ = false;
  // True as long as the transfer is; for tasks of the loop.
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(EventLoop& loop) : loop_(loop) {}
  ~CurlTransport() override {
    if (multi_ != nullptr) curl().multi_cleanup(multi_);
    for (const auto& [socket, watch] : watches_) loop_.Unwatch(watch.id);
    if (timer_ != 0) loop_.ClearTimer(timer_);
    *alive_ = false;
  }

  std::unique_ptr<HttpTransfer> Start(HttpRequest request,
                                      HttpReceiver& receiver) override {
    if (multi_ == nullptr && curl().error.empty()) Open();
    return std::make_unique<CurlTransfer>(*this, std::move(request), receiver);
  }

  const CurlLibrary& curl() const { return GetCurlLibrary(); }
  CURLM* multi() const { return multi_; }
  EventLoop& loop() { return loop_; }

 private:
  struct Watch {
    int16_t events = 0;
    EventLoop::WatchId id = 0;  // 0: not watched at the moment
  };

  void Open();
  void SetSocket(curl_socket_t socket, int what);
  void SetTimer(long ms);
  void Arm(curl_socket_t socket);
  // Lets libcurl do what there is to do, and ends what is over.
  void Act(curl_socket_t socket);

  EventLoop& loop_;
  CURLM* multi_ = nullptr;
  std::unordered_map<curl_socket_t, Watch> watches_;
  EventLoop::TimerId timer_ = 0;
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

void CurlTransport::Open() {
  multi_ = curl().multi_init();
  if (multi_ == nullptr) return;
  curl_socket_callback on_socket = [](CURL*, curl_socket_t socket, int what,
                                      void* self, void*) {
    static_cast<CurlTransport*>(self)->SetSocket(socket, what);
    return 0;
  };
  curl_multi_timer_callback on_timer = [](CURLM*, long ms, void* self) {
    static_cast<CurlTransport*>(self)->SetTimer(ms);
    return 0;
  };
  curl().multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl().multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl().multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl().multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

void CurlTransport::SetSocket(curl_socket_t socket, int what) {
  Watch& watch = watches_[socket];
  loop_.Unwatch(watch.id);
  watch.id = 0;
  if (what == CURL_POLL_REMOVE) {
    watches_.erase(socket);
    return;
  }
  watch.events = static_cast<int16_t>(((what & CURL_POLL_IN) ? POLLIN : 0) |
                                      ((what & CURL_POLL_OUT) ? POLLOUT : 0));
  Arm(socket);
}

void CurlTransport::Arm(curl_socket_t socket) {
  const auto it = watches_.find(socket);
  // Nothing to wait for: poll would report errors again and again.
  if (it == watches_.end() || it->second.id != 0 || it->second.events == 0) {
    return;
  }
  it->second.id =
      loop_.Watch(socket, it->second.events, [this, alive = alive_, socket] {
        if (!*alive) return;
        const auto it = watches_.find(socket);
        if (it != watches_.end()) it->second.id = 0;
        Act(socket);
        Arm(socket);
      });
}

void CurlTransport::SetTimer(long ms) {
  if (timer_ != 0) loop_.ClearTimer(std::exchange(timer_, 0));
  if (ms < 0) return;
  timer_ = loop_.SetTimer(ms * int64_t{1000000}, [this, alive = alive_] {
    if (!*alive) return;
    timer_ = 0;
    Act(CURL_SOCKET_TIMEOUT);
  });
}

void CurlTransport::Act(curl_socket_t socket) {
  int running;
  curl().multi_socket_action(multi_, socket, 0, &running);
  int left;
  const std::shared_ptr<bool> alive = alive_;
  while (*alive) {
    const CURLMsg* const message = curl().multi_info_read(multi_, &left);
    if (message == nullptr) break;
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode result = message->data.result;
    void* transfer = nullptr;
    curl().easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    static_cast<CurlTransfer*>(transfer)->Finish(result);
  }
}

CurlTransfer::CurlTransfer(CurlTransport& transport, HttpRequest request,
                           HttpReceiver& receiver)
    : transport_(transport), request_(std::move(request)), receiver_(receiver) {
  if (transport_.multi() != nullptr) {
    easy_ = transport_.curl().easy_init();
  }
  if (easy_ != nullptr) {
    Configure();
    transport_.curl().multi_add_handle(transport_.multi(), easy_);
    return;
  }
  transport_.loop().Post([this, alive = alive_] {
    if (!*alive) return;
    const std::string& error = transport_.curl().error;
    receiver_.OnFailure({error.empty() ? "out of memory" : error, "ENOSYS"});
  });
}

CurlTransfer::~CurlTransfer() {
  *alive_ = false;
  const CurlLibrary& curl = transport_.curl();
  if (easy_ != nullptr) {
    curl.multi_remove_handle(transport_.multi(), easy_);
    curl.easy_cleanup(easy_);
  }
  if (headers_ != nullptr) curl.slist_free_all(headers_);
}

void CurlTransfer::Configure() {
  const CurlLibrary& curl = transport_.curl();
  const auto set = [&](CURLoption option, auto value) {
    curl.easy_setopt(easy_, option, value);
  };
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_BUFFERSIZE, 256L * 1024);
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  using Callback = size_t (*)(char*, size_t, size_t, void*);
  const Callback on_header = [](char* data, size_t size, size_t count,
                                void* self) {
    return static_cast<CurlTransfer*>(self)->TakeHeader({data, size * count});
  };
  const Callback on_body = [](char* data, size_t size, size_t count,
                              void* self) -> size_t {
    HttpReceiver& receiver = static_cast<CurlTransfer*>(self)->receiver_;
    const size_t total = size * count;
    const auto* bytes = reinterpret_cast<const uint8_t*>(data);
    return receiver.OnBody({bytes, total}) ? total : CURL_WRITEFUNC_PAUSE;
  };
  set(CURLOPT_HEADERFUNCTION, on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));

  const std::string& method = request_.method;
  const bool posts = request_.has_body || method == "POST" || method == "PUT";
  if (method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (posts) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS,
        request_.body.empty()
            ? ""
            : reinterpret_cast<const char*>(request_.body.data()));
  }
  if (method != "HEAD") set(CURLOPT_CUSTOMREQUEST, method.c_str());

  const char* encodings = "gzip, deflate";
  const char* agent = "goshawk";
  bool has_type = false;
  const auto add = [&](const std::string& line) {
    if (curl_slist* list = curl.slist_append(headers_, line.c_str())) {
      headers_ = list;
    }
  };
  for (const HttpHeader& header : request_.headers) {
    if (header.name == "accept-encoding") {
      encodings = header.value.c_str();
      continue;
    }
    if (header.name == "user-agent") agent = nullptr;
    has_type = has_type || header.name == "content-type";
    // An empty value would remove the header; so it does not.
    add(header.value.empty() ? header.name + ";"
                             : header.name + ": " + header.value);
  }
  set(CURLOPT_ACCEPT_ENCODING, encodings);
  if (agent != nullptr) set(CURLOPT_USERAGENT, agent);
  // What libcurl would add for a body.
  add("Expect:");
  if (posts && !has_type) add("Content-Type:");
  set(CURLOPT_HTTPHEADER, headers_);
}

size_t CurlTransfer::TakeHeader(std::string_view line) {
  const size_t size = line.size();
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  if (head_done_) return size;  // a trailer
  if (line.starts_with("HTTP/")) {
    response_headers_.clear();
    status_ = 0;
    const size_t space = std::min(line.find(' '), line.size());
    line.remove_prefix(space);
    while (line.starts_with(' ')) line.remove_prefix(1);
    const char* const end = line.data() + line.size();
    const char* const at = std::from_chars(line.data(), end, status_).ptr;
    line.remove_prefix(static_cast<size_t>(at - line.data()));
    if (line.starts_with(' ')) line.remove_prefix(1);
    status_text_ = line;
  } else if (line.empty()) {
    if (status_ < 200) return size;  // the real one is to come
    head_done_ = true;
    receiver_.OnHead(status_, std::move(status_text_),
                     std::move(response_headers_));
  } else if (const size_t colon = line.find(':'); colon != line.npos) {
    HttpHeader header;
    header.name = line.substr(0, colon);
    absl::AsciiStrToLower(&header.name);
    line.remove_prefix(colon + 1);
    while (line.starts_with(' ') || line.starts_with('\t')) {
      line.remove_prefix(1);
    }
    header.value = line;
    response_headers_.push_back(std::move(header));
  }
  return size;
}

void CurlTransfer::Resume() {
  // Not at once: libcurl would give the bytes that it holds back right here.
  transport_.loop().Post([this, alive = alive_] {
    if (*alive) transport_.curl().easy_pause(easy_, CURLPAUSE_CONT);
  });
}

HttpFailure CurlTransfer::Describe(CURLcode result) {
  const CurlLibrary& curl = transport_.curl();
  const Url url = Url::Parse(request_.url).value_or(Url());
  const std::string text =
      error_[0] != '\0' ? error_ : curl.easy_strerror(result);
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {"getaddrinfo ENOTFOUND " + url.host, "ENOTFOUND"};
    case CURLE_COULDNT_CONNECT: {
      long error = 0;
      curl.easy_getinfo(easy_, CURLINFO_OS_ERRNO, &error);
      if (error == 0) return {text, "ECONNREFUSED"};
      const std::string name(fs::Name(fs::FromHost(static_cast<int>(error))));
      return {
          "connect " + name + " " + url.host + ":" + std::to_string(url.port),
          name};
    }
    case CURLE_OPERATION_TIMEDOUT:
      return {text, "ETIMEDOUT"};
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return {"other side closed", "UND_ERR_SOCKET"};
    case CURLE_PEER_FAILED_VERIFICATION: {
      long verified = 0;
      curl.easy_getinfo(easy_, CURLINFO_SSL_VERIFYRESULT, &verified);
      for (const VerifyCode& row : kVerifyCodes) {
        if (row.result == verified) return {text, row.code};
      }
      return {text, "ERR_TLS_CERT_ALTNAME_INVALID"};
    }
    default:
      return {text, ""};
  }
}

void CurlTransfer::Finish(CURLcode result) {
  // The receiver may delete this transfer.
  if (result != CURLE_OK) {
    receiver_.OnFailure(Describe(result));
    return;
  }
  receiver_.OnEnd();
}

}  // namespace

std::unique_ptr<HttpTransport> NewCurlTransport(EventLoop& loop) {
  return std::make_unique<CurlTransport>(loop);
}

}  // namespace goshawk::gojs
// NOLINTEND(google-runtime-int)
