#include "gojs/program.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "fs/streams.h"
#include "gojs/imports.h"
#include "gojs/js/error.h"
#include "gojs/program_parts.h"

namespace goshawk::gojs {
namespace {

// True if the program makes bubbles of goroutines (Go 1.25 and later). The
// linker keeps the function that does so only if it is called, and then its
// name is in the name section, with an underscore for the slash, and for
// tracebacks in the data, which are there without a name section, too, but ten
// times as long.
bool UsesSynctest(const interp::Module& module) {
  const auto has = [](interp::Bytes bytes, std::string_view name) {
    return memmem(bytes.data(), bytes.size(), name.data(), name.size()) !=
           nullptr;
  };
  for (const interp::CustomSection& section : module.customs) {
    if (section.name != "name") continue;
    return has(section.payload, "internal_synctest.Run");
  }
  if (module.data.empty()) return false;
  const size_t begin = module.data.front().bytes_offset;
  const size_t end =
      module.data.back().bytes_offset + module.data.back().bytes_size;
  return has(module.bytes.subspan(begin, end - begin), "internal/synctest.Run");
}

}  // namespace

using interp::Trap;

absl::StatusOr<interp::Extern> Program::Parts::Resolve(
    const interp::Import& import) {
  absl::StatusOr<interp::Extern> found = ResolveImport(host, import);
  if (found.ok()) return found;
  if (const WasmFunctions::Row* row =
          functions.Find(import.module, import.name)) {
    imported.push_back({this, row});
    return interp::Extern(
        interp::HostFunction{row->type, &CallImported, &imported.back()});
  }
  for (size_t i = 0; !found.ok() && i < resolvers.size(); ++i) {
    absl::StatusOr<interp::Extern> other = resolvers[i](import);
    if (other.ok() || !absl::IsNotFound(other.status())) {
      found = std::move(other);
      break;
    }
  }
  return found;
}

Trap Program::Parts::CallImported(void* context, interp::Instance&,
                                  uint64_t* values) {
  const auto& imported = *static_cast<const Imported*>(context);
  Parts& p = *imported.parts;
  bool in_memory = true;
  const absl::Status status =
      imported.row->run({p.host.memory(), *p.program}, values, &in_memory);
  if (!in_memory) return Trap::kMemoryOutOfBounds;
  if (!status.ok() && !p.host.stopped()) {
    p.host.Fail(Completion::Throw(Value(NewError(p.realm, status))));
  }
  return p.host.TakeTrap();
}

void Program::Parts::DrainMicrotasks() {
  if (!Ended()) env.RunMicrotasks(realm);
}

bool Program::Parts::Ended() {
  if (ended) return true;
  if (interrupted) host.Interrupt();
  if (!host.stopped() && !env.uncaught().has_value()) return false;
  ended = true;
  exit_code = host.exited() ? host.exit_code() : 1;
  if (host.exited()) return true;
  if (const std::optional<Value>& uncaught = env.uncaught();
      uncaught.has_value()) {
    // Describing it may call Go, which is over.
    const Value thrown = *uncaught;
    report = absl::StrCat("Uncaught ", DescribeThrown(realm, thrown));
  } else {
    report = host.trap_report();
  }
  return true;
}

Program::Program(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
  parts_->program = this;
}
Program::~Program() = default;

Realm& Program::realm() { return parts_->realm; }
EventLoop& Program::loop() { return parts_->env.loop(); }
interp::Instance& Program::instance() { return *parts_->instance; }
bool Program::started() const { return parts_->started; }
bool Program::ended() const { return parts_->Ended(); }
int Program::exit_code() const { return ended() ? parts_->exit_code : 0; }
const std::string& Program::report() const {
  static_cast<void>(ended());
  return parts_->report;
}
Trap Program::trap() const { return parts_->host.TakeTrap(); }
void Program::Exit(int code) { parts_->host.Exit(code); }

std::function<void()> Program::Interrupter() {
  // Posting nothing wakes a loop that waits.
  const std::shared_ptr<EventLoop::Sender> sender = loop().NewBystander();
  return [parts = parts_.get(), sender] {
    parts->interrupted = true;
    parts->instance->Interrupt();
    sender->Post([] {});
  };
}

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
  if (options.transport != nullptr) {
    parts->fetcher = std::make_unique<Fetcher>(
        parts->realm, env, options.transport, std::move(options.network));
  }
  parts->functions = std::move(options.functions);
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
  env.files_answer_later = UsesSynctest(module);
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

absl::Status Program::Start() {
  Parts& p = *parts_;
  if (p.started) {
    return absl::FailedPreconditionError("the program was started before");
  }
  p.started = true;
  const Trap trap = p.host.stopped() ? Trap::kNone : p.instance->Initialize();
  if (trap != Trap::kNone) {
    p.ended = true;
    p.exit_code = 1;
    p.report = absl::StrCat("the module cannot be initialized: ",
                            interp::Message(trap));
    return absl::AbortedError(p.report);
  }
  std::memcpy(p.host.memory().base() + StartBlock::kAddress,
              p.start.bytes.data(), p.start.bytes.size());
  // The outcome of entering Go is in the host; see Ended().
  static_cast<void>(p.host.Run(p.start.argc, p.start.argv));
  p.DrainMicrotasks();
  return p.Ended() ? absl::AbortedError("the program has ended")
                   : absl::OkStatus();
}

absl::Status Program::RunUntil(const std::function<bool()>& done) {
  Parts& p = *parts_;
  if (!p.started || p.host.running()) {
    return absl::FailedPreconditionError(
        p.started ? "Go is running; it has to return before it gets events"
                  : "the program was not started");
  }
  while (!done()) {
    if (p.Ended()) return absl::AbortedError("the program has ended");
    if (!p.env.loop().HasWork()) {
      if (p.host.GoOn()) continue;
      return absl::UnavailableError("nothing is left that could happen");
    }
    p.env.loop().RunOne();
    p.DrainMicrotasks();
  }
  return absl::OkStatus();
}

int Program::Run() {
  Parts& p = *parts_;
  if (p.host.running()) return -1;
  // Each status says what Ended() knows as well.
  if (!p.started) static_cast<void>(Start());
  const auto never = [] { return false; };
  if (absl::IsUnavailable(RunUntil(never))) {
    static_cast<void>(p.host.ReportDeadlock());
    p.DrainMicrotasks();
    // Go can have found something to do instead.
    if (absl::IsUnavailable(RunUntil(never))) {
      p.ended = true;
      p.exit_code = 2;
      p.report = "the program waits for something that cannot happen";
    }
  }
  return p.exit_code;
}

}  // namespace goshawk::gojs
