// The built-in objects, as a Go program would use them through syscall/js.

#include "gojs/js/array.h"
#include "gojs/js/typed_array.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

using BuiltinsTest = RealmTest;

TEST_F(BuiltinsTest, EveryGlobalCanBeLookedAt) {
  for (const Member& member : kGlobalMembers) {
    const Completion c = realm.global().Get(member.name);
    ASSERT_TRUE(c.ok()) << member.name;
    EXPECT_EQ(c.value().IsUndefined(), member.name == "undefined")
        << member.name;
    if (Object* o = c.value().AsObject()) {
      for (const Value& key : o->OwnKeys(false)) {
        EXPECT_TRUE(o->Get(Key(key.cell())).ok()) << ToPlainString(key);
      }
    }
  }
}

TEST_F(BuiltinsTest, NoMethodCrashesOnStrangeArguments) {
  const Value strange[] = {Value(),
                           Value(Null{}),
                           Value(true),
                           Value(-1),
                           Value(1e300),
                           Str("x"),
                           Value(Symbol::New({})),
                           Value(realm.NewObject()),
                           Get("Array"),
                           Value(realm.New<Array>())};
  for (const Member& member : kGlobalMembers) {
    const Value global = realm.global().Get(member.name).value();
    if (!global.IsObject() || global.object() == &realm.global()) continue;
    for (Object* o : {global.object(),
                      global.object()->Get("prototype").value().AsObject()}) {
      if (o == nullptr) continue;
      for (const Value& key : o->OwnKeys(false)) {
        if (member.name == "process" && ToPlainString(key) == "exit") continue;
        const Value f = o->Get(Key(key.cell())).value();
        if (!f.IsCallable()) continue;
        for (const Value& a : strange) {
          const Value args[] = {a, a, a, a, a, a};
          static_cast<void>(f.object()->Call(a, args).ok());
          static_cast<void>(f.object()->Call(global, args).ok());
          static_cast<void>(f.object()->Construct(args, f.object()).ok());
        }
      }
    }
  }
}

TEST_F(BuiltinsTest, ArraysGrowAndShrink) {
  const Value a = New("Array", {Value(3)}).value();
  EXPECT_EQ(a.object()->Get("length").value().number(), 3);
  EXPECT_TRUE(a.object()->SetIndex(4, Value(1)).ok());
  EXPECT_EQ(a.object()->Get("length").value().number(), 5);
  EXPECT_TRUE(a.object()->Set("length", Value(1)).ok());
  EXPECT_EQ(Show(Value(a)), "[ undefined ]");
  EXPECT_EQ(Show(New("Array", {Value(-1)})),
            "throws RangeError: Invalid array length");
  EXPECT_EQ(Show(New("Array", {Value(1), Str("b")})), "[ 1, 'b' ]");
  EXPECT_EQ(Show(a.object()->Get("0")), "undefined");
}

TEST_F(BuiltinsTest, AStrayIndexCostsNoMemory) {
  const Value a = New("Array").value();
  EXPECT_TRUE(a.object()->SetIndex(4'000'000'000, Value(1)).ok());
  EXPECT_EQ(a.object()->GetIndex(4'000'000'000).value().number(), 1);
  EXPECT_EQ(a.object()->Get("length").value().number(), 0);
}

TEST_F(BuiltinsTest, ArrayMethods) {
  const Value a = Call("Array", "of", {Value(3), Value(1), Value(2)}).value();
  EXPECT_EQ(Show(Call(a, "concat", {a, Value(Null{})})),
            "[ 3, 1, 2, 3, 1, 2, null ]");
  EXPECT_EQ(Show(Call(a, "join", {Str("-")})), "3-1-2");
  EXPECT_EQ(Show(Call(a, "slice", {Value(-2)})), "[ 1, 2 ]");
  EXPECT_EQ(Show(Call(a, "indexOf", {Value(2)})), "2");
  EXPECT_EQ(Show(Call(a, "sort")), "[ 1, 2, 3 ]");
  EXPECT_EQ(Show(Call(a, "splice", {Value(1), Value(1), Str("x")})), "[ 2 ]");
  EXPECT_EQ(Show(Value(a)), "[ 1, 'x', 3 ]");
  EXPECT_EQ(Show(Call(a, "map", {Value(5)})),
            "throws TypeError: 5 is not a function");
  EXPECT_EQ(Show(Call("Array", "isArray", {a})), "true");
}

TEST_F(BuiltinsTest, SortingEndsWhateverTheComparisonSays) {
  const Value a = New("Array", {Value(100)}).value();
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(a.object()->SetIndex(i, Value((i * 37) % 100)).ok());
  }
  const Value nonsense(realm.New<LambdaFunction>(
      "f", 2, [](const Invocation&) { return Value(-1); }));
  EXPECT_TRUE(Call(a, "sort", {nonsense}).ok());
  const Value order(realm.New<LambdaFunction>("f", 2, [](const Invocation& c) {
    return Value(c.Arg(0).number() - c.Arg(1).number());
  }));
  ASSERT_TRUE(Call(a, "sort", {order}).ok());
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(a.object()->GetIndex(i).value().number(), i);
  }
}

TEST_F(BuiltinsTest, BindPutsArgumentsInFront) {
  const Value a = Call("Array", "of", {Value(1)}).value();
  const Value concat = a.object()->Get("concat").value();
  const Value bound = Call(concat, "bind", {a, Value(2)}).value();
  EXPECT_EQ(Show(bound.object()->Call(Value(), std::vector<Value>{Value(3)})),
            "[ 1, 2, 3 ]");
  EXPECT_EQ(Show(Call(concat, "apply", {a, a})), "[ 1, 1 ]");
}

TEST_F(BuiltinsTest, ErrorsHaveNamesAndMessages) {
  const Value e = New("RangeError", {Str("too far")}).value();
  EXPECT_EQ(Show(e.object()->Get("message")), "too far");
  EXPECT_EQ(Show(e.object()->Get("name")), "RangeError");
  EXPECT_EQ(Show(Call(e, "toString")), "RangeError: too far");
  EXPECT_TRUE(InstanceOf(realm, e, Get("RangeError")).value().boolean());
  EXPECT_TRUE(InstanceOf(realm, e, Get("Error")).value().boolean());
  EXPECT_FALSE(InstanceOf(realm, e, Get("TypeError")).value().boolean());
  EXPECT_EQ(Show(InstanceOf(realm, e, Value(1))),
            "throws TypeError: Right-hand side of 'instanceof' is not an "
            "object");
  EXPECT_TRUE(e.object()->OwnKeys(true).empty());
}

TEST_F(BuiltinsTest, ClassesNeedNew) {
  EXPECT_EQ(Show(Call("globalThis", "Uint8Array", {Value(1)})),
            "throws TypeError: Constructor Uint8Array requires 'new'");
  EXPECT_EQ(Show(New("Symbol")),
            "throws TypeError: Symbol is not a "
            "constructor");
  EXPECT_EQ(Show(New("Number", {Value(0)}).value().object()->Get("valueOf")),
            "[Function: valueOf]");
}

TEST_F(BuiltinsTest, TypedArraysWrapAndClamp) {
  const Value u8 = New("Uint8Array", {Value(2)}).value();
  EXPECT_TRUE(u8.object()->SetIndex(0, Value(257.9)).ok());
  EXPECT_TRUE(u8.object()->SetIndex(1, Value(-1)).ok());
  EXPECT_TRUE(u8.object()->SetIndex(2, Value(9)).ok());
  EXPECT_EQ(Show(Value(u8)), "Uint8Array(2) [ 1, 255 ]");
  const Value clamped = New("Uint8ClampedArray", {Value(3)}).value();
  EXPECT_TRUE(clamped.object()->SetIndex(0, Value(300)).ok());
  EXPECT_TRUE(clamped.object()->SetIndex(1, Value(1.5)).ok());
  EXPECT_TRUE(clamped.object()->SetIndex(2, Value(-3)).ok());
  EXPECT_EQ(Show(Value(clamped)), "Uint8ClampedArray(3) [ 255, 2, 0 ]");
}

TEST_F(BuiltinsTest, ViewsShareTheirBuffer) {
  const Value buffer = New("ArrayBuffer", {Value(8)}).value();
  const Value bytes = New("Uint8Array", {buffer, Value(4), Value(4)}).value();
  const Value word = New("Uint32Array", {buffer}).value();
  EXPECT_TRUE(bytes.object()->SetIndex(0, Value(1)).ok());
  EXPECT_TRUE(bytes.object()->SetIndex(3, Value(1)).ok());
  EXPECT_EQ(Show(word.object()->GetIndex(1)), "16777217");
  EXPECT_EQ(Show(bytes.object()->Get("byteOffset")), "4");
  EXPECT_EQ(Show(Call(bytes, "subarray", {Value(1), Value(-1)})),
            "Uint8Array(2) [ 0, 0 ]");
  EXPECT_EQ(Show(New("Uint32Array", {buffer, Value(1)})),
            "throws RangeError: Invalid typed array bounds");
  EXPECT_EQ(Show(New("Uint8Array", {buffer, Value(4), Value(5)})),
            "throws RangeError: Invalid typed array bounds");
  EXPECT_EQ(Show(New("Uint8Array", {Value(1e15)})),
            "throws RangeError: Invalid typed array length: 1000000000000000");
}

TEST_F(BuiltinsTest, SymbolsAreUnique) {
  const Value a = Call("globalThis", "Symbol", {Str("x")}).value();
  const Value b = Call("globalThis", "Symbol", {Str("x")}).value();
  EXPECT_TRUE(a.IsSymbol());
  EXPECT_FALSE(StrictEquals(a, b));
  EXPECT_EQ(Show(Value(a)), "Symbol(x)");
}

TEST_F(BuiltinsTest, DatesKnowTheZone) {
  const Value d = New("Date").value();
  EXPECT_EQ(Show(Call(d, "getTimezoneOffset")), "-90");
  EXPECT_EQ(Show(Call(d, "getTime")), "1700000000000");
  EXPECT_EQ(Show(Call(d, "toISOString")), "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(Show(Call(d, "toString")), "Tue Nov 14 2023 23:43:20 GMT+0130");
  EXPECT_EQ(
      Show(Call(New("Date", {Str("2024-02-29T12:00:00Z")}).value(), "getTime")),
      "1709208000000");
  EXPECT_EQ(Show(Call(New("Date", {Value(2024), Value(1), Value(29)}).value(),
                      "toISOString")),
            "2024-02-28T22:30:00.000Z");
  EXPECT_EQ(Show(Call(New("Date", {Value(-1)}).value(), "toISOString")),
            "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(Show(Call(New("Date", {Str("nonsense")}).value(), "toISOString")),
            "throws RangeError: Invalid time value");
}

TEST_F(BuiltinsTest, NowIsTheMillisecondThatHasBegun) {
  clock.now = 1'999'999;
  EXPECT_EQ(Show(Call("Date", "now")), "1");
  clock.now = -1;
  EXPECT_EQ(Show(Call("Date", "now")), "-1");
  clock.now = -1'000'000;
  EXPECT_EQ(Show(Call("Date", "now")), "-1");
}

TEST_F(BuiltinsTest, RandomValuesComeFromTheSource) {
  const Value bytes = New("Uint8Array", {Value(3)}).value();
  EXPECT_EQ(Show(Call("crypto", "getRandomValues", {bytes})),
            "Uint8Array(3) [ 1, 2, 3 ]");
}

TEST_F(BuiltinsTest, PathsResolve) {
  env.cwd = "/home/go";
  const auto resolve = [&](std::vector<Value> args) {
    return Show(Call("path", "resolve", std::move(args)));
  };
  EXPECT_EQ(resolve({}), "/home/go");
  EXPECT_EQ(resolve({Str("x/../y")}), "/home/go/y");
  EXPECT_EQ(resolve({Str("/a"), Str("b"), Str("../c/")}), "/a/c");
  EXPECT_EQ(resolve({Value(1)}),
            "throws TypeError: The \"path\" argument must be of type string");
  EXPECT_EQ(Show(Call("path", "join", {Str("../a"), Str("b/..")})), "../a");
  EXPECT_EQ(Show(Call("path", "basename", {Str("/a/b.go"), Str(".go")})), "b");
  EXPECT_EQ(Show(Call("path", "dirname", {Str("/a/b")})), "/a");
  EXPECT_EQ(Show(Call("path", "extname", {Str("/a/.b/c.tar.gz")})), ".gz");
}

TEST_F(BuiltinsTest, ProcessIsWhoTheOptionsSay) {
  env.identity.uid = 1000;
  env.identity.groups = {4, 27};
  EXPECT_EQ(Show(Call("process", "getuid")), "1000");
  EXPECT_EQ(Show(Call("process", "getgroups")), "[ 4, 27 ]");
  EXPECT_EQ(Show(Call("process", "umask", {Value(077)})), "18");
  EXPECT_EQ(Show(Call("process", "umask")), "63");
  const Completion chdir = Call("process", "chdir", {Str("/x")});
  EXPECT_TRUE(chdir.thrown());
  EXPECT_EQ(Show(chdir.value().object()->Get("code")), "ENOSYS");
}

}  // namespace
}  // namespace goshawk::gojs
