// Promises and the order of what waits for the end of running code. More of it
// is compared with node by the guest scripts.go.

#include "gojs/js/promise.h"

#include <string>

#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class PromiseTest : public RealmTest {
 protected:
  // What `source` and the microtasks it leaves append to `log`.
  std::string Run(std::string_view source) {
    Completion c = Call("globalThis", "eval",
                        {Str("var log = []; " + std::string(source))});
    env.Settle(c);
    env.RunMicrotasks(realm);
    return Show(Call(Get("log"), "join"));
  }
  std::string Uncaught() {
    return env.uncaught() ? DescribeThrown(realm, *env.uncaught()) : "nothing";
  }
};

TEST_F(PromiseTest, TicksComeBeforeMicrotasks) {
  EXPECT_EQ(Run("queueMicrotask(() => log.push(2));"
                "process.nextTick(x => log.push(x), 1);"
                "Promise.resolve(3).then(x => {"
                "  process.nextTick(() => log.push(5));"
                "  queueMicrotask(() => log.push(4)); log.push(x) });"
                "log.push(0)"),
            "0,1,2,3,4,5");
}

TEST_F(PromiseTest, OnlyTheFirstSettlementCounts) {
  EXPECT_EQ(Run("new Promise((yes, no) => { yes(1); yes(2); no(3); throw 4 })"
                ".then(x => log.push(x), x => log.push(-x))"),
            "1");
}

TEST_F(PromiseTest, ThenablesAreFollowed) {
  EXPECT_EQ(Run("Promise.resolve({then(f) { f({then(g) { g('x') }}) }})"
                ".then(x => log.push(x))"),
            "x");
  EXPECT_EQ(Run("var p = new Promise(r => queueMicrotask(() => r(p)));"
                "p.catch(e => log.push(e.message))"),
            "Chaining cycle detected for promise #<Promise>");
}

TEST_F(PromiseTest, UnhandledRejectionsEndTheProgram) {
  EXPECT_EQ(Run("Promise.reject(new RangeError('far')); log.push(1)"), "1");
  EXPECT_EQ(Uncaught(), "RangeError: far");
}

TEST_F(PromiseTest, ReasonsThatAreNoErrorsAreTold) {
  Run("Promise.reject('why')");
  const std::string text = Uncaught();
  EXPECT_NE(text.find("The promise rejected with the reason \"why\"."),
            std::string::npos)
      << text;
}

TEST_F(PromiseTest, HandledInTimeIsHandled) {
  Run("var p = Promise.reject(1); queueMicrotask(() => p.catch(() => {}))");
  EXPECT_EQ(Uncaught(), "nothing");
}

TEST_F(PromiseTest, CppSettlesAndWaits) {
  const Ref<Promise> promise = realm.New<Promise>();
  std::string seen;
  promise->Then(
      Value(realm.New<LambdaFunction>("f", 1,
                                      [&](const Invocation& call) {
                                        seen = ToPlainString(call.Arg(0));
                                        return Completion();
                                      })),
      Value());
  promise->Resolve(Value(7));
  promise->Reject(Value(8));
  EXPECT_EQ(seen, "");
  env.RunMicrotasks(realm);
  EXPECT_EQ(seen, "7");
  EXPECT_EQ(promise->state(), Promise::State::kFulfilled);
}

}  // namespace
}  // namespace goshawk::gojs
