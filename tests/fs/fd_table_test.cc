#include "fs/fd_table.h"

#include "fs/streams.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

std::shared_ptr<File> AnyFile() { return NewNullStream(); }

TEST(FdTableTest, GivesTheLowestFreeNumber) {
  FdTable table;
  for (int fd = 3; fd < 10; ++fd) EXPECT_THAT(table.Add(AnyFile()), Gives(fd));
  EXPECT_NE(table.Remove(7), nullptr);
  EXPECT_NE(table.Remove(4), nullptr);
  EXPECT_NE(table.Remove(9), nullptr);
  EXPECT_THAT(table.Add(AnyFile()), Gives(4));
  EXPECT_THAT(table.Add(AnyFile()), Gives(7));
  EXPECT_THAT(table.Add(AnyFile()), Gives(9));
  EXPECT_THAT(table.Add(AnyFile()), Gives(10));
}

TEST(FdTableTest, TheStreamsStayApart) {
  FdTable table;
  EXPECT_EQ(table.Get(0), nullptr);
  std::shared_ptr<File> out = AnyFile();
  table.SetStream(1, out);
  EXPECT_EQ(table.Get(1), out.get());
  EXPECT_EQ(table.Remove(1), out);
  EXPECT_EQ(table.Get(1), nullptr);
  EXPECT_THAT(table.Add(AnyFile()), Gives(3)) << "1 is not given out";
  table.SetStream(1, out);
  EXPECT_EQ(table.Get(1), out.get());
}

TEST(FdTableTest, AnyNumberMayBeAskedFor) {
  FdTable table;
  for (int fd : {-1, 0, 2, 3, 1000, INT32_MAX, INT32_MIN}) {
    EXPECT_EQ(table.Get(fd), nullptr) << fd;
    EXPECT_EQ(table.Share(fd), nullptr) << fd;
    EXPECT_EQ(table.Remove(fd), nullptr) << fd;
  }
  EXPECT_THAT(table.Add(AnyFile()), Gives(3));
  EXPECT_NE(table.Remove(3), nullptr);
  EXPECT_EQ(table.Remove(3), nullptr) << "closed twice";
  EXPECT_THAT(table.Add(AnyFile()), Gives(3));
  EXPECT_THAT(table.Add(AnyFile()), Gives(4)) << "3 was freed once only";
}

TEST(FdTableTest, TheLimitHolds) {
  FdTable table(5);
  EXPECT_THAT(table.Add(AnyFile()), Gives(3));
  EXPECT_THAT(table.Add(AnyFile()), Gives(4));
  EXPECT_THAT(table.Add(AnyFile()), Fails(Errno::kMFile));
  EXPECT_NE(table.Remove(3), nullptr);
  EXPECT_THAT(table.Add(AnyFile()), Gives(3));
  EXPECT_THAT(table.Add(AnyFile()), Fails(Errno::kMFile));
}

TEST(FdTableTest, SharedFilesOutliveTheirNumber) {
  FdTable table;
  std::weak_ptr<File> watch;
  std::shared_ptr<File> shared;
  {
    std::shared_ptr<File> file = AnyFile();
    watch = file;
    EXPECT_THAT(table.Add(std::move(file)), Gives(3));
  }
  shared = table.Share(3);
  table.Remove(3);
  EXPECT_FALSE(watch.expired());
  shared = nullptr;
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace goshawk::fs::testing
