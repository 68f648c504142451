// console: a line on standard output or standard error.

#include <string>

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/node/inspect.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

template <int kFd>
void Log(Realm& realm, Args args) {
  std::string line;
  for (size_t i = 0; i < args.size(); ++i) {
    if (i > 0) line += ' ';
    line += Inspect(realm, args[i]);
  }
  line += '\n';
  // A closed stream loses the line; a log must not stop a program.
  static_cast<void>(realm.environment().WriteStream(kFd, line));
}

void Assert(Realm& realm, bool condition, Args args) {
  if (condition) return;
  std::vector<Value> all = {Value(String::New("Assertion failed"))};
  all.insert(all.end(), args.begin(), args.end());
  Log<2>(realm, all);
}

constexpr Member kMembers[] = {
    Method<&Assert>("assert", 0), Method<&Log<1>>("debug"),
    Method<&Log<2>>("error"),     Method<&Log<1>>("info"),
    Method<&Log<1>>("log"),       Method<&Log<2>>("trace"),
    Method<&Log<2>>("warn"),
};

}  // namespace

const Members kConsoleMembers = kMembers;

}  // namespace goshawk::gojs
