// The go command of every toolchain finds go_js_wasm_exec in PATH and runs
// programs and tests with it, where there is no node.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/guests/guests.h"
#include "tests/program/command.h"

namespace goshawk::program_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace stdfs = std::filesystem;

constexpr char kMain[] = R"(package main

import (
	"fmt"
	"os"

	"example.org/twice/number"
)

func main() {
	text, err := os.ReadFile("go.mod")
	fmt.Println(number.Twice(21), os.Args[1:], len(text), err)
	fmt.Println(os.Getenv("SETTING"))
	if len(os.Args) > 1 {
		os.Exit(3)
	}
}
)";

constexpr char kNumber[] = R"(package number

func Twice(n int) int { return 2 * n }
)";

constexpr char kNumberTest[] = R"(package number

import (
	"os"
	"testing"
)

func TestTwice(t *testing.T) {
	if Twice(2) != 4 {
		t.Fatal("not twice")
	}
	if err := os.WriteFile(t.TempDir()+"/file", nil, 0o600); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat("number.go"); err != nil {
		t.Error("not where the package is:", err)
	}
}

func TestFails(t *testing.T) {
	if os.Getenv("SETTING") == "fail" {
		t.Fatal("as it was told")
	}
}

func BenchmarkTwice(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Twice(i)
	}
}
)";

// Output and files in a bubble, where nobody may be called back.
constexpr char kBubbleTest[] = R"(//go:build go1.25

package number

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestBubble(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	synctest.Test(t, func(t *testing.T) {
		t.Log("in a bubble")
		start := time.Now()
		for i := range 3 {
			go func() {
				time.Sleep(time.Hour * time.Duration(i))
				if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
					t.Error(err)
				}
			}()
		}
		time.Sleep(24 * time.Hour)
		if text, err := os.ReadFile(file); string(text) != "x" {
			t.Error(text, err)
		}
		if time.Since(start) != 24*time.Hour {
			t.Error("it was a longer day:", time.Since(start))
		}
	})
}
)";

class GoCommandTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    const std::string top = NewDirectory();
    stdfs::create_directories(top + "/bin");
    stdfs::create_symlink(Runfile("tools/goshawk"),
                          top + "/bin/go_js_wasm_exec");
    const std::string module = top + "/twice";
    stdfs::create_directories(module + "/number");
    WriteFile(module + "/go.mod", "module example.org/twice\ngo 1.19\n");
    WriteFile(module + "/main.go", kMain);
    WriteFile(module + "/number/number.go", kNumber);
    WriteFile(module + "/number/number_test.go", kNumberTest);

    const stdfs::path root(GetParam().root);
    // Compiled packages are kept where the build keeps them.
    const std::string cache =
        (root.parent_path().parent_path() / "gocache").string();
    setting_.directory = module;
    setting_.env = {{"PATH", top + "/bin"},      {"HOME", top},
                    {"GOROOT", root.string()},   {"GOCACHE", cache},
                    {"GOPATH", top + "/gopath"}, {"GOENV", "off"},
                    {"GOPROXY", "off"},          {"GOTOOLCHAIN", "local"},
                    {"CGO_ENABLED", "0"},        {"GOOS", "js"},
                    {"GOARCH", "wasm"},          {"SETTING", "on"}};
  }

  Outcome Go(std::vector<std::string> args) {
    args.insert(args.begin(), std::string(GetParam().root) + "/bin/go");
    return RunCommand(args, setting_);
  }

  Setting setting_;
};

TEST_P(GoCommandTest, RunsAProgram) {
  EXPECT_EQ(Go({"run", "."}), (Outcome{0, "42 [] 33 <nil>\non\n", ""}));
}

TEST_P(GoCommandTest, RunsAProgramThatFails) {
  EXPECT_EQ(Go({"run", ".", "a", "b c"}),
            (Outcome{1, "42 [a b c] 33 <nil>\non\n", "exit status 3\n"}));
}

TEST_P(GoCommandTest, RunsTests) {
  const Outcome outcome = Go({"test", "-vet=off", "-bench=.", "./..."});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("goarch: wasm\n"), HasSubstr("BenchmarkTwice"),
                    HasSubstr("ok  \texample.org/twice/number\t")));
}

TEST_P(GoCommandTest, RunsTestsInBubbles) {
  WriteFile(setting_.directory + "/number/bubble_test.go", kBubbleTest);
  // What a module of Go 1.19 does by default, bubbles cannot have.
  setting_.env["GODEBUG"] = "asynctimerchan=0";
  // With names of functions in the module, and without.
  for (const char* flags : {"-ldflags=", "-ldflags=-s"}) {
    const Outcome outcome =
        Go({"test", "-vet=off", "-v", flags, "-run=TestBubble", "./number"});
    EXPECT_EQ(outcome.exit_code, 0) << flags << outcome.out << outcome.err;
  }
}

TEST_P(GoCommandTest, RunsTestsThatFail) {
  setting_.env["SETTING"] = "fail";
  const Outcome outcome = Go({"test", "-vet=off", "./number"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("--- FAIL: TestFails"),
                    HasSubstr("number_test.go:22: as it was told"),
                    HasSubstr("FAIL\texample.org/twice/number\t")));
}

INSTANTIATE_TEST_SUITE_P(Go, GoCommandTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
