#include "tests/program/command.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace goshawk::program_test {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Reads what there is; returns false at the end.
bool Drain(int fd, std::string& into) {
  char buffer[65536];
  const ssize_t n = read(fd, buffer, sizeof(buffer));
  if (n > 0) into.append(buffer, static_cast<size_t>(n));
  return n > 0 || (n < 0 && errno == EINTR);
}

}  // namespace

void PrintTo(const Outcome& outcome, std::ostream* out) {
  *out << "exit code " << outcome.exit_code << "\nstdout: " << outcome.out
       << "\nstderr: " << outcome.err;
}

Outcome RunCommand(const std::vector<std::string>& args,
                   const Setting& setting) {
  std::vector<std::string> words = args;
  std::vector<std::string> variables;
  for (const auto& [name, value] : setting.env) {
    variables.push_back(name + "=" + value);
  }
  const std::vector<char*> argv = Pointers(words);
  std::vector<char*> envp = Pointers(variables);

  // A file, as nobody need write to it while the output is read.
  FILE* input = tmpfile();
  fwrite(setting.input.data(), 1, setting.input.size(), input);
  EXPECT_EQ(fseek(input, 0, SEEK_SET), 0);
  int out[2], err[2];
  EXPECT_EQ(pipe(out), 0);
  EXPECT_EQ(pipe(err), 0);
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(fileno(input), 0);
    dup2(out[1], 1);
    dup2(err[1], 2);
    for (const int fd : {out[0], out[1], err[0], err[1]}) close(fd);
    if (!setting.directory.empty() && chdir(setting.directory.c_str()) != 0) {
      _exit(126);
    }
    execvpe(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  fclose(input);
  close(out[1]);
  close(err[1]);

  Outcome outcome;
  pollfd fds[] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
  std::string* const texts[] = {&outcome.out, &outcome.err};
  int open = 2;
  while (open > 0) {
    poll(fds, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (fds[i].fd < 0 || fds[i].revents == 0) continue;
      if (Drain(fds[i].fd, *texts[i])) continue;
      close(fds[i].fd);
      fds[i].fd = -1;
      --open;
    }
  }
  int status = 0;
  waitpid(pid, &status, 0);
  outcome.exit_code =
      WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return outcome;
}

Outcome Goshawk(std::vector<std::string> args, const Setting& setting) {
  args.insert(args.begin(), Runfile("tools/goshawk"));
  return RunCommand(args, setting);
}

std::string Runfile(std::string_view path) {
  return (std::filesystem::current_path() / path).string();
}

bool HasCommand(const std::string& name) {
  const char* path = getenv("PATH");
  std::string rest = path != nullptr ? path : "";
  while (!rest.empty()) {
    const size_t colon = rest.find(':');
    const std::string file = rest.substr(0, colon) + "/" + name;
    if (access(file.c_str(), X_OK) == 0) return true;
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  return false;
}

std::string NewDirectory() {
  std::string path = testing::TempDir();
  if (!path.ends_with('/')) path += '/';
  path += "goshawk-XXXXXX";
  EXPECT_NE(mkdtemp(path.data()), nullptr);
  return std::filesystem::canonical(path).string();
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

std::string WriteFile(const std::string& path, std::string_view contents) {
  std::ofstream(path, std::ios::binary) << contents;
  return path;
}

}  // namespace goshawk::program_test
