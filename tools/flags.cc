#include "tools/flags.h"

#include "absl/strings/str_cat.h"

namespace goshawk::tools::flags_internal {
namespace {

std::string Text(std::string_view text) { return std::string(text); }

}  // namespace

bool Split(std::string_view arg, Parsed* parsed) {
  if (!arg.starts_with('-') || arg == "-") return false;
  const size_t equals = arg.find('=');
  parsed->name = arg.substr(0, equals);
  parsed->has_value = equals != std::string_view::npos;
  if (parsed->has_value) parsed->value = arg.substr(equals + 1);
  return true;
}

absl::Status Unknown(std::string_view name) {
  return absl::InvalidArgumentError(absl::StrCat("unknown flag ", Text(name)));
}

absl::Status NeedsValue(std::string_view name, std::string_view value) {
  return absl::InvalidArgumentError(
      absl::StrCat(Text(name), " needs a value: ", Text(value)));
}

absl::Status TakesNoValue(std::string_view name) {
  return absl::InvalidArgumentError(
      absl::StrCat(Text(name), " takes no value"));
}

absl::Status Rejected(const Parsed& parsed, const absl::Status& status) {
  return absl::InvalidArgumentError(absl::StrCat(
      Text(parsed.name), "=", Text(parsed.value), ": ", status.message()));
}

std::string HelpLine(std::string_view name, std::string_view value,
                     std::string_view help) {
  constexpr size_t kColumn = 26;
  std::string line = "  " + Text(name);
  if (!value.empty()) line += "=" + Text(value);
  // Further lines of a help text start below the first.
  bool first = true;
  std::string out;
  while (first || !help.empty()) {
    const size_t end = help.find('\n');
    line.resize(std::max(line.size() + 1, kColumn), ' ');
    out += line + Text(help.substr(0, end)) + "\n";
    help = end == std::string_view::npos ? "" : help.substr(end + 1);
    line.clear();
    first = false;
  }
  return out;
}

}  // namespace goshawk::tools::flags_internal
