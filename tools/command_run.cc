// goshawk run, and go_js_wasm_exec.

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gojs/program.h"
#include "gojs/startup.h"
#include "tools/command.h"
#include "tools/deadline.h"
#include "tools/go_test_functions.h"
#include "tools/heap.h"
#include "tools/load.h"
#include "tools/profile.h"
#include "tools/run_options.h"

#ifdef GOSHAWK_CURL
#include "gojs/fetch/curl_transport.h"
#endif

namespace goshawk::tools {
namespace {

constexpr std::string_view kHelp =
    " [flags] app.wasm [args...]\n"
    "\n"
    "Runs a Go program compiled with GOOS=js GOARCH=wasm. It reads and writes\n"
    "the standard streams; what else it may touch the flags say. The exit "
    "code\n"
    "is the program's own, 1 after a trap, 2 if it cannot be run, 124 after a\n"
    "deadline.\n"
    "\n";
constexpr char kStatsHelp[] =
    "At the end standard error gets the functions, operations and pairs of\n"
    "operations that ran most. Counting them is slow.\n"
    "\n";

// Runs args[0] with the other arguments as `options` say.
int Run(std::span<char* const> args, RunOptions& options) {
  PrepareHeap();
  const std::string path = args[0];
  gojs::ProgramOptions program_options;
  InheritProcess(options, program_options);
  const std::unique_ptr<fs::FileSystem> files =
      MakeFiles(options, program_options.identity);
  absl::StatusOr<std::string> cwd = StartDirectory(options, files.get());
  if (!cwd.ok()) return Complain(std::string(cwd.status().message()));
  absl::StatusOr<LoadedModule> loaded = LoadModule(path);
  if (!loaded.ok())
    return Complain(path, std::string(loaded.status().message()));

  // Writing to a pipe that nobody reads is an error for the program to see.
  signal(SIGPIPE, SIG_IGN);
  program_options.args.assign(args.begin(), args.end());
  program_options.env = options.env;
  program_options.cwd = *std::move(cwd);
  program_options.file_system = files.get();
  if (options.clock) program_options.clock = &*options.clock;
  if (options.random) program_options.random = &*options.random;
#ifdef GOSHAWK_CURL
  if (!options.network.empty()) {
    program_options.transport = &gojs::NewCurlTransport;
    program_options.network = std::move(options.network);
  }
#endif
  AddGoTestFunctions(program_options.functions);
  program_options.engine.dispatcher = options.dispatcher;
  program_options.engine.ahead = &gojs::StartupFunctions;
  program_options.engine.huge_pages = true;
  program_options.engine.count = options.stats || !options.profile.empty();
  absl::StatusOr<std::unique_ptr<gojs::Program>> program =
      gojs::Program::Load(loaded->module, std::move(program_options));
  if (!program.ok()) {
    return Complain(path, std::string(program.status().message()));
  }

  std::optional<Deadline> deadline;
  if (options.deadline) {
    deadline.emplace(path, *options.deadline, (*program)->Interrupter());
  }
  int code = (*program)->Run();
  if ((*program)->trap() == interp::Trap::kInterrupted) {
    code = deadline->Say();
  } else if (!(*program)->report().empty()) {
    if ((*program)->trap() == interp::Trap::kInvalidFunction) {
      const std::string& report = (*program)->report();
      code = Complain(path, report.substr(0, report.find('\n')));
    } else {
      const std::string& report = (*program)->report();
      Report(report.ends_with('\n') ? report : report + "\n");
    }
  }
  if (!options.profile.empty()) {
    absl::Status written =
        WriteProfile(options.profile, (*program)->instance());
    if (!written.ok()) code = Complain(std::string(written.message()));
  }
  if (options.stats) {
    Report(SummarizeProfile((*program)->instance()));
  }
  // The process ends anyway: taking everything apart would only take time.
  _exit(code);
}

int RunWithFlags(std::span<char* const> args, bool stats) {
  const std::string name = stats ? "stats" : "run";
  RunOptions options;
  options.stats = stats;
  options.help = WantsHelp(args);
  if (options.help) args = {};
  absl::StatusOr<std::span<char* const>> rest =
      ParseFlags(RunFlags(), args, options);
  if (!rest.ok()) return Complain(std::string(rest.status().message()));
  if (options.help) {
    return Print(absl::StrCat("usage: goshawk ", name, std::string(kHelp),
                              stats ? kStatsHelp : "", FlagsHelp(RunFlags())));
  }
  if (rest->empty()) {
    return Complain(name + ": no program given; see goshawk " + name +
                    " --help");
  }
  return Run(*rest, options);
}

}  // namespace

int RunCommand(std::span<char* const> args) {
  return RunWithFlags(args, false);
}

int StatsCommand(std::span<char* const> args) {
  return RunWithFlags(args, true);
}

int GoExecCommand(std::span<char* const> args) {
  if (args.empty()) {
    return Complain("usage: go_js_wasm_exec program.wasm [args...]");
  }
  RunOptions options;
  InheritEnvironment(options.env);
  if (!options.env.contains("TMPDIR")) {
    // As Node's os.tmpdir().
    const char* tmp = getenv("TMP");
    if (tmp == nullptr) tmp = getenv("TEMP");
    options.env["TMPDIR"] = tmp != nullptr ? tmp : "/tmp";
  }
  const absl::Status root = MountHost(options, "/", "/", false);
  if (!root.ok()) return Complain("/", std::string(root.message()));
  return Run(args, options);
}

}  // namespace goshawk::tools
