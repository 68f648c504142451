// The two macros that Debian's Abseil lacks.
//
//   RETURN_IF_ERROR(Check(x));                  // returns the Status if not OK
//   ASSIGN_OR_RETURN(Module m, Decode(bytes));  // assigns the value, or
//   returns

#ifndef GOSHAWK_INTERP_STATUS_MACROS_H_
#define GOSHAWK_INTERP_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expression)                \
  do {                                             \
    absl::Status status_macro_ = (expression);     \
    if (!status_macro_.ok()) return status_macro_; \
  } while (false)

#define ASSIGN_OR_RETURN(target, expression) \
  STATUS_MACROS_ASSIGN_(STATUS_MACROS_NAME_(__LINE__), target, expression)

#define STATUS_MACROS_ASSIGN_(name, target, expression) \
  auto name = (expression);                             \
  if (!name.ok()) return std::move(name).status();      \
  target = *std::move(name)

#define STATUS_MACROS_NAME_(line) STATUS_MACROS_JOIN_(status_or_, line)
#define STATUS_MACROS_JOIN_(a, b) a##b

#endif  // GOSHAWK_INTERP_STATUS_MACROS_H_
