#include "gojs/js/regexp/pattern.h"

#include <algorithm>

#include "gojs/js/letters.h"
#include "gojs/js/utf16.h"

namespace goshawk::gojs::regexp {
namespace {

// A pattern is part of what a program may come with; neither its code nor the
// compiler's own stack grow without bound.
constexpr size_t kMaxCode = 1 << 16;
constexpr int kMaxDepth = 200;
constexpr int32_t kUnlimited = INT32_MAX;

using Block = std::vector<Instruction>;

bool IsDigit(char16_t c) { return c >= '0' && c <= '9'; }

int HexOf(char16_t c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class Compiler {
 public:
  Compiler(std::u16string source, Pattern* pattern)
      : source_(std::move(source)), pattern_(*pattern) {}

  bool Run(std::string* error) {
    CountGroups();
    pattern_.groups = all_groups_;
    pattern_.slots = 2 * all_groups_;
    Block body = Disjunction();
    if (error_.empty() && !AtEnd()) Fail("Unmatched ')'");
    *error = error_;
    if (!error_.empty()) return false;
    Emit({Code::kSave, 0}, &pattern_.code);
    Append(body, &pattern_.code);
    Emit({Code::kSave, 1}, &pattern_.code);
    Emit({Code::kMatch}, &pattern_.code);
    return error_.empty();
  }

 private:
  bool AtEnd() const { return at_ >= source_.size(); }
  char16_t Peek(size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : u'\0';
  }
  bool Accept(char16_t c) {
    if (AtEnd() || Peek() != c) return false;
    ++at_;
    return true;
  }
  bool Accept(std::u16string_view text) {
    if (source_.compare(at_, text.size(), text) != 0) return false;
    at_ += text.size();
    return true;
  }
  void Fail(std::string_view why) {
    if (error_.empty()) error_ = why;
    at_ = source_.size();
  }

  void Emit(Instruction instruction, Block* block) {
    if (block->size() >= kMaxCode) return Fail("Regular expression too large");
    block->push_back(instruction);
  }
  void Append(const Block& from, Block* to) {
    if (from.size() + to->size() > kMaxCode) {
      return Fail("Regular expression too large");
    }
    to->insert(to->end(), from.begin(), from.end());
  }

  // How many groups there are matters to what \2 means before them.
  void CountGroups() {
    bool in_set = false;
    for (size_t i = 0; i < source_.size(); ++i) {
      if (source_[i] == '\\') {
        ++i;
      } else if (source_[i] == '[') {
        in_set = true;
      } else if (source_[i] == ']') {
        in_set = false;
      } else if (source_[i] == '(' && !in_set) {
        const bool plain = i + 1 >= source_.size() || source_[i + 1] != '?';
        const bool named = source_.compare(i + 1, 2, u"?<") == 0 &&
                           source_.compare(i + 1, 3, u"?<=") != 0 &&
                           source_.compare(i + 1, 3, u"?<!") != 0;
        if (plain || named) ++all_groups_;
      }
    }
    if (all_groups_ > static_cast<int>(kMaxCode)) {
      Fail("Regular expression too large");
    }
  }

  Block Disjunction() {
    if (++depth_ > kMaxDepth) Fail("Regular expression too large");
    std::vector<Block> alternatives = {Alternative()};
    while (Accept(u'|')) alternatives.push_back(Alternative());
    --depth_;
    Block all = std::move(alternatives.back());
    alternatives.pop_back();
    while (!alternatives.empty() && error_.empty()) {
      const Block& first = alternatives.back();
      Block both;
      const auto size = static_cast<int32_t>(first.size());
      Emit({Code::kSplit, 1, size + 2}, &both);
      Append(first, &both);
      Emit({Code::kJump, static_cast<int32_t>(all.size()) + 1}, &both);
      Append(all, &both);
      all = std::move(both);
      alternatives.pop_back();
    }
    return all;
  }

  Block Alternative() {
    Block block;
    while (!AtEnd() && Peek() != '|' && Peek() != ')') {
      const int first_group = next_group_;
      bool quantifiable = true;
      const Block term = Term(&quantifiable);
      Append(Quantified(term, first_group, quantifiable), &block);
    }
    return block;
  }

  // {n}, {n,} or {n,m} at the position; nothing is read if it is none.
  bool Braces(int32_t* min, int32_t* max) {
    size_t i = at_ + 1;
    const auto number = [&](int32_t* n) {
      const size_t begin = i;
      int64_t value = 0;
      for (; i < source_.size() && IsDigit(source_[i]); ++i) {
        value = std::min<int64_t>(value * 10 + (source_[i] - '0'), kUnlimited);
      }
      *n = static_cast<int32_t>(value);
      return i > begin;
    };
    if (Peek() != '{' || !number(min)) return false;
    *max = *min;
    if (i < source_.size() && source_[i] == ',') {
      ++i;
      if (!number(max)) *max = kUnlimited;
    }
    if (i >= source_.size() || source_[i] != '}') return false;
    at_ = i + 1;
    return true;
  }

  bool Quantifier(int32_t* min, int32_t* max) {
    *min = 0;
    *max = kUnlimited;
    if (Accept(u'*')) return true;
    if (Accept(u'+')) {
      *min = 1;
      return true;
    }
    if (Accept(u'?')) {
      *max = 1;
      return true;
    }
    return Braces(min, max);
  }

  // `term` as often as the quantifier behind it says, which may be none. Its
  // groups are those from `first_group` on.
  Block Quantified(const Block& term, int first_group, bool quantifiable) {
    int32_t min;
    int32_t max;
    if (!Quantifier(&min, &max)) return term;
    if (!quantifiable) Fail("Nothing to repeat");
    if (min > max) Fail("numbers out of order in {} quantifier");
    const bool lazy = Accept(u'?');
    Block turn;
    if (next_group_ > first_group) {
      Emit({Code::kClear, 2 * first_group, 2 * next_group_}, &turn);
    }
    Append(term, &turn);
    if (turn.empty()) return turn;
    Block all;
    for (int32_t i = 0; i < min && error_.empty(); ++i) Append(turn, &all);
    // Those that need not be must not be empty.
    Block more = turn;
    if (turn.size() > 1 || turn[0].code > Code::kLine) {
      const int32_t mark = pattern_.slots++;
      more.insert(more.begin(), {Code::kSave, mark});
      Emit({Code::kProgress, mark}, &more);
    }
    const auto size = static_cast<int32_t>(more.size());
    const auto split = [lazy](int32_t to_end) {
      return lazy ? Instruction{Code::kSplit, to_end, 1}
                  : Instruction{Code::kSplit, 1, to_end};
    };
    if (max == kUnlimited) {
      Emit(split(size + 2), &all);
      Append(more, &all);
      Emit({Code::kJump, -size - 1}, &all);
      return all;
    }
    if (int64_t{max - min} * (size + 1) > static_cast<int64_t>(kMaxCode)) {
      Fail("Regular expression too large");
    }
    for (int32_t left = max - min; left > 0 && error_.empty(); --left) {
      Emit(split(left * (size + 1)), &all);
      Append(more, &all);
    }
    return all;
  }

  Block Term(bool* quantifiable) {
    const char16_t c = source_[at_++];
    switch (c) {
      case '^':
        *quantifiable = false;
        return {{Code::kStart}};
      case '$':
        *quantifiable = false;
        return {{Code::kEnd}};
      case '(':
        return Group();
      case '.':
        return {{pattern_.dot_all ? Code::kAny : Code::kLine}};
      case '[':
        return {SetOf(SetBody())};
      case '\\':
        return Escape(quantifiable);
      case '*':
      case '+':
      case '?':
        Fail("Nothing to repeat");
        return {};
      case '{': {
        int32_t min;
        int32_t max;
        --at_;
        if (Braces(&min, &max)) Fail("Nothing to repeat");
        if (!AtEnd()) ++at_;
        return {Unit(c)};
      }
      default:
        return {Unit(c)};
    }
  }

  Instruction Unit(char16_t c) const {
    return {Code::kUnit,
            pattern_.ignore_case ? static_cast<int32_t>(ToUpper(c)) : c};
  }
  Instruction SetOf(Set set) {
    pattern_.sets.push_back(std::move(set));
    return {Code::kSet, static_cast<int32_t>(pattern_.sets.size() - 1)};
  }

  Block Group() {
    Block block;
    if (Accept(u"?:")) {
      block = Disjunction();
    } else if (Accept(u"?=") || Accept(u"?!")) {
      const bool negative = source_[at_ - 1] == '!';
      const Block body = Disjunction();
      const auto size = static_cast<int32_t>(body.size());
      Emit({Code::kLook, size + 2, negative}, &block);
      Append(body, &block);
      Emit({Code::kMatch}, &block);
    } else if (Accept(u"?<=") || Accept(u"?<!")) {
      Fail("lookbehind is not supported");
    } else {
      const int group = next_group_++;
      if (Accept(u"?<")) {
        const std::string name = GroupName();
        for (const auto& [other, number] : pattern_.names) {
          if (other == name) Fail("Duplicate capture group name");
        }
        pattern_.names.emplace_back(name, group);
      } else if (Peek() == '?') {
        Fail("Invalid group");
      }
      Emit({Code::kSave, 2 * group}, &block);
      Append(Disjunction(), &block);
      Emit({Code::kSave, 2 * group + 1}, &block);
    }
    if (error_.empty() && !Accept(u')')) Fail("Unterminated group");
    return block;
  }

  std::string GroupName() {
    const size_t end = source_.find(u'>', at_);
    if (end == std::u16string::npos || end == at_) {
      Fail("Invalid capture group name");
      return "";
    }
    const std::string name =
        FromUtf16(std::u16string_view(source_).substr(at_, end - at_));
    at_ = end + 1;
    return name;
  }

  // What \d and the others stand for; false if the letter is none of them.
  static bool ClassOf(char16_t letter, Set* set) {
    switch (letter) {
      case 'd':
      case 'D':
        set->ranges = {{'0', '9'}};
        break;
      case 'w':
      case 'W':
        set->ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
        break;
      case 's':
      case 'S':
        for (char32_t c = 0; c <= 0xffff; ++c) {
          if (IsSpace(c)) set->ranges.emplace_back(c, c);
        }
        break;
      default:
        return false;
    }
    set->negated = letter < 'a';
    return true;
  }

  // The digits of a hexadecimal escape, or nothing.
  bool Hex(int count, char16_t* unit) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      const int digit = AtEnd() ? -1 : HexOf(Peek(static_cast<size_t>(i)));
      if (digit < 0) return false;
      value = value * 16 + digit;
    }
    at_ += static_cast<size_t>(count);
    *unit = static_cast<char16_t>(value);
    return true;
  }

  // An escape that stands for one unit, after its backslash.
  char16_t UnitEscape() {
    if (AtEnd()) {
      Fail("\\ at end of pattern");
      return 0;
    }
    const char16_t c = source_[at_++];
    char16_t unit = c;
    switch (c) {
      case 't':
        return '\t';
      case 'n':
        return '\n';
      case 'v':
        return '\v';
      case 'f':
        return '\f';
      case 'r':
        return '\r';
      case 'c':
        if ((Peek() | 0x20) >= 'a' && (Peek() | 0x20) <= 'z') {
          return source_[at_++] & 0x1f;
        }
        --at_;
        return '\\';
      case 'x':
        Hex(2, &unit);
        return unit;
      case 'u':
        Hex(4, &unit);
        return unit;
      default:
        break;
    }
    if (c < '0' || c > '7') return c;
    // Octal, up to \377.
    int value = c - '0';
    for (int i = 0; i < 2 && !AtEnd() && Peek() >= '0' && Peek() <= '7'; ++i) {
      if (value * 8 + (Peek() - '0') > 0377) break;
      value = value * 8 + (source_[at_++] - '0');
    }
    return static_cast<char16_t>(value);
  }

  Block Escape(bool* quantifiable) {
    const char16_t c = Peek();
    Set set;
    if (ClassOf(c, &set)) {
      ++at_;
      return {SetOf(std::move(set))};
    }
    if (c == 'b' || c == 'B') {
      ++at_;
      *quantifiable = false;
      return {{Code::kEdge, c == 'B'}};
    }
    if (c == 'k' && source_.find(u"(?<") != std::u16string::npos) {
      ++at_;
      if (!Accept(u'<')) Fail("Invalid named reference");
      return NamedReference(GroupName());
    }
    if (c >= '1' && c <= '9') {
      int number = 0;
      size_t i = at_;
      for (; i < source_.size() && IsDigit(source_[i]) && number < 10000; ++i) {
        number = number * 10 + (source_[i] - '0');
      }
      if (number < all_groups_) {
        at_ = i;
        return {{Code::kBackReference, number}};
      }
      if (c >= '8') {
        ++at_;
        return {Unit(c)};
      }
    }
    return {Unit(UnitEscape())};
  }

  Block NamedReference(const std::string& name) {
    for (const auto& [known, number] : pattern_.names) {
      if (known == name) return {{Code::kBackReference, number}};
    }
    // One to a group that is yet to come matches nothing, as that is empty.
    return {};
  }

  // One part of a set: a unit, or false if it was a class, which is added.
  bool SetAtom(Set* set, char16_t* unit) {
    if (Peek() != '\\') {
      *unit = source_[at_++];
      return true;
    }
    ++at_;
    Set part;
    if (Accept(u'b')) {
      *unit = '\b';
      return true;
    }
    if (!ClassOf(Peek(), &part)) {
      *unit = UnitEscape();
      return true;
    }
    ++at_;
    if (part.negated) part = Complement(part);
    set->ranges.insert(set->ranges.end(), part.ranges.begin(),
                       part.ranges.end());
    return false;
  }

  static Set Complement(const Set& set) {
    Set other;
    uint32_t from = 0;
    for (const auto& [first, last] : set.ranges) {
      if (first > from) other.ranges.emplace_back(from, first - 1);
      from = uint32_t{last} + 1;
    }
    if (from <= 0xffff) other.ranges.emplace_back(from, 0xffff);
    return other;
  }

  Set SetBody() {
    Set set;
    set.negated = Accept(u'^');
    while (!AtEnd() && Peek() != ']') {
      char16_t first = 0;
      const bool is_unit = SetAtom(&set, &first);
      if (Peek() != '-' || Peek(1) == ']' || at_ + 1 >= source_.size()) {
        if (is_unit) set.ranges.emplace_back(first, first);
        continue;
      }
      ++at_;
      char16_t last = 0;
      const bool ends = SetAtom(&set, &last);
      if (is_unit && ends) {
        if (first > last) Fail("Range out of order in character class");
        set.ranges.emplace_back(first, last);
        continue;
      }
      // Not between two units: the hyphen is itself.
      set.ranges.emplace_back('-', '-');
      if (is_unit) set.ranges.emplace_back(first, first);
      if (ends) set.ranges.emplace_back(last, last);
    }
    if (error_.empty() && !Accept(u']')) Fail("Unterminated character class");
    return set;
  }

  const std::u16string source_;
  Pattern& pattern_;
  std::string error_;
  size_t at_ = 0;
  int depth_ = 0;
  int next_group_ = 1;
  int all_groups_ = 1;
};

}  // namespace

bool Compile(std::string_view source, std::string_view flags, Pattern* pattern,
             std::string* error) {
  for (const char flag : flags) {
    if (flag == 'u' || flag == 'v' || flag == 'd') {
      *error = std::string("the flag ") + flag +
               " of a regular expression is not supported";
      return false;
    }
    bool* const set = flag == 'g'   ? &pattern->global
                      : flag == 'i' ? &pattern->ignore_case
                      : flag == 'm' ? &pattern->multiline
                      : flag == 's' ? &pattern->dot_all
                      : flag == 'y' ? &pattern->sticky
                                    : nullptr;
    if (set == nullptr || *set) {
      *error = "Invalid flags supplied to RegExp constructor '" +
               std::string(flags) + "'";
      return false;
    }
    *set = true;
  }
  if (Compiler(ToUtf16(source), pattern).Run(error)) return true;
  *error = "Invalid regular expression: /" + std::string(source) + "/" +
           std::string(flags) + ": " + *error;
  return false;
}

}  // namespace goshawk::gojs::regexp
