#include "tools/run_options.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "fs/archive_file_system.h"
#include "fs/host_file.h"
#include "fs/host_file_system.h"
#include "fs/memory_file_system.h"
#include "fs/mounts.h"
#include "fs/overlay.h"
#include "fs/path.h"
#include "fs/shared_library.h"
#include "interp/instance.h"

namespace goshawk::tools {
namespace {

// A host path and where the program sees it.
struct Paths {
  std::string host;
  std::string guest;
};

// HOST[:GUEST]: a guest path starts with a slash; without one it is the host's
// own.
Paths SplitPaths(std::string_view value) {
  Paths paths;
  const size_t colon = value.rfind(":/");
  paths.host = value.substr(0, colon);
  if (colon != std::string_view::npos) {
    paths.guest = fs::Clean(value.substr(colon + 1));
  } else if (char* real = realpath(paths.host.c_str(), nullptr)) {
    paths.guest = real;
    free(real);
  }
  return paths;
}

absl::Status SetDir(RunOptions& options, std::string_view value) {
  const bool read_only = value.ends_with(":ro");
  if (read_only) value.remove_suffix(3);
  const Paths paths = SplitPaths(value);
  return MountHost(options, paths.host, paths.guest, read_only);
}

absl::Status SetOverlay(RunOptions& options, std::string_view value) {
  const Paths paths = SplitPaths(value);
  const absl::Status status = MountHost(options, paths.host, paths.guest, true);
  if (status.ok()) options.mounts.back().memory = true;
  return status;
}

absl::Status SetTmpfs(RunOptions& options, std::string_view value) {
  if (!value.starts_with('/')) {
    return absl::InvalidArgumentError("not an absolute path");
  }
  options.mounts.push_back({fs::Clean(value), nullptr, true});
  return absl::OkStatus();
}

absl::Status SetArchive(RunOptions& options, std::string_view value) {
  Paths paths = SplitPaths(value);
  fs::Result<std::unique_ptr<fs::FileSystem>> files =
      fs::NewArchiveFileSystem(paths.host);
  if (files.ok()) {
    options.mounts.push_back({std::move(paths.guest), *std::move(files)});
    return absl::OkStatus();
  }
  switch (files.error()) {
    case fs::Errno::kInval:
      return absl::InvalidArgumentError("neither a zip nor a tar archive");
    case fs::Errno::kIo:
      return absl::InvalidArgumentError("a damaged archive");
    case fs::Errno::kFBig:
      return absl::InvalidArgumentError("too many entries");
    case fs::Errno::kNoSys: {
      std::string error;
      fs::LoadSharedLibrary(fs::kArchiveLibrary, error);
      return absl::InvalidArgumentError(
          absl::StrCat("needs Debian's package libarchive13: ", error));
    }
    default:
      return absl::InvalidArgumentError(
          std::string(fs::Message(files.error())));
  }
}

// The whole of `text` as a number in `base`, up to `limit`.
std::optional<uint32_t> ParseNumber(std::string_view text, int base,
                                    uint32_t limit) {
  uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size() ||
      number > limit) {
    return std::nullopt;
  }
  return number;
}

absl::Status SetUmask(RunOptions& options, std::string_view value) {
  options.umask = ParseNumber(value, 8, 0777);
  if (options.umask) return absl::OkStatus();
  return absl::InvalidArgumentError("not an octal number up to 777");
}

absl::Status SetUid(RunOptions& options, std::string_view value) {
  // The largest number means no user to the kernel.
  constexpr uint32_t kLimit = fs::kKeepId - 1;
  const size_t colon = value.find(':');
  options.uid = ParseNumber(value.substr(0, colon), 10, kLimit);
  if (colon != std::string_view::npos) {
    options.gid = ParseNumber(value.substr(colon + 1), 10, kLimit);
    if (!options.gid) return absl::InvalidArgumentError("not a group's number");
  }
  if (options.uid) return absl::OkStatus();
  return absl::InvalidArgumentError("not a user's number");
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
  // What cannot be written is better known before a long run. An older
  // profile stays until there is a new one.
  std::FILE* file = std::fopen(options.profile.c_str(), "ae");
  if (file == nullptr) return absl::InvalidArgumentError(std::strerror(errno));
  std::fclose(file);
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

[[maybe_unused]] absl::Status SetAllowNet(RunOptions& options,
                                          std::string_view value) {
  return options.network.Add(value);
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

// Numbers with units, as Go's durations: "1.5s", "2m30s".
std::optional<std::chrono::nanoseconds> ParseDuration(std::string_view text) {
  constexpr double kLimit = 1e6 * 3600e9;  // a million hours
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  static constexpr Unit kUnits[] = {
      {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
  double sum = 0;
  while (!text.empty()) {
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number,
                        std::chars_format::fixed);
    const char first = text.front();
    if (error != std::errc() ||
        !(absl::ascii_isdigit(static_cast<unsigned char>(first)) ||
          first == '.')) {
      return std::nullopt;
    }
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    const auto unit = std::ranges::find_if(
        kUnits, [&](const Unit& u) { return text.starts_with(u.name); });
    if (unit == std::end(kUnits)) return std::nullopt;
    text.remove_prefix(unit->name.size());
    sum += number * unit->nanoseconds;
  }
  if (!(sum >= 1 && sum <= kLimit)) return std::nullopt;
  return std::chrono::nanoseconds(static_cast<int64_t>(sum));
}

absl::Status SetDeadline(RunOptions& options, std::string_view value) {
  options.deadline = ParseDuration(value);
  if (options.deadline) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "not a duration such as 500ms, 1.5s or 2m30s");
}

absl::Status SetHelp(RunOptions& options, std::string_view) {
  options.help = true;
  return absl::OkStatus();
}

constexpr Flag<RunOptions> kFlags[] = {
    {"--dir", "HOST[:GUEST[:ro]]",
     "Let the program see the host's directory HOST, at GUEST, or at its\n"
     "own path; with :ro it cannot change anything there. Repeatable, as\n"
     "the next three; without any of them there are no files.",
     &SetDir},
    {"--tmpfs", "GUEST",
     "An empty directory at GUEST, in memory and gone at the end.", &SetTmpfs},
    {"--overlay", "HOST[:GUEST]",
     "As --dir, but what the program changes stays in memory and is gone\n"
     "at the end; the host's directory stays as it is.",
     &SetOverlay},
    {"--archive", "FILE[:GUEST]",
     "What is in the zip or tar archive FILE, at GUEST, or at FILE's own\n"
     "path; it cannot be changed.",
     &SetArchive},
    {"--env", "NAME[=VALUE]",
     "Set an environment variable, or pass one on. Repeatable.", &SetEnv},
    {"--inherit-env", "", "Pass on the whole environment.", &SetInheritEnv},
    {"--cwd", "DIR",
     "Start in DIR, as the program sees it; default is the current\n"
     "directory if the program can see it, else /.",
     &SetCwd},
#ifdef GOSHAWK_CURL
    {"--allow-net", "HOST[:PORT],...",
     "Let the program make HTTP requests to these hosts, or to any (*).\n"
     "Without it net/http stays within the program. Repeatable.",
     &SetAllowNet},
#endif
    {"--seed", "NUMBER",
     "Take all random bytes from this seed, so that they repeat.", &SetSeed},
    {"--fixed-time", "TIME",
     "Start at TIME, as 2006-01-02T15:04:05Z, in UTC; time then passes only\n"
     "while the program sleeps, and at once.",
     &SetFixedTime},
    {"--deadline", "DURATION",
     "Stop the program after this time, as 500ms, 1.5s or 2m30s, whatever it\n"
     "is doing. One line on standard error says so; the exit code is 124.",
     &SetDeadline},
    {"--umask", "OCTAL",
     "What new files and directories lack of the mode that the program\n"
     "gives them; default is the umask of this process.",
     &SetUmask},
    {"--uid", "UID[:GID]",
     "Tell the program that it is user UID, of group GID. In memory that\n"
     "decides what it may do; the host's files are used as who runs this.",
     &SetUid},
    {"--dispatch", "NAME", "Choose the engine's dispatcher.", &SetDispatch},
    {"--profile", "FILE",
     "Count every operation, which is slow, and write the counts there.",
     &SetProfile},
    {"--help", "", "Show this.", &SetHelp},
};

}  // namespace

std::span<const Flag<RunOptions>> RunFlags() { return kFlags; }

absl::Status MountHost(RunOptions& options, const std::string& host,
                       const std::string& guest, bool read_only) {
  fs::HostOptions host_options;
  host_options.read_only = read_only;
  fs::Result<std::unique_ptr<fs::FileSystem>> files =
      fs::NewHostFileSystem(host, host_options);
  if (!files.ok()) {
    return absl::InvalidArgumentError(std::string(fs::Message(files.error())));
  }
  options.mounts.push_back({guest, *std::move(files)});
  return absl::OkStatus();
}

std::unique_ptr<fs::FileSystem> MakeFiles(const RunOptions& options,
                                          const gojs::Identity& identity) {
  if (options.mounts.empty()) return nullptr;
  fs::MemoryOptions memory_options;
  memory_options.uid = identity.euid;
  memory_options.gid = identity.egid;
  std::vector<fs::Mount> mounts;
  for (const GuestMount& mount : options.mounts) {
    std::shared_ptr<fs::FileSystem> files = mount.base;
    if (mount.memory) {
      files = fs::NewMemoryFileSystem(memory_options);
      if (mount.base) files = fs::NewOverlay(mount.base, std::move(files));
    }
    mounts.push_back({mount.guest, std::move(files)});
  }
  return fs::NewMounts(std::move(mounts));
}

void InheritProcess(const RunOptions& flags, gojs::ProgramOptions& options) {
  options.umask = umask(0);
  if (flags.umask) options.umask = *flags.umask;
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
  if (flags.uid) {
    identity.uid = identity.euid = *flags.uid;
    identity.groups.clear();
  }
  if (flags.gid) identity.gid = identity.egid = *flags.gid;
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
