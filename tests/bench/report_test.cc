// The reports are made of figures that were measured once, and opened in a
// browser.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

#include "tests/program/command.h"

namespace goshawk::bench {
namespace {

using program_test::HasCommand;
using program_test::NewDirectory;
using program_test::Outcome;
using program_test::ReadFile;
using program_test::RunCommand;
using program_test::Runfile;
using program_test::WriteFile;
using ::testing::HasSubstr;
using ::testing::Not;

Outcome RunScript(std::vector<std::string> args) {
  args[0] = Runfile(args[0]);
  args.insert(args.begin(), {"python3", "-B"});
  return RunCommand(args, {{{"PATH", std::getenv("PATH")}}, "", ""});
}

std::string Data(const std::string& name) {
  return Runfile("tests/bench/data/" + name);
}

// A copy that has no rows.
std::string HeaderOf(const std::string& name) {
  const std::string all = ReadFile(Data(name));
  return WriteFile(NewDirectory() + "/" + name,
                   all.substr(0, all.find('\n') + 1));
}

std::string CompareReport(const std::string& csv) {
  const Outcome made =
      RunScript({"bench/report.py", csv, Data("compare.json"), "1.27"});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  return made.out;
}

std::string DispatchReport(const std::string& csv) {
  const Outcome made =
      RunScript({"bench/dispatch_report.py", csv, Data("dispatch.json")});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  return made.out;
}

// A page that loads nothing from anywhere and has no script.
void ExpectSelfContained(const std::string& page) {
  EXPECT_THAT(page, HasSubstr("</html>"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  for (const char* word : {"http:", "https:", "<script", "src=", "@import"}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

TEST(CompareReportTest, ShowsEveryEngineAndWhatIsMissing) {
  const std::string page = CompareReport(Data("compare.csv"));
  ExpectSelfContained(page);
  for (const char* words :
       {"Goshawk", "node --liftoff-only", "wazero interpreter", "native Go",
        "geometric mean", "Cold start", "Largest memory", "stripped",
        "left out: hello failed", "AMD EPYC", "go1.27.4", "vary by more"}) {
    EXPECT_THAT(page, HasSubstr(words));
  }
}

TEST(CompareReportTest, NamesFailuresAndWrongOutputs) {
  const std::string csv = WriteFile(
      NewDirectory() + "/compare.csv",
      ReadFile(Data("compare.csv")) +
          "1.27,fib,full,wabt,0,0,failed,,0,0,0,0,0,0,0,exit code 3: no <b>\n"
          "1.27,fib,small,wabt,0,0,ok,0123,1,1.5,1.5,0,0,0,0,\n");
  const std::string page = CompareReport(csv);
  EXPECT_THAT(page, HasSubstr("failed: exit code 3: no &lt;b&gt;"));
  EXPECT_THAT(page, HasSubstr("wrong output: checksum 0123"));
}

TEST(CompareReportTest, NothingMeasuredIsAPageToo) {
  EXPECT_THAT(CompareReport(HeaderOf("compare.csv")),
              HasSubstr("Nothing has been measured"));
}

TEST(DispatchReportTest, ShowsEveryPartOfTheStudy) {
  const std::string page = DispatchReport(Data("dispatch.csv"));
  ExpectSelfContained(page);
  for (const char* words :
       {"Dispatch over footprint", "computed goto", "clang-19", "g++-12",
        "superinstructions", "Access to memory", "Calls", "translate",
        "JavaScript values", "Files", "instructions", "perf_event_open"}) {
    EXPECT_THAT(page, HasSubstr(words));
  }
}

TEST(DispatchReportTest, NothingMeasuredIsAPageToo) {
  EXPECT_THAT(DispatchReport(HeaderOf("dispatch.csv")),
              HasSubstr("Nothing has been measured"));
}

// A tree with a README, and what a comparison wrote.
class ReadmeTest : public testing::Test {
 protected:
  ReadmeTest() {
    WriteFile(results + "/results.csv", ReadFile(Data("compare.csv")));
    WriteFile(results + "/machine.json", ReadFile(Data("compare.json")));
  }
  const std::string root = NewDirectory();
  const std::string results = NewDirectory();
};

TEST_F(ReadmeTest, GetsTableAndPictureAgainAndAgain) {
  WriteFile(root + "/README.md",
            "before\n<!-- What follows is written by bench/compare.sh "
            "--update-readme. -->\nold\n<!-- Here it ends. -->\nafter\n");
  for (int i = 0; i < 2; ++i) {
    const Outcome done = RunScript({"bench/readme.py", results, root});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const std::string readme = ReadFile(root + "/README.md");
    EXPECT_THAT(readme, testing::StartsWith("before\n<!-- What follows"));
    EXPECT_THAT(readme, testing::EndsWith("<!-- Here it ends. -->\nafter\n"));
    EXPECT_THAT(readme, Not(HasSubstr("old")));
    EXPECT_THAT(readme, HasSubstr("| geometric mean of 3 programs |"));
    EXPECT_THAT(readme, HasSubstr("(bench/results/compare.svg)"));
  }
  EXPECT_THAT(ReadFile(root + "/bench/results/compare.svg"),
              testing::StartsWith("<svg xmlns"));
  EXPECT_EQ(ReadFile(root + "/bench/results/compare.csv"),
            ReadFile(Data("compare.csv")));
}

TEST_F(ReadmeTest, WithoutThePlaceForItStaysAsItIs) {
  WriteFile(root + "/README.md", "nothing\n");
  const Outcome done = RunScript({"bench/readme.py", results, root});
  EXPECT_NE(done.exit_code, 0);
  EXPECT_THAT(done.err, HasSubstr("README.md"));
  EXPECT_EQ(ReadFile(root + "/README.md"), "nothing\n");
  EXPECT_FALSE(std::filesystem::exists(root + "/bench"));
}

struct Scheme {
  const char* name;
  const char* setting;  // of Chromium's preferredColorScheme
  const char* background;
};

class BrowserTest : public testing::TestWithParam<Scheme> {
 protected:
  void SetUp() override {
    if (!HasCommand("chromium")) GTEST_SKIP() << "chromium is not installed";
  }

  // Opens the page and looks at the picture that it gives.
  void ExpectPicture(const std::string& page, const std::string& file) {
    const std::string folder = NewDirectory();
    const std::string path = WriteFile(folder + "/" + file, page);
    const std::string picture = folder + "/picture.png";
    const Outcome opened = RunCommand(
        {"chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
         "--hide-scrollbars", "--user-data-dir=" + folder + "/profile",
         "--window-size=900,700", "--enable-logging=stderr",
         std::string("--blink-settings=preferredColorScheme=") +
             GetParam().setting,
         "--screenshot=" + picture, "file://" + path},
        {{{"PATH", std::getenv("PATH")}, {"HOME", folder}}, "", ""});
    EXPECT_EQ(opened.exit_code, 0) << opened.err;
    EXPECT_THAT(opened.err, Not(HasSubstr("CONSOLE")));

    const Outcome looked = RunScript({"tests/bench/picture.py", picture});
    ASSERT_EQ(looked.exit_code, 0) << looked.err;
    std::istringstream words(looked.out);
    std::string background;
    int colours = 0;
    words >> background >> colours;
    EXPECT_EQ(background, GetParam().background);
    EXPECT_GT(colours, 20);
  }
};

TEST_P(BrowserTest, OpensTheComparison) {
  ExpectPicture(CompareReport(Data("compare.csv")), "compare.html");
}

TEST_P(BrowserTest, OpensTheStudyOfDispatch) {
  ExpectPicture(DispatchReport(Data("dispatch.csv")), "dispatch.html");
}

TEST_P(BrowserTest, OpensThePictureOfTheReadme) {
  const std::string root = NewDirectory();
  const std::string results = NewDirectory();
  WriteFile(results + "/results.csv", ReadFile(Data("compare.csv")));
  WriteFile(results + "/machine.json", ReadFile(Data("compare.json")));
  WriteFile(root + "/README.md",
            "<!-- What follows is written by bench/compare.sh "
            "--update-readme. -->\n<!-- Here it ends. -->\n");
  ASSERT_EQ(RunScript({"bench/readme.py", results, root}).exit_code, 0);
  ExpectPicture(ReadFile(root + "/bench/results/compare.svg"), "compare.svg");
}

INSTANTIATE_TEST_SUITE_P(Schemes, BrowserTest,
                         testing::Values(Scheme{"light", "1", "ffffff"},
                                         Scheme{"dark", "0", "14181d"}),
                         [](const auto& info) {
                           return std::string(info.param.name);
                         });

}  // namespace
}  // namespace goshawk::bench
