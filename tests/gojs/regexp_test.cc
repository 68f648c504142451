// Regular expressions where a program could harm its host, and what they do not
// have. What they find is shown by the guest patterns.go, which runs under node
// as well.

#include "gojs/js/regexp/matcher.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class RegExpTest : public RealmTest {
 protected:
  std::string Eval(std::string_view source) {
    return Show(Call("globalThis", "eval", {Str(source)}));
  }
};

TEST_F(RegExpTest, WhatTakesForEverThrows) {
  EXPECT_EQ(Eval("/^(a+)+$/.test('a'.repeat(40) + 'b')"),
            "throws RangeError: Regular expression takes too long: /^(a+)+$/");
  EXPECT_EQ(Eval("/^(a|a?)+$/.test('a'.repeat(40) + 'b')"),
            "throws RangeError: Regular expression takes too long: "
            "/^(a|a?)+$/");
  // What only needs many steps for a long text does not.
  EXPECT_EQ(Eval("/[^x]*x/.exec('a'.repeat(5000)) === null"), "true");
  EXPECT_EQ(Eval("/(?:a|b)*$/.exec('ab'.repeat(100000))[0].length"), "200000");
}

TEST_F(RegExpTest, PatternsAreNotTooLarge) {
  const std::string too_large = ": Regular expression too large";
  for (const char* const source :
       {"new RegExp('(?:'.repeat(100000) + ')'.repeat(100000))",
        "new RegExp('a{1000000000}')",
        "new RegExp('(?:(?:a{100}){100}){1000}')",
        "new RegExp('(?:(?:(?:a{99}){99}){99}){99}')",
        "new RegExp('a'.repeat(100000))", "new RegExp('()'.repeat(100000))",
        "new RegExp('a|'.repeat(100000))", "new RegExp('a{0,70000}')"}) {
    EXPECT_EQ(Eval("try { " + std::string(source) +
                   " } catch (e) { e.name + /: [^:]*$/.exec(e.message)[0] }"),
              "SyntaxError" + too_large)
        << source;
  }
  EXPECT_EQ(Eval("new RegExp('(?:){1000000000}').test('')"), "true");
}

TEST_F(RegExpTest, WhatThereIsNotIsNamed) {
  for (const char* const flag : {"u", "v", "d"}) {
    EXPECT_EQ(Eval("/x/" + std::string(flag)),
              "throws SyntaxError: the flag " + std::string(flag) +
                  " of a regular expression is not supported");
  }
  EXPECT_EQ(Eval("/(?<=a)b/"),
            "throws SyntaxError: Invalid regular expression: /(?<=a)b/: "
            "lookbehind is not supported");
}

TEST_F(RegExpTest, MembersLookAtThis) {
  EXPECT_EQ(Eval("/x/.exec.call({}, 'x')").substr(0, 16), "throws TypeError");
  EXPECT_EQ(Eval("RegExp.prototype.source"), "(?:)");
  EXPECT_EQ(Eval("let r = /x/g; r.lastIndex = -5; r.exec('x').index"), "0");
  EXPECT_EQ(Eval("let r = /x/g; r.lastIndex = Infinity; r.exec('x')"), "null");
  EXPECT_EQ(Eval("'abc'.replace(/b/, () => { throw 'thrown' })"),
            "throws thrown");
}

}  // namespace
}  // namespace goshawk::gojs
