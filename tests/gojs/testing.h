// What tests of package gojs share: a realm with everything a program would
// find, and short ways to use it.

#ifndef GOSHAWK_TESTS_GOJS_TESTING_H_
#define GOSHAWK_TESTS_GOJS_TESTING_H_

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "gojs/environment.h"
#include "gojs/js/convert.h"
#include "gojs/js/error.h"
#include "gojs/js/function.h"
#include "gojs/js/realm.h"
#include "gojs/node/globals.h"
#include "gojs/node/inspect.h"

namespace goshawk::gojs {

// Time stands still until a test moves it.
class FakeClock final : public Clock {
 public:
  int64_t WallTime() override { return now; }
  int64_t Monotonic() override { return now; }
  int TimezoneOffset(int64_t) override { return -90; }
  int64_t now = 1'700'000'000'000'000'000;
};

// Counts 1, 2, 3, ...
class FakeRandom final : public RandomSource {
 public:
  void Fill(std::span<uint8_t> bytes) override {
    for (uint8_t& b : bytes) b = ++last;
  }
  uint8_t last = 0;
};

class RealmTest : public testing::Test {
 protected:
  ~RealmTest() override { env.Clear(); }

  // The value at a path of names from the global object: Get("fs.constants").
  Value Get(std::string_view path) {
    Value value(&realm.global());
    while (!path.empty()) {
      const size_t dot = path.find('.');
      if (!value.IsObject()) return Value();
      value = value.object()->Get(path.substr(0, dot)).value();
      path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    }
    return value;
  }

  // Calls the method `name` of `self`.
  Completion Call(const Value& self, std::string_view name,
                  std::vector<Value> args = {}) {
    const Value f = self.object()->Get(name).value();
    if (!f.IsCallable()) {
      return realm.Throw(ErrorKind::kTypeError, "not a function");
    }
    return f.object()->Call(self, args);
  }
  Completion Call(std::string_view object, std::string_view name,
                  std::vector<Value> args = {}) {
    return Call(Get(object), name, std::move(args));
  }

  Completion New(std::string_view type, std::vector<Value> args = {}) {
    const Value f = Get(type);
    return f.object()->Construct(args, f.object());
  }

  Value Str(std::string_view text) { return Value(String::New(text)); }

  // As console.log would show it; what was thrown as "throws TypeError: ...".
  std::string Show(const Completion& c) {
    if (c.thrown()) return "throws " + DescribeThrown(realm, c.value());
    return Inspect(realm, c.value());
  }

  FakeClock clock;
  FakeRandom random;
  Environment env{clock, random};
  Realm realm{kGlobalMembers, &env};
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_TESTS_GOJS_TESTING_H_
