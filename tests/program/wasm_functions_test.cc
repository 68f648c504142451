// Functions that a program imports with //go:wasmimport and exports with
// //go:wasmexport.

#include <gmock/gmock.h>

#include <numeric>

#include "tests/program/embedded.h"

namespace goshawk::program_test {
namespace {

using absl::StatusCode;
using gojs::Program;
using ::testing::HasSubstr;

int Minor(const guests::Toolchain& toolchain) {
  return std::stoi(std::string(toolchain.version.substr(2)));
}

class ImportsTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    if (Minor(GetParam()) < 21) GTEST_SKIP() << "Go cannot do it yet";
    guest_.emplace("imports", GetParam());
    guest_->options.functions
        .Add("env", "mix",
             [](int32_t a, uint32_t b, int64_t c, uint64_t d, float e,
                double f) {
               return static_cast<double>(a) + b + static_cast<double>(c) +
                      static_cast<double>(d) + static_cast<double>(e) + f;
             })
        .Add("env", "sum",
             [](std::span<const int64_t> values) {
               return std::accumulate(values.begin(), values.end(), int64_t{0});
             })
        .Add("env", "fill",
             [](std::span<uint8_t> text) {
               std::fill(text.begin(), text.end(), uint8_t{'x'});
             })
        .Add("env", "fail", [](int32_t how) { return how; });
  }
  // Runs the guest with the function fail(1).
  template <typename F>
  int RunFailing(F fail) {
    guest_->options.args = {"imports", "1"};
    guest_->options.functions.Add("env", "fail", std::move(fail));
    const absl::Status loaded = guest_->Load();
    EXPECT_TRUE(loaded.ok()) << loaded;
    return loaded.ok() ? (*guest_)->Run() : -1;
  }

  std::optional<Embedded> guest_;
};

TEST_P(ImportsTest, NumbersAndMemory) {
  ASSERT_TRUE(guest_->Load().ok());
  EXPECT_EQ((*guest_)->Run(), 0) << guest_->err;
  EXPECT_EQ(guest_->out, "4.611686020574872e+18\n1099511627779\nxxxxx\n");
}

TEST_P(ImportsTest, AStatusThatIsOkIsTheResult) {
  EXPECT_EQ(
      RunFailing([](int32_t n) { return absl::StatusOr<int32_t>(n + 1); }), 0);
  EXPECT_THAT(guest_->out, HasSubstr("returned 2"));
}

TEST_P(ImportsTest, AFailureEndsTheProgramAsUnderNode) {
  EXPECT_EQ(RunFailing([](int32_t) -> absl::StatusOr<int32_t> {
              return absl::InternalError("no luck");
            }),
            1);
  EXPECT_THAT((*guest_)->report(), HasSubstr("Uncaught Error: no luck"));
  EXPECT_THAT(guest_->out, Not(HasSubstr("returned")));
}

TEST_P(ImportsTest, AFunctionMayEndTheProgram) {
  EXPECT_EQ(RunFailing([](Program& program, int32_t) {
              program.Exit(4);
              return 0;
            }),
            4);
  EXPECT_EQ((*guest_)->report(), "");
}

TEST_P(ImportsTest, OtherTypesAreRefused) {
  guest_->options.functions.Add("env", "fail", [](int64_t) { return 0; });
  const absl::Status loaded = guest_->Load();
  EXPECT_EQ(loaded.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(loaded.message()),
              HasSubstr("\"env\" \"fail\" is a function of another type"));
}

TEST_P(ImportsTest, MissingOnesAreNamed) {
  guest_->options.functions = {};
  EXPECT_THAT(std::string(guest_->Load().message()), HasSubstr("env.mix"));
}

INSTANTIATE_TEST_SUITE_P(Go, ImportsTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

class ExportsTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    if (Minor(GetParam()) < 24) GTEST_SKIP() << "Go cannot do it yet";
    Start({});
  }
  void Start(interp::InstanceOptions engine) {
    guest_.emplace("exports", GetParam());
    guest_->options.engine = std::move(engine);
    guest_->options.functions
        .Add("env", "greet",
             [this](Program& program, std::string_view name, bool loud) {
               greeted_ = std::string(name) + (loud ? "!" : "");
               // Before main: Go is running.
               EXPECT_EQ(program.RunUntil([] { return true; }).code(),
                         StatusCode::kFailedPrecondition);
               return kGreeting;
             })
        .Add("env", "again", [](Program& program, int32_t depth) {
          return depth < 0 ? program.CallExport<int32_t>("wait", 2)
                           : program.CallExport<int32_t>("nest", depth);
        });
    ASSERT_TRUE(guest_->Load().ok());
    const absl::Status started = program().Start();
    ASSERT_TRUE(started.ok()) << started << guest_->err;
  }
  Program& program() { return **guest_; }

  // Where Go finds an int32: its command line starts there.
  static constexpr uint32_t kGreeting = 4096;
  std::string greeted_;
  std::optional<Embedded> guest_;
};

TEST_P(ExportsTest, TypesOfGo124Cross) {
  EXPECT_EQ(greeted_, "Gopher!");
  EXPECT_EQ(guest_->out, "29546\n");  // "js"
  EXPECT_EQ(
      *program().CallExport<double>("add", 1, int64_t{2}, 0.5f, 0.25, true),
      -3.75);
  EXPECT_EQ(
      *program().CallExport<double>("add", -1, int64_t{-2}, 0.5f, 0.25, false),
      -2.25);
  EXPECT_TRUE(program().CallExport("nothing").ok());
  EXPECT_TRUE(program().CallExport("nothing").ok());
  EXPECT_EQ(*program().CallExport<int64_t>("calls"), 2);
}

TEST_P(ExportsTest, PointersLeadToBytes) {
  const auto address = program().CallExport<uint32_t>("address");
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_THAT(*program().Bytes(*address, 4), testing::ElementsAre(1, 2, 3, 4));
}

TEST_P(ExportsTest, GoroutinesStacksAndFiles) {
  EXPECT_EQ(*program().CallExport<int32_t>("work", 100), 5050);
  EXPECT_EQ(*program().CallExport<int32_t>("work", 10), 55);
}

TEST_P(ExportsTest, HostFunctionsCallThemAgain) {
  EXPECT_EQ(*program().CallExport<int32_t>("nest", 50), 51);
}

TEST_P(ExportsTest, WrongCallsAreStatuses) {
  EXPECT_EQ(
      program().CallExport<int32_t>("work", int64_t{1}).status().message(),
      "the program's function \"work\" is (i32) -> (i32), not "
      "(i64) -> (i32)");
  EXPECT_EQ(program().CallExport("work", 1).code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(program().CallExport("missing").code(), StatusCode::kNotFound);
}

TEST_P(ExportsTest, ExitEndsTheProgram) {
  EXPECT_EQ(program().CallExport("leave", 3).code(), StatusCode::kAborted);
  EXPECT_EQ(program().exit_code(), 3);
}

TEST_P(ExportsTest, WaitForTimersGoroutinesAndFiles) {
  for (const int32_t ms : {2, 0, 5, 1}) {
    EXPECT_EQ(*program().CallExport<int32_t>("wait", ms), ms + 1);
  }
  EXPECT_EQ(*program().CallExport<int32_t>("work", 100), 5050);
  EXPECT_EQ(*program().CallExport<int32_t>("nest", 50), 51);
  EXPECT_FALSE(program().ended()) << program().report();
}

TEST_P(ExportsTest, WaitInEveryWayToRun) {
  for (const std::string_view dispatcher : interp::Dispatchers()) {
    for (const bool go_shape : {true, false}) {
      Start({.dispatcher = std::string(dispatcher), .go_shape = go_shape});
      EXPECT_EQ(*program().CallExport<int32_t>("wait", 1), 2);
      EXPECT_EQ(*program().CallExport<int32_t>("work", 10), 55);
      EXPECT_EQ(*program().CallExport<int32_t>("wait", 2), 3);
    }
  }
}

TEST_P(ExportsTest, WaitForCallsFromJavaScript) {
  for (const bool twice : {false, true}) {
    for (int i = 1; i <= 2; ++i) {
      program().loop().SetTimer(int64_t{i} * 1'000'000, [this, i, twice] {
        if (i == 2 && !twice) return;
        EXPECT_EQ(*program().Call<std::string>("say", i), "heard");
      });
    }
    EXPECT_EQ(*program().CallExport<double>("hear", twice), twice ? 3 : 1);
  }
}

// The second begins while the first waits, and both are the same function.
TEST_P(ExportsTest, WaitAtTheSameTime) {
  for (const int32_t first : {4, 40}) {
    for (const int32_t second : {4, 40}) {
      int32_t inner = 0;
      program().loop().SetTimer(1'000'000, [this, second, &inner] {
        EXPECT_EQ(*program().CallExport<int32_t>("work", 10), 55);
        inner = *program().CallExport<int32_t>("wait", second);
      });
      EXPECT_EQ(*program().CallExport<int32_t>("wait", first), first + 1);
      EXPECT_EQ(inner, second + 1);
    }
  }
}

TEST_P(ExportsTest, GoroutinesThatTheyStartGoOn) {
  EXPECT_TRUE(program().CallExport("later").ok());
  EXPECT_EQ(*program().CallExport<int64_t>("calls"), 0);
  EXPECT_TRUE(program()
                  .RunUntil([this] {
                    return *program().CallExport<int64_t>("calls") == 1;
                  })
                  .ok());
}

TEST_P(ExportsTest, WhatNeverReturnsHarmsNobody) {
  EXPECT_EQ(program().CallExport("forever").code(), StatusCode::kUnavailable);
  EXPECT_EQ(program().CallExport("forever").code(), StatusCode::kUnavailable);
  EXPECT_EQ(program().CallExport<double>("hear", false).status().code(),
            StatusCode::kUnavailable);
  // Nobody gets what that returns in the end.
  EXPECT_EQ(*program().Call<std::string>("say", 1), "heard");
  EXPECT_EQ(*program().CallExport<int32_t>("wait", 3), 4);
  EXPECT_EQ(*program().CallExport<int32_t>("work", 100), 5050);
}

TEST_P(ExportsTest, ExitAfterWaiting) {
  EXPECT_EQ(program().CallExport<int64_t>("end", 5).status().code(),
            StatusCode::kAborted);
  EXPECT_EQ(program().exit_code(), 5);
  EXPECT_EQ(program().CallExport("nothing").code(),
            StatusCode::kFailedPrecondition);
}

TEST_P(ExportsTest, PanicAfterWaiting) {
  EXPECT_EQ(program().CallExport<int64_t>("end", -1).status().code(),
            StatusCode::kAborted);
  EXPECT_EQ(program().exit_code(), 2);
  EXPECT_THAT(guest_->err, HasSubstr("the end"));
}

// Go would have to go on with the function that called the host, and with the
// event loop.
TEST_P(ExportsTest, WaitingWhileGoWaitsForTheCallerEndsTheProgram) {
  EXPECT_EQ(program().CallExport<int32_t>("nest", -1).status().code(),
            StatusCode::kAborted);
  EXPECT_TRUE(program().ended());
  EXPECT_THAT(program().report(), HasSubstr("waits for an event"));
}

INSTANTIATE_TEST_SUITE_P(Go, ExportsTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
