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
// or to use one as a library. What it sets on js.Global() can be called, and
// what Define() puts there it finds:
//
//   (*program)->Define("log", [](std::string line) { std::cerr << line; });
//   absl::Status started = (*program)->Start();
//   absl::StatusOr<std::string> html =
//       (*program)->Call<std::string>("render", "# Title");
//
// bridge.h says what crosses and how, js/bind.h how classes are declared,
// wasm_functions.h how //go:wasmimport is served.
//
// What the options do not give, the program does not have: no files without a
// file system, no environment, streams that are empty and swallow everything,
// no network.
//
// Host functions and the end of things. What a host function throws (a status
// that is not OK) reaches Go as a js.Error that it can recover from. A host
// function may call Go again, to any depth that the engine's stack allows, but
// it cannot wait for events meanwhile. When it calls Exit, or when Go exits
// while it calls Go, all frames of Go unwind as soon as it returns. A Go
// function that is called when the program has ended throws "Go program has
// already exited". Calls that make no sense, such as these, give a status; none
// of them harms the program.
//
// Threads: a Program belongs to one thread at a time, and so do its values.
// Programs share nothing, so any number run in parallel, also of one Module.
// Work of other threads comes back through EventLoop::NewSender, and an
// Interrupter ends a program from another thread. Values must be let go of
// before their program goes.

#ifndef GOSHAWK_GOJS_PROGRAM_H_
#define GOSHAWK_GOJS_PROGRAM_H_

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "fs/file_system.h"
#include "gojs/bridge.h"
#include "gojs/environment.h"
#include "gojs/fetch/allow_list.h"
#include "gojs/fetch/transport.h"
#include "gojs/js/realm.h"
#include "gojs/services.h"
#include "gojs/wasm_functions.h"
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

  // Null for the host's; repeatable.h has others. Not owned; must outlive the
  // program.
  Clock* clock = nullptr;
  RandomSource* random = nullptr;

  // Requests: without a transport there is no fetch, and net/http stays within
  // the program. fetch/curl_transport.h has one. `network` lists whom they may
  // reach.
  HttpTransportFactory transport;
  AllowList network;

  interp::InstanceOptions engine;

  // What the program declares with //go:wasmimport.
  WasmFunctions functions;
  // Asked, in order, for imports that are not found there either.
  std::vector<interp::Resolver> resolvers;
};

class Program {
 public:
  // What a call for an R comes to.
  template <typename R>
  using Outcome =
      std::conditional_t<std::is_void_v<R>, absl::Status, absl::StatusOr<R>>;

  // Makes a program of a decoded module, which must outlive it.
  // INVALID_ARGUMENT or FAILED_PRECONDITION says in one line what makes the
  // module no Go program or which import is missing; RESOURCE_EXHAUSTED that
  // arguments and environment are too long, or that there is no memory.
  static absl::StatusOr<std::unique_ptr<Program>> Load(
      const interp::Module& module, ProgramOptions options);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Runs the program until it exits, from where it is. Returns its exit code:
  // what it gave to os.Exit, 2 after a panic or a deadlock (Go reports these on
  // its standard error), 1 after a trap or an uncaught JavaScript error; see
  // report(). -1, with nothing done, if called from within the program.
  int Run();

  // Runs main until it waits for something that has not happened: from then on
  // what it has set up can be called. ABORTED if the program has ended by then,
  // FAILED_PRECONDITION if it was started before.
  absl::Status Start();

  // Lets events happen until done() is true, which is asked after each.
  // ABORTED if the program ends before, UNAVAILABLE if nothing is left that
  // could happen; FAILED_PRECONDITION before Start() and from within Go.
  absl::Status RunUntil(const std::function<bool()>& done);

  // Ends the program with this exit code, as os.Exit. From within Go, when the
  // host function that calls this returns. Nothing happens if it has ended.
  void Exit(int code);

  // A function that ends the program soon, from any thread, wherever it is: as
  // a trap, kInterrupted. Only functions of the host that it is in have to
  // return first. Costs nothing until it is called; calls after the program's
  // end are fine, but not after this object's.
  std::function<void()> Interrupter();

  bool started() const;
  bool ended() const;
  int exit_code() const;  // 0 until it has ended
  // When ended: why, if not by its own will, with a backtrace if there is one,
  // in lines; else empty.
  const std::string& report() const;
  // The trap that ended it; kHostExit after an exit, kNone if something else
  // than the engine did.
  interp::Trap trap() const;

  // Paths lead from the global object through properties: "app.render".

  // Makes `value` known to the program, any type of bridge.h; objects on the
  // way that do not exist are made. INVALID_ARGUMENT if something on the way is
  // no object.
  template <typename T>
  absl::Status Define(std::string_view path, T&& value) {
    absl::StatusOr<Value> made = Convert(std::forward<T>(value));
    return made.ok() ? DefineValue(path, *made) : made.status();
  }

  // What stands there. NOT_FOUND if it is undefined, INVALID_ARGUMENT if it is
  // no R.
  template <typename R = Value>
  absl::StatusOr<R> Get(std::string_view path) {
    absl::StatusOr<Value> value = GetValue(path);
    return value.ok() ? FromValue<R>(realm(), *value) : value.status();
  }

  // Calls the function there, with the object before it as `this`, and returns
  // what it returns; R may be void. What it throws is the status, and see
  // bridge.h; as for Get if there is no such function. ABORTED if the program
  // ends meanwhile, FAILED_PRECONDITION if it had.
  template <typename R = Value, typename... A>
  Outcome<R> Call(std::string_view path, A&&... args) {
    std::array<Value, sizeof...(A)> values;
    if (absl::Status s = ConvertAll(values.data(), std::forward<A>(args)...);
        !s.ok()) {
      return s;
    }
    absl::StatusOr<Value> result = CallPath(path, values);
    return result.ok() ? FromValue<R>(realm(), *result) : result.status();
  }
  // The same for a function at hand.
  absl::StatusOr<Value> CallValue(const Value& function, const Value& self,
                                  Args args);

  // Waits for a promise: program.Await<double>(program.Call("f", 1)). What it
  // is rejected with is the status, as for Call. A value that is no promise is
  // the result at once, and so is a status that is not OK. Else as RunUntil.
  template <typename R = Value>
  Outcome<R> Await(absl::StatusOr<Value> promise) {
    absl::StatusOr<Value> result = AwaitValue(std::move(promise));
    return result.ok() ? FromValue<R>(realm(), *result) : result.status();
  }

  // Calls a //go:wasmexport function with numbers and bools. NOT_FOUND if there
  // is none of that name, INVALID_ARGUMENT if its types are others,
  // FAILED_PRECONDITION before Start(), UNIMPLEMENTED if Go's linker did not
  // make it. If the function waits for events, they happen as in RunUntil until
  // it returns; UNAVAILABLE if it never will. Only if a host function that Go
  // waits for calls one that waits, the program ends.
  template <typename R = void, typename... A>
  Outcome<R> CallExport(std::string_view name, A... args) {
    using Signature = wasm_internal::Signature<R (*)(A...)>;
    uint64_t values[sizeof...(A) + 1] = {wasm_internal::ToBits(args)...};
    absl::Status status = InvokeExport(name, Signature::Type(), values);
    if constexpr (std::is_void_v<R>) {
      return status;
    } else {
      if (!status.ok()) return status;
      return wasm_internal::FromBits<R>(values[0]);
    }
  }
  // Bytes of the program's memory, in place, until it runs again: what a
  // pointer that it gives leads to. OUT_OF_RANGE if they do not lie in it.
  absl::StatusOr<std::span<uint8_t>> Bytes(uint64_t address, uint64_t size);

  // The program's JavaScript world, and what happens while it waits.
  Realm& realm();
  EventLoop& loop();
  interp::Instance& instance();

 private:
  struct Parts;
  explicit Program(std::unique_ptr<Parts> parts);

  template <typename T>
  absl::StatusOr<Value> Convert(T&& value) {
    Completion made = ToCompletion(realm(), std::forward<T>(value));
    if (!made.ok()) return StatusOf(realm(), made);
    return std::move(made).value();
  }
  template <typename... A>
  absl::Status ConvertAll([[maybe_unused]] Value* to, A&&... values) {
    absl::Status status;
    [[maybe_unused]] const auto convert = [&](auto&& value) {
      absl::StatusOr<Value> made =
          Convert(std::forward<decltype(value)>(value));
      status = made.status();
      if (status.ok()) *to++ = *std::move(made);
      return status.ok();
    };
    static_cast<void>((convert(std::forward<A>(values)) && ...));
    return status;
  }

  absl::Status DefineValue(std::string_view path, Value value);
  absl::StatusOr<Value> GetValue(std::string_view path);
  absl::StatusOr<Value> CallPath(std::string_view path, Args args);
  absl::StatusOr<Value> AwaitValue(absl::StatusOr<Value> promise);
  absl::Status InvokeExport(std::string_view name, const interp::FuncType& type,
                            uint64_t* values);
  // What came of JavaScript that was called from C++.
  absl::StatusOr<Value> Finish(Completion completion);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_PROGRAM_H_
