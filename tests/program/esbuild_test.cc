// npm's esbuild-wasm, a bundler of 14 MB that other people wrote and compiled,
// gives byte for byte what it gives under node with its own launcher.
// tools/fetch_npm.sh fetches it; without it or node, tests are skipped.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "tests/guests/guests.h"
#include "tests/program/command.h"
#include "tests/program/web_project.h"

namespace goshawk::program_test {
namespace {

namespace stdfs = std::filesystem;

// All files below a directory.
std::map<std::string, std::string> Contents(const std::string& directory) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : stdfs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    contents[stdfs::relative(entry.path(), directory).string()] =
        ReadFile(entry.path().string());
  }
  return contents;
}

class EsbuildTest : public testing::Test {
 protected:
  void SetUp() override {
    package_ = guests::Package("esbuild");
    if (package_.empty()) GTEST_SKIP() << "no esbuild-wasm";
    if (!HasCommand("node")) GTEST_SKIP() << "no node to compare with";
    exec_ = NewDirectory() + "/go_js_wasm_exec";
    stdfs::create_symlink(Runfile("tools/goshawk"), exec_);
  }

  // Runs esbuild in a new copy of the project, under both, and compares what
  // they say and all files.
  void ExpectSame(const std::vector<std::string>& args, int exit_code,
                  const std::string& input = "") {
    Outcome outcomes[2];
    std::map<std::string, std::string> files[2];
    // Both in a directory of one name, as some output names it.
    const std::string directory = NewDirectory() + "/project";
    for (const bool node : {false, true}) {
      stdfs::remove_all(directory);
      WriteWebProject(directory);
      std::vector<std::string> command = {exec_, package_ + "/esbuild.wasm"};
      if (node) command = {"node", package_ + "/bin/esbuild"};
      command.insert(command.end(), args.begin(), args.end());
      Setting setting;
      setting.directory = directory;
      setting.input = input;
      setting.env = {{"PATH", getenv("PATH")}, {"HOME", directory}};
      outcomes[node] = RunCommand(command, setting);
      files[node] = Contents(directory);
    }
    EXPECT_EQ(outcomes[0], outcomes[1]);
    EXPECT_EQ(outcomes[0].exit_code, exit_code);
    ASSERT_EQ(files[0].size(), files[1].size());
    for (const auto& [name, contents] : files[1]) {
      EXPECT_TRUE(files[0][name] == contents) << name << " differs";
    }
  }

  std::string package_, exec_;
};

TEST_F(EsbuildTest, Version) { ExpectSame({"--version"}, 0); }

TEST_F(EsbuildTest, Help) { ExpectSame({"--help"}, 0); }

TEST_F(EsbuildTest, Bundles) {
  ExpectSame({"src/main.ts", "--bundle", "--outfile=out.js",
              "--log-level=warning", "--color=false"},
             0);
}

TEST_F(EsbuildTest, BundlesToStandardOutput) {
  ExpectSame(
      {"src/legacy.js", "--bundle", "--format=cjs", "--log-level=warning"}, 0);
}

TEST_F(EsbuildTest, Minifies) {
  ExpectSame(
      {"src/main.ts", "--bundle", "--minify", "--sourcemap", "--target=es2015",
       "--outfile=out.js", "--metafile=meta.json", "--log-level=warning"},
      0);
}

TEST_F(EsbuildTest, Splits) {
  ExpectSame({"src/main.ts", "src/view.tsx", "src/legacy.js", "--bundle",
              "--splitting", "--format=esm", "--outdir=dist", "--minify",
              "--entry-names=[name]-[hash]", "--log-level=warning"},
             0);
}

TEST_F(EsbuildTest, TransformsStandardInput) {
  ExpectSame({"--loader=ts", "--minify", "--log-level=warning"}, 0,
             "enum A { x = 1, y = x << 3 }\n"
             "export const f = (a: number): number => a * A.y;\n");
}

TEST_F(EsbuildTest, ReportsWhatIsWrong) {
  ExpectSame({"src/broken.ts", "--bundle", "--outfile=out.js",
              "--log-level=warning", "--color=false"},
             1);
}

}  // namespace
}  // namespace goshawk::program_test
