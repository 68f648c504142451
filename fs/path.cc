#include "fs/path.h"

#include <algorithm>
#include <cassert>

namespace goshawk::fs {

std::string_view NextComponent(std::string_view& rest) {
  const size_t begin = std::min(rest.find_first_not_of('/'), rest.size());
  const size_t end = std::min(rest.find('/', begin), rest.size());
  const std::string_view component = rest.substr(begin, end - begin);
  rest.remove_prefix(std::min(rest.find_first_not_of('/', end), rest.size()));
  return component;
}

std::string Clean(std::string_view path) {
  std::string clean;
  clean.reserve(path.size() + 1);
  while (true) {
    const std::string_view component = NextComponent(path);
    if (component.empty()) break;
    if (component == ".") continue;
    if (component == "..") {
      clean.resize(std::min(clean.rfind('/'), clean.size()));
      continue;
    }
    clean += '/';
    clean += component;
  }
  if (clean.empty()) clean = "/";
  return clean;
}

bool IsClean(std::string_view path) {
  if (path == "/") return true;
  if (path.empty() || path.find('\0') != path.npos) return false;
  // Each component must follow one slash.
  while (!path.empty()) {
    if (path[0] != '/') return false;
    path.remove_prefix(1);
    const size_t end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    if (component.empty() || component == "." || component == "..") {
      return false;
    }
    path.remove_prefix(end);
  }
  return true;
}

Errno CheckPath(std::string_view path) {
  if (path.empty()) return Errno::kNoEnt;
  if (path.find('\0') != path.npos) return Errno::kInval;
  if (path.size() > kMaxPath) return Errno::kNameTooLong;
  while (!path.empty()) {
    if (NextComponent(path).size() > kMaxName) return Errno::kNameTooLong;
  }
  return Errno::kOk;
}

Result<std::string> Resolve(std::string_view cwd, std::string_view path) {
  if (Errno error = CheckPath(path); error != Errno::kOk) return error;
  if (path[0] == '/') return Clean(path);
  std::string whole;
  whole.reserve(cwd.size() + 1 + path.size());
  whole += cwd;
  whole += '/';
  whole += path;
  return Clean(whole);
}

std::string_view Parent(std::string_view path) {
  const size_t slash = path.rfind('/');
  assert(slash != path.npos);
  return slash == 0 ? std::string_view("/") : path.substr(0, slash);
}

std::string_view BaseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view WrittenName(std::string_view path) {
  path = path.substr(0, path.find_last_not_of('/') + 1);
  return path.substr(path.rfind('/') + 1);
}

std::string Join(std::string_view directory, std::string_view name) {
  std::string path;
  path.reserve(directory.size() + 1 + name.size());
  if (directory != "/") path += directory;
  path += '/';
  path += name;
  return path;
}

bool IsInside(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.substr(0, directory.size()) == directory &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

std::string_view PathInside(std::string_view path, std::string_view directory) {
  assert(IsInside(path, directory));
  if (directory == "/") return path;
  path.remove_prefix(directory.size());
  return path.empty() ? std::string_view("/") : path;
}

}  // namespace goshawk::fs
