// A regular expression's pattern, compiled (ECMA-262, Patterns, with Annex B):
// code that the matcher (matcher.h) runs over UTF-16 units.
//
// What there is: everything but lookbehind, properties (\p) and the flags u, v
// and d, which are errors that say so.

#ifndef GOSHAWK_GOJS_JS_REGEXP_PATTERN_H_
#define GOSHAWK_GOJS_JS_REGEXP_PATTERN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goshawk::gojs::regexp {

enum class Code : uint8_t {
  // One unit of the text.
  kUnit,  // a: the unit
  kSet,   // a: number of the set
  kAny,   // any unit
  kLine,  // any unit but line terminators
  // None, or any number of them.
  kStart,          // the start of the text, or of a line if multiline
  kEnd,            // the end
  kEdge,           // the edge of a word; a: 1 if there must be none
  kSplit,          // goes on at a, and if that fails at b
  kJump,           // to a
  kSave,           // slot a becomes the position
  kClear,          // slots from a up to b become kNowhere
  kProgress,       // fails if slot a is the position
  kBackReference,  // a: the group
  kLook,           // goes on at a if what follows matches; b: 1 if it must not
  kMatch,
};

// Targets of jumps are relative to the instruction, so that code can be copied.
struct Instruction {
  Code code;
  int32_t a = 0;
  int32_t b = 0;
};

// Units in ranges, both ends included.
struct Set {
  std::vector<std::pair<char16_t, char16_t>> ranges;
  bool negated = false;
};

struct Pattern {
  bool global = false;
  bool ignore_case = false;
  bool multiline = false;
  bool dot_all = false;
  bool sticky = false;

  std::vector<Instruction> code;
  std::vector<Set> sets;
  // Groups, the whole match included; group n has slots 2n and 2n + 1. More
  // slots follow, for positions that loops remember.
  int groups = 1;
  int slots = 2;
  std::vector<std::pair<std::string, int>> names;  // of groups
};

// False with the message of a SyntaxError.
bool Compile(std::string_view source, std::string_view flags, Pattern* pattern,
             std::string* error);

}  // namespace goshawk::gojs::regexp

#endif  // GOSHAWK_GOJS_JS_REGEXP_PATTERN_H_
