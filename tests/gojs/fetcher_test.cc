// fetch over a transport of the test's own: order of things, cancellation, and
// that nothing stays behind.

#include "gojs/fetch/fetcher.h"

#include <gmock/gmock.h>

#include "gojs/js/promise.h"
#include "gojs/js/typed_array.h"
#include "gojs/node/abort.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class FakeTransport;

class FakeTransfer final : public HttpTransfer {
 public:
  FakeTransfer(FakeTransport& transport, HttpRequest request,
               HttpReceiver& receiver);
  ~FakeTransfer() override;
  void Resume() override { ++resumed; }

  FakeTransport& transport;
  const HttpRequest request;
  HttpReceiver& receiver;
  int resumed = 0;
};

class FakeTransport final : public HttpTransport {
 public:
  explicit FakeTransport(std::vector<FakeTransfer*>* open) : open_(open) {}
  std::unique_ptr<HttpTransfer> Start(HttpRequest request,
                                      HttpReceiver& receiver) override {
    return std::make_unique<FakeTransfer>(*this, std::move(request), receiver);
  }
  std::vector<FakeTransfer*>* const open_;
};

FakeTransfer::FakeTransfer(FakeTransport& t, HttpRequest r, HttpReceiver& to)
    : transport(t), request(std::move(r)), receiver(to) {
  transport.open_->push_back(this);
}
FakeTransfer::~FakeTransfer() { std::erase(*transport.open_, this); }

class FetcherTest : public RealmTest {
 protected:
  FetcherTest() {
    AllowList allowed;
    EXPECT_TRUE(allowed.Add("a,b").ok());
    fetcher.emplace(
        realm, env,
        [this](EventLoop&) { return std::make_unique<FakeTransport>(&open); },
        std::move(allowed));
  }

  void Run() {
    env.RunMicrotasks(realm);
    while (env.loop().HasWork()) {
      env.loop().RunOne();
      env.RunMicrotasks(realm);
    }
  }
  Ref<Promise> Fetch(std::string_view url, Value init = {}) {
    Value promise = fetcher->Fetch(Str(url), init);
    Do(promise, "catch",
       {Value(realm.New<LambdaFunction>(
           "", 0, [](const Invocation&) { return Completion(); }))});
    return Ref<Promise>(As<Promise>(promise));
  }
  void Do(const Value& self, std::string_view name,
          std::vector<Value> args = {}) {
    EXPECT_TRUE(Call(self, name, std::move(args)).ok());
  }
  std::string Result(const Ref<Promise>& promise) {
    Run();
    if (promise->state() == Promise::State::kPending) return "pending";
    if (promise->state() == Promise::State::kRejected) {
      const Value cause = promise->result().object()->Get("cause").value();
      return DescribeThrown(realm, promise->result()) +
             (cause.IsObject() ? " / " + DescribeThrown(realm, cause) : "");
    }
    return Show(promise->result());
  }
  Ref<Promise> CallPromise(const Value& self, std::string_view method) {
    return Ref<Promise>(As<Promise>(Call(self, method).value()));
  }
  static std::span<const uint8_t> Bytes(std::string_view text) {
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
  }

  std::vector<FakeTransfer*> open;
  std::optional<Fetcher> fetcher;
};

TEST_F(FetcherTest, BytesComeAsTheyAreRead) {
  const Ref<Promise> promise = Fetch("http://A/x?y#z");
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0]->request.method, "GET");
  EXPECT_EQ(open[0]->request.url, "http://a/x?y");
  EXPECT_EQ(Result(promise), "pending");
  HttpReceiver& receiver = open[0]->receiver;
  receiver.OnHead(200, "OK", {{"x-b", "1"}, {"x-a", "2"}, {"x-b", "3"}});
  Run();
  const Value response = promise->result();
  const Value body = response.object()->Get("body").value();
  const Value reader = Call(body, "getReader").value();
  EXPECT_EQ(Show(Call(body, "getReader")),
            "throws TypeError: Invalid state: ReadableStream is locked");
  const Ref<Promise> first = CallPromise(reader, "read");
  EXPECT_EQ(Result(first), "pending");
  EXPECT_TRUE(receiver.OnBody(Bytes("ab")));
  EXPECT_TRUE(receiver.OnBody(Bytes("cd")));
  EXPECT_TRUE(receiver.OnBody(Bytes("ef")));
  const auto length = [&](const Ref<Promise>& read) {
    Run();
    const Value value = read->result().object()->Get("value").value();
    return Show(value.object()->Get("length"));
  };
  EXPECT_EQ(length(first), "2");
  EXPECT_EQ(length(CallPromise(reader, "read")), "4");
  const Ref<Promise> last = CallPromise(reader, "read");
  receiver.OnEnd();
  EXPECT_EQ(Result(last), "{ value: undefined, done: true }");
  EXPECT_TRUE(open.empty());
}

TEST_F(FetcherTest, WhatNobodyReadsStopsTheTransfer) {
  const Ref<Promise> promise = Fetch("http://a/");
  HttpReceiver& receiver = open[0]->receiver;
  receiver.OnHead(200, "OK", {});
  Run();
  const std::vector<uint8_t> megabyte(1 << 20);
  EXPECT_TRUE(receiver.OnBody(megabyte));
  EXPECT_FALSE(receiver.OnBody(megabyte));
  const Value reader =
      Call(promise->result().object()->Get("body").value(), "getReader")
          .value();
  EXPECT_EQ(open[0]->resumed, 0);
  CallPromise(reader, "read");
  EXPECT_EQ(open[0]->resumed, 1);
  EXPECT_TRUE(receiver.OnBody(megabyte));
  Do(reader, "cancel");
  Run();
  EXPECT_TRUE(open.empty());
}

TEST_F(FetcherTest, AResponseThatIsForgottenEndsItsTransfer) {
  const size_t before = realm.object_count();
  {
    const Ref<Promise> promise = Fetch("http://a/");
    open[0]->receiver.OnHead(200, "OK", {});
    Run();
    EXPECT_EQ(open.size(), 1u);
  }
  realm.Collect();
  Run();
  EXPECT_TRUE(open.empty());
  // But for what is made once: prototypes and the like.
  const size_t once = realm.object_count();
  for (int i = 0; i < 100; ++i) {
    const Ref<Promise> promise = Fetch("http://a/");
    open.back()->receiver.OnHead(200, "OK", {});
    Run();
  }
  realm.Collect();
  Run();
  realm.Collect();
  EXPECT_TRUE(open.empty());
  EXPECT_LE(realm.object_count(), once + 5);
  EXPECT_GE(once, before);
}

TEST_F(FetcherTest, SignalsAbortBeforeMeanwhileAndAfter) {
  const auto controller = realm.New<AbortController>();
  const Ref<Object> init = realm.NewObject();
  init->Define("signal", Value(&controller->signal()));
  const Ref<Promise> early = Fetch("http://a/", Value(init));
  const Ref<Promise> late = Fetch("http://a/", Value(init));
  open[1]->receiver.OnHead(200, "OK", {});
  Run();
  const Ref<Promise> text = CallPromise(late->result(), "text");
  EXPECT_EQ(open.size(), 2u);
  EXPECT_TRUE(controller->signal().Abort(Value()).ok());
  EXPECT_TRUE(open.empty());
  EXPECT_THAT(Result(early), testing::HasSubstr("AbortError"));
  EXPECT_THAT(Result(text), testing::HasSubstr("AbortError"));
  EXPECT_THAT(Result(Fetch("http://a/", Value(init))),
              testing::HasSubstr("AbortError"));
}

TEST_F(FetcherTest, RedirectsAreFollowedWithinTheList) {
  const Ref<Object> headers = realm.NewObject();
  headers->Define("authorization", Str("secret"));
  const Ref<Object> init = realm.NewObject();
  init->Define("headers", Value(headers));
  const Ref<Promise> promise = Fetch("http://a/one", Value(init));
  open[0]->receiver.OnHead(302, "Found", {{"location", "two"}});
  EXPECT_TRUE(open[0]->receiver.OnBody(Bytes("ignored")));
  open[0]->receiver.OnEnd();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0]->request.url, "http://a/two");
  EXPECT_EQ(open[0]->request.headers.size(), 1u);
  open[0]->receiver.OnHead(307, "Found", {{"location", "http://b/"}});
  open[0]->receiver.OnEnd();
  EXPECT_EQ(open[0]->request.url, "http://b/");
  EXPECT_EQ(open[0]->request.headers.size(), 0u);
  open[0]->receiver.OnHead(302, "Found", {{"location", "http://c/"}});
  open[0]->receiver.OnEnd();
  EXPECT_EQ(Result(promise),
            "TypeError: fetch failed / Error: not allowed to reach c:80");
  EXPECT_TRUE(open.empty());
}

TEST_F(FetcherTest, WholeBodies) {
  const auto body = [this](std::string_view method, std::string_view text) {
    const Ref<Promise> promise = Fetch("http://a/");
    FakeTransfer& transfer = *open.back();
    transfer.receiver.OnHead(200, "OK", {});
    Run();
    const Value response = promise->result();
    const Ref<Promise> whole = CallPromise(response, method);
    EXPECT_TRUE(transfer.receiver.OnBody(Bytes(text.substr(0, 3))));
    EXPECT_TRUE(transfer.receiver.OnBody(Bytes(text.substr(3))));
    transfer.receiver.OnEnd();
    EXPECT_THAT(Result(CallPromise(response, method)),
                testing::HasSubstr("already been read"));
    return Result(whole);
  };
  EXPECT_EQ(body("text", "\xef\xbb\xbfGr\xc3\xbc\xc3\x9f"),
            "Gr\xc3\xbc\xc3\x9f");
  EXPECT_EQ(body("json", "{\"a\": [1, 2]}"), "{ a: [ 1, 2 ] }");
  EXPECT_THAT(body("json", "{\"a\":"), testing::HasSubstr("SyntaxError"));
  EXPECT_THAT(body("bytes", "abc"), testing::HasSubstr("97"));
  EXPECT_EQ(body("arrayBuffer", "abcd"), Show(New("ArrayBuffer", {Value(4)})));
}

TEST_F(FetcherTest, NonsenseIsATypeError) {
  for (const char* url :
       {"", "x", "ftp://a/", "file:///etc", "http://u:p@a/"}) {
    EXPECT_THAT(Result(Fetch(url)), testing::StartsWith("TypeError: ")) << url;
  }
  const std::pair<const char*, const char*> options[] = {
      {"method", "G T"},   {"method", "CONNECT"}, {"redirect", "away"},
      {"body", "for GET"}, {"signal", "x"},       {"headers", "x"}};
  for (const auto& [name, value] : options) {
    const Ref<Object> init = realm.NewObject();
    init->Define(name, Str(value));
    EXPECT_THAT(Result(Fetch("http://a/", Value(init))),
                testing::StartsWith("TypeError: "))
        << name;
  }
  EXPECT_TRUE(open.empty());
}

TEST_F(FetcherTest, WhatIsUnderWayEndsWithTheFetcher) {
  const Ref<Promise> promise = Fetch("http://a/");
  const Ref<Promise> other = Fetch("http://a/");
  open[1]->receiver.OnHead(200, "OK", {});
  Run();
  open[1]->receiver.OnFailure({"gone", ""});
  EXPECT_EQ(open.size(), 2u);
  fetcher.reset();
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(promise->state(), Promise::State::kPending);
}

TEST_F(FetcherTest, HeadersAreSortedAndJoined) {
  const Value headers = New("Headers").value();
  Do(headers, "append", {Str("X-B"), Str(" 1 ")});
  Do(headers, "append", {Str("x-a"), Str("2")});
  Do(headers, "append", {Str("x-b"), Str("3")});
  Do(headers, "append", {Str("Set-Cookie"), Str("c=1")});
  Do(headers, "append", {Str("Set-Cookie"), Str("d=2")});
  EXPECT_EQ(Show(Call(headers, "get", {Str("X-b")})), "1, 3");
  EXPECT_EQ(Show(Call(headers, "get", {Str("none")})), "null");
  const Value entries = Call(headers, "entries").value();
  std::string all;
  while (true) {
    const Value next = Call(entries, "next").value();
    if (next.object()->Get("done").value().Truthy()) break;
    all += Show(next.object()->Get("value")) + " ";
  }
  EXPECT_EQ(all,
            "[ 'set-cookie', 'c=1' ] [ 'set-cookie', 'd=2' ] [ 'x-a', '2' ] "
            "[ 'x-b', '1, 3' ] ");
  Do(headers, "set", {Str("x-b"), Str("4")});
  EXPECT_EQ(Show(Call(headers, "get", {Str("x-b")})), "4");
  Do(headers, "delete", {Str("X-B")});
  EXPECT_EQ(Show(Call(headers, "has", {Str("x-b")})), "false");
  EXPECT_THAT(Show(Call(headers, "append", {Str("a b"), Str("")})),
              testing::HasSubstr("invalid header name"));
  EXPECT_THAT(Show(Call(headers, "append", {Str("a"), Str("x\ny")})),
              testing::HasSubstr("invalid header value"));
}

}  // namespace
}  // namespace goshawk::gojs
