// goshawk globals: the JavaScript that programs find.

#include <string>

#include "gojs/environment.h"
#include "gojs/node/globals.h"
#include "gojs/node/list_globals.h"
#include "gojs/services.h"
#include "tools/command.h"

namespace goshawk::tools {
namespace {

constexpr std::string_view kHelp =
    "usage: goshawk globals\n"
    "\n"
    "Lists the properties of the global object, and theirs: objects, "
    "functions\n"
    "with the number of their arguments, accessors, constants.\n";

}  // namespace

int GlobalsCommand(std::span<char* const> args) {
  if (WantsHelp(args)) return Print(kHelp);
  if (!args.empty()) {
    return Complain("globals takes no arguments; see goshawk globals --help");
  }
  gojs::Environment environment(gojs::HostClock(), gojs::HostRandom());
  gojs::Realm realm(gojs::kGlobalMembers, &environment);
  std::string text;
  for (const std::string& line : gojs::ListGlobals(realm)) text += line + '\n';
  return Print(text);
}

}  // namespace goshawk::tools
