// The command goshawk: picks the command that its arguments name. Called as
// go_js_wasm_exec it is what `go run` and `go test` look for in PATH to run
// programs for GOOS=js.

#include <errno.h>
#include <fcntl.h>

#include <string>
#include <string_view>

#include "tools/command.h"

namespace goshawk::tools {
namespace {

constexpr std::string_view kVersion = "goshawk 0.1.0\n";

constexpr Command kCommands[] = {
    {"run", "run a Go program compiled with GOOS=js GOARCH=wasm", &RunCommand},
    {"info", "show what a module holds and whether it can be run",
     &InfoCommand},
    {"stats", "run a program and show what the engine was busy with",
     &StatsCommand},
    {"globals", "list the JavaScript that programs find", &GlobalsCommand},
    {"dump", "show functions and the code that they are translated to",
     &DumpCommand},
};

int Help() {
  std::string help =
      "usage: goshawk COMMAND [arguments]\n"
      "\n";
  for (const Command& command : kCommands) {
    help += "  ";
    help += command.name;
    help.append(10 - command.name.size(), ' ');
    help += command.summary;
    help += '\n';
  }
  help +=
      "\n"
      "goshawk COMMAND --help shows more; goshawk --version the version.\n";
  return Print(help);
}

// Streams that are closed lead nowhere: the next file opened would take their
// place, and what the program prints would go into it.
void OpenStandardStreams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest that is free, which is `fd`.
    static_cast<void>(!open("/dev/null", O_RDWR));
  }
}

int Main(std::span<char* const> args) {
  const std::string_view self = args.empty() ? "" : args[0];
  if (!args.empty()) args = args.subspan(1);
  if (self.substr(self.rfind('/') + 1) == "go_js_wasm_exec") {
    return GoExecCommand(args);
  }
  if (args.empty()) return Complain("no command given; see goshawk --help");
  const std::string_view name = args[0];
  if (name == "--help" || name == "-h" || name == "help") return Help();
  if (name == "--version") return Print(kVersion);
  for (const Command& command : kCommands) {
    if (command.name == name) return command.run(args.subspan(1));
  }
  return Complain("unknown command " + std::string(name) +
                  "; see goshawk --help");
}

}  // namespace
}  // namespace goshawk::tools

int main(int argc, char** argv) {
  goshawk::tools::OpenStandardStreams();
  return goshawk::tools::Main({argv, static_cast<size_t>(argc > 0 ? argc : 0)});
}
