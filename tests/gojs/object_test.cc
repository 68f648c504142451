#include "gojs/js/object.h"

#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

using ObjectTest = RealmTest;

TEST_F(ObjectTest, MissingPropertiesAreUndefined) {
  const Ref<Object> o = realm.NewObject();
  EXPECT_TRUE(o->Get("nothing").value().IsUndefined());
  EXPECT_TRUE(o->GetIndex(7).value().IsUndefined());
  EXPECT_TRUE(o->GetIndex(-7).value().IsUndefined());
}

TEST_F(ObjectTest, KeepsTheOrderOfPropertiesAcrossTheIndex) {
  const Ref<Object> o = realm.NewObject();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(o->Set("p" + std::to_string(i), Value(i)).ok());
  }
  for (int i = 0; i < 50; i += 2) {
    EXPECT_TRUE(o->Delete(realm.Intern("p" + std::to_string(i))));
  }
  const std::vector<Value> keys = o->OwnKeys(true);
  ASSERT_EQ(keys.size(), 25u);
  for (int i = 0; i < 25; ++i) {
    EXPECT_EQ(keys[i].string()->view(), "p" + std::to_string(2 * i + 1));
    EXPECT_EQ(o->Get(Key(keys[i].cell())).value().number(), 2 * i + 1);
  }
  for (int i = 1; i < 50; i += 2) {
    EXPECT_TRUE(o->Delete(realm.Intern("p" + std::to_string(i))));
  }
  EXPECT_TRUE(o->OwnKeys(true).empty());
  EXPECT_TRUE(o->Get("p1").value().IsUndefined());
}

TEST_F(ObjectTest, IndicesComeFirstAndSymbolsLast) {
  const Ref<Object> o = realm.NewObject();
  const Ref<Symbol> symbol = Symbol::New({});
  o->Define(Key(symbol.get()), Value(1));
  o->Define("b", 1);
  o->Define("10", 1);
  o->Define("9", 1);
  o->Define("a", 1);
  const std::vector<Value> keys = o->OwnKeys(true);
  ASSERT_EQ(keys.size(), 5u);
  EXPECT_EQ(keys[0].string()->view(), "9");
  EXPECT_EQ(keys[1].string()->view(), "10");
  EXPECT_EQ(keys[2].string()->view(), "b");
  EXPECT_EQ(keys[3].string()->view(), "a");
  EXPECT_EQ(keys[4].symbol(), symbol.get());
}

TEST_F(ObjectTest, FrozenObjectsStayAsTheyAre) {
  const Ref<Object> o = realm.NewObject();
  o->Define("a", 1);
  ASSERT_TRUE(Call("Object", "freeze", {Value(o)}).ok());
  EXPECT_TRUE(o->Set("a", Value(2)).ok());
  EXPECT_TRUE(o->Set("b", Value(2)).ok());
  EXPECT_FALSE(o->Delete(realm.Intern("a")));
  EXPECT_EQ(Show(Value(o)), "{ a: 1 }");
  EXPECT_EQ(Show(Call("Object", "isFrozen", {Value(o)})), "true");
}

TEST_F(ObjectTest, AccessorsRunAndPassErrorsOn) {
  const Ref<Object> o = realm.NewObject();
  const Ref<Object> descriptor = realm.NewObject();
  descriptor->Define("get",
                     Value(realm.New<LambdaFunction>(
                         "get", 0, [](const Invocation& call) -> Completion {
                           return call.self.object()->Get("hidden");
                         })));
  descriptor->Define(
      "set", Value(realm.New<LambdaFunction>(
                 "set", 1, [](const Invocation& call) -> Completion {
                   return call.realm.Throw(ErrorKind::kRangeError, "no");
                 })));
  o->Define("hidden", 5);
  ASSERT_TRUE(
      Call("Object", "defineProperty", {Value(o), Str("x"), Value(descriptor)})
          .ok());
  EXPECT_EQ(o->Get("x").value().number(), 5);
  EXPECT_EQ(Show(o->Set("x", Value(1))), "throws RangeError: no");
}

TEST_F(ObjectTest, PrototypesAreSharedAndCannotCircle) {
  const Value parent(realm.NewObject());
  parent.object()->Define("inherited", 1);
  const Value child = Call("Object", "create", {parent}).value();
  EXPECT_EQ(child.object()->Get("inherited").value().number(), 1);
  EXPECT_FALSE(child.object()->HasOwn(realm.Intern("inherited")));
  EXPECT_FALSE(parent.object()->SetPrototype(child.object()));
  EXPECT_TRUE(child.object()->Set("inherited", Value(2)).ok());
  EXPECT_EQ(parent.object()->Get("inherited").value().number(), 1);
}

TEST_F(ObjectTest, AMillionLinksFallWithoutRecursion) {
  Ref<Object> head = realm.NewObject();
  for (int i = 0; i < 1'000'000; ++i) {
    Ref<Object> next = realm.NewObject();
    next->Define("next", Value(std::move(head)));
    head = std::move(next);
  }
  const size_t before = realm.object_count();
  head = {};
  EXPECT_LE(realm.object_count() + 1'000'000, before);
}

TEST_F(ObjectTest, CirclesFallWithTheirRealm) {
  // The leak checker of the sanitizers has the last word.
  const Ref<Object> a = realm.NewObject();
  const Ref<Object> b = realm.NewObject();
  a->Define("b", Value(b));
  b->Define("a", Value(a));
  a->Define("f", Value(realm.New<LambdaFunction>(
                     "f", 0, [a](const Invocation&) { return Value(a); })));
  realm.global().Define("a", Value(a));
  EXPECT_EQ(Get("a.b.a.b").object(), b.get());
}

// A class as an embedder would write it.
class Counter final : public Object {
 public:
  static const ClassInfo kClass;
  explicit Counter(Realm& realm) : Object(realm, kClass) {}
  double Add(double n) { return total_ += n; }
  std::string Join(std::string_view separator, Args rest) {
    std::string out;
    for (const Value& v : rest) {
      if (!out.empty()) out += separator;
      out += ToPlainString(v);
    }
    return out;
  }
  bool Same(Counter* other) const { return other == this; }
  uint8_t Small(uint8_t n, std::optional<int> m) {
    return m ? static_cast<uint8_t>(*m) : n;
  }
  double total() const { return total_; }
  void set_total(double n) { total_ = n; }

 private:
  double total_ = 0;
};

constexpr Member kCounterMembers[] = {
    Method<&Counter::Add>("add"),
    Method<&Counter::Join>("join"),
    Method<&Counter::Same>("same"),
    Method<&Counter::Small>("small"),
    Accessor<&Counter::total, &Counter::set_total>("total"),
};
const ClassInfo Counter::kClass = {
    .name = "Counter", .parent = &Object::kClass, .members = kCounterMembers};

TEST_F(ObjectTest, SignaturesConvertArguments) {
  const Value c(realm.New<Counter>());
  EXPECT_EQ(Show(Call(c, "add", {Value(2)})), "2");
  EXPECT_EQ(Show(Call(c, "add", {Str("40")})), "42");
  EXPECT_EQ(Show(Call(c, "join", {Str("-"), Value(1), Value(true)})), "1-true");
  EXPECT_EQ(Show(Call(c, "same", {c})), "true");
  EXPECT_EQ(Show(Call(c, "same", {Value(realm.NewObject())})), "false");
  EXPECT_EQ(Show(Call(c, "small", {Value(300)})), "255");
  EXPECT_EQ(Show(Call(c, "small", {Value(-1), Value(Null{})})), "0");
  EXPECT_EQ(Show(Call(c, "small", {Value(1), Value(7)})), "7");
  EXPECT_EQ(Show(Call(c, "join", {Value(Symbol::New({}))})),
            "throws TypeError: Cannot convert a Symbol value to a string");
  EXPECT_TRUE(c.object()->Set("total", Value(9)).ok());
  EXPECT_EQ(Show(c.object()->Get("total")), "9");
  EXPECT_EQ(
      c.object()->Get("add").value().object()->Get("length").value().number(),
      1);
}

TEST_F(ObjectTest, MethodsRefuseAnotherThis) {
  const Value c(realm.New<Counter>());
  const Value add = c.object()->Get("add").value();
  EXPECT_EQ(Show(add.object()->Call(Value(realm.NewObject()), {})),
            "throws TypeError: Illegal invocation: this is not a Counter");
  EXPECT_EQ(Show(add.object()->Call(Value(), {})),
            "throws TypeError: Illegal invocation: this is not a Counter");
}

TEST_F(ObjectTest, TwoRealmsShareNothing) {
  Environment other_env{clock, random};
  Realm other{kGlobalMembers, &other_env};
  other.global().Define("mine", 1);
  EXPECT_TRUE(Get("mine").IsUndefined());
  EXPECT_NE(other.global().Get("Object").value().object(),
            Get("Object").object());
}

}  // namespace
}  // namespace goshawk::gojs
