#include "tests/interp/spec_script.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace goshawk::interp {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// wabt 1.0.32 wants the index of the table where the suite leaves out a zero.
std::string SpellOutTables(const std::string& script) {
  static const std::regex* const kNoIndex =
      new std::regex(R"(\b(table\.(get|set|size|grow|fill))(?=\s*[()]|\s*\n))");
  return std::regex_replace(script, *kNoIndex, "$1 0");
}

// The JSON file of a script, made if it is not there yet.
absl::StatusOr<fs::path> Convert(const fs::path& script) {
  fs::path folder = fs::path(testing::TempDir()) / "spec" / script.stem();
  fs::path json = folder / "script.json";
  if (fs::exists(json)) return json;
  fs::create_directories(folder);
  fs::path copy = folder / script.filename();
  std::ofstream(copy, std::ios::binary) << SpellOutTables(ReadFile(script));
  std::string command =
      absl::StrCat("cd '", folder.string(), "' && wast2json '",
                   copy.filename().string(), "' -o script.json 2>errors.txt");
  if (std::system(command.c_str()) != 0) {
    fs::remove(json);
    return absl::FailedPreconditionError(
        absl::StrCat("wast2json does not convert ", script.string(), ": ",
                     ReadFile(folder / "errors.txt")));
  }
  return json;
}

SpecValue ParseValue(const Json& json) {
  SpecValue value;
  value.type = json.at("type").get<std::string>();
  // Results of calls that trap have no value.
  std::string text = json.value("value", "0");
  bool is_ref = absl::EndsWith(value.type, "ref");
  if (text == "nan:canonical") {
    value.kind = SpecValue::Kind::kCanonicalNan;
  } else if (text == "nan:arithmetic") {
    value.kind = SpecValue::Kind::kArithmeticNan;
  } else if (text != "null") {
    value.bits = std::strtoull(text.c_str(), nullptr, 10) + (is_ref ? 1 : 0);
  }
  return value;
}

std::vector<SpecValue> ParseValues(const Json& parent, const char* key) {
  std::vector<SpecValue> values;
  if (!parent.contains(key)) return values;
  for (const Json& value : parent.at(key)) values.push_back(ParseValue(value));
  return values;
}

SpecCommand ParseCommand(const Json& json, const fs::path& folder) {
  SpecCommand command;
  command.type = json.at("type").get<std::string>();
  command.line = json.at("line").get<int>();
  if (json.contains("filename")) {
    command.file = folder / json.at("filename").get<std::string>();
  }
  command.is_text = json.value("module_type", "binary") == "text";
  command.name = json.value("name", "");
  command.as = json.value("as", "");
  command.text = json.value("text", "");
  if (json.contains("action")) {
    const Json& action = json.at("action");
    command.action.is_get = action.at("type") == "get";
    command.action.module = action.value("module", "");
    command.action.field = action.at("field").get<std::string>();
    command.action.arguments = ParseValues(action, "args");
  }
  command.expected = ParseValues(json, "expected");
  return command;
}

// The tree that Bazel's test folder links to.
fs::path SourceRoot() { return fs::canonical("WORKSPACE").parent_path(); }

}  // namespace

bool SpecValue::Matches(uint64_t actual) const {
  bool is_32_bits = type == "i32" || type == "f32";
  if (is_32_bits) actual &= 0xffffffff;
  if (kind == Kind::kBits) return actual == bits;
  uint64_t quiet = is_32_bits ? 0x7fc00000 : 0x7ff8000000000000;
  uint64_t sign = is_32_bits ? 0x80000000 : 0x8000000000000000;
  if (kind == Kind::kCanonicalNan) return (actual & ~sign) == quiet;
  return (actual & quiet) == quiet;
}

std::string ToString(const SpecValue& value) {
  switch (value.kind) {
    case SpecValue::Kind::kCanonicalNan:
      return value.type + ":nan:canonical";
    case SpecValue::Kind::kArithmeticNan:
      return value.type + ":nan:arithmetic";
    case SpecValue::Kind::kBits:
      return absl::StrCat(value.type, ":0x", absl::Hex(value.bits));
  }
  return "";
}

std::optional<fs::path> SpecFolder() {
  const char* named = std::getenv("WASM_SPEC_TESTS");
  fs::path folder = named != nullptr && *named != '\0'
                        ? fs::path(named)
                        : SourceRoot() / ".." / "shared" / "spec-tests";
  if (!fs::is_directory(folder)) return std::nullopt;
  return folder;
}

std::vector<fs::path> SpecScripts(const fs::path& folder) {
  std::vector<fs::path> scripts;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".wast") continue;
    if (absl::StartsWith(path.filename().string(), "simd_")) continue;
    scripts.push_back(path);
  }
  std::sort(scripts.begin(), scripts.end());
  return scripts;
}

absl::StatusOr<SpecScript> ReadSpecScript(const fs::path& path) {
  absl::StatusOr<fs::path> json_path = Convert(path);
  if (!json_path.ok()) return json_path.status();
  Json json = Json::parse(ReadFile(*json_path));
  SpecScript script;
  script.name = path.filename();
  for (const Json& command : json.at("commands")) {
    script.commands.push_back(ParseCommand(command, json_path->parent_path()));
  }
  return script;
}

std::set<std::string> KnownSpecFailures() {
  std::set<std::string> failures;
  std::ifstream file(SourceRoot() / "tests/interp/spec_failures.txt");
  for (std::string line; std::getline(file, line);) {
    std::string entry = line.substr(0, line.find_first_of(" #"));
    if (!entry.empty()) failures.insert(entry);
  }
  return failures;
}

}  // namespace goshawk::interp
