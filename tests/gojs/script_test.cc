// What eval and Function make of source text. That the language is JavaScript
// is shown by the guest scripts.go, which runs under node as well.

#include <pthread.h>

#include <functional>
#include <string>

#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class ScriptTest : public RealmTest {
 protected:
  std::string Eval(std::string_view source) {
    return Show(Call("globalThis", "eval", {Str(source)}));
  }
};

TEST_F(ScriptTest, ValuesThatAreNoTextAreReturned) {
  EXPECT_EQ(Show(Call("globalThis", "eval", {Value(5)})), "5");
  EXPECT_EQ(Show(Call("globalThis", "eval")), "undefined");
}

TEST_F(ScriptTest, ClosuresKeepTheirVariables) {
  EXPECT_EQ(Eval("var next = (function() { let n = 0; return () => ++n })();"
                 "next(); next() + next()"),
            "5");
  EXPECT_EQ(Eval("let all = []; for (let i = 0; i < 3; i++)"
                 "all.push(() => i); all.map(f => f()).join()"),
            "0,1,2");
}

TEST_F(ScriptTest, VariablesOfEvalAreGlobalOrItsOwn) {
  EXPECT_EQ(Eval("var a = 1; let b = 2; function f() { return a + b } f()"),
            "3");
  EXPECT_EQ(Eval("a"), "1");
  EXPECT_EQ(Eval("f()"), "3");
  EXPECT_EQ(Eval("b"), "throws ReferenceError: b is not defined");
}

TEST_F(ScriptTest, WhatThereIsNotIsNamed) {
  for (const auto& [source, what] :
       std::initializer_list<std::pair<const char*, const char*>>{
           {"class A {}", "'class'"},
           {"async function f() {}", "an async function"},
           {"function* f() {}", "a generator"},
           {"let [a] = [1]", "destructuring"},
           {"({a} = {a: 1})", "destructuring"},
           {"tag`x`", "a tagged template"},
           {"with (a) b", "'with'"},
           {"new.target", "new.target"}}) {
    EXPECT_EQ(Eval(source),
              "throws SyntaxError: " + std::string(what) + " is not supported")
        << source;
  }
  EXPECT_EQ(Eval("1n"),
            "throws SyntaxError: BigInt literals are not supported");
}

// Whatever the source, neither parsing nor running it may overflow the stack.
TEST_F(ScriptTest, DeepNestingThrows) {
  const std::string too_deep =
      "throws RangeError: Maximum call stack size exceeded";
  for (const char* const part :
       {"(", "[", "{a:", "!", "- ", "a=", "new ", "x=function(){", "x=>",
        "a?b:", "`${", "if(1)", "{", "a[", "f(", "for(;;)", "try{", "2**"}) {
    std::string source = "(";
    if (part[0] == '{' && part[1] == '\0') source = "";
    if (part[0] == 'i' || part[0] == 't' || part[1] == 'o') source = "";
    for (int i = 0; i < 400000; ++i) source += part;
    EXPECT_EQ(Eval(source).substr(0, too_deep.size()), too_deep) << part;
  }
  EXPECT_EQ(Eval("(function f() { return f() })()"), too_deep);
  EXPECT_EQ(Eval("var o = {get x() { return this.x }}; o.x"), too_deep);
  EXPECT_EQ(Eval("var o = {toString() { return '' + this }}; '' + o"),
            too_deep);
  EXPECT_EQ(Eval("var a = []; a[0] = [a]; a.join()"), too_deep);
  EXPECT_EQ(Eval("var b = () => 1; for (let i = 0; i < 300000; i++)"
                 "b = b.bind(); b()"),
            too_deep);
  EXPECT_EQ(Eval("var l = []; for (let i = 0; i < 300000; i++) l = [l];"
                 "JSON.stringify(l)"),
            too_deep);
}

// Each thread has a stack of its own, and not all are of one size.
TEST_F(ScriptTest, EveryThreadHasItsOwnStack) {
  constexpr std::string_view kDeep =
      "var depth = 0; (function f() { depth++; f() })()";
  const std::string too_deep =
      "throws RangeError: Maximum call stack size exceeded";
  EXPECT_EQ(Eval(kDeep), too_deep);
  const double here = ToNumber(Get("depth"));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 1 << 20);
  struct Shared {
    std::function<void()> work;
  } shared{[&] { EXPECT_EQ(Eval(kDeep), too_deep); }};
  pthread_t thread;
  ASSERT_EQ(pthread_create(
                &thread, &attributes,
                [](void* context) -> void* {
                  static_cast<Shared*>(context)->work();
                  return nullptr;
                },
                &shared),
            0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  EXPECT_GT(ToNumber(Get("depth")), 10);
  EXPECT_LT(ToNumber(Get("depth")), here);
  EXPECT_EQ(Eval(kDeep), too_deep);
}

TEST_F(ScriptTest, LongOperatorChainsAreNoNesting) {
  std::string source = "1";
  for (int i = 0; i < 1000; ++i) source += "+1";
  EXPECT_EQ(Eval(source), "1001");
}

TEST_F(ScriptTest, StringsHaveALimit) {
  EXPECT_EQ(Eval("var s = 'x'; for (;;) s += s"),
            "throws RangeError: Invalid string length");
}

TEST_F(ScriptTest, TheEndOfTheProgramIsNotCaught) {
  realm.global().Define(
      "stop", Value(realm.New<LambdaFunction>("stop", 0, [](const Invocation&) {
        return Completion::Unwind();
      })));
  const Completion c = Call(
      "globalThis", "eval",
      {Str("var n = 0; try { stop() } catch (e) { n = 1 } finally { n = 2 }")});
  EXPECT_TRUE(c.unwinding());
  EXPECT_EQ(Eval("n"), "0");
}

TEST_F(ScriptTest, AFunctionKnowsItsSource) {
  EXPECT_EQ(Eval("String(function f(a) { return a /* x */ })"),
            "function f(a) { return a /* x */ }");
  EXPECT_EQ(Eval("new Function('a', 'b', 'return a * b')(6, 7)"), "42");
  EXPECT_EQ(Eval("Function('}); (function(){')"),
            "throws SyntaxError: Single function literal required");
}

}  // namespace
}  // namespace goshawk::gojs
