// Scripts of WebAssembly's core test suite: where they are, and what they say.
//
// A script (.wast) is a list of modules and of assertions about them. Debian's
// wabt turns it into JSON and one file for each module; this reads the JSON.

#ifndef GOSHAWK_TESTS_INTERP_SPEC_SCRIPT_H_
#define GOSHAWK_TESTS_INTERP_SPEC_SCRIPT_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace goshawk::interp {

// An argument, or what a result is expected to be.
struct SpecValue {
  enum class Kind {
    kBits,           // exactly these
    kCanonicalNan,   // of either sign
    kArithmeticNan,  // any quiet NaN
  };
  std::string type;  // "i32", ..., "externref"
  Kind kind = Kind::kBits;
  // References: 0 is null, n + 1 the host's externref n.
  uint64_t bits = 0;

  // True if a function returned what is expected. `actual` is as
  // Instance::Invoke leaves it: 32-bit types count in the low half.
  bool Matches(uint64_t actual) const;
};

// "i32:7", "f32:nan:canonical"
std::string ToString(const SpecValue& value);

struct SpecAction {
  bool is_get = false;  // of a global, else a call
  std::string module;   // "$M"; empty: the last module
  std::string field;
  std::vector<SpecValue> arguments;
};

struct SpecCommand {
  std::string type;  // as in the JSON: "assert_return"
  int line = 0;
  std::string file;      // of the module, as a path
  bool is_text = false;  // the file is in the text format
  std::string name;      // of a module, "$M"
  std::string as;        // register
  std::string text;      // the message expected
  SpecAction action;
  std::vector<SpecValue> expected;
};

struct SpecScript {
  std::string name;  // "i32.wast"
  std::vector<SpecCommand> commands;
};

// The folder named by WASM_SPEC_TESTS, or the one beside the source tree;
// nothing if there is no such folder.
std::optional<std::filesystem::path> SpecFolder();

// All scripts in `folder` that need no SIMD, sorted.
std::vector<std::filesystem::path> SpecScripts(
    const std::filesystem::path& folder);

// Converts and reads a script. Each script is converted just once for all tests
// of a process.
absl::StatusOr<SpecScript> ReadSpecScript(const std::filesystem::path& path);

// Assertions known to fail: spec_failures.txt beside this file has one
// "script.wast:line" in each line, and a reason after '#'.
std::set<std::string> KnownSpecFailures();

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_SPEC_SCRIPT_H_
