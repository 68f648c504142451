// The programs of tests/guests print the same and exit the same under node,
// with the wasm_exec_node.js of the toolchain that compiled them.

#include <gtest/gtest.h>

#include <filesystem>
#include <tuple>

#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

// A guest and its arguments; "DIR" stands for a new directory.
struct Guest {
  std::string_view name;
  std::vector<std::string> args;
};

void PrintTo(const Guest& guest, std::ostream* out) { *out << guest.name; }

using Param = std::tuple<guests::Toolchain, Guest>;

std::string ParamName(const testing::TestParamInfo<Param>& info) {
  const auto& [toolchain, guest] = info.param;
  return guests::ToolchainName({toolchain, info.index}) + "_" +
         std::string(guest.name);
}

// wasm_exec_node.js, which moved in Go 1.24; empty if there is none.
std::string NodeScript(const guests::Toolchain& toolchain) {
  for (const char* folder : {"/lib/wasm", "/misc/wasm"}) {
    const std::string script =
        std::string(toolchain.root) + folder + "/wasm_exec_node.js";
    if (std::filesystem::exists(script)) return script;
  }
  return "";
}

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

class NodeTest : public testing::TestWithParam<Param> {};

TEST_P(NodeTest, SaysTheSame) {
  const auto& [toolchain, guest] = GetParam();
  GOSHAWK_SKIP_IF_MISSING(toolchain);
  if (!HasCommand("node")) GTEST_SKIP() << "no node to compare with";
  const std::string script = NodeScript(toolchain);
  ASSERT_NE(script, "") << "no wasm_exec_node.js in " << toolchain.root;

  const std::string directory = NewDirectory();
  const std::string exec = NewDirectory() + "/go_js_wasm_exec";
  std::filesystem::create_symlink(Runfile("tools/goshawk"), exec);
  std::vector<std::string> here = {exec};
  std::vector<std::string> there = {"node", "--stack-size=8192"};
  if (toolchain.version == "1.19") {
    // Its script sets globalThis.crypto, which newer nodes do not let it.
    there.push_back("--no-experimental-global-webcrypto");
  }
  there.push_back(script);
  for (std::vector<std::string>* command : {&here, &there}) {
    command->push_back(Runfile(guests::Path(guest.name, toolchain)));
    for (const std::string& arg : guest.args) {
      command->push_back(arg == "DIR" ? directory : arg);
    }
  }
  Setting setting;
  setting.env = {{"A", "1"}, {"TZ", "Europe/Berlin"}, {"TMPDIR", "/tmp"}};
  setting.directory = directory;
  setting.input = "some input\n";
  const Outcome outcome = RunCommand(here, setting);
  const Outcome expected = RunCommand(there, setting);
  EXPECT_EQ(outcome.exit_code, expected.exit_code);
  EXPECT_EQ(outcome.out, expected.out);
  if (guest.name == "deadlock") {
    // Goroutines are listed by age, and one of Go's own is older under node,
    // where the program first waits when it prints.
    EXPECT_EQ(FirstLine(outcome.err), FirstLine(expected.err));
  } else {
    EXPECT_EQ(outcome.err, expected.err);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Go, NodeTest,
    testing::Combine(
        testing::ValuesIn(guests::kToolchains),
        // Not recursion, which is deeper than node's stack, nor sleep, whose
        // order of timers is a busy machine's.
        testing::Values(
            Guest{"args", {"a", "", "b c"}}, Guest{"deadlock", {}},
            Guest{"errnos", {"DIR"}}, Guest{"exit", {"7"}},
            Guest{"files", {"DIR"}}, Guest{"gc", {}}, Guest{"goroutines", {}},
            Guest{"hello", {}}, Guest{"jsvalues", {}}, Guest{"math", {}},
            Guest{"mixed", {}}, Guest{"naps", {}}, Guest{"nilderef", {}},
            Guest{"panic", {}}, Guest{"patterns", {}}, Guest{"random", {}},
            Guest{"scripts", {}}, Guest{"selects", {}}, Guest{"stdin", {}},
            Guest{"strange", {}}, Guest{"timezone", {}})),
    ParamName);

}  // namespace
}  // namespace goshawk::program_test
