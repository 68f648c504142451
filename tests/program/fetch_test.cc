// net/http of Go over fetch and libcurl, with a server on the loopback.

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/guests/guests.h"
#include "tests/program/command.h"
#include "tests/program/http_server.h"

namespace goshawk::program_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class FetchTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override { GOSHAWK_SKIP_IF_MISSING(GetParam()); }

  Outcome Run(const std::string& allowed, std::vector<std::string> args,
              const Setting& setting = {}) {
    std::vector<std::string> all = {"run"};
    if (!allowed.empty()) all.push_back("--allow-net=" + allowed);
    all.push_back(Runfile(guests::Path("fetch", GetParam())));
    all.insert(all.end(), args.begin(), args.end());
    return Goshawk(all, setting);
  }

  // What net/http calls the failure of a fetch for `cause`.
  std::string Failed(std::string_view cause) {
    // Go 1.19 and 1.21 differ in what they look at.
    const bool old = GetParam().version == "1.19";
    return old ? "net/http: fetch() failed: fetch failed"
               : "net/http: fetch() failed: TypeError: fetch failed: Error: " +
                     std::string(cause);
  }

  HttpServer server_;
};

TEST_P(FetchTest, EveryFailureIsAnErrorInGo) {
  const std::string base = server_.url();
  const std::string refused = "http://127.0.0.1:1/";
  const std::string forbidden = "http://localhost:1/";
  const Outcome outcome =
      Run("127.0.0.1", {"errors", base, refused, forbidden});
  EXPECT_EQ(outcome.err, "");
  const auto error = [&](const std::string& name, const std::string& verb,
                         const std::string& url, std::string_view cause) {
    return name + " error: " + verb + " \"" + url + "\": " + Failed(cause) +
           "\n";
  };
  const auto at = [&](const std::string& name, const std::string& path,
                      std::string_view cause) {
    return error(name, "Get", base + path, cause);
  };
  EXPECT_EQ(
      outcome.out,
      "hello 200 \"hello\\n\" <nil>\n"
      "missing 404 \"nothing here\" <nil>\n"
      "head 200 \"\" <nil>\n"
      "gzip 200 \"hello gzip\\n\" <nil>\n" +
          at("closed", "/closed", "other side closed") +
          "early 200 \"early\" terminated\n"
          "redirect 200 \"hello\\n\" <nil>\n" +
          at("loop", "/redirect/302/redirect/302/", "redirect count exceeded") +
          "manual 302 \"moved\" <nil>\n" +
          at("error", "/redirect/302/hello", "unexpected redirect") +
          "303 200 \"GET 0\" <nil>\n"
          "308 200 \"PUT 1\" <nil>\n"
          "headers 200 \"accept-encoding: gzip, deflate\\nx-two: 1, 2\\n\" "
          "<nil>\n"
          "timeout error: Get \"" +
          base +
          "/never\": context deadline exceeded\n"
          "slow 4 slow <nil>\n"
          "close: <nil>\n"
          "read after close: net/http: reader is closed\n"
          "stopped early: bbbb [bytes] -1\n" +
          error(refused, "Get", refused, "connect ECONNREFUSED 127.0.0.1:1") +
          error(forbidden, "Get", forbidden,
                "not allowed to reach localhost:1"));
}

TEST_P(FetchTest, AThousandRequestsAHundredAtATime) {
  const Outcome outcome = Run("127.0.0.1:" + std::to_string(server_.port()),
                              {"load", server_.url()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("failures: 0 bytes: 8"),
                                 testing::EndsWith("\n")));
  EXPECT_EQ(server_.requests(), 1000);
  // Connections are used again.
  EXPECT_LE(server_.accepted(), 200);
}

TEST_P(FetchTest, ARedirectToWhatIsNotAllowedIsRefused) {
  HttpServer other;
  const Outcome outcome =
      Run("localhost:" + std::to_string(server_.port()),
          {"errors", "http://localhost:" + std::to_string(server_.port()),
           other.url() + "/hello"});
  EXPECT_THAT(outcome.out, HasSubstr(Failed("not allowed to reach 127.0.0.1:" +
                                            std::to_string(other.port()))));
  EXPECT_EQ(other.requests(), 0);
}

TEST_P(FetchTest, WithoutTheFlagTheNetworkIsTheProgramsOwn) {
  const Outcome outcome = Run("", {"errors", server_.url()});
  EXPECT_THAT(outcome.out, HasSubstr("hello error: Get"));
  EXPECT_THAT(outcome.out, testing::Not(HasSubstr("fetch()")));
  EXPECT_EQ(server_.requests(), 0);
}

TEST_P(FetchTest, ProxiesAreThoseOfTheEnvironment) {
  Setting setting;
  setting.env["http_proxy"] = server_.url();
  const Outcome outcome =
      Run("nowhere.invalid", {"errors", "http://nowhere.invalid"}, setting);
  EXPECT_GT(server_.requests(), 0);
  EXPECT_THAT(outcome.out, HasSubstr("hello 404"));
}

TEST_P(FetchTest, ABadCertificateIsRefused) {
  if (!HasCommand("openssl")) GTEST_SKIP() << "no openssl";
  const std::string directory = NewDirectory();
  const std::string key = directory + "/key.pem", cert = directory + "/c.pem";
  const Outcome made = RunCommand(
      {"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
       key, "-out", cert, "-days", "2", "-subj", "/CN=localhost"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  // Any port that is free; the server says which.
  const std::string script =
      "openssl s_server -accept 127.0.0.1:0 -www -cert " + cert + " -key " +
      key + " > " + directory +
      "/log 2>&1 & pid=$!; "
      "until port=$(grep -m1 -o 'ACCEPT .*' " +
      directory + "/log | grep -o '[0-9]*$'); do sleep 0.05; done; " +
      Runfile("tools/goshawk") + " run --allow-net=localhost " +
      Runfile(guests::Path("fetch", GetParam())) + " errors " + server_.url() +
      " https://localhost:$port/; kill $pid";
  const Outcome outcome = RunCommand({"sh", "-c", script});
  EXPECT_THAT(outcome.out,
              HasSubstr(Failed("SSL certificate problem: self-signed "
                               "certificate")))
      << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(Go, FetchTest, testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
