// RegExp, and what methods of strings do with one.

#ifndef GOSHAWK_GOJS_JS_REGEXP_REGEXP_H_
#define GOSHAWK_GOJS_JS_REGEXP_REGEXP_H_

#include <string_view>

#include "gojs/js/object.h"
#include "gojs/js/regexp/pattern.h"

namespace goshawk::gojs {

class RegExp final : public Object {
 public:
  static const ClassInfo kClass;

  // A new one; throws a SyntaxError.
  static Completion Make(Realm& realm, Ref<String> source, Ref<String> flags);

  const regexp::Pattern& pattern() const { return pattern_; }
  const Ref<String>& source() const { return source_; }
  const Ref<String>& flags() const { return flags_; }

  // The property lastIndex.
  Completion LastIndex(size_t* index);
  void SetLastIndex(size_t index);

 private:
  friend class Realm;
  RegExp(Realm& realm, regexp::Pattern pattern, Ref<String> source,
         Ref<String> flags);

  const regexp::Pattern pattern_;
  const Ref<String> source_;
  const Ref<String> flags_;
};

// String.prototype.replace(self, with) and so on.
Completion ReplaceMatches(Realm& realm, RegExp& self, const Value& text,
                          const Value& with);
Completion SplitAtMatches(Realm& realm, RegExp& self, const Value& text,
                          size_t most);
Completion MatchText(Realm& realm, RegExp& self, const Value& text);
Completion MatchAll(Realm& realm, RegExp& self, const Value& text);
Completion SearchText(Realm& realm, RegExp& self, const Value& text);

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_JS_REGEXP_REGEXP_H_
