// A program used as a library: what C++ can define for it and ask of it, and
// what happens where the two should not meet.

#include <gmock/gmock.h>

#include <thread>

#include "gojs/js/promise.h"
#include "tests/program/embedded.h"

namespace goshawk::program_test {
namespace {

using absl::StatusCode;
using gojs::Program;
using gojs::Value;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LibraryTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    guest_.emplace("library", GetParam());
    ASSERT_TRUE(guest_->Load().ok());
  }
  void Start() {
    const absl::Status started = program().Start();
    ASSERT_TRUE(started.ok()) << started;
  }
  Program& program() { return **guest_; }
  template <typename F>
  Value Function(F f) {
    return gojs::ToValue(program().realm(), std::move(f));
  }

  std::optional<Embedded> guest_;
};

TEST_P(LibraryTest, FunctionsTakeAndGiveValues) {
  Start();
  EXPECT_EQ(*program().Call<double>("lib.add", 2, 0.5), 2.5);
  EXPECT_EQ(*program().Call<int>("lib.add", 1e300, 0), 2147483647);
  EXPECT_EQ(*program().Call<std::string>("lib.upper", "abc"), "ABC");
  EXPECT_EQ(*program().Call<std::string>("lib.this"), "1.2");
  EXPECT_EQ(*program().Get<std::string>("lib.version"), "1.2");
  EXPECT_EQ(*program().Call<bool>("lib.echo", true), true);
  EXPECT_TRUE(program().Call("lib.echo", nullptr)->IsNull());
  EXPECT_TRUE(program().Call<void>("lib.echo", std::optional<int>()).ok());
}

TEST_P(LibraryTest, BytesCrossBothWays) {
  Start();
  std::vector<uint8_t> bytes(1 << 20, 7);
  const uint8_t* const data = bytes.data();
  absl::StatusOr<Value> same = program().Call("lib.echo", std::move(bytes));
  ASSERT_TRUE(same.ok());
  std::span<uint8_t> view;
  ASSERT_TRUE(gojs::GetBytes(*same, &view));
  EXPECT_EQ(view.data(), data) << "copied";
  const auto more =
      program().Call<std::vector<uint8_t>>("lib.increment", *same);
  ASSERT_TRUE(more.ok()) << more.status();
  EXPECT_EQ(*more, std::vector<uint8_t>(1 << 20, 8));
  EXPECT_EQ(
      program().Call<std::vector<uint8_t>>("lib.echo", "x").status().code(),
      StatusCode::kInvalidArgument);
}

TEST_P(LibraryTest, WhatIsDefinedBeforeTheStartIsThere) {
  std::string heard;
  ASSERT_TRUE(program()
                  .Define("atStart",
                          [&heard](std::string word) {
                            heard = word;
                            return "hello";
                          })
                  .ok());
  Start();
  EXPECT_EQ(heard, "ready");
  EXPECT_EQ(guest_->out, "hello\n");
}

TEST_P(LibraryTest, ObjectsAndPathsCanBeDefinedMeanwhile) {
  Start();
  double total = 1;
  const Value counter =
      gojs::ObjectBuilder(program().realm())
          .Set("add", [&total](double n) { total += n; })
          .Property("total", [&total] { return total; })
          .Property(
              "factor", [] { return 1; }, [&total](double n) { total *= n; })
          .Done();
  ASSERT_TRUE(program().Define("app.parts.counter", counter).ok());
  ASSERT_TRUE(program().Call<void>("app.parts.counter.add", 4).ok());
  EXPECT_EQ(*program().Get<double>("app.parts.counter.total"), 5);
  ASSERT_TRUE(counter.object()->Set("factor", 3).ok());
  EXPECT_EQ(total, 15);
  ASSERT_TRUE(program().Define("app.list", std::vector<int>{1, 2}).ok());
  EXPECT_EQ(*program().Get<int>("app.list.1"), 2);
  EXPECT_EQ(program().Define("app.list.length.x", 1).code(),
            StatusCode::kInvalidArgument);
}

TEST_P(LibraryTest, BytesOfAnArgumentAreSeenInPlace) {
  Start();
  const Value fill = Function([](std::span<uint8_t> bytes) {
    std::fill(bytes.begin(), bytes.end(), uint8_t{5});
  });
  std::vector<uint8_t> bytes(3);
  const Value array(gojs::AdoptBytes(program().realm(), bytes));
  ASSERT_TRUE(program().Call<void>("lib.apply", fill, array).ok());
  EXPECT_THAT(*gojs::FromValue<std::vector<uint8_t>>(program().realm(), array),
              ElementsAre(5, 5, 5));
  EXPECT_EQ(*program().Call<std::string>("lib.attempt", fill, "text"),
            "JavaScript error: The argument must be an instance of Uint8Array"
            " / <undefined>");
}

TEST_P(LibraryTest, ErrorsCrossWithTextAndCode) {
  Start();
  const auto attempt = [this](const Value& function) {
    return *program().Call<std::string>("lib.attempt", function);
  };
  EXPECT_EQ(attempt(Function([] { return absl::NotFoundError("no book"); })),
            "JavaScript error: no book / NOT_FOUND");
  EXPECT_EQ(attempt(Function([]() -> absl::StatusOr<int> {
              return gojs::WithErrorCode(absl::UnknownError("broken"), "E42");
            })),
            "JavaScript error: broken / E42");
  EXPECT_EQ(attempt(Function([] { return fs::Errno::kNoEnt; })),
            "JavaScript error: ENOENT: no such file or directory / ENOENT");

  // From a function that throws to the one who called it from C++.
  const auto call = [this](absl::Status status) {
    EXPECT_TRUE(program().Define("fails", [status] { return status; }).ok());
    return program().Call("fails").status();
  };
  absl::Status got = call(absl::PermissionDeniedError("not for you"));
  EXPECT_EQ(got.code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(got.message(), "not for you");
  got = call(gojs::StatusOf(fs::Errno::kNotEmpty));
  EXPECT_EQ(got.code(), StatusCode::kUnknown);
  EXPECT_EQ(gojs::ErrorCode(got), "ENOTEMPTY");
  EXPECT_EQ(gojs::ErrorCode(gojs::WithErrorCode(got, "E7")), "E7");
}

TEST_P(LibraryTest, PromisesAreAwaited) {
  Start();
  EXPECT_EQ(*program().Await<double>(program().Call("lib.later", 6)), 6);
  EXPECT_EQ(*program().Await<int>(program().Call("lib.echo", 6)), 6);
  const absl::Status failed =
      program().Await<void>(program().Call("lib.failing"));
  EXPECT_EQ(failed.message(), "too late");
  EXPECT_EQ(failed.code(), StatusCode::kUnknown);
  EXPECT_EQ(program().Await(program().Call("lib.missing")).status().code(),
            StatusCode::kNotFound);
  // One that nobody will settle; the program can be used afterwards.
  EXPECT_EQ(program().Await(program().Call("lib.never")).status().code(),
            StatusCode::kUnavailable);
  EXPECT_EQ(*program().Call<double>("lib.add", 1, 1), 2);
}

TEST_P(LibraryTest, FunctionsMayWaitForTimeAndGoroutines) {
  Start();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(*program().Call<int>("lib.nap", i), i);
  }
}

// Go itself reports that; no event can reach it before the call returns.
TEST_P(LibraryTest, AFunctionThatWaitsForEventsIsADeadlock) {
  Start();
  EXPECT_EQ(program().Call("lib.deaf").status().code(), StatusCode::kAborted);
  EXPECT_EQ(program().exit_code(), 2);
  EXPECT_THAT(guest_->err, HasSubstr("all goroutines are asleep - deadlock!"));
}

TEST_P(LibraryTest, GoroutinesCallBackIntoObjects) {
  Start();
  double total = 0, last = 0;
  const Value counter =
      gojs::ObjectBuilder(program().realm())
          .Set("add", [&total](double n) { return total += n; })
          .Set("done", [&last](double n) { last = n; })
          .Done();
  ASSERT_TRUE(program().Call<void>("lib.count", counter, 10).ok());
  const absl::Status done = program().RunUntil([&] { return last != 0; });
  ASSERT_TRUE(done.ok()) << done;
  EXPECT_EQ(total, 55);
  EXPECT_EQ(last, 55);
}

TEST_P(LibraryTest, HostFunctionsCallGoAgain) {
  Start();
  // add(n, f(n - 1)) by way of Go at every step.
  std::function<absl::StatusOr<double>(double)> sum = [&](double n) {
    if (n == 0) return absl::StatusOr<double>(0.0);
    absl::StatusOr<Value> rest =
        program().Call("lib.apply", Function(sum), n - 1);
    if (!rest.ok()) return absl::StatusOr<double>(rest.status());
    return program().Call<double>("lib.add", n, *rest);
  };
  EXPECT_EQ(*sum(20), 210);
}

TEST_P(LibraryTest, HostFunctionsCannotWait) {
  Start();
  absl::Status waited, run;
  int code = 0;
  const Value wait = Function([&] {
    waited = program().Await<void>(program().Call("lib.later", 1));
    run = program().RunUntil([] { return false; });
    code = program().Run();
  });
  ASSERT_TRUE(program().Call<void>("lib.attempt", wait).ok());
  EXPECT_EQ(waited.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(run.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(code, -1);
}

TEST_P(LibraryTest, ExitOfAHostFunctionEndsTheProgramWhenItReturns) {
  Start();
  int after = 0;
  const Value leave = Function([&] {
    program().Exit(5);
    ++after;
    program().Exit(6);
  });
  EXPECT_EQ(program().Call("lib.attempt", leave).status().code(),
            StatusCode::kAborted);
  EXPECT_EQ(after, 1);
  EXPECT_TRUE(program().ended());
  EXPECT_EQ(program().exit_code(), 5);
  EXPECT_EQ(program().report(), "");
  EXPECT_EQ(program().Run(), 5);
}

TEST_P(LibraryTest, ExitOfGoInACallUnwindsTheHostFunctionToo) {
  Start();
  absl::Status inner, after;
  const Value leave = Function([&] {
    inner = program().Call<void>("lib.exit", 9);
    after = program().Call<void>("lib.add", 1, 1);
    return absl::InvalidArgumentError("too late to be thrown");
  });
  EXPECT_EQ(program().Call("lib.attempt", leave).status().code(),
            StatusCode::kAborted);
  EXPECT_EQ(inner.code(), StatusCode::kAborted);
  EXPECT_EQ(after.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().exit_code(), 9);
}

TEST_P(LibraryTest, AfterTheEndEverythingIsAStatus) {
  Start();
  int calls = 0;
  const Value function = Function([&calls] { ++calls; });
  const Value add = *program().Get("lib.add");
  EXPECT_EQ(program().Call("lib.exit", 0).status().code(),
            StatusCode::kAborted);
  EXPECT_EQ(program().Call("lib.add", 1, 1).status().code(),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().Start().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().RunUntil([] { return false; }).code(),
            StatusCode::kAborted);
  EXPECT_EQ(program().CallExport("x").code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().Run(), 0);
  program().Exit(3);
  EXPECT_EQ(program().exit_code(), 0);
  // A Go function throws, as under node; one of C++ is just a function.
  EXPECT_THAT(gojs::StatusOf(program().realm(), add.object()->Call(Value(), {}))
                  .message(),
              HasSubstr("already exited"));
  EXPECT_TRUE(function.object()->Call(Value(), {}).ok());
  EXPECT_EQ(calls, 1);
}

TEST_P(LibraryTest, APanicEndsTheProgram) {
  Start();
  EXPECT_EQ(program().Call("lib.panic").status().code(), StatusCode::kAborted);
  EXPECT_EQ(program().exit_code(), 2);
  EXPECT_THAT(guest_->err, HasSubstr("panic: no"));
}

TEST_P(LibraryTest, WrongCallsAreStatuses) {
  EXPECT_EQ(program().RunUntil([] { return true; }).code(),
            StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().CallExport("x").code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(program().Call("lib.add").status().code(), StatusCode::kNotFound);
  Start();
  EXPECT_EQ(program().Start().code(), StatusCode::kFailedPrecondition);
  for (const char* path : {"", "lib.none", "lib.version.x.y", "none.x"}) {
    EXPECT_EQ(program().Call(path).status().code(),
              *path ? StatusCode::kNotFound : StatusCode::kInvalidArgument)
        << path;
  }
  EXPECT_EQ(program().Call("lib.version").status().code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(program().Call<std::string>("lib.add", 1, 2).status().message(),
            "got number instead of a string");
  EXPECT_EQ(program().CallValue(Value(1), Value(), {}).status().code(),
            StatusCode::kInvalidArgument);
  for (const char* name : {"", "none", "run", "resume", "getsp", "mem"}) {
    EXPECT_EQ(program().CallExport(name).code(), StatusCode::kNotFound) << name;
  }
  EXPECT_EQ(program().Bytes(1ull << 40, 1).status().code(),
            StatusCode::kOutOfRange);
  // Go says so and returns undefined.
  EXPECT_TRUE(program().Call("lib.released")->IsUndefined());
  EXPECT_THAT(guest_->err, HasSubstr("call to released function"));
}

TEST_P(LibraryTest, OtherThreadsSendTheirResults) {
  Start();
  int got = 0;
  std::unique_ptr<gojs::EventLoop::Sender> sender =
      program().loop().NewSender();
  std::thread thread([&got, sender = std::move(sender)] {
    sender->Post([&got] { got = 7; });
  });
  EXPECT_TRUE(program().RunUntil([&] { return got == 7; }).ok());
  thread.join();
}

TEST_P(LibraryTest, HostFunctionsMayAnswerLater) {
  Start();
  ASSERT_TRUE(program()
                  .Define("later",
                          [&](double number) {
                            auto promise =
                                program().realm().New<gojs::Promise>();
                            program().loop().Post([promise, number] {
                              promise->Resolve(Value(number * 2));
                            });
                            return promise;
                          })
                  .ok());
  EXPECT_EQ(*program().Await<double>(program().Call("later", 21)), 42);
  const Value later = *program().Get("later");
  EXPECT_EQ(*program().Await<double>(program().Call("lib.apply", later, 4)), 8);
}

TEST_P(LibraryTest, ThreadsRunProgramsOfTheirOwn) {
  std::vector<std::thread> threads;
  std::vector<double> sums(4);
  for (size_t t = 0; t < sums.size(); ++t) {
    threads.emplace_back([t, &sums] {
      Embedded guest("library", GetParam());
      if (!guest.Load().ok() || !guest->Start().ok()) return;
      for (int i = 0; i < 100; ++i) {
        sums[t] = *guest->Call<double>("lib.add", sums[t], t);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(sums, ElementsAre(0, 100, 200, 300));
}

INSTANTIATE_TEST_SUITE_P(Go, LibraryTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

}  // namespace
}  // namespace goshawk::program_test
