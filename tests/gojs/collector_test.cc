// Objects that only hold each other are freed, all others stay.

#include <string>

#include "gojs/js/array.h"
#include "gojs/js/array_buffer.h"
#include "gojs/js/promise.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class CollectorTest : public RealmTest {
 protected:
  Completion Eval(std::string_view source) {
    return Call("globalThis", "eval", {Str(source)});
  }
};

TEST_F(CollectorTest, CirclesAreFreed) {
  // Whatever is made once is there before the count.
  const char* const kCircles[] = {
      "var o = {}; o.o = o; o = 0",
      "(function() { let f = () => f; f() })()",
      "(function() { function F() {} return new F() })()",
      "(function() { let m = new Map(); m.set(m, m); new Set([m]) })()",
      "(function() { let a = []; a.push(a, [a]); a.values().next() })()",
      "(function() { let p = new Promise(r => { p2 = r }); var p2;"
      "p.then(() => p) })()",
      "(function() { let o = {get x() { return o }}; o.x })()",
      "(function() { let b = (() => b).bind({}); b() })()",
      "(function() { let c = new AbortController();"
      "c.signal.addEventListener('abort', () => c) })()",
      "(function() { let u = new Uint8Array(8); u.me = u.buffer;"
      "u.buffer.view = u })()",
  };
  for (const char* const source : kCircles) {
    ASSERT_TRUE(Eval(source).ok()) << source;
    realm.Collect();
    const size_t before = realm.object_count();
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(Eval(source).ok()) << source;
    EXPECT_GT(realm.object_count(), before) << source;
    realm.Collect();
    EXPECT_EQ(realm.object_count(), before) << source;
  }
}

TEST_F(CollectorTest, WhatIsReachedStays) {
  ASSERT_TRUE(Eval("var kept = {a: [1, {b: 2}]}; kept.self = kept;"
                   "var f = (function() { let n = kept; return () => n })()")
                  .ok());
  const Completion held = Eval(
      "(function() { let o = {x: 1}; o.o = o;"
      "return o })()");
  realm.Collect();
  EXPECT_EQ(Show(Eval("f().self.a[1].b")), "2");
  EXPECT_EQ(Show(held.value().object()->Get("x")), "1");
}

TEST_F(CollectorTest, HappensByItself) {
  ASSERT_TRUE(
      Eval("for (let i = 0; i < 200000; i++) { let o = {}; o.o = o }").ok());
  EXPECT_LT(realm.object_count(), 100000u);
}

TEST_F(CollectorTest, LargeBuffersMakeItHappen) {
  // A gigabyte in all.
  for (int i = 0; i < 64; ++i) {
    const Ref<ArrayBuffer> buffer = ArrayBuffer::New(realm, 16 << 20);
    ASSERT_TRUE(buffer);
    buffer->Define("self", Value(buffer));
  }
  realm.NewObject();
  EXPECT_LT(realm.object_count(), 500u);
}

// References that C++ holds while objects are made count as well.
TEST_F(CollectorTest, MayHappenAnywhere) {
  ASSERT_TRUE(Eval("var list = []; for (let i = 0; i < 40000; i++) {"
                   "let a = [i]; a.push(a); list.push(a.map(x => [x])) }")
                  .ok());
  EXPECT_EQ(Show(Eval("list.every((a, i) => a[0][0] === i && a.length == 2)")),
            "true");
}

}  // namespace
}  // namespace goshawk::gojs
