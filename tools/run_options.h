// What `goshawk run` can be told, and what it makes of it.

#ifndef GOSHAWK_TOOLS_RUN_OPTIONS_H_
#define GOSHAWK_TOOLS_RUN_OPTIONS_H_

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fs/file_system.h"
#include "gojs/environment.h"
#include "gojs/fetch/allow_list.h"
#include "gojs/program.h"
#include "gojs/repeatable.h"
#include "tools/flags.h"

namespace goshawk::tools {

// Something that appears at `guest`: `base`, nothing if that is null, and what
// is written there is kept in memory with `memory`.
struct GuestMount {
  std::string guest;  // clean
  std::shared_ptr<fs::FileSystem> base;
  bool memory = false;
};

struct RunOptions {
  std::vector<GuestMount> mounts;  // --dir, --tmpfs, --overlay, --archive
  std::optional<uint32_t> umask;
  std::optional<uint32_t> uid;
  std::optional<uint32_t> gid;
  std::map<std::string, std::string> env;
  std::string cwd;  // empty: the host's, if the program can see it
  std::string dispatcher;
  std::string profile;                       // a file for counts; empty: none
  gojs::AllowList network;                   // --allow-net
  std::optional<gojs::SeededRandom> random;  // --seed
  std::optional<gojs::FixedClock> clock;     // --fixed-time
  std::optional<std::chrono::nanoseconds> deadline;  // --deadline
  bool stats = false;  // a summary of counts on standard error at the end
  bool help = false;
};

std::span<const Flag<RunOptions>> RunFlags();

// Takes the umask from this process, whose own becomes 0: the program's is
// applied before the kernel sees a mode. The rest of the process's identity and
// its streams are the program's, too. What `flags` say goes before that.
void InheritProcess(const RunOptions& flags, gojs::ProgramOptions& options);

// Adds the whole environment of this process.
void InheritEnvironment(std::map<std::string, std::string>& env);

// Adds the host directory `host` at `guest`; the message of a failure is the
// directory's error.
absl::Status MountHost(RunOptions& options, const std::string& host,
                       const std::string& guest, bool read_only);

// The tree of all mounts, null if there are none. What is in memory belongs to
// who the program is.
std::unique_ptr<fs::FileSystem> MakeFiles(const RunOptions& options,
                                          const gojs::Identity& identity);

// The directory that the program starts in, and whether it exists.
absl::StatusOr<std::string> StartDirectory(const RunOptions& options,
                                           fs::FileSystem* files);

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_RUN_OPTIONS_H_
