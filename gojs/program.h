// A Go program compiled for GOOS=js GOARCH=wasm, from start to exit. Start
// here to run one from C++:
//
//   absl::StatusOr<interp::Module> module = interp::Decode(bytes);
//   gojs::ProgramOptions options;
//   options.args = {"app", "-v"};
//   auto program = gojs::Program::Load(*module, std::move(options));
//   if (!program.ok()) ...        // not a program that can run here
//   int code = (*program)->Run();
//
// What the options do not give, the program does not have: no files without a
// file system, no environment, streams that are empty and swallow everything.
//
// Threads: a Program belongs to one thread at a time. Programs share nothing,
// so any number run in parallel, also of one Module.

#ifndef GOSHAWK_GOJS_PROGRAM_H_
#define GOSHAWK_GOJS_PROGRAM_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fs/file_system.h"
#include "gojs/environment.h"
#include "gojs/js/realm.h"
#include "gojs/services.h"
#include "interp/instance.h"
#include "interp/module.h"

namespace goshawk::gojs {

struct ProgramOptions {
  // os.Args; the first is the program's name.
  std::vector<std::string> args = {"js"};
  std::map<std::string, std::string> env;

  // What the program sees as "/"; null for no files at all. Not owned; must
  // outlive the program.
  fs::FileSystem* file_system = nullptr;
  std::string cwd = "/";  // clean
  uint32_t umask = 022;

  // Null is like /dev/null.
  std::shared_ptr<fs::File> standard_input;
  std::shared_ptr<fs::File> standard_output;
  std::shared_ptr<fs::File> standard_error;

  Identity identity;

  // Null for the host's. Not owned; must outlive the program.
  Clock* clock = nullptr;
  RandomSource* random = nullptr;

  interp::InstanceOptions engine;

  // Asked, in order, for imports that are none of Go's own: functions that the
  // program declares with //go:wasmimport.
  std::vector<interp::Resolver> resolvers;
};

class Program {
 public:
  // Makes a program of a decoded module, which must outlive it.
  // INVALID_ARGUMENT or FAILED_PRECONDITION says in one line what makes the
  // module no Go program or which import is missing; RESOURCE_EXHAUSTED that
  // arguments and environment are too long, or that there is no memory.
  static absl::StatusOr<std::unique_ptr<Program>> Load(
      const interp::Module& module, ProgramOptions options);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Runs the program until it exits. Returns its exit code: what it gave to
  // os.Exit, 2 after a panic or a deadlock (Go reports these on its standard
  // error), 1 after a trap or an uncaught JavaScript error; see report(). To
  // be called once.
  int Run();

  // After Run(): why the program ended if not by its own will, with a
  // backtrace if there is one, in lines; else empty.
  const std::string& report() const;
  // The trap that ended it; kHostExit after an exit, kNone if something else
  // than the engine did.
  interp::Trap trap() const;

  // The program's JavaScript world: what is defined in realm().global() before
  // Run() is there for the program to find.
  Realm& realm();
  interp::Instance& instance();

 private:
  struct Parts;
  explicit Program(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_PROGRAM_H_
