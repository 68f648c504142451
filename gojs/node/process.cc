// process: who and where the program is. As Go's src/syscall uses it, and a
// little more.

#include <string>

#include "fs/resolve.h"
#include "gojs/environment.h"
#include "gojs/js/array.h"
#include "gojs/js/bind.h"
#include "gojs/js/function.h"
#include "gojs/node/fs_error.h"
#include "gojs/node/node_error.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

std::string Cwd(Realm& realm) { return realm.environment().cwd; }

Completion Chdir(Realm& realm, std::string_view path) {
  Environment& env = realm.environment();
  const auto fail = [&](fs::Errno error) {
    return Completion::Throw(Value(NewSystemError(realm, error, "chdir")));
  };
  if (env.file_system == nullptr) return fail(fs::Errno::kNoSys);
  const fs::Result<std::string> clean =
      fs::ResolvePath(*env.file_system, env.cwd, path);
  if (!clean.ok()) return fail(clean.error());
  fs::Result<std::string> directory =
      fs::ResolveDirectory(*env.file_system, *clean);
  if (!directory.ok()) return fail(directory.error());
  env.cwd = *std::move(directory);
  return Completion();
}

template <auto kField>
double Id(Realm& realm) {
  return static_cast<double>(realm.environment().identity.*kField);
}

Completion GetGroups(Realm& realm) {
  std::vector<Value> groups;
  for (const uint32_t group : realm.environment().identity.groups) {
    groups.push_back(Value(group));
  }
  return Value(realm.New<Array>(std::move(groups)));
}

uint32_t Umask(Realm& realm, std::optional<uint32_t> mask) {
  uint32_t& umask = realm.environment().umask;
  const uint32_t old = umask;
  if (mask) umask = *mask & 0777;
  return old;
}

Completion Exit(Realm& realm, std::optional<int32_t> code) {
  if (!realm.environment().exit) return Completion();
  realm.environment().exit(code.value_or(0));
  return Completion::Unwind();
}

Completion ArgvOf(Realm& realm) {
  std::vector<Value> args;
  for (const std::string& arg : realm.environment().args) {
    args.push_back(Value(String::New(arg)));
  }
  return Value(realm.New<Array>(std::move(args)));
}

Completion EnvOf(Realm& realm) {
  const Ref<Object> object = realm.NewObject();
  for (const auto& [key, value] : realm.environment().env) {
    object->Define(key, Value(String::New(value)));
  }
  return Value(object);
}

// Go's net/http turns fetch off if this starts with "node".
std::string_view Argv0() { return "goshawk"; }
std::string_view Platform() { return "linux"; }

// process.nextTick(callback, args...)
Completion NextTick(Realm& realm, const Value& callback, Args args) {
  if (!callback.IsCallable()) return ThrowNoCallback(realm, callback);
  if (args.empty()) {
    realm.ticks().push_back(callback);
    return Completion();
  }
  realm.ticks().push_back(Value(
      realm.New<BoundFunction>(Ref<Object>(callback.object()), Value(),
                               std::vector<Value>(args.begin(), args.end()))));
  return Completion();
}

using I = Identity;

constexpr Member kMembers[] = {
    Method<&Chdir>("chdir"),
    Method<&Cwd>("cwd"),
    Method<&Exit>("exit"),
    Method<&Id<&I::egid>>("getegid"),
    Method<&Id<&I::euid>>("geteuid"),
    Method<&Id<&I::gid>>("getgid"),
    Method<&GetGroups>("getgroups"),
    Method<&Id<&I::uid>>("getuid"),
    Method<&NextTick>("nextTick", 1),
    Method<&Umask>("umask"),
    Lazy<&ArgvOf>("argv"),
    Lazy<&Argv0>("argv0"),
    Lazy<&EnvOf>("env"),
    Getter<&Id<&I::pid>>("pid"),
    Lazy<&Platform>("platform"),
    Getter<&Id<&I::ppid>>("ppid"),
};

}  // namespace

const Members kProcessMembers = kMembers;

}  // namespace goshawk::gojs
