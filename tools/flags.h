// Flags of a command: a constant table, a parser for it, and its help text.
//
// Flags come before the first argument that is none, so that a program's own
// flags reach the program: goshawk run --dir . app.wasm --verbose. Values are
// given as --flag=value or --flag value; "--" ends the flags.

#ifndef GOSHAWK_TOOLS_FLAGS_H_
#define GOSHAWK_TOOLS_FLAGS_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace goshawk::tools {

// A command fills its options, of type Options, from such a table.
template <typename Options>
struct Flag {
  std::string_view name;   // with its dashes: "--dir"
  std::string_view value;  // what the help calls the value; empty for none
  std::string_view help;
  // Takes the value; the message of a failure completes "--dir=x: ...".
  absl::Status (*set)(Options& options, std::string_view value);
};

namespace flags_internal {

// One flag of the command line, taken apart.
struct Parsed {
  std::string_view name;
  std::string_view value;
  bool has_value = false;
};

// True if `arg` is a flag.
bool Split(std::string_view arg, Parsed* parsed);
absl::Status Unknown(std::string_view name);
absl::Status NeedsValue(std::string_view name, std::string_view value);
absl::Status TakesNoValue(std::string_view name);
absl::Status Rejected(const Parsed& parsed, const absl::Status& status);
std::string HelpLine(std::string_view name, std::string_view value,
                     std::string_view help);

}  // namespace flags_internal

// Takes the flags at the start of `args` into `options` and returns the rest.
template <typename Options>
absl::StatusOr<std::span<char* const>> ParseFlags(
    std::span<const Flag<Options>> flags, std::span<char* const> args,
    Options& options) {
  namespace internal = flags_internal;
  size_t i = 0;
  for (; i < args.size(); ++i) {
    internal::Parsed parsed;
    if (!internal::Split(args[i], &parsed)) break;
    if (parsed.name == "--") {
      ++i;
      break;
    }
    const Flag<Options>* flag = nullptr;
    for (const Flag<Options>& f : flags) {
      if (f.name == parsed.name) flag = &f;
    }
    if (flag == nullptr) return internal::Unknown(parsed.name);
    if (flag->value.empty() && parsed.has_value) {
      return internal::TakesNoValue(parsed.name);
    }
    if (!flag->value.empty() && !parsed.has_value) {
      if (i + 1 == args.size()) {
        return internal::NeedsValue(parsed.name, flag->value);
      }
      parsed.value = args[++i];
    }
    const absl::Status status = flag->set(options, parsed.value);
    if (!status.ok()) return internal::Rejected(parsed, status);
  }
  return args.subspan(i);
}

// The flags, one a line.
template <typename Options>
std::string FlagsHelp(std::span<const Flag<Options>> flags) {
  std::string help;
  for (const Flag<Options>& f : flags) {
    help += flags_internal::HelpLine(f.name, f.value, f.help);
  }
  return help;
}

}  // namespace goshawk::tools

#endif  // GOSHAWK_TOOLS_FLAGS_H_
