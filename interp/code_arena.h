// Where translated code lives: one reservation of address space, filled from
// its start, so that code never moves and an address tells its function.

#ifndef GOSHAWK_INTERP_CODE_ARENA_H_
#define GOSHAWK_INTERP_CODE_ARENA_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "interp/machine.h"

namespace goshawk::interp {

class CodeArena {
 public:
  CodeArena() = default;
  ~CodeArena();
  CodeArena(const CodeArena&) = delete;
  CodeArena& operator=(const CodeArena&) = delete;

  // Reserves room for `words`, that they begin on a huge page if `huge`. False
  // if the host refuses.
  bool Reserve(size_t words, bool huge);

  // `count` words for the code of function `func`; null when the arena is full.
  Word* Allocate(size_t count, uint32_t func);

  bool Contains(const void* address) const {
    return address >= begin_ && address < limit_;
  }

  // The function whose code `pc` is part of; false if there is none.
  bool FindFunction(const Word* pc, uint32_t& func) const;

  // The pieces by address: which function each is the code of. A piece ends
  // where the next begins, the last one at end().
  struct Piece {
    const Word* begin;
    uint32_t func;
  };
  const std::vector<Piece>& pieces() const { return pieces_; }
  const Word* begin() const { return begin_; }
  const Word* end() const { return next_; }

  // Words in use, and words that there is room for.
  size_t size() const { return static_cast<size_t>(next_ - begin_); }
  size_t capacity() const { return static_cast<size_t>(limit_ - begin_); }

  // After Revoke, which any thread may call, fetching a word faults; after
  // Restore it does not.
  void Revoke();
  void Restore();
  bool revoked() const { return revoked_; }

 private:
  Word* begin_ = nullptr;
  Word* next_ = nullptr;
  Word* present_ = nullptr;  // up to here there are pages
  Word* limit_ = nullptr;
  std::vector<Piece> pieces_;  // by address
  std::atomic<bool> revoked_ = false;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CODE_ARENA_H_
