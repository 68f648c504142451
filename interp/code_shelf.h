// Where finished code waits until it is copied to where it runs
// (code_arena.h): pieces of the heap, filled one after the other.

#ifndef GOSHAWK_INTERP_CODE_SHELF_H_
#define GOSHAWK_INTERP_CODE_SHELF_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "interp/machine.h"

namespace goshawk::interp {

class CodeShelf {
 public:
  // `count` words, which stay where they are as long as the shelf is there.
  Word* Allocate(size_t count) {
    if (count > room_) {
      room_ = std::max(count, kPiece);
      pieces_.push_back(std::make_unique_for_overwrite<Word[]>(room_));
      next_ = pieces_.back().get();
    }
    Word* const words = next_;
    next_ += count;
    room_ -= count;
    return words;
  }

 private:
  static constexpr size_t kPiece = 8 * 1024;

  std::vector<std::unique_ptr<Word[]>> pieces_;
  Word* next_ = nullptr;
  size_t room_ = 0;  // from next_ on
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CODE_SHELF_H_
