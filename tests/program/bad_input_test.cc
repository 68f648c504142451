// Files that are no Go programs: one line on standard error that names the
// file, what was found and where, and exit code 2.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "tests/guests/guests.h"
#include "tests/interp/module_builder.h"
#include "tests/program/command.h"
#include "tests/program/small_program.h"

namespace goshawk::program_test {
namespace {

using interp::CodeBuilder;
using interp::ModuleBuilder;
using interp::WasmOp;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Runs the file under a name of the test's choice and expects one line that
// starts with that name.
std::string Complaint(const std::string& path,
                      const std::vector<std::string>& args = {},
                      const Setting& setting = {}) {
  std::vector<std::string> all = {"run", "--inherit-env", path};
  all.insert(all.end(), args.begin(), args.end());
  const Outcome outcome = Goshawk(all, setting);
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
      << outcome.err;
  const std::string start = "goshawk: " + path + ": ";
  EXPECT_THAT(outcome.err, AllOf(StartsWith(start), EndsWith("\n")));
  return outcome.err.substr(std::min(start.size(), outcome.err.size()));
}

std::string ComplaintAbout(std::string_view contents) {
  return Complaint(WriteFile(NewDirectory() + "/app.wasm", contents));
}

std::string ComplaintAbout(const ModuleBuilder& module) {
  return ComplaintAbout(Text(module.Build()));
}

TEST(BadInputTest, MissingFile) {
  EXPECT_EQ(Complaint("/nowhere/app.wasm"), "No such file or directory\n");
}

TEST(BadInputTest, Directory) {
  EXPECT_EQ(Complaint(NewDirectory()), "Is a directory\n");
}

TEST(BadInputTest, DeviceOrPipe) {
  EXPECT_EQ(Complaint("/dev/null"), "not a regular file\n");
  const std::string pipe = NewDirectory() + "/pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(Complaint(pipe), "not a regular file\n");
}

TEST(BadInputTest, EmptyFile) {
  EXPECT_EQ(ComplaintAbout(""), "the file is empty\n");
}

TEST(BadInputTest, TextFile) {
  EXPECT_EQ(ComplaintAbout("package main\n"),
            "not a WebAssembly module: this is a text file\n");
}

TEST(BadInputTest, BinaryVersionOfAnotherDay) {
  EXPECT_EQ(ComplaintAbout(std::string("\0asm\2\0\0\0", 8)),
            "header: unknown binary version 2 at offset 0x4\n");
}

TEST(BadInputTest, ModuleWithNothing) {
  EXPECT_EQ(ComplaintAbout(ModuleBuilder()),
            "not a Go program for GOOS=js: it exports no function \"run\"\n");
}

TEST(BadInputTest, NoRunExport) {
  ModuleBuilder module;
  const uint32_t type = module.AddType({}, {});
  module.AddExport("resume", interp::ExternKind::kFunc,
                   module.AddFunc(type, {}, CodeBuilder().End()));
  EXPECT_THAT(ComplaintAbout(module), HasSubstr("no function \"run\""));
}

TEST(BadInputTest, RunOfAnotherType) {
  ModuleBuilder module;
  const uint32_t type = module.AddType({}, {});
  module.AddExport("run", interp::ExternKind::kFunc,
                   module.AddFunc(type, {}, CodeBuilder().End()));
  EXPECT_THAT(ComplaintAbout(module), HasSubstr("\"run\" has another type"));
}

TEST(BadInputTest, ImportThatNobodyOffersIsNamed) {
  SmallProgram program;
  program.ImportFunc("env", "launch");
  EXPECT_THAT(ComplaintAbout(program.Build(CodeBuilder().End())),
              HasSubstr("\"env.launch\""));
}

TEST(BadInputTest, GoImportThatNobodyOffersIsNamed) {
  SmallProgram program;
  program.ImportFunc("gojs", "runtime.teleport");
  EXPECT_THAT(ComplaintAbout(program.Build(CodeBuilder().End())),
              HasSubstr("\"gojs.runtime.teleport\""));
}

TEST(BadInputTest, InvalidFunctionIsNamedWhenItIsCalled) {
  SmallProgram program;
  const uint32_t broken =
      program.AddFunc("main.broken", CodeBuilder().Op(WasmOp::kI32Add).End());
  EXPECT_THAT(ComplaintAbout(program.Build(CodeBuilder().Call(broken).End())),
              AllOf(HasSubstr("main.broken"), HasSubstr("i32.add"),
                    HasSubstr("offset 0x")));
}

TEST(BadInputTest, SimdIsNamedWhenItIsMet) {
  SmallProgram program;
  const uint32_t simd = program.AddFunc(
      "main.wide",
      CodeBuilder().I32Const(1).Raw({0xfd, 0x11}).Op(WasmOp::kDrop).End());
  EXPECT_THAT(ComplaintAbout(program.Build(CodeBuilder().Call(simd).End())),
              AllOf(HasSubstr("main.wide"), HasSubstr("SIMD"),
                    HasSubstr("i32x4.splat"), HasSubstr("offset 0x")));
}

TEST(BadInputTest, ThreadsAreNamed) {
  SmallProgram program;
  const uint32_t fence = program.AddFunc(
      "main.fence", CodeBuilder().Raw({0xfe, 0x03, 0x00}).End());
  EXPECT_THAT(ComplaintAbout(program.Build(CodeBuilder().Call(fence).End())),
              AllOf(HasSubstr("main.fence"), HasSubstr("atomic")));
}

class TruncationTest : public testing::TestWithParam<guests::Toolchain> {};

// Where the sections of a module start.
std::vector<std::pair<uint8_t, size_t>> Sections(const std::string& module) {
  std::vector<std::pair<uint8_t, size_t>> sections;
  size_t at = 8;
  while (at < module.size()) {
    const size_t start = at;
    const auto id = static_cast<uint8_t>(module[at++]);
    size_t size = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<uint8_t>(module[at++]);
      size |= static_cast<size_t>(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    sections.emplace_back(id, start);
    at += size;
  }
  return sections;
}

TEST_P(TruncationTest, AtEverySectionBoundary) {
  GOSHAWK_SKIP_IF_MISSING(GetParam());
  constexpr uint8_t kDataSection = 11;
  const std::string hello =
      ReadFile(Runfile(guests::Path("hello", GetParam())));
  const std::string path = NewDirectory() + "/cut.wasm";
  bool whole = false;
  for (const auto& [id, start] : Sections(hello)) {
    SCOPED_TRACE("before the section at " + std::to_string(start));
    WriteFile(path, hello.substr(0, start));
    if (whole) {
      // Only names are missing.
      EXPECT_EQ(Goshawk({"run", path}).exit_code, 0);
    } else {
      Complaint(path);
    }
    // The boundaries inside: after the identifier, and halfway.
    Complaint(WriteFile(path, hello.substr(0, start + 1)));
    whole = whole || id == kDataSection;
  }
  EXPECT_TRUE(whole);
}

INSTANTIATE_TEST_SUITE_P(Go, TruncationTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

class TooMuchTest : public testing::Test {
 protected:
  void SetUp() override {
    const guests::Toolchain* newest = guests::Newest();
    if (newest == nullptr) GTEST_SKIP() << "no toolchain Go";
    app_ = Runfile(guests::Path("args", *newest));
  }

  std::string app_;
};

TEST_F(TooMuchTest, Arguments) {
  EXPECT_THAT(
      Complaint(app_, {std::string(9000, 'x')}),
      AllOf(StartsWith("arguments and environment take "), HasSubstr("8191")));
}

TEST_F(TooMuchTest, Environment) {
  Setting setting;
  setting.env["LONG"] = std::string(9000, 'x');
  EXPECT_THAT(Complaint(app_, {}, setting),
              StartsWith("arguments and environment take "));
}

// Go's limit counts strings, each with a NUL and filled up to 8 bytes, and
// pointers to them.
TEST_F(TooMuchTest, JustOneByteDecides) {
  const std::string name = NewDirectory() + "/app.wasm";
  WriteFile(name, ReadFile(app_));
  const size_t name_room = (name.size() + 8) / 8 * 8;
  // Two arguments, four pointers.
  const size_t room = 8191 / 8 * 8 - name_room - 4 * 8;
  EXPECT_EQ(Goshawk({"run", name, std::string(room - 1, 'x')}).exit_code, 0);
  Complaint(name, {std::string(room, 'x')});
}

}  // namespace
}  // namespace goshawk::program_test
