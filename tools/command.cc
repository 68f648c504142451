#include "tools/command.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

namespace goshawk::tools {
namespace {

bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

}  // namespace

int Complain(std::string_view message) {
  std::string line = "goshawk: ";
  for (const char c : message) line += c == '\n' || c == '\r' ? ' ' : c;
  line += '\n';
  Report(line);
  return kExitUsage;
}

int Complain(std::string_view file, std::string_view message) {
  return Complain(std::string(file) + ": " + std::string(message));
}

int Print(std::string_view text) {
  if (WriteAll(STDOUT_FILENO, text)) return 0;
  Complain("standard output", strerror(errno));
  return 1;
}

void Report(std::string_view text) { WriteAll(STDERR_FILENO, text); }

bool WantsHelp(std::span<char* const> args) {
  if (args.empty()) return false;
  const std::string_view arg = args[0];
  return arg == "--help" || arg == "-h";
}

}  // namespace goshawk::tools
