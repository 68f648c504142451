#include "tools/run_options.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "fs/host_file.h"
#include "fs/host_file_system.h"
#include "fs/path.h"
#include "interp/instance.h"

namespace goshawk::tools {
namespace {

absl::Status SetDir(RunOptions& options, std::string_view value) {
  // HOST[:GUEST[:ro]]; a guest path starts with a slash.
  bool read_only = false;
  if (value.ends_with(":ro")) {
    read_only = true;
    value.remove_suffix(3);
  }
  std::string host(value);
  std::string guest;
  const size_t colon = value.rfind(":/");
  if (colon != std::string_view::npos) {
    host = value.substr(0, colon);
    guest = fs::Clean(value.substr(colon + 1));
  } else if (char* real = realpath(host.c_str(), nullptr)) {
    guest = real;
    free(real);
  }
  absl::StatusOr<fs::Mount> mount = MountHost(host, guest, read_only);
  if (!mount.ok()) return mount.status();
  options.mounts.push_back(*std::move(mount));
  return absl::OkStatus();
}

absl::Status SetEnv(RunOptions& options, std::string_view value) {
  const size_t equals = value.find('=');
  const std::string key(value.substr(0, equals));
  if (key.empty()) return absl::InvalidArgumentError("no name");
  if (equals != std::string_view::npos) {
    options.env[key] = value.substr(equals + 1);
  } else if (const char* inherited = getenv(key.c_str())) {
    options.env[key] = inherited;
  }
  return absl::OkStatus();
}

absl::Status SetInheritEnv(RunOptions& options, std::string_view) {
  InheritEnvironment(options.env);
  return absl::OkStatus();
}

absl::Status SetCwd(RunOptions& options, std::string_view value) {
  if (!value.starts_with('/')) {
    return absl::InvalidArgumentError("not an absolute path");
  }
  options.cwd = fs::Clean(value);
  return absl::OkStatus();
}

absl::Status SetProfile(RunOptions& options, std::string_view value) {
  if (value.empty()) return absl::InvalidArgumentError("no file name");
  options.profile = value;
  return absl::OkStatus();
}

absl::Status SetDispatch(RunOptions& options, std::string_view value) {
  std::string known;
  for (const std::string_view name : interp::Dispatchers()) {
    if (name == value) {
      options.dispatcher = value;
      return absl::OkStatus();
    }
    known += known.empty() ? "" : ", ";
    known += name;
  }
  return absl::InvalidArgumentError("not one of " + known);
}

absl::Status SetSeed(RunOptions& options, std::string_view value) {
  uint64_t seed;
  if (!absl::SimpleAtoi(absl::string_view(value.data(), value.size()), &seed)) {
    return absl::InvalidArgumentError("not a number from 0 to 2^64 - 1");
  }
  options.random.emplace(seed);
  return absl::OkStatus();
}

absl::Status SetFixedTime(RunOptions& options, std::string_view value) {
  const std::string text(value);
  tm parts = {};
  const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr || *end != '\0') {
    return absl::InvalidArgumentError("not of the form 2006-01-02T15:04:05Z");
  }
  // The years that fit into nanoseconds of 64 bits.
  if (parts.tm_year < 70 || parts.tm_year >= 2262 - 1900) {
    return absl::InvalidArgumentError("not of the years 1970 to 2261");
  }
  options.clock.emplace(timegm(&parts) * int64_t{1000000000});
  return absl::OkStatus();
}

absl::Status SetHelp(RunOptions& options, std::string_view) {
  options.help = true;
  return absl::OkStatus();
}

constexpr Flag<RunOptions> kFlags[] = {
    {"--dir", "HOST[:GUEST[:ro]]",
     "Let the program see the host's directory HOST, at GUEST, or at its\n"
     "own path; with :ro it cannot change anything there. Repeatable.\n"
     "Without it there are no files.",
     &SetDir},
    {"--env", "NAME[=VALUE]",
     "Set an environment variable, or pass one on. Repeatable.", &SetEnv},
    {"--inherit-env", "", "Pass on the whole environment.", &SetInheritEnv},
    {"--cwd", "DIR",
     "Start in DIR, as the program sees it; default is the current\n"
     "directory if the program can see it, else /.",
     &SetCwd},
    {"--seed", "NUMBER",
     "Take all random bytes from this seed, so that they repeat.", &SetSeed},
    {"--fixed-time", "TIME",
     "Start at TIME, as 2006-01-02T15:04:05Z, in UTC; time then passes only\n"
     "while the program sleeps, and at once.",
     &SetFixedTime},
    {"--dispatch", "NAME", "Choose the engine's dispatcher.", &SetDispatch},
    {"--profile", "FILE",
     "Count every operation, which is slow, and write the counts there.",
     &SetProfile},
    {"--help", "", "Show this.", &SetHelp},
};

}  // namespace

std::span<const Flag<RunOptions>> RunFlags() { return kFlags; }

absl::StatusOr<fs::Mount> MountHost(const std::string& host,
                                    const std::string& guest, bool read_only) {
  fs::HostOptions options;
  options.read_only = read_only;
  fs::Result<std::unique_ptr<fs::FileSystem>> files =
      fs::NewHostFileSystem(host, options);
  if (!files.ok()) {
    return absl::InvalidArgumentError(std::string(fs::Message(files.error())));
  }
  return fs::Mount{guest, *std::move(files)};
}

void InheritProcess(gojs::ProgramOptions& options) {
  options.umask = umask(0);
  options.standard_input = fs::NewHostFile(0, fs::Ownership::kBorrowed);
  options.standard_output = fs::NewHostFile(1, fs::Ownership::kBorrowed);
  options.standard_error = fs::NewHostFile(2, fs::Ownership::kBorrowed);
  gojs::Identity& identity = options.identity;
  identity.uid = getuid();
  identity.gid = getgid();
  identity.euid = geteuid();
  identity.egid = getegid();
  identity.pid = getpid();
  identity.ppid = getppid();
  const int count = getgroups(0, nullptr);
  if (count > 0) {
    std::vector<gid_t> groups(static_cast<size_t>(count));
    const int got = getgroups(count, groups.data());
    identity.groups.assign(groups.begin(), groups.begin() + std::max(got, 0));
  }
}

void InheritEnvironment(std::map<std::string, std::string>& env) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    env.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
}

absl::StatusOr<std::string> StartDirectory(const RunOptions& options,
                                           fs::FileSystem* files) {
  const auto is_directory = [&](const std::string& path) {
    const fs::Result<fs::Stat> stat = files->GetStat(path);
    return stat.ok() && stat->IsDirectory();
  };
  if (!options.cwd.empty()) {
    if (files != nullptr && !is_directory(options.cwd)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--cwd=", options.cwd, ": the program sees no such directory"));
    }
    return options.cwd;
  }
  char here[PATH_MAX];
  if (files == nullptr || getcwd(here, sizeof(here)) == nullptr) {
    return std::string("/");
  }
  // The same path may be something else in the program's eyes.
  struct stat real;
  const fs::Result<fs::Stat> seen = files->GetStat(here);
  const bool same = stat(here, &real) == 0 && seen.ok() &&
                    seen->IsDirectory() && seen->ino == real.st_ino;
  return std::string(same ? here : "/");
}

}  // namespace goshawk::tools
