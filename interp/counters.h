// How often each operation has run: a counter for every word of code.

#ifndef GOSHAWK_INTERP_COUNTERS_H_
#define GOSHAWK_INTERP_COUNTERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "interp/code_arena.h"
#include "interp/machine.h"

namespace goshawk::interp {

struct FunctionProfile;

class Counters {
 public:
  Counters() = default;
  ~Counters();
  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;

  // Reserves address space beside the arena's. False if the host refuses.
  bool Reserve(const CodeArena& code);

  // The operation at `pc`, in the arena or not, is about to run.
  void Count(const Word* pc) {
    const auto index = static_cast<size_t>(pc - begin_);
    if (index < size_) ++counts_[index];
  }

  // See Instance::Profile. REQUIRES: Word::handler holds the Op.
  std::vector<FunctionProfile> Collect(const CodeArena& code) const;

 private:
  const Word* begin_ = nullptr;
  uint64_t* counts_ = nullptr;
  size_t size_ = 0;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_COUNTERS_H_
