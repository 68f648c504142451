// WebAssembly's core test suite, the part that needs no execution: every module
// of every script decodes and validates, and those said to be malformed or
// invalid do not.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/status/status.h"
#include "interp/decoder.h"
#include "interp/module_validator.h"
#include "interp/validator.h"
#include "tests/interp/spec_script.h"

namespace goshawk::interp {
namespace {

absl::Status DecodeAndValidate(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> chars((std::istreambuf_iterator<char>(file)), {});
  std::vector<uint8_t> bytes(chars.begin(), chars.end());
  absl::StatusOr<Module> module = Decode(bytes);
  if (!module.ok()) return module.status();
  absl::Status status = ValidateModule(*module);
  return status.ok() ? ValidateAll(*module) : status;
}

struct Counts {
  int valid = 0;
  int refused = 0;
  int text = 0;  // for parsers of the text format
};

void CheckScript(const SpecScript& script, Counts& counts) {
  for (const SpecCommand& command : script.commands) {
    if (command.file.empty()) continue;
    if (command.is_text) {
      ++counts.text;
      continue;
    }
    absl::Status status = DecodeAndValidate(command.file);
    bool is_refused =
        command.type == "assert_malformed" || command.type == "assert_invalid";
    ++(is_refused ? counts.refused : counts.valid);
    EXPECT_EQ(status.ok(), !is_refused)
        << script.name << ":" << command.line << ": " << command.type << " "
        << command.text << "; we say: " << status;
  }
}

TEST(SpecValidationTest, ModulesAreAcceptedAndRefusedAsTheSuiteSays) {
  auto folder = SpecFolder();
  if (!folder) GTEST_SKIP() << "no folder of WebAssembly's core test suite";
  Counts counts;
  for (const std::filesystem::path& path : SpecScripts(*folder)) {
    absl::StatusOr<SpecScript> script = ReadSpecScript(path);
    ASSERT_TRUE(script.ok()) << script.status();
    CheckScript(*script, counts);
  }
  RecordProperty("valid", counts.valid);
  RecordProperty("refused", counts.refused);
  RecordProperty("text", counts.text);
  EXPECT_GT(counts.valid, 1000);
  EXPECT_GT(counts.refused, 2000);
}

}  // namespace
}  // namespace goshawk::interp
