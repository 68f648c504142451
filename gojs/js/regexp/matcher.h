// Runs the code of a pattern over a text, going back where it fails.

#ifndef GOSHAWK_GOJS_JS_REGEXP_MATCHER_H_
#define GOSHAWK_GOJS_JS_REGEXP_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gojs/js/regexp/pattern.h"

namespace goshawk::gojs::regexp {

inline constexpr size_t kNowhere = SIZE_MAX;

enum class Found : uint8_t {
  kNo,
  kYes,
  kTooLong,  // it would take for ever, or too much memory
};

class Matcher {
 public:
  // Both must outlive the matcher.
  Matcher(const Pattern& pattern, std::u16string_view text)
      : pattern_(pattern), text_(text) {}

  // Looks for a match from `from` on, or only there if the pattern is sticky.
  Found Find(size_t from);

  // After kYes: where group n begins and ends; kNowhere if it has no part.
  size_t begin(int group) const { return slots_[Slot(group)]; }
  size_t end(int group) const { return slots_[Slot(group) + 1]; }

 private:
  static size_t Slot(int group) { return 2 * static_cast<size_t>(group); }

  // What to do when a way fails: take another, or give a slot its old value.
  struct Choice {
    size_t position;  // or old value
    int32_t at;       // instruction, or -1 - slot
  };

  Found Run(int32_t at, size_t position);
  bool GoBack(size_t base, int32_t* at, size_t* position);
  void Set(int32_t slot, size_t value);
  bool InSet(const regexp::Set& set, char16_t c) const;
  bool SameUnit(char16_t a, char16_t b) const;
  bool IsWord(size_t position) const;
  bool AtLineEdge(size_t position, bool start) const;

  const Pattern& pattern_;
  const std::u16string_view text_;
  std::vector<size_t> slots_;
  std::vector<Choice> choices_;
  uint64_t steps_ = 0;
};

}  // namespace goshawk::gojs::regexp

#endif  // GOSHAWK_GOJS_JS_REGEXP_MATCHER_H_
