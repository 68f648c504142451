// What open files must do, whatever the backend.

#include "fs/file_system.h"
#include "tests/fs/backends.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using FilesTest = BackendTest;

TEST_P(FilesTest, ReadGivesBackWhatWasWritten) {
  EXPECT_EQ(WriteFile(fs_, "/f", "hello"), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("hello"));
  EXPECT_EQ(WriteFile(fs_, "/empty", ""), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/empty"), Gives(""));
  std::string all;
  for (int i = 0; i < 300000; ++i) all += static_cast<char>(i * 7);
  EXPECT_EQ(WriteFile(fs_, "/big", all), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/big"), Gives(all));
}

TEST_P(FilesTest, OpenObeysItsFlags) {
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenRead), Errno::kNoEnt);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenWrite), Errno::kNoEnt);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenWrite | kOpenCreate | kOpenExclusive),
            Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenWrite | kOpenCreate | kOpenExclusive),
            Errno::kExist);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenRead | kOpenCreate), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenRead | kOpenDirectory), Errno::kNotDir);
  EXPECT_EQ(TryOpen(fs_, "/f/x", kOpenRead), Errno::kNotDir);
  EXPECT_EQ(TryOpen(fs_, "/f/x", kOpenWrite | kOpenCreate), Errno::kNotDir);
  EXPECT_EQ(TryOpen(fs_, "/no/x", kOpenWrite | kOpenCreate), Errno::kNoEnt);
  EXPECT_EQ(WriteFile(fs_, "/f", "old"), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/f", kOpenReadWrite | kOpenTruncate), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives(""));
}

TEST_P(FilesTest, DirectoriesAreOpenedForReadingOnly) {
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(TryOpen(fs_, "/d", kOpenWrite), Errno::kIsDir);
  EXPECT_EQ(TryOpen(fs_, "/d", kOpenReadWrite), Errno::kIsDir);
  EXPECT_EQ(TryOpen(fs_, "/d", kOpenRead | kOpenCreate), Errno::kIsDir);
  EXPECT_EQ(TryOpen(fs_, "/d", kOpenRead | kOpenTruncate), Errno::kIsDir);
  EXPECT_EQ(TryOpen(fs_, "/", kOpenWrite), Errno::kIsDir);
  auto dir = fs_.Open("/d", kOpenRead | kOpenDirectory, 0);
  ASSERT_THAT(dir, Fails(Errno::kOk));
  EXPECT_THAT(ReadText(**dir), Fails(Errno::kIsDir));
  EXPECT_THAT(PreadText(**dir, 0), Fails(Errno::kIsDir));
  EXPECT_THAT((*dir)->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_EQ((*dir)->Truncate(0), Errno::kInval);
  EXPECT_EQ((*dir)->Sync(), Errno::kOk);
  EXPECT_EQ((*dir)->PollFd(), -1);
  EXPECT_EQ((*dir)->Close(), Errno::kOk);
}

TEST_P(FilesTest, RightsComeFromOpening) {
  ASSERT_EQ(WriteFile(fs_, "/f", "text"), Errno::kOk);
  auto reader = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(reader, Fails(Errno::kOk));
  EXPECT_THAT((*reader)->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_THAT((*reader)->Pwrite(Bytes("x"), 0), Fails(Errno::kBadF));
  EXPECT_EQ((*reader)->Truncate(0), Errno::kInval);
  auto writer = fs_.Open("/f", kOpenWrite, 0);
  ASSERT_THAT(writer, Fails(Errno::kOk));
  EXPECT_THAT(ReadText(**writer), Fails(Errno::kBadF));
  EXPECT_THAT(PreadText(**writer, 0), Fails(Errno::kBadF));
  // A mode without any right counts for the next who opens, not for this one.
  auto made = fs_.Open("/g", kOpenReadWrite | kOpenCreate, 0);
  ASSERT_THAT(made, Fails(Errno::kOk));
  EXPECT_THAT((*made)->Write(Bytes("abc")), Gives(3u));
  EXPECT_THAT(PreadText(**made, 0), Gives("abc"));
}

TEST_P(FilesTest, TheOffsetMovesWithReadAndWriteAlone) {
  auto opened = fs_.Open("/f", kOpenReadWrite | kOpenCreate, 0644);
  ASSERT_THAT(opened, Fails(Errno::kOk));
  File& file = **opened;
  EXPECT_THAT(file.Write(Bytes("0123456789")), Gives(10u));
  EXPECT_THAT(ReadText(file), Gives(""));
  EXPECT_THAT(PreadText(file, 2, 3), Gives("234"));
  EXPECT_THAT(PreadText(file, 8, 5), Gives("89"));
  EXPECT_THAT(PreadText(file, 10, 5), Gives(""));
  EXPECT_THAT(PreadText(file, 1000, 5), Gives(""));
  EXPECT_THAT(file.Pwrite(Bytes("xy"), 4), Gives(2u));
  EXPECT_THAT(file.Write(Bytes("AB")), Gives(2u));
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("0123xy6789AB"));
  auto again = fs_.Open("/f", kOpenRead, 0);
  ASSERT_THAT(again, Fails(Errno::kOk));
  EXPECT_THAT(ReadText(**again, 4), Gives("0123"));
  EXPECT_THAT(PreadText(**again, 0, 2), Gives("01"));
  EXPECT_THAT(ReadText(**again, 4), Gives("xy67"));
  EXPECT_THAT(ReadText(**again, 0), Gives(""));
}

TEST_P(FilesTest, NegativeOffsetsAreInvalid) {
  auto file = fs_.Open("/f", kOpenReadWrite | kOpenCreate, 0644);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT(PreadText(**file, -1), Fails(Errno::kInval));
  EXPECT_THAT((*file)->Pwrite(Bytes("x"), -1), Fails(Errno::kInval));
  EXPECT_EQ((*file)->Truncate(-1), Errno::kInval);
  EXPECT_EQ(fs_.Truncate("/f", -1), Errno::kInval);
}

TEST_P(FilesTest, AppendingGoesToTheEnd) {
  ASSERT_EQ(WriteFile(fs_, "/f", "one"), Errno::kOk);
  auto a = fs_.Open("/f", kOpenReadWrite | kOpenAppend, 0);
  auto b = fs_.Open("/f", kOpenWrite | kOpenAppend, 0);
  ASSERT_THAT(a, Fails(Errno::kOk));
  ASSERT_THAT(b, Fails(Errno::kOk));
  EXPECT_THAT((*a)->Write(Bytes(" two")), Gives(4u));
  EXPECT_THAT((*b)->Write(Bytes(" three")), Gives(6u));
  EXPECT_THAT((*a)->Write(Bytes(" four")), Gives(5u));
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("one two three four"));
  // As Linux does, whatever the offset.
  EXPECT_THAT((*a)->Pwrite(Bytes("!"), 0), Gives(1u));
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("one two three four!"));
}

TEST_P(FilesTest, HolesReadAsZeros) {
  auto opened = fs_.Open("/f", kOpenReadWrite | kOpenCreate, 0644);
  ASSERT_THAT(opened, Fails(Errno::kOk));
  File& file = **opened;
  const int64_t far = int64_t{5} << 30;
  EXPECT_THAT(file.Pwrite(Bytes("end"), far), Gives(3u));
  EXPECT_THAT(file.Pwrite(Bytes("a"), 0), Gives(1u));
  Result<Stat> stat = file.GetStat();
  ASSERT_THAT(stat, Fails(Errno::kOk));
  EXPECT_EQ(stat->size, far + 3);
  EXPECT_LT(stat->blocks * 512, 10 << 20) << "the hole takes room";
  EXPECT_THAT(PreadText(file, 0, 4), Gives(std::string("a\0\0\0", 4)));
  EXPECT_THAT(PreadText(file, far - 2, 9), Gives(std::string("\0\0end", 5)));
  EXPECT_THAT(PreadText(file, 1 << 30, 3), Gives(std::string(3, '\0')));
}

TEST_P(FilesTest, TruncateCutsAndExtends) {
  ASSERT_EQ(WriteFile(fs_, "/f", "0123456789"), Errno::kOk);
  EXPECT_EQ(fs_.Truncate("/f", 4), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives("0123"));
  // What was cut does not come back.
  EXPECT_EQ(fs_.Truncate("/f", 6), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives(std::string("0123\0\0", 6)));
  auto file = fs_.Open("/f", kOpenReadWrite, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ((*file)->Truncate(2), Errno::kOk);
  EXPECT_THAT((*file)->Pwrite(Bytes("z"), 4), Gives(1u));
  EXPECT_THAT(ReadFile(fs_, "/f"), Gives(std::string("01\0\0z", 5)));
  EXPECT_EQ((*file)->Truncate(0), Errno::kOk);
  EXPECT_THAT(ReadText(**file), Gives(""));
  EXPECT_EQ(fs_.Truncate("/no", 0), Errno::kNoEnt);
  ASSERT_EQ(fs_.Mkdir("/d", 0755), Errno::kOk);
  EXPECT_EQ(fs_.Truncate("/d", 0), Errno::kIsDir);
  EXPECT_EQ(fs_.Truncate("/", 0), Errno::kIsDir);
}

TEST_P(FilesTest, CuttingFarAwayKeepsTheRest) {
  const std::string text(200000, 'x');
  ASSERT_EQ(WriteFile(fs_, "/f", text), Errno::kOk);
  EXPECT_EQ(fs_.Truncate("/f", 70000), Errno::kOk);
  EXPECT_EQ(fs_.Truncate("/f", 150000), Errno::kOk);
  EXPECT_THAT(ReadFile(fs_, "/f"),
              Gives(text.substr(0, 70000) + std::string(80000, '\0')));
}

TEST_P(FilesTest, OpenFilesOutliveTheirNames) {
  ASSERT_EQ(WriteFile(fs_, "/f", "still here"), Errno::kOk);
  auto file = fs_.Open("/f", kOpenReadWrite, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ(fs_.Unlink("/f"), Errno::kOk);
  EXPECT_THAT(fs_.GetStat("/f"), Fails(Errno::kNoEnt));
  EXPECT_THAT(PreadText(**file, 0), Gives("still here"));
  EXPECT_THAT((*file)->Pwrite(Bytes("STILL"), 0), Gives(5u));
  EXPECT_THAT(PreadText(**file, 0), Gives("STILL here"));
  Result<Stat> stat = (*file)->GetStat();
  ASSERT_THAT(stat, Fails(Errno::kOk));
  EXPECT_EQ(stat->nlink, 0u);
  // A new file of that name is another one.
  EXPECT_EQ(WriteFile(fs_, "/f", "new"), Errno::kOk);
  EXPECT_THAT(PreadText(**file, 0), Gives("STILL here"));
}

TEST_P(FilesTest, OpenFilesFollowARename) {
  ASSERT_EQ(WriteFile(fs_, "/a", "text"), Errno::kOk);
  auto file = fs_.Open("/a", kOpenReadWrite, 0);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_EQ(fs_.Rename("/a", "/b"), Errno::kOk);
  EXPECT_THAT((*file)->Write(Bytes("TEXT")), Gives(4u));
  EXPECT_THAT(ReadFile(fs_, "/b"), Gives("TEXT"));
}

TEST_P(FilesTest, TwoOpeningsShareTheContentsButNotTheOffset) {
  ASSERT_EQ(WriteFile(fs_, "/f", "abc"), Errno::kOk);
  auto a = fs_.Open("/f", kOpenReadWrite, 0);
  auto b = fs_.Open("/f", kOpenReadWrite, 0);
  ASSERT_THAT(a, Fails(Errno::kOk));
  ASSERT_THAT(b, Fails(Errno::kOk));
  EXPECT_THAT((*a)->Write(Bytes("X")), Gives(1u));
  EXPECT_THAT(ReadText(**b), Gives("Xbc"));
  EXPECT_EQ((*b)->Truncate(2), Errno::kOk);
  EXPECT_THAT(ReadText(**a), Gives("b"));
  EXPECT_EQ((*a)->Sync(), Errno::kOk);
}

TEST_P(FilesTest, EmptyReadsAndWritesDoNothing) {
  auto file = fs_.Open("/f", kOpenReadWrite | kOpenCreate, 0644);
  ASSERT_THAT(file, Fails(Errno::kOk));
  EXPECT_THAT((*file)->Write({}), Gives(0u));
  EXPECT_THAT((*file)->Pwrite({}, 100), Gives(0u));
  EXPECT_THAT((*file)->Read({}), Gives(0u));
  EXPECT_EQ((*file)->GetStat()->size, 0);
}

BACKEND_TESTS(FilesTest);

}  // namespace
}  // namespace goshawk::fs::testing
