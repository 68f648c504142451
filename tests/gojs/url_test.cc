#include "gojs/fetch/url.h"

#include <gtest/gtest.h>

#include "gojs/fetch/allow_list.h"

namespace goshawk::gojs {
namespace {

std::string Parse(std::string_view text) {
  const std::optional<Url> url = Url::Parse(text);
  return url ? url->ToString() : "none";
}

TEST(UrlTest, IsTakenApart) {
  const Url url = *Url::Parse("HTTPS://me:pw@Example.COM:8443/a/b?c=d/../e#f");
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.userinfo, "me:pw");
  EXPECT_EQ(url.host, "example.com");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.path, "/a/b?c=d/../e");
  EXPECT_EQ(url.fragment, "#f");
  EXPECT_EQ(url.ToRequest(), "https://example.com:8443/a/b?c=d/../e");
}

TEST(UrlTest, HasOneSpelling) {
  EXPECT_EQ(Parse("http://a"), "http://a/");
  EXPECT_EQ(Parse("http://a:80"), "http://a/");
  EXPECT_EQ(Parse("https://a:80"), "https://a:80/");
  EXPECT_EQ(Parse("http://a?q"), "http://a/?q");
  EXPECT_EQ(Parse("http://a/./b/../../c/."), "http://a/c/");
  EXPECT_EQ(Parse("http://[::1]:8080/x"), "http://[::1]:8080/x");
  EXPECT_EQ(Parse("http://[::1]"), "http://[::1]/");
  EXPECT_EQ(Parse("http://a:/x"), "http://a/x");
}

TEST(UrlTest, NonsenseIsNone) {
  for (const char* text :
       {"", "a", "http:", "http:/a", "http://", "http:///a", "ftp://a",
        "file:///etc/passwd", "http://a b", "http://a/\n", "http://a:x/",
        "http://a:70000/", "http://a:80x", "http://[::1", "http://::1]",
        "http://a%2eb/", "http://a\\b/", "http://[x]/", "http://@/"}) {
    EXPECT_EQ(Parse(text), "none") << text;
  }
}

TEST(UrlTest, ReferencesAreResolved) {
  const Url base = *Url::Parse("http://a/b/c/d?q#f");
  const auto resolve = [&](std::string_view reference) {
    const std::optional<Url> url = base.Resolve(reference);
    return url ? url->ToString() : "none";
  };
  // RFC 3986, 5.4.
  EXPECT_EQ(resolve("g"), "http://a/b/c/g");
  EXPECT_EQ(resolve("./g"), "http://a/b/c/g");
  EXPECT_EQ(resolve("g/"), "http://a/b/c/g/");
  EXPECT_EQ(resolve("/g"), "http://a/g");
  EXPECT_EQ(resolve("//g"), "http://g/");
  EXPECT_EQ(resolve("?y"), "http://a/b/c/d?y");
  EXPECT_EQ(resolve("g?y"), "http://a/b/c/g?y");
  EXPECT_EQ(resolve("#s"), "http://a/b/c/d?q#s");
  EXPECT_EQ(resolve(""), "http://a/b/c/d?q");
  EXPECT_EQ(resolve(".."), "http://a/b/");
  EXPECT_EQ(resolve("../../g"), "http://a/g");
  EXPECT_EQ(resolve("../../../g"), "http://a/g");
  EXPECT_EQ(resolve("https://b:1/x"), "https://b:1/x");
  EXPECT_EQ(resolve("g?a:b"), "http://a/b/c/g?a:b");
  EXPECT_EQ(resolve("javascript:alert(1)"), "none");
}

TEST(AllowListTest, HostsAndPorts) {
  AllowList list;
  EXPECT_FALSE(list.Allows("a", 80));
  ASSERT_TRUE(list.Add("A,b:8080").ok());
  ASSERT_TRUE(list.Add("[::1]:1,*:443").ok());
  EXPECT_TRUE(list.Allows("a", 80));
  EXPECT_TRUE(list.Allows("a", 1));
  EXPECT_TRUE(list.Allows("b", 8080));
  EXPECT_FALSE(list.Allows("b", 80));
  EXPECT_FALSE(list.Allows("x.a", 80));
  EXPECT_TRUE(list.Allows("[::1]", 1));
  EXPECT_FALSE(list.Allows("[::1]", 2));
  EXPECT_TRUE(list.Allows("anything", 443));
}

TEST(AllowListTest, NonsenseIsRefused) {
  for (const char* hosts : {"", ",", "a,", "a:", "a:x", "a/b", "http://a",
                            "a:1:2", "u@a", "a#b", "a?b", "*x"}) {
    EXPECT_FALSE(AllowList().Add(hosts).ok()) << hosts;
  }
}

}  // namespace
}  // namespace goshawk::gojs
