// What a Program is made of. Private to Program.

#ifndef GOSHAWK_GOJS_PROGRAM_PARTS_H_
#define GOSHAWK_GOJS_PROGRAM_PARTS_H_

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gojs/environment.h"
#include "gojs/fetch/fetcher.h"
#include "gojs/host.h"
#include "gojs/js/realm.h"
#include "gojs/node/globals.h"
#include "gojs/program.h"
#include "gojs/start_block.h"

namespace goshawk::gojs {

struct Program::Parts {
  Parts(Clock& clock, RandomSource& random)
      : env(clock, random), realm(kGlobalMembers, &env), host(realm, env) {}
  ~Parts() { env.Clear(); }

  absl::StatusOr<interp::Extern> Resolve(const interp::Import& import);

  void DrainMicrotasks();
  // True once the program has ended; notes why.
  bool Ended();

  // An import that a C++ function serves.
  struct Imported {
    Parts* parts;
    const WasmFunctions::Row* row;
  };
  static interp::Trap CallImported(void* context, interp::Instance& caller,
                                   uint64_t* values);

  Environment env;
  Realm realm;
  Host host;
  StartBlock start;
  bool started = false;
  bool ended = false;
  std::atomic<bool> interrupted = false;  // by any thread
  int exit_code = 0;
  std::string report;
  Program* program = nullptr;
  WasmFunctions functions;
  std::deque<Imported> imported;
  std::vector<interp::Resolver> resolvers;
  std::unique_ptr<interp::Instance> instance;
  std::unique_ptr<Fetcher> fetcher;  // null without a transport
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_PROGRAM_PARTS_H_
