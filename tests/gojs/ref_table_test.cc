#include "gojs/ref_table.h"

#include <bit>
#include <cmath>
#include <limits>

#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class RefTableTest : public RealmTest {
 protected:
  static uint64_t Bits(GoRef ref) { return static_cast<uint64_t>(ref); }
  static uint64_t Bits(double number) {
    return std::bit_cast<uint64_t>(number);
  }

  Ref<Object> go = realm.NewObject();
  RefTable refs{realm, go};
};

TEST_F(RefTableTest, PredefinedReferencesAreThoseOfGo) {
  EXPECT_EQ(Bits(refs.Store(Value())), 0u);
  EXPECT_EQ(Bits(refs.Store(Value(std::nan("")))), 0x7ff80000'00000000u);
  EXPECT_EQ(Bits(refs.Store(Value(0))), 0x7ff80000'00000001u);
  EXPECT_EQ(Bits(refs.Store(Value(-0.0))), 0x7ff80000'00000001u);
  EXPECT_EQ(Bits(refs.Store(Value(Null{}))), 0x7ff80000'00000002u);
  EXPECT_EQ(Bits(refs.Store(Value(true))), 0x7ff80000'00000003u);
  EXPECT_EQ(Bits(refs.Store(Value(false))), 0x7ff80000'00000004u);
  EXPECT_EQ(Bits(refs.Store(Value(&realm.global()))), 0x7ff80001'00000005u);
  EXPECT_EQ(Bits(refs.Store(Value(go))), 0x7ff80001'00000006u);
  EXPECT_EQ(refs.size(), 7u);
}

TEST_F(RefTableTest, NumbersAreTheirOwnBits) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double n : {1.0, -1.5, 1e300, kInfinity, -kInfinity, 5e-324}) {
    EXPECT_EQ(Bits(refs.Store(Value(n))), Bits(n));
    EXPECT_EQ(refs.Load(GoRef{Bits(n)}).number(), n);
  }
  EXPECT_TRUE(refs.Load(GoRef{Bits(-0.0)}).IsUndefined());
}

TEST_F(RefTableTest, PredefinedIdsAreNeverCounted) {
  for (uint32_t id = 0; id < 7; ++id) {
    for (int i = 0; i < 3; ++i) {
      refs.Release(GoRef{uint64_t{0x7ff80001} << 32 | id});
    }
  }
  EXPECT_EQ(refs.Load(GoRef{0x7ff80001'00000005}).object(), &realm.global());
  EXPECT_TRUE(refs.Load(GoRef{0x7ff80000'00000002}).IsNull());
}

TEST_F(RefTableTest, EqualStringsHaveOneReferenceWhileHeld) {
  const GoRef a = refs.Store(Str("text"));
  EXPECT_EQ(refs.Store(Str("text")), a);
  EXPECT_EQ(Bits(a) >> 32, 0x7ff80002u);
  refs.Release(a);
  EXPECT_EQ(refs.Load(a).string()->view(), "text");
  refs.Release(a);
  EXPECT_TRUE(refs.Load(a).IsUndefined());
}

TEST_F(RefTableTest, ObjectsAreKnownByIdentity) {
  const Value a(realm.NewObject());
  const Value b(realm.NewObject());
  const GoRef ref = refs.Store(a);
  EXPECT_NE(refs.Store(b), ref);
  EXPECT_EQ(refs.Store(a), ref);
  EXPECT_EQ(Bits(refs.Store(Get("Object"))) >> 32, 0x7ff80004u);
  EXPECT_EQ(Bits(refs.Store(Value(Symbol::New({})))) >> 32, 0x7ff80003u);
}

TEST_F(RefTableTest, FreedIdsComeBackLastInFirstOut) {
  const GoRef a = refs.Store(Value(realm.NewObject()));
  const GoRef b = refs.Store(Value(realm.NewObject()));
  const GoRef c = refs.Store(Value(realm.NewObject()));
  refs.Release(a);
  refs.Release(c);
  EXPECT_EQ(refs.Store(Value(realm.NewObject())), c);
  EXPECT_EQ(refs.Store(Value(realm.NewObject())), a);
  EXPECT_NE(refs.Store(Value(realm.NewObject())), b);
}

TEST_F(RefTableTest, WhatWasReleasedComesBackAsItself) {
  const Value a(realm.NewObject());
  const GoRef first = refs.Store(a);
  refs.Release(first);
  const GoRef other = refs.Store(Value(realm.NewObject()));
  EXPECT_EQ(other, first);
  const GoRef again = refs.Store(a);
  EXPECT_NE(again, other);
  EXPECT_EQ(refs.Load(again).object(), a.object());
}

TEST_F(RefTableTest, ReferencesOutOfTheBlueNameNothing) {
  EXPECT_TRUE(refs.Load(GoRef{0x7ff80001'ffffffff}).IsUndefined());
  refs.Release(GoRef{0x7ff80001'ffffffff});
  const GoRef a = refs.Store(Value(realm.NewObject()));
  refs.Release(a);
  refs.Release(a);
  refs.Release(a);
  EXPECT_EQ(refs.Store(Value(realm.NewObject())), a);
  EXPECT_NE(refs.Store(Value(realm.NewObject())), a);
}

TEST_F(RefTableTest, TenMillionValuesComeAndGo) {
  const size_t objects = realm.object_count();
  for (int i = 0; i < 10'000'000; ++i) {
    refs.Release(refs.Store(Value(realm.NewObject())));
  }
  EXPECT_EQ(refs.size(), 8u);
  EXPECT_EQ(realm.object_count(), objects);
}

}  // namespace
}  // namespace goshawk::gojs
