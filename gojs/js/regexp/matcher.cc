#include "gojs/js/regexp/matcher.h"

#include <algorithm>

#include "gojs/js/letters.h"

namespace goshawk::gojs::regexp {
namespace {

// Some tenths of a second, and what a long text needs anyway.
constexpr uint64_t kMaxSteps = 50'000'000;
constexpr uint64_t kStepsPerUnit = 16;
constexpr size_t kMaxChoices = size_t{1} << 23;

bool IsLineTerminator(char16_t c) {
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

bool IsWordUnit(char16_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (c >= 'a' && c <= 'z');
}

}  // namespace

void Matcher::Set(int32_t slot, size_t value) {
  size_t& here = slots_[static_cast<size_t>(slot)];
  choices_.push_back({here, -1 - slot});
  here = value;
}

bool Matcher::GoBack(size_t base, int32_t* at, size_t* position) {
  while (choices_.size() > base) {
    const Choice choice = choices_.back();
    choices_.pop_back();
    if (choice.at >= 0) {
      *at = choice.at;
      *position = choice.position;
      return true;
    }
    slots_[static_cast<size_t>(-1 - choice.at)] = choice.position;
  }
  return false;
}

bool Matcher::InSet(const regexp::Set& set, char16_t c) const {
  const auto has = [&set](char32_t unit) {
    for (const auto& [first, last] : set.ranges) {
      if (unit >= first && unit <= last) return true;
    }
    return false;
  };
  const bool in =
      has(c) || (pattern_.ignore_case && (has(ToUpper(c)) || has(ToLower(c))));
  return in != set.negated;
}

bool Matcher::SameUnit(char16_t a, char16_t b) const {
  return a == b || (pattern_.ignore_case && ToUpper(a) == ToUpper(b));
}

bool Matcher::IsWord(size_t position) const {
  return position < text_.size() && IsWordUnit(text_[position]);
}

bool Matcher::AtLineEdge(size_t position, bool start) const {
  if (position == (start ? 0 : text_.size())) return true;
  return pattern_.multiline &&
         IsLineTerminator(text_[start ? position - 1 : position]);
}

Found Matcher::Run(int32_t at, size_t position) {
  const size_t base = choices_.size();
  const uint64_t max_steps = kMaxSteps + kStepsPerUnit * text_.size();
  const bool fold = pattern_.ignore_case;
  for (;;) {
    if (++steps_ > max_steps || choices_.size() > kMaxChoices) {
      return Found::kTooLong;
    }
    const Instruction& i = pattern_.code[static_cast<size_t>(at)];
    bool ok = true;
    const bool more = position < text_.size();
    switch (i.code) {
      case Code::kUnit:
        ok = more && (fold ? static_cast<int32_t>(ToUpper(text_[position]))
                           : text_[position]) == i.a;
        ++position;
        break;
      case Code::kSet:
        ok = more &&
             InSet(pattern_.sets[static_cast<size_t>(i.a)], text_[position]);
        ++position;
        break;
      case Code::kAny:
        ok = more;
        ++position;
        break;
      case Code::kLine:
        ok = more && !IsLineTerminator(text_[position]);
        ++position;
        break;
      case Code::kStart:
        ok = AtLineEdge(position, true);
        break;
      case Code::kEnd:
        ok = AtLineEdge(position, false);
        break;
      case Code::kEdge:
        ok = ((position > 0 && IsWord(position - 1)) != IsWord(position)) !=
             (i.a == 1);
        break;
      case Code::kSplit:
        choices_.push_back({position, at + i.b});
        at += i.a;
        continue;
      case Code::kJump:
        at += i.a;
        continue;
      case Code::kSave:
        Set(i.a, position);
        break;
      case Code::kClear:
        for (int32_t slot = i.a; slot < i.b; ++slot) Set(slot, kNowhere);
        break;
      case Code::kProgress:
        ok = slots_[static_cast<size_t>(i.a)] != position;
        break;
      case Code::kBackReference: {
        const size_t begin = this->begin(i.a);
        const size_t end = this->end(i.a);
        if (begin == kNowhere || end == kNowhere) break;
        for (size_t k = begin; k < end && ok; ++k, ++position) {
          ok = position < text_.size() && SameUnit(text_[k], text_[position]);
        }
        break;
      }
      case Code::kLook: {
        const size_t before = choices_.size();
        const Found found = Run(at + 1, position);
        if (found == Found::kTooLong) return found;
        ok = (found == Found::kYes) != (i.b == 1);
        if (found == Found::kYes && ok) {
          // No other way through it is ever tried; its groups stay.
          const auto first =
              choices_.begin() + static_cast<std::ptrdiff_t>(before);
          choices_.erase(
              std::remove_if(first, choices_.end(),
                             [](const Choice& c) { return c.at >= 0; }),
              choices_.end());
        } else if (found == Found::kYes) {
          for (int32_t a; GoBack(before, &a, &position);) continue;
        }
        if (ok) {
          at += i.a;
          continue;
        }
        break;
      }
      case Code::kMatch:
        return Found::kYes;
    }
    if (ok) {
      ++at;
    } else if (!GoBack(base, &at, &position)) {
      return Found::kNo;
    }
  }
}

Found Matcher::Find(size_t from) {
  for (; from <= text_.size(); ++from) {
    slots_.assign(static_cast<size_t>(pattern_.slots), kNowhere);
    choices_.clear();
    const Found found = Run(0, from);
    if (found != Found::kNo || pattern_.sticky) return found;
  }
  return Found::kNo;
}

}  // namespace goshawk::gojs::regexp
