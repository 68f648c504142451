#include "gojs/event_loop.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>

#include "gojs/repeatable.h"
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

TEST_F(EventLoopTest, WhatIsNotWatchedAnyMoreSaysNothing) {
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  const EventLoop::WatchId id = loop.Watch(fds[0], POLLIN, Say("x"));
  loop.Watch(fds[0], POLLIN, Say("y"));
  ASSERT_EQ(write(fds[1], "1", 1), 1);
  loop.Unwatch(id);
  loop.Unwatch(12345);
  RunAll();
  EXPECT_EQ(said, "y");
  close(fds[0]);
  close(fds[1]);
}

TEST_F(EventLoopTest, SendersOfOtherThreadsAreWaitedFor) {
  std::unique_ptr<EventLoop::Sender> sender = loop.NewSender();
  EXPECT_TRUE(loop.HasWork());
  std::thread thread([this, sender = std::move(sender)] {
    for (const char* word : {"a", "b", "c"}) sender->Post(Say(word));
  });
  RunAll();
  thread.join();
  EXPECT_EQ(said, "abc");
  EXPECT_FALSE(loop.HasWork());
}

TEST_F(EventLoopTest, BystandersAreHeardButNotWaitedFor) {
  std::unique_ptr<EventLoop::Sender> bystander = loop.NewBystander();
  EXPECT_FALSE(loop.HasWork());
  bystander->Post(Say("a"));
  EXPECT_TRUE(loop.HasWork());
  RunAll();
  EXPECT_EQ(said, "a");
  // One that wakes the loop from a wait without end.
  const std::unique_ptr<EventLoop::Sender> sender = loop.NewSender();
  std::thread thread([this, &bystander] { bystander->Post(Say("b")); });
  while (said != "ab") loop.RunOne();
  thread.join();
}

TEST(EventLoopEndTest, ASenderMayOutliveItsLoop) {
  FakeClock clock;
  std::unique_ptr<EventLoop::Sender> sender;
  {
    EventLoop loop(clock);
    sender = loop.NewSender();
    loop.Clear();
  }
  sender->Post([] { FAIL(); });
}

TEST(FixedClockTest, SleepingTakesNoTime) {
  FixedClock clock(1000);
  EventLoop loop(clock);
  int64_t woke = 0;
  constexpr int64_t kYear = int64_t{365} * 24 * 3600 * 1'000'000'000;
  loop.SetTimer(kYear, [&] { woke = clock.WallTime(); });
  while (loop.HasWork()) loop.RunOne();
  EXPECT_GE(woke, kYear + 1000);
  EXPECT_LT(woke, kYear + 1'000'000);
}

TEST(FixedClockTest, LookingAtItTakesAMicrosecond) {
  FixedClock clock(5);
  EXPECT_EQ(clock.WallTime(), 1005);
  EXPECT_EQ(clock.Monotonic(), 2005);
  EXPECT_EQ(clock.TimezoneOffset(0), 0);
}

TEST(SeededRandomTest, IsTheSameInPiecesOfAnySize) {
  uint8_t whole[20], pieces[20];
  SeededRandom(7).Fill(whole);
  SeededRandom random(7);
  random.Fill(std::span(pieces, 3));
  random.Fill(std::span(pieces + 3, 0));
  random.Fill(std::span(pieces + 3, 17));
  EXPECT_TRUE(std::equal(whole, whole + 20, pieces));
  // The first output of SplitMix64 with seed 0.
  uint8_t first[8];
  SeededRandom(0).Fill(first);
  constexpr uint8_t kFirst[] = {0xaf, 0xcd, 0x1d, 0x7b, 0x39, 0xa8, 0x20, 0xe2};
  EXPECT_TRUE(std::equal(first, first + 8, kFirst));
}

}  // namespace
}  // namespace goshawk::gojs
