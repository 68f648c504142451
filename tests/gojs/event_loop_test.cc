#include "gojs/event_loop.h"

#include <poll.h>
#include <unistd.h>

#include <string>

#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class EventLoopTest : public testing::Test {
 protected:
  void RunAll() {
    while (loop.HasWork()) loop.RunOne();
  }
  EventLoop::Task Say(std::string word) {
    return [this, word] { said += word; };
  }

  FakeClock clock;
  EventLoop loop{clock};
  std::string said;
};

TEST_F(EventLoopTest, TasksRunInOrder) {
  loop.Post(Say("a"));
  loop.Post([this] {
    said += "b";
    loop.Post(Say("d"));
  });
  loop.Post(Say("c"));
  RunAll();
  EXPECT_EQ(said, "abcd");
}

TEST_F(EventLoopTest, TimersRunInTheOrderOfTheirDeadlines) {
  EXPECT_EQ(loop.SetTimer(20, Say("b")), 1);
  EXPECT_EQ(loop.SetTimer(10, Say("a")), 2);
  loop.SetTimer(20, Say("c"));
  loop.SetTimer(-5, Say("0"));
  loop.RunOne();
  EXPECT_EQ(said, "0");
  clock.now += 20;
  RunAll();
  EXPECT_EQ(said, "0abc");
}

TEST_F(EventLoopTest, NoTimerIsEarly) {
  loop.SetTimer(1000, Say("x"));
  loop.Post([] {});
  clock.now += 999;
  loop.RunOne();
  EXPECT_EQ(said, "");
  clock.now += 1;
  loop.RunOne();
  EXPECT_EQ(said, "x");
}

TEST_F(EventLoopTest, AClearedTimerDoesNotFireEvenIfDue) {
  EventLoop::TimerId second = 0;
  loop.SetTimer(1, [&] {
    said += "a";
    loop.ClearTimer(second);
  });
  second = loop.SetTimer(1, Say("b"));
  loop.ClearTimer(99);
  clock.now += 1;
  RunAll();
  EXPECT_EQ(said, "a");
}

TEST_F(EventLoopTest, IntervalsRepeatUntilCleared) {
  EventLoop::TimerId id = 0;
  id = loop.SetTimer(
      5,
      [&] {
        said += "t";
        if (said.size() == 3) loop.ClearTimer(id);
      },
      true);
  while (loop.HasWork()) {
    clock.now += 5;
    loop.RunOne();
  }
  EXPECT_EQ(said, "ttt");
}

TEST_F(EventLoopTest, EndlessTasksStarveNeitherTimersNorInput) {
  int pipe_fds[2];
  ASSERT_EQ(pipe(pipe_fds), 0);
  ASSERT_EQ(write(pipe_fds[1], "x", 1), 1);
  std::function<void()> again = [&] {
    if (said.size() < 2) loop.Post(again);
  };
  loop.Post(again);
  loop.SetTimer(0, Say("t"));
  loop.Watch(pipe_fds[0], POLLIN, Say("r"));
  for (int i = 0; i < 20 && loop.HasWork(); ++i) loop.RunOne();
  EXPECT_EQ(said.size(), 2u);
  EXPECT_FALSE(loop.HasWork());
  close(pipe_fds[0]);
  close(pipe_fds[1]);
}

TEST_F(EventLoopTest, TheOtherEndClosingIsAnEvent) {
  int pipe_fds[2];
  ASSERT_EQ(pipe(pipe_fds), 0);
  close(pipe_fds[1]);
  loop.Watch(pipe_fds[0], POLLIN, Say("r"));
  RunAll();
  EXPECT_EQ(said, "r");
  close(pipe_fds[0]);
}

}  // namespace
}  // namespace goshawk::gojs
