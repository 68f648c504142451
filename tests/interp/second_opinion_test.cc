// Another engine's opinion of random modules: Debian's wabt has an interpreter
// for the JSON form of the core suite's scripts. The test writes such a script,
// which asserts what came out here, and lets wabt judge it.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/interp/random_module.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr uint64_t kModules = 100;

bool IsNan(ValueType type, uint64_t bits) {
  if (type == ValueType::kF32) return (bits & 0x7fffffff) > 0x7f800000;
  return type == ValueType::kF64 && bits << 1 > uint64_t{0x7ff} << 53;
}

// {"type": "i32", "value": "7"}; which NaN a result is nobody says.
std::string Json(ValueType type, uint64_t bits, bool is_result) {
  const bool is_short = type == ValueType::kI32 || type == ValueType::kF32;
  std::string value = absl::StrCat(is_short ? bits & 0xffffffff : bits);
  if (is_result && IsNan(type, bits)) value = "nan:arithmetic";
  return absl::StrCat(R"({"type": ")", std::string(Name(type)),
                      R"(", "value": ")", value, R"("})");
}

std::string JsonList(const std::vector<ValueType>& types,
                     const std::vector<uint64_t>& values, bool are_results) {
  std::vector<std::string> parts;
  for (size_t i = 0; i < types.size(); ++i) {
    parts.push_back(Json(types[i], values[i], are_results));
  }
  return absl::StrCat("[", absl::StrJoin(parts, ", "), "]");
}

bool HasReferences(const FuncType& type) {
  for (const auto* types : {&type.params, &type.results}) {
    for (ValueType one : *types) {
      if (IsReference(one)) return true;
    }
  }
  return false;
}

// A script of assertions, each in a line of its own that its number names.
class Script {
 public:
  void Module(const std::string& file) {
    Add("module", absl::StrCat(R"("filename": ")", file, "\""));
  }
  void Ready() {
    Add("action",
        R"("action": {"type": "invoke", "field": "ready", "args": []}, )"
        R"("expected": [])");
  }
  void Call(const std::string& name, const FuncType& type,
            const std::vector<uint64_t>& args, const CallOutcome& outcome) {
    const bool traps = outcome.trap != Trap::kNone;
    Add(traps ? "assert_trap" : "assert_return",
        absl::StrCat(
            R"("action": {"type": "invoke", "field": ")", name,
            R"(", "args": )", JsonList(type.params, args, false), "}, ",
            traps
                ? R"("text": "", "expected": [])"
                : absl::StrCat(R"("expected": )",
                               JsonList(type.results, outcome.results, true))));
  }
  void Get(size_t global, ValueType type, uint64_t bits) {
    Add("assert_return",
        absl::StrCat(R"("action": {"type": "get", "field": "g)", global,
                     R"("}, "expected": [)", Json(type, bits, true), "]"));
  }
  std::string Text() const {
    return absl::StrCat("{\"source_filename\": \"random\",\n \"commands\": [\n",
                        absl::StrJoin(lines_, ",\n"), "]}\n");
  }

 private:
  // wabt wants the parts in this order.
  void Add(const std::string& type, const std::string& rest) {
    // The first command is in line 3.
    lines_.push_back(absl::StrCat(R"(  {"type": ")", type, R"(", "line": )",
                                  lines_.size() + 3, ", ", rest, "}"));
  }

  std::vector<std::string> lines_;
};

// The script about a module, which is written to the folder as `file`.
std::string MakeScript(uint64_t seed, const std::string& folder,
                       const std::string& file) {
  const RandomModule module = MakeRandomModule(seed, false);
  std::ofstream(folder + file, std::ios::binary)
      .write(reinterpret_cast<const char*>(module.bytes.data()),
             static_cast<std::streamsize>(module.bytes.size()));
  Script script;
  script.Module(file);
  TestInstance instance(module.bytes, InstanceOptions());
  for (const RandomCall& call : MakeRandomCalls(seed, module.plan)) {
    const FuncType& type = module.plan.types[module.plan.funcs[call.func]];
    if (HasReferences(type)) continue;
    instance.Call("ready", {});
    script.Ready();
    const std::string name = absl::StrCat("f", call.func);
    const CallOutcome outcome = instance.Call(name, call.args);
    script.Call(name, type, call.args, outcome);
    for (size_t i = 0; i < module.plan.globals.size(); ++i) {
      script.Get(i, module.plan.globals[i].value, outcome.globals[i]);
    }
    const FuncType hash = {{}, {ValueType::kI64}};
    script.Call("hash", hash, {}, instance.Call("hash", {}));
  }
  return script.Text();
}

std::string OpinionOfWabt(const std::string& folder,
                          const std::string& script) {
  std::ofstream(folder + "random.json") << script;
  const std::string command = absl::StrCat(
      "cd '", folder, "' && spectest-interp random.json >opinion.txt 2>&1");
  const int code = std::system(command.c_str());
  std::ifstream file(folder + "opinion.txt");
  return absl::StrCat(std::string(std::istreambuf_iterator<char>(file), {}),
                      "exit code ", code);
}

TEST(SecondOpinionTest, WabtAgreesAboutRandomModules) {
  if (std::system("spectest-interp --version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "no wabt";
  }
  const std::string folder = testing::TempDir();
  uint64_t judged = 0;
  for (uint64_t seed = 1; seed <= kModules && !HasFailure(); ++seed) {
    const std::string script = MakeScript(seed, folder, "random.wasm");
    const std::string opinion = OpinionOfWabt(folder, script);
    // It has less room for recursion; what it says after that is no judgement.
    if (opinion.find("call stack exhausted") != opinion.npos) continue;
    ++judged;
    EXPECT_NE(opinion.find("tests passed.\nexit code 0"), opinion.npos)
        << "seed " << seed << ":\n"
        << opinion;
  }
  EXPECT_GT(judged, kModules * 3 / 4);
}

}  // namespace
}  // namespace goshawk::interp
