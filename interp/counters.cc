#include "interp/counters.h"

#include <sys/mman.h>

#include "interp/instance.h"
#include "interp/op.h"

namespace goshawk::interp {

Counters::~Counters() {
  if (counts_ != nullptr) munmap(counts_, size_ * sizeof(uint64_t));
}

bool Counters::Reserve(const CodeArena& code) {
  begin_ = code.begin();
  void* region =
      mmap(nullptr, code.capacity() * sizeof(uint64_t), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return false;
  counts_ = static_cast<uint64_t*>(region);
  size_ = code.capacity();
  return true;
}

std::vector<FunctionProfile> Counters::Collect(const CodeArena& code) const {
  std::vector<FunctionProfile> profiles;
  const std::vector<CodeArena::Piece>& pieces = code.pieces();
  for (size_t i = 0; i < pieces.size(); ++i) {
    FunctionProfile profile{};
    profile.function = pieces[i].func;
    const Word* end = i + 1 < pieces.size() ? pieces[i + 1].begin : code.end();
    for (const Word* word = pieces[i].begin; word < end;
         word += OpLength(word)) {
      const uint64_t count = counts_[word - begin_];
      profile.dispatches += count;
      profile.operations.push_back(
          {static_cast<Op>(word->handler), count, *word});
    }
    if (profile.dispatches > 0) profiles.push_back(std::move(profile));
  }
  return profiles;
}

}  // namespace goshawk::interp
