// The commands of goshawk, one a file. Each takes the arguments after its name
// and returns the exit code.

#ifndef GOSHAWK_TOOLS_COMMAND_H_
#define GOSHAWK_TOOLS_COMMAND_H_

#include <span>
#include <string>
#include <string_view>

namespace goshawk::tools {

// Exit codes beside a program's own.
inline constexpr int kExitTrap = 1;
inline constexpr int kExitUsage = 2;  // wrong use, or no module that can run
inline constexpr int kExitDeadline = 124;  // as timeout(1) has it

struct Command {
  std::string_view name;
  std::string_view summary;  // for goshawk --help
  int (*run)(std::span<char* const> args);
};

int RunCommand(std::span<char* const> args);      // command_run.cc
int InfoCommand(std::span<char* const> args);     // command_info.cc
int StatsCommand(std::span<char* const> args);    // command_run.cc
int DumpCommand(std::span<char* const> args);     // command_dump.cc
int GlobalsCommand(std::span<char* const> args);  // command_globals.cc

// What Go's go_js_wasm_exec has to be: runs args[0] with the rights that node
// would have.
int GoExecCommand(std::span<char* const> args);  // command_run.cc

// Writes one line on standard error: "goshawk: " and the message, whose line
// breaks become spaces. Returns kExitUsage.
int Complain(std::string_view message);
// The same about a file: "goshawk: FILE: message".
int Complain(std::string_view file, std::string_view message);

// Writes to standard output. The exit code is 0, or 1 if that fails, which is
// said on standard error.
int Print(std::string_view text);
// Writes to standard error; if that fails it could be told to nobody.
void Report(std::string_view text);

// True if the first argument asks for help.
bool WantsHelp(std::span<char* const> args);

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_COMMAND_H_
