#include "interp/code_arena.h"

#include <sys/mman.h>

#include <algorithm>

#include "interp/pages.h"

namespace goshawk::interp {
namespace {

// Words of code whose pages are asked for at a time.
constexpr size_t kAhead = 16 * 1024;

}  // namespace

CodeArena::~CodeArena() {
  if (begin_ != nullptr) {
    munmap(begin_, static_cast<size_t>(limit_ - begin_) * sizeof(Word));
  }
}

bool CodeArena::Reserve(size_t words, bool huge) {
  size_t size = words * sizeof(Word);
  void* region = ReservePages(size, PROT_READ | PROT_WRITE);
  if (region == nullptr) return false;
  if (huge && size >= kHugePage) PreferHugePage(region);
  begin_ = next_ = present_ = static_cast<Word*>(region);
  limit_ = begin_ + size / sizeof(Word);
  return true;
}

Word* CodeArena::Allocate(size_t count, uint32_t func) {
  if (count > static_cast<size_t>(limit_ - next_)) return nullptr;
  Word* result = next_;
  next_ += count;
  if (next_ > present_) {
    const auto room = static_cast<size_t>(limit_ - result);
    const size_t ahead = std::min(room, std::max(count, kAhead));
    Prefault(result, ahead * sizeof(Word));
    present_ = result + ahead;
  }
  pieces_.emplace_back(result, func);
  return result;
}

bool CodeArena::FindFunction(const Word* pc, uint32_t& func) const {
  if (pc < begin_ || pc >= next_) return false;
  auto after = std::upper_bound(
      pieces_.begin(), pieces_.end(), pc,
      [](const Word* p, const Piece& piece) { return p < piece.begin; });
  func = std::prev(after)->func;
  return true;
}

void CodeArena::Revoke() {
  revoked_ = true;
  mprotect(begin_, static_cast<size_t>(limit_ - begin_) * sizeof(Word),
           PROT_NONE);
}

void CodeArena::Restore() {
  mprotect(begin_, static_cast<size_t>(limit_ - begin_) * sizeof(Word),
           PROT_READ | PROT_WRITE);
  revoked_ = false;
}

}  // namespace goshawk::interp
