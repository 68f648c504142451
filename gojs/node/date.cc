#include "gojs/node/date.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <limits>
#include <optional>

#include "gojs/environment.h"
#include "gojs/js/bind.h"

namespace goshawk::gojs {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMaxTime = 8.64e15;  // ECMA-262, TimeClip
constexpr int64_t kMsPerDay = 86400000;
constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed",
                                 "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

double Clip(double time) {
  return std::abs(time) <= kMaxTime ? ToInteger(time) : kNaN;
}

double Now(Realm& realm) {
  const int64_t ns = realm.environment().clock().WallTime();
  const int64_t ms = ns / 1000000 - (ns % 1000000 < 0 ? 1 : 0);
  return static_cast<double>(ms);
}

struct Calendar {
  int64_t year;
  int month;  // from 0
  int day;
  int64_t ms_of_day;
  int weekday;  // 0 is Sunday
};

// `time` is valid.
Calendar Split(double time) {
  const auto ms = static_cast<int64_t>(time);
  int64_t days = ms / kMsPerDay;
  int64_t rest = ms % kMsPerDay;
  if (rest < 0) {
    --days;
    rest += kMsPerDay;
  }
  // Years beyond what std::chrono knows are whole cycles of 400 years away.
  constexpr int64_t kCycle = 146097;
  const int64_t cycles = days / kCycle;
  const std::chrono::sys_days day{
      std::chrono::days(static_cast<int>(days - cycles * kCycle))};
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()) + cycles * 400,
          static_cast<int>(static_cast<unsigned>(date.month())) - 1,
          static_cast<int>(static_cast<unsigned>(date.day())), rest,
          static_cast<int>(std::chrono::weekday(day).c_encoding())};
}

// Milliseconds of a calendar date; a month outside of 0 to 11 counts on.
double Make(double year, double month, double day, double hours, double minutes,
            double seconds, double ms) {
  year += std::floor(month / 12);
  month -= std::floor(month / 12) * 12;
  if (!(std::abs(year) < 400000) || !(month >= 0 && month < 12)) return kNaN;
  const double cycles = std::floor((year - 2000) / 400);
  const std::chrono::sys_days first =
      std::chrono::year(static_cast<int>(year - cycles * 400)) /
      std::chrono::month(static_cast<unsigned>(month) + 1) /
      std::chrono::day(1);
  const double days = static_cast<double>(first.time_since_epoch().count()) +
                      cycles * 146097 + day - 1;
  return days * static_cast<double>(kMsPerDay) + hours * 3600000 +
         minutes * 60000 + seconds * 1000 + ms;
}

// The format of ECMA-262: 2006-01-02[T15:04[:05[.000]][Z|+01:00]].
double Parse(std::string_view text) {
  int y = 0, mo = 1, d = 1, h = 0, mi = 0, used = 0;
  double s = 0;
  const std::string t(text);
  if (std::sscanf(t.c_str(), "%4d-%2d-%2d%n", &y, &mo, &d, &used) != 3) {
    return kNaN;
  }
  std::string_view rest = std::string_view(t).substr(used);
  if (!rest.empty()) {
    if (rest[0] != 'T' && rest[0] != ' ') return kNaN;
    if (std::sscanf(rest.data() + 1, "%2d:%2d%n", &h, &mi, &used) != 2) {
      return kNaN;
    }
    rest.remove_prefix(1 + static_cast<size_t>(used));
    if (rest.starts_with(':')) {
      const size_t end = rest.find_first_not_of("0123456789.", 1);
      s = StringToNumber(rest.substr(1, end - 1));
      rest.remove_prefix(std::min(end, rest.size()));
    }
  }
  double zone = 0;
  if (!rest.empty() && rest != "Z") {
    int zh = 0, zm = 0;
    if ((rest[0] != '+' && rest[0] != '-') ||
        std::sscanf(rest.data() + 1, "%2d:%2d", &zh, &zm) != 2) {
      return kNaN;
    }
    zone = (zh * 60 + zm) * (rest[0] == '-' ? -1 : 1);
  }
  return Clip(Make(y, mo - 1, d, h, mi - zone, s, 0));
}

// Years 0 to 99 are of the twentieth century.
double FullYear(double year) {
  return year >= 0 && year <= 99 ? 1900 + year : year;
}

Completion MakeDate(const Invocation& call) {
  Realm& realm = call.realm;
  if (call.args.empty()) return Value(realm.New<Date>(Now(realm)));
  if (call.args.size() == 1) {
    if (const auto* date = As<Date>(call.Arg(0))) {
      return Value(realm.New<Date>(date->time()));
    }
    Completion c = ToPrimitive(realm, call.Arg(0), Hint::kDefault);
    if (!c.ok()) return c;
    return Value(realm.New<Date>(c.value().IsString()
                                     ? Parse(c.value().string()->view())
                                     : Clip(ToNumber(c.value()))));
  }
  double n[7] = {0, 0, 1, 0, 0, 0, 0};
  for (size_t i = 0; i < 7 && i < call.args.size(); ++i) {
    if (Completion c = ToNumber(realm, call.args[i], &n[i]); !c.ok()) return c;
    n[i] = std::isfinite(n[i]) ? ToInteger(n[i]) : kNaN;
  }
  const double utc = Make(FullYear(n[0]), n[1], n[2], n[3], n[4], n[5], n[6]);
  const Ref<Date> date = realm.New<Date>(Clip(utc));
  date->SetTime(Clip(utc + date->TimezoneOffset() * 60000));
  return Value(date);
}

Completion DateText(const Invocation& call) {
  return Value(String::New(call.realm.New<Date>(Now(call.realm))->ToText()));
}

// A setter of the fields from kFirst on, as many as there are arguments, at
// most kCount: setHours(hours, minutes, seconds, ms).
template <Date::Field kFirst, int kCount, bool kLocal>
Completion SetFields(const Invocation& call) {
  auto* self = As<Date>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Date");
  const Ref<Date> keep = self;
  double numbers[kCount];
  int given = 0;
  for (; given < kCount && static_cast<size_t>(given) < call.args.size();
       ++given) {
    Completion c = ToNumber(call.realm, call.args[static_cast<size_t>(given)],
                            &numbers[given]);
    if (!c.ok()) return c;
  }
  // Nothing given is not a number; setting the year makes any date valid.
  if (given == 0) return Value(self->SetTime(kNaN));
  if (std::isnan(self->time())) {
    if (kFirst != Date::Field::kYear) return Value(kNaN);
    self->SetTime(0);
  }
  constexpr Date::Field kFields[] = {
      Date::Field::kYear,  Date::Field::kMonth,   Date::Field::kDay,
      Date::Field::kHours, Date::Field::kMinutes, Date::Field::kSeconds,
      Date::Field::kMs};
  double fields[std::size(kFields)];
  for (size_t i = 0; i < std::size(kFields); ++i) {
    const int place = static_cast<int>(i) - static_cast<int>(kFirst);
    fields[i] = place >= 0 && place < given
                    ? ToInteger(numbers[place]) +
                          (std::isfinite(numbers[place]) ? 0 : kNaN)
                    : self->GetField(kFields[i], kLocal);
  }
  const double made = Make(fields[0], fields[1], fields[2], fields[3],
                           fields[4], fields[5], fields[6]);
  self->SetTime(Clip(made));
  if (kLocal) self->SetTime(Clip(made + self->TimezoneOffset() * 60000));
  return Value(self->time());
}

// Dates are text rather than numbers if nothing else is asked for.
Completion DateToPrimitive(const Invocation& call, std::string_view hint) {
  auto* self = As<Date>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Date");
  if (hint == "number") return Value(self->time());
  return Value(String::New(self->ToText()));
}

// The part of the text up to the year, or after it.
template <bool kDate>
Completion PartOfText(const Invocation& call) {
  auto* self = As<Date>(call.self);
  if (self == nullptr) return bind_internal::WrongThis(call, "Date");
  const std::string text = self->ToText();
  if (std::isnan(self->time())) return Value(String::New(text));
  const size_t middle = text.rfind(' ', text.find(':'));
  return Value(
      String::New(kDate ? text.substr(0, middle) : text.substr(middle + 1)));
}

using F = Date::Field;

#define SETTER(name, field, count)                              \
  Method<&SetFields<F::field, count, true>>("set" name, count), \
      Method<&SetFields<F::field, count, false>>("setUTC" name, count)

#define FIELD(name, field)                        \
  Method<&Date::Get<F::field, true>>("get" name), \
      Method<&Date::Get<F::field, false>>("getUTC" name)
constexpr Member kMembers[] = {
    FIELD("FullYear", kYear),
    FIELD("Month", kMonth),
    FIELD("Date", kDay),
    FIELD("Day", kWeekday),
    FIELD("Hours", kHours),
    FIELD("Minutes", kMinutes),
    FIELD("Seconds", kSeconds),
    FIELD("Milliseconds", kMs),
    Method<&Date::time>("getTime"),
    Method<&Date::TimezoneOffset>("getTimezoneOffset"),
    SETTER("FullYear", kYear, 3),
    SETTER("Month", kMonth, 2),
    SETTER("Date", kDay, 1),
    SETTER("Hours", kHours, 4),
    SETTER("Minutes", kMinutes, 3),
    SETTER("Seconds", kSeconds, 2),
    SETTER("Milliseconds", kMs, 1),
    Method<&DateToPrimitive>("@@toPrimitive"),
    Method<&Date::SetTimeClipped>("setTime"),
    Method<&PartOfText<true>>("toDateString"),
    Method<&Date::ToUtcText>("toGMTString"),
    Method<&Date::ToIsoString>("toISOString"),
    Method<&Date::ToJson>("toJSON", 1),
    Method<&Date::ToText>("toString"),
    Method<&PartOfText<false>>("toTimeString"),
    Method<&Date::ToUtcText>("toUTCString"),
    Method<&Date::time>("valueOf"),
};
#undef FIELD
#undef SETTER

// Date.UTC(year, month, day, hours, minutes, seconds, ms)
Completion Utc(Realm& realm, Args args) {
  double n[7] = {kNaN, 0, 1, 0, 0, 0, 0};
  for (size_t i = 0; i < 7 && i < args.size(); ++i) {
    if (Completion c = ToNumber(realm, args[i], &n[i]); !c.ok()) return c;
    n[i] = std::isfinite(n[i]) ? ToInteger(n[i]) : kNaN;
  }
  return Value(Clip(Make(FullYear(n[0]), n[1], n[2], n[3], n[4], n[5], n[6])));
}

constexpr Member kStatics[] = {
    Method<&Utc>("UTC", 7),
    Method<&Now>("now"),
    Method<&Parse>("parse"),
};

}  // namespace

const ClassInfo Date::kClass = {.name = "Date",
                                .parent = &Object::kClass,
                                .members = kMembers,
                                .statics = kStatics,
                                .construct = &MakeDate,
                                .call = &DateText,
                                .length = 7};

double Date::TimezoneOffset() const {
  if (std::isnan(time_)) return kNaN;
  const double nanos = std::clamp(time_, -9.2e12, 9.2e12) * 1e6;
  return realm().environment().clock().TimezoneOffset(
      static_cast<int64_t>(nanos));
}

double Date::GetField(Field field, bool local) const {
  if (std::isnan(time_)) return kNaN;
  const Calendar c = Split(local ? time_ - TimezoneOffset() * 60000 : time_);
  switch (field) {
    case Field::kYear:
      return static_cast<double>(c.year);
    case Field::kMonth:
      return c.month;
    case Field::kDay:
      return c.day;
    case Field::kWeekday:
      return c.weekday;
    case Field::kHours:
      return static_cast<double>(c.ms_of_day / 3600000 % 24);
    case Field::kMinutes:
      return static_cast<double>(c.ms_of_day / 60000 % 60);
    case Field::kSeconds:
      return static_cast<double>(c.ms_of_day / 1000 % 60);
    case Field::kMs:
      return static_cast<double>(c.ms_of_day % 1000);
  }
  return kNaN;
}

Completion Date::ToIsoString() {
  if (std::isnan(time_)) {
    return realm().Throw(ErrorKind::kRangeError, "Invalid time value");
  }
  const Calendar c = Split(time_);
  char text[64];
  const char* format = c.year >= 0 && c.year <= 9999
                           ? "%04lld-%02d-%02dT%02d:%02d:%02d.%03dZ"
                           : "%+07lld-%02d-%02dT%02d:%02d:%02d.%03dZ";
  std::snprintf(text, sizeof(text), format, static_cast<long long>(c.year),
                c.month + 1, c.day, static_cast<int>(c.ms_of_day / 3600000),
                static_cast<int>(c.ms_of_day / 60000 % 60),
                static_cast<int>(c.ms_of_day / 1000 % 60),
                static_cast<int>(c.ms_of_day % 1000));
  return Value(String::New(text));
}

Completion Date::ToJson() {
  return std::isnan(time_) ? Completion(Null{}) : ToIsoString();
}

double Date::SetTimeClipped(double time) { return time_ = Clip(time); }

std::string Date::ToUtcText() const {
  if (std::isnan(time_)) return "Invalid Date";
  const Calendar c = Split(time_);
  char text[80];
  std::snprintf(text, sizeof(text), "%s, %02d %s %04lld %02d:%02d:%02d GMT",
                kDays[c.weekday], c.day, kMonths[c.month],
                static_cast<long long>(c.year),
                static_cast<int>(c.ms_of_day / 3600000),
                static_cast<int>(c.ms_of_day / 60000 % 60),
                static_cast<int>(c.ms_of_day / 1000 % 60));
  return text;
}

std::string Date::ToText() const {
  if (std::isnan(time_)) return "Invalid Date";
  const int offset = static_cast<int>(TimezoneOffset());
  const Calendar c = Split(time_ - offset * 60000.0);
  char text[80];
  std::snprintf(
      text, sizeof(text), "%s %s %02d %04lld %02d:%02d:%02d GMT%c%02d%02d",
      kDays[c.weekday], kMonths[c.month], c.day, static_cast<long long>(c.year),
      static_cast<int>(c.ms_of_day / 3600000),
      static_cast<int>(c.ms_of_day / 60000 % 60),
      static_cast<int>(c.ms_of_day / 1000 % 60), offset > 0 ? '-' : '+',
      std::abs(offset) / 60, std::abs(offset) % 60);
  return text;
}

}  // namespace goshawk::gojs
