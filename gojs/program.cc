#include "gojs/program.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "fs/streams.h"
#include "gojs/host.h"
#include "gojs/imports.h"
#include "gojs/js/error.h"
#include "gojs/node/globals.h"
#include "gojs/start_block.h"

namespace goshawk::gojs {

using interp::Trap;

struct Program::Parts {
  Parts(Clock& clock, RandomSource& random)
      : env(clock, random), realm(kGlobalMembers, &env), host(realm, env) {}
  ~Parts() { env.Clear(); }

  absl::StatusOr<interp::Extern> Resolve(const interp::Import& import);

  void DrainMicrotasks();
  bool Done() const { return host.stopped() || env.uncaught().has_value(); }
  // Keeps what ended the program before its time, and returns the exit code.
  int Fail();

  Environment env;
  Realm realm;
  Host host;
  StartBlock start;
  std::string report;
  std::vector<interp::Resolver> resolvers;
  std::unique_ptr<interp::Instance> instance;
};

absl::StatusOr<interp::Extern> Program::Parts::Resolve(
    const interp::Import& import) {
  absl::StatusOr<interp::Extern> found = ResolveImport(host, import);
  for (size_t i = 0; !found.ok() && i < resolvers.size(); ++i) {
    absl::StatusOr<interp::Extern> other = resolvers[i](import);
    if (other.ok() || !absl::IsNotFound(other.status())) {
      found = std::move(other);
      break;
    }
  }
  return found;
}

void Program::Parts::DrainMicrotasks() {
  while (!realm.microtasks().empty() && !Done()) {
    const Value task = std::move(realm.microtasks().front());
    realm.microtasks().pop_front();
    env.Settle(task.object()->Call(Value(), {}));
  }
}

int Program::Parts::Fail() {
  if (env.uncaught()) {
    const Value thrown = *env.uncaught();
    report = absl::StrCat("Uncaught ", DescribeThrown(realm, thrown));
  } else {
    report = host.trap_report();
  }
  return 1;
}

Program::Program(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Program::~Program() = default;

Realm& Program::realm() { return parts_->realm; }
interp::Instance& Program::instance() { return *parts_->instance; }
const std::string& Program::report() const { return parts_->report; }
Trap Program::trap() const { return parts_->host.TakeTrap(); }

absl::StatusOr<std::unique_ptr<Program>> Program::Load(
    const interp::Module& module, ProgramOptions options) {
  absl::StatusOr<StartBlock> start = MakeStartBlock(options.args, options.env);
  if (!start.ok()) return start.status();

  auto parts = std::make_unique<Parts>(
      options.clock != nullptr ? *options.clock : HostClock(),
      options.random != nullptr ? *options.random : HostRandom());
  Environment& env = parts->env;
  env.file_system = options.file_system;
  env.cwd = std::move(options.cwd);
  env.umask = options.umask;
  env.identity = std::move(options.identity);
  env.args = std::move(options.args);
  env.env = std::move(options.env);
  std::shared_ptr<fs::File> streams[] = {std::move(options.standard_input),
                                         std::move(options.standard_output),
                                         std::move(options.standard_error)};
  for (int fd = 0; fd < 3; ++fd) {
    if (streams[fd] == nullptr) streams[fd] = fs::NewNullStream();
    env.fds.SetStream(fd, std::move(streams[fd]));
  }
  parts->start = *std::move(start);
  parts->resolvers = std::move(options.resolvers);
  for (const interp::Import& import : module.imports) {
    if (import.module == "go") parts->host.set_round_up_timers();
  }

  Parts* const p = parts.get();
  absl::StatusOr<std::unique_ptr<interp::Instance>> instance =
      interp::Instance::Create(
          module,
          [p](const interp::Import& import) { return p->Resolve(import); },
          options.engine);
  if (!instance.ok()) return instance.status();
  parts->instance = *std::move(instance);
  if (absl::Status s = parts->host.Attach(*parts->instance); !s.ok()) return s;
  if (module.data.empty()) {
    // What is left of a file that ends after its code is a valid module.
    return absl::InvalidArgumentError(
        "not a Go program for GOOS=js: it has no data section");
  }
  if (!parts->host.memory().Contains(StartBlock::kAddress,
                                     parts->start.bytes.size())) {
    return absl::InvalidArgumentError(
        "its memory is too small for arguments and environment");
  }
  return std::unique_ptr<Program>(new Program(std::move(parts)));
}

int Program::Run() {
  Parts& p = *parts_;
  if (const Trap trap = p.instance->Initialize(); trap != Trap::kNone) {
    p.report = absl::StrCat("the module cannot be initialized: ",
                            interp::Message(trap));
    return 1;
  }
  std::memcpy(p.host.memory().base() + StartBlock::kAddress,
              p.start.bytes.data(), p.start.bytes.size());

  // The outcome of entering Go is in the host; see Done().
  static_cast<void>(p.host.Run(p.start.argc, p.start.argv));
  p.DrainMicrotasks();
  bool deadlock = false;
  while (!p.Done() && !deadlock) {
    if (p.env.loop().HasWork()) {
      p.env.loop().RunOne();
    } else {
      deadlock = true;
      static_cast<void>(p.host.ReportDeadlock());
    }
    p.DrainMicrotasks();
  }
  if (p.host.exited()) return p.host.exit_code();
  if (p.Done()) return p.Fail();
  p.report = "the program waits for something that cannot happen";
  return 2;
}

}  // namespace goshawk::gojs
