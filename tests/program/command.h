// Runs commands for tests: the built goshawk above all, as a user would.

#ifndef GOSHAWK_TESTS_PROGRAM_COMMAND_H_
#define GOSHAWK_TESTS_PROGRAM_COMMAND_H_

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace goshawk::program_test {

struct Outcome {
  int exit_code = -1;  // minus the signal's number if one ended the command
  std::string out;
  std::string err;

  bool operator==(const Outcome&) const = default;
};

void PrintTo(const Outcome& outcome, std::ostream* out);

struct Setting {
  std::map<std::string, std::string> env;  // the whole environment
  std::string directory;                   // empty: the test's own
  std::string input;                       // its standard input
};

// Runs args[0], looked up in PATH if it has no slash, to its end. Standard
// output and error are pipes.
Outcome RunCommand(const std::vector<std::string>& args,
                   const Setting& setting = {});

// goshawk with these arguments.
Outcome Goshawk(std::vector<std::string> args, const Setting& setting = {});

// The absolute path of a file that the test depends on.
std::string Runfile(std::string_view path);

// Whether a command is in PATH.
bool HasCommand(const std::string& name);

// A new empty directory, absolute, of no other test.
std::string NewDirectory();
std::string ReadFile(const std::string& path);
// Returns its path.
std::string WriteFile(const std::string& path, std::string_view contents);

}  // namespace goshawk::program_test

#endif  // GOSHAWK_TESTS_PROGRAM_COMMAND_H_
