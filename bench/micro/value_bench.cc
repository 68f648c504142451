// The table of JavaScript values that a Go program holds, and what is behind
// it. A step is one operation.

#include <string>

#include "bench/micro/guest.h"
#include "gojs/go_abi.h"
#include "gojs/js/object.h"
#include "gojs/js/realm.h"
#include "gojs/ref_table.h"

namespace goshawk::bench {
namespace {

using gojs::GoRef;
using gojs::Object;
using gojs::Realm;
using gojs::Ref;
using gojs::RefTable;
using gojs::Value;

// A program that holds some values already.
struct World {
  World() {
    for (int i = 0; i < 1000; ++i) {
      held.push_back(refs.Store(Value(realm.NewObject())));
    }
    object->Set("name", Value(1)).value();
  }

  Realm realm;
  Ref<Object> go = realm.NewObject();
  Ref<Object> object = realm.NewObject();
  RefTable refs{realm, go};
  std::vector<GoRef> held;
};

void StoreNumber(World& world) {
  benchmark::DoNotOptimize(world.refs.Store(Value(1.5)));
}

void StoreObject(World& world) {
  world.refs.Release(world.refs.Store(Value(world.object)));
}

void StoreNewObject(World& world) {
  world.refs.Release(world.refs.Store(Value(world.realm.NewObject())));
}

void StoreString(World& world) {
  world.refs.Release(
      world.refs.Store(Value(world.realm.Intern("a string of some length"))));
}

void LoadObject(World& world) {
  benchmark::DoNotOptimize(world.refs.Load(world.held[500]).IsObject());
}

void GetProperty(World& world) {
  benchmark::DoNotOptimize(world.object->Get("name").value());
}

void SetProperty(World& world) {
  benchmark::DoNotOptimize(world.object->Set("name", Value(2)).value());
}

struct Row {
  const char* name;
  void (*run)(World& world);
};
constexpr Row kRows[] = {
    {"store_number", &StoreNumber},        {"store_object", &StoreObject},
    {"store_new_object", &StoreNewObject}, {"store_string", &StoreString},
    {"load_object", &LoadObject},          {"get_property", &GetProperty},
    {"set_property", &SetProperty},
};

const bool kRegistered = [] {
  for (const Row& row : kRows) {
    Register(std::string("value/") + row.name, [&row](auto& state) {
      World world;
      for (auto _ : state) row.run(world);
      SetCounters(state, 1, 0);
    });
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
