// Date, as far as programs without Intl can tell.

#ifndef GOSHAWK_GOJS_NODE_DATE_H_
#define GOSHAWK_GOJS_NODE_DATE_H_

#include <string>

#include "gojs/js/object.h"

namespace goshawk::gojs {

class Date final : public Object {
 public:
  static const ClassInfo kClass;

  // `time` is in milliseconds since 1970-01-01 00:00 UTC; NaN is an invalid
  // date.
  Date(Realm& realm, double time) : Object(realm, kClass), time_(time) {}

  double time() const { return time_; }
  double SetTime(double time) { return time_ = time; }

  // Minutes that local time is behind UTC at this date.
  double TimezoneOffset() const;

  // What a field of the calendar shows, in UTC or local time.
  enum class Field {
    kYear,
    kMonth,
    kDay,
    kHours,
    kMinutes,
    kSeconds,
    kMs,
    kWeekday
  };
  template <Field kField, bool kLocal>
  double Get() const {
    return GetField(kField, kLocal);
  }

  double GetField(Field field, bool local) const;

  double SetTimeClipped(double time);
  Completion ToIsoString();
  // As that; null for an invalid date.
  Completion ToJson();
  std::string ToText() const;
  std::string ToUtcText() const;

 private:
  double time_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_DATE_H_
