// Functions that will be needed soon, translated on a second thread while the
// instance starts and runs.
//
// That thread makes code and keeps it; the instance's own thread, which alone
// places code where it runs, takes it when the function is called for the first
// time. So the second thread writes nothing that running code sees. hello takes
// a fifth less time with it.

#ifndef GOSHAWK_INTERP_AHEAD_H_
#define GOSHAWK_INTERP_AHEAD_H_

#include <pthread.h>

#include <atomic>
#include <memory>
#include <vector>

#include "interp/code_shelf.h"
#include "interp/state.h"
#include "interp/translator.h"

namespace goshawk::interp {

class Ahead {
 public:
  // The thread for state.options.ahead; null if there is nothing to do or no
  // thread, or no other processor, to be had. `state`, which is linked, must
  // outlive it.
  static std::unique_ptr<Ahead> Start(State& state);
  ~Ahead();  // waits for the function that is being translated
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  // The code of a function that has to be placed now; waits if it is just being
  // made. Null: it is up to the caller, for nobody else will make it.
  const FinishedCode* Take(const Function& function);

  // Waits until all functions are translated that nobody has taken.
  void Join();

 private:
  explicit Ahead(State& state);

  void Run();
  const FinishedCode* Make(const Function& function);

  State& state_;
  Translator translator_;
  CodeShelf shelf_;
  std::vector<FinishedCode> finished_;
  // By function: null, one of two marks (ahead.cc), or its code.
  std::vector<std::atomic<const FinishedCode*>> made_;
  std::atomic<bool> stop_ = false;
  bool running_ = false;  // the thread has not been joined
  pthread_t thread_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_AHEAD_H_
