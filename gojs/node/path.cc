// path: Node's functions over paths as strings, POSIX flavour. Go uses
// path.resolve (src/syscall/fs_js.go).

#include "fs/path.h"

#include <string>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

// The parts of `args` joined by slashes; those before an absolute one are
// dropped if `restart`.
Completion Join(Realm& realm, Args args, bool restart, std::string* joined) {
  for (const Value& arg : args) {
    if (!arg.IsString()) {
      return realm.Throw(ErrorKind::kTypeError,
                         "The \"path\" argument must be of type string");
    }
    const std::string_view part = arg.string()->view();
    if (part.empty()) continue;
    if (restart && part[0] == '/') joined->clear();
    if (!joined->empty()) *joined += '/';
    *joined += part;
  }
  return Completion();
}

// Without "." and ".." where these can be known; relative stays relative.
std::string Normalize(std::string_view path) {
  if (path.empty()) return ".";
  const bool slash = path.ends_with('/');
  std::string clean;
  if (path[0] == '/') {
    clean = fs::Clean(path);
  } else {
    // Leading ".." components cannot be resolved.
    std::string up;
    for (std::string_view rest = path; !rest.empty();) {
      const std::string_view part = fs::NextComponent(rest);
      if (part.empty() || part == ".") continue;
      if (part == ".." && clean.empty()) {
        up += "../";
      } else if (part == "..") {
        clean.erase(clean.rfind('/'));
      } else {
        clean += '/';
        clean += part;
      }
    }
    clean = up + (clean.empty() ? "" : clean.substr(1));
    if (clean.empty()) return slash ? "./" : ".";
    if (clean.ends_with('/')) clean.pop_back();
  }
  if (slash && !clean.ends_with('/')) clean += '/';
  return clean;
}

Completion Resolve(Realm& realm, Args args) {
  std::string joined = realm.environment().cwd;
  if (Completion c = Join(realm, args, true, &joined); !c.ok()) return c;
  return Value(String::New(fs::Clean(joined)));
}

Completion JoinPath(Realm& realm, Args args) {
  std::string joined;
  if (Completion c = Join(realm, args, false, &joined); !c.ok()) return c;
  return Value(String::New(Normalize(joined)));
}

std::string_view WithoutSlashes(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string_view DirName(std::string_view path) {
  path = WithoutSlashes(path);
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? path.substr(0, 1) : WithoutSlashes(path.substr(0, slash));
}

std::string_view BaseName(std::string_view path) {
  path = WithoutSlashes(path);
  return path == "/" ? "" : path.substr(path.rfind('/') + 1);
}

std::string_view BaseNameWithout(std::string_view path,
                                 std::optional<std::string_view> suffix) {
  std::string_view base = BaseName(path);
  if (suffix && base.size() > suffix->size() && base.ends_with(*suffix)) {
    base.remove_suffix(suffix->size());
  }
  return base;
}

std::string_view ExtName(std::string_view path) {
  const std::string_view base = BaseName(path);
  const size_t dot = base.rfind('.');
  return dot == 0 || dot == std::string_view::npos ? "" : base.substr(dot);
}

bool IsAbsolute(std::string_view path) { return path.starts_with('/'); }

std::string_view Separator() { return "/"; }

constexpr Member kMembers[] = {
    Method<&BaseNameWithout>("basename"),
    Method<&DirName>("dirname"),
    Method<&ExtName>("extname"),
    Method<&IsAbsolute>("isAbsolute"),
    Method<&JoinPath>("join"),
    Method<&Normalize>("normalize"),
    Method<&Resolve>("resolve"),
    Lazy<&Separator>("sep"),
};

}  // namespace

const Members kPathMembers = kMembers;

}  // namespace goshawk::gojs
