// Archives show what is in them, in any order, and nothing else: not what
// hostile ones would like to.

#include <sys/stat.h>
#include <unistd.h>

#include "fs/archive_file_system.h"
#include "tests/fs/archives.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ArchiveTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<FileSystem>> Open(std::string_view bytes,
                                           const ArchiveOptions& options = {}) {
    unlink((dir_ / "archive").c_str());  // faster than writing it again
    WriteHostFile(dir_ / "archive", bytes);
    return NewArchiveFileSystem(dir_ / "archive", options);
  }

  std::unique_ptr<FileSystem> Must(std::string_view bytes,
                                   const ArchiveOptions& options = {}) {
    auto fs = Open(bytes, options);
    EXPECT_EQ(fs.error(), Errno::kOk);
    return *std::move(fs);
  }

  // Reads all there is, whatever comes of it; how many bytes.
  static size_t ReadAll(FileSystem& fs, const std::string& directory = "/") {
    size_t total = 0;
    Result<Names> names = fs.ReadDir(directory);
    if (!names.ok()) return 0;
    for (const std::string& name : *names) {
      const std::string path = (directory == "/" ? "" : directory) + "/" + name;
      (void)fs.Readlink(path);
      if (const Result<Stat> stat = fs.GetLstat(path);
          stat.ok() && stat->IsDirectory()) {
        total += ReadAll(fs, path);
      }
      if (Result<std::string> text = ReadFile(fs, path); text.ok()) {
        total += text->size();
      }
    }
    return total;
  }

  TempDir dir_;
};

const std::vector<Entry> kTree = {{"d/", '5', "", 0750, 100},
                                  {"d/f", '0', "text", 0640, 200},
                                  {"d/empty", '0', "", 0600},
                                  {"d/link", '2', "f", 0777},
                                  {"made/up/g", '0', "more"}};

TEST_F(ArchiveTest, EachFormatShowsTheSameTree) {
  for (const std::string& bytes : {Tar(kTree), Gzip(Tar(kTree)), Zip(kTree)}) {
    auto fs = Must(bytes);
    EXPECT_THAT(fs->ReadDir("/"), Gives(ElementsAre("d", "made")));
    EXPECT_THAT(fs->ReadDir("/d"), Gives(ElementsAre("empty", "f", "link")));
    EXPECT_THAT(ReadFile(*fs, "/d/f"), Gives("text"));
    EXPECT_THAT(ReadFile(*fs, "/d/link"), Gives("text"));
    EXPECT_THAT(ReadFile(*fs, "/d/empty"), Gives(""));
    EXPECT_THAT(ReadFile(*fs, "/made/up/g"), Gives("more"));
    EXPECT_THAT(fs->Readlink("/d/link"), Gives("f"));
    EXPECT_EQ(fs->GetLstat("/d")->mode, kModeDirectory | 0750);
    EXPECT_EQ(fs->GetStat("/d/link")->mode, kModeRegular | 0640);
    EXPECT_EQ(fs->GetStat("/d/f")->size, 4);
    EXPECT_EQ(fs->GetStat("/d/f")->blocks, 1);
    EXPECT_EQ(fs->FirstLink("/d/link/x"), 7u);
    EXPECT_EQ(TryOpen(*fs, "/d/no", kOpenRead), Errno::kNoEnt);
    EXPECT_EQ(TryOpen(*fs, "/d/f/x", kOpenRead), Errno::kNotDir);
  }
}

TEST_F(ArchiveTest, TarKeepsTimesOwnersAndHardLinks) {
  std::vector<Entry> tree = kTree;
  tree.push_back({"hard", '1', "d/f"});
  auto fs = Must(Tar(tree));
  EXPECT_EQ(fs->GetStat("/d/f")->mtime, 200'000'000'000);
  EXPECT_EQ(fs->GetStat("/d")->mtime, 100'000'000'000);
  EXPECT_EQ(fs->GetStat("/d/f")->uid, 7u);
  EXPECT_EQ(fs->GetStat("/d/f")->gid, 8u);
  EXPECT_EQ(fs->GetStat("/d/f")->nlink, 2u);
  EXPECT_EQ(fs->GetStat("/hard")->ino, fs->GetStat("/d/f")->ino);
  EXPECT_THAT(ReadFile(*fs, "/hard"), Gives("text"));
}

TEST_F(ArchiveTest, OpenFilesReadAndTellAndDoNothingElse) {
  auto fs = Must(Zip(kTree));
  auto file = fs->Open("/d/f", kOpenRead, 0);
  ASSERT_EQ(file.error(), Errno::kOk);
  EXPECT_THAT(ReadText(**file, 3), Gives("tex"));
  EXPECT_THAT(PreadText(**file, 1, 2), Gives("ex"));
  EXPECT_THAT(ReadText(**file, 3), Gives("t"));
  EXPECT_THAT(ReadText(**file, 3), Gives(""));
  EXPECT_THAT(PreadText(**file, 100, 3), Gives(""));
  EXPECT_THAT(PreadText(**file, -1, 3), Fails(Errno::kInval));
  EXPECT_EQ((*file)->GetStat()->size, 4);
  EXPECT_THAT((*file)->ReadDir(), Fails(Errno::kNotDir));
  EXPECT_THAT((*file)->Write(Bytes("x")), Fails(Errno::kBadF));
  EXPECT_EQ((*file)->Sync(), Errno::kOk);
  EXPECT_EQ((*file)->Close(), Errno::kOk);
}

// Many times what the cache holds, by more who read at once than there are
// readers, forwards and backwards.
TEST_F(ArchiveTest, ContentsComeInAnyOrder) {
  std::vector<Entry> entries;
  for (int i = 0; i < 8; ++i) {
    std::string text;
    while (text.size() < 600'000) {
      text += std::to_string(i) + " " + std::to_string(text.size()) + "\n";
    }
    entries.push_back({"f" + std::to_string(i), '0', text});
  }
  for (const std::string& bytes :
       {Tar(entries), Gzip(Tar(entries)), Zip(entries)}) {
    auto fs = Must(bytes, {.cache_bytes = 300'000});
    std::vector<std::unique_ptr<File>> files;
    files.reserve(entries.size());
    for (const Entry& entry : entries) {
      files.push_back(*fs->Open("/" + entry.name, kOpenRead, 0));
    }
    for (int64_t at = 0; at < 700'000; at += 90'000) {
      for (size_t i = 0; i < entries.size(); ++i) {
        const std::string& text = entries[i].text;
        const auto from = std::min(static_cast<size_t>(at), text.size());
        ASSERT_THAT(ReadText(*files[i], 90'000),
                    Gives(text.substr(from, 90'000)));
        const size_t back = 600'000 - std::min<size_t>(from, 600'000);
        ASSERT_THAT(PreadText(*files[i], static_cast<int64_t>(back), 1000),
                    Gives(text.substr(back, 1000)));
      }
    }
  }
}

TEST_F(ArchiveTest, NothingLeadsOut) {
  WriteHostFile(dir_ / "secret", "the secret");
  const std::vector<Entry> entries = {
      {"../up", '0', "1"},
      {"/../../absolute", '0', "2"},
      {"a/../../b/./c//d", '0', "3"},
      {dir_ / "secret", '0', "4"},
      {"etc", '2', "/../../../../etc"},
      {"etc/passwd", '0', "5"},
      {"out", '2', "../../../../../.." + (dir_ / "secret")},
      {"self", '2', "self"},
      {"self/x", '0', "6"},
      {"hard", '1', "../../../../../../etc/shadow"},
      {"hard_self", '1', "hard_self"},
      {"dots", '2', ".."},
  };
  for (const std::string& bytes : {Tar(entries), Gzip(Tar(entries))}) {
    auto fs = Must(bytes);
    const std::string top = dir_.path().substr(0, dir_.path().find('/', 1));
    EXPECT_THAT(fs->ReadDir("/"), Gives(::testing::UnorderedElementsAre(
                                      "absolute", "b", "dots", "etc", "out",
                                      "self", top.substr(1), "up")));
    EXPECT_THAT(ReadFile(*fs, "/b/c/d"), Gives("3"));
    EXPECT_THAT(ReadFile(*fs, "/etc/passwd"), Fails(Errno::kLoop));
    // Within the archive there is such a file.
    EXPECT_THAT(ReadFile(*fs, "/out"), Gives("4"));
    EXPECT_THAT(ReadFile(*fs, "/dots/up"), Gives("1"));
    EXPECT_THAT(ReadFile(*fs, "/self"), Fails(Errno::kLoop));
  }
  EXPECT_EQ(ReadHostFile(dir_ / "secret"), "the secret");
}

TEST_F(ArchiveTest, TheLastOfOneNameCounts) {
  const std::vector<Entry> entries = {
      {"f", '0', "old"},         {"f", '0', "new", 0600},
      {"was_file", '0', "x"},    {"was_file/", '5', "", 0711},
      {"was_file/in", '0', "y"}, {"was_link", '2', "f"},
      {"was_link", '0', "z"},    {"full/in", '0', "kept"},
      {"full", '0', "no"},       {"full/", '5', "", 0700},
      {"empty/", '5', ""},       {"empty", '0', "file"}};
  for (const std::string& bytes : {Tar(entries), Zip(entries)}) {
    auto fs = Must(bytes);
    EXPECT_THAT(ReadFile(*fs, "/f"), Gives("new"));
    EXPECT_EQ(fs->GetStat("/f")->mode, kModeRegular | 0600);
    EXPECT_THAT(ReadFile(*fs, "/was_file/in"), Gives("y"));
    EXPECT_THAT(ReadFile(*fs, "/was_link"), Gives("z"));
    EXPECT_THAT(ReadFile(*fs, "/full/in"), Gives("kept"));
    EXPECT_EQ(fs->GetStat("/full")->mode, kModeDirectory | 0700);
    EXPECT_THAT(ReadFile(*fs, "/empty"), Gives("file"));
  }
}

TEST_F(ArchiveTest, WhatCannotBeShownIsLeftOut) {
  auto fs = Must(Tar({{"device", '3', ""},
                      {"fifo", '6', ""},
                      {std::string(256, 'n'), '0', "x"},
                      {std::string(5000, '/') + "ok", '0', "x"},
                      {"f", '0', "x"},
                      {"f/below", '0', "x"},
                      {".", '5', "", 0700},
                      {"..", '0', "x"}}));
  EXPECT_THAT(fs->ReadDir("/"), Gives(ElementsAre("f", "ok")));
  EXPECT_EQ(fs->GetStat("/")->mode, kModeDirectory | 0700);
  std::string deep;
  for (int i = 0; i < 2500; ++i) deep += "d/";
  EXPECT_THAT(Must(Tar({{deep + "f", '0', "x"}}))->ReadDir("/"),
              Gives(IsEmpty()));
}

// What an entry says of its size allocates nothing.
TEST_F(ArchiveTest, SizesAreNotBelieved) {
  Entry huge = {"huge", '0', "only this"};
  for (const int64_t size : {int64_t{1} << 33, int64_t{1} << 62}) {
    huge.size = size;
    EXPECT_THAT(Open(Tar({huge})), Fails(Errno::kIo));
  }
  huge.size = 0xfffffff0;
  auto fs = Must(Zip({huge}));
  EXPECT_EQ(fs->GetStat("/huge")->size, huge.size);
  auto file = *fs->Open("/huge", kOpenRead, 0);
  std::byte buffer[100];
  EXPECT_THAT(file->Pread(buffer, huge.size - 1), Fails(Errno::kIo));
  EXPECT_THAT(file->Pread(buffer, 100), Fails(Errno::kIo));
  Entry more = {"f", '0', "much more than it says"};
  more.size = 4;
  EXPECT_LE(ReadAll(*Must(Zip({more, {"g", '0', "x"}}))), 5u);
}

TEST_F(ArchiveTest, NoCutMakesItCrash) {
  const std::string tar = Tar(kTree);
  for (const std::string& whole : {tar, Gzip(tar), Zip(kTree)}) {
    for (size_t size = 0; size < whole.size(); size += 61) {
      auto fs = Open(whole.substr(0, size));
      if (fs.ok()) {
        EXPECT_LE(ReadAll(**fs), 12u);
      } else {
        EXPECT_THAT(fs.error(), ::testing::AnyOf(Errno::kInval, Errno::kIo));
      }
    }
  }
  EXPECT_THAT(Open(Zip(kTree).substr(0, 200)), Fails(Errno::kInval));
  EXPECT_FALSE(Open(Gzip(tar).substr(0, 1400)).ok());
}

TEST_F(ArchiveTest, NoWrongByteMakesItCrash) {
  for (const std::string& whole : {Tar(kTree), Gzip(Tar(kTree)), Zip(kTree)}) {
    for (size_t at = 0; at < whole.size(); at += 23) {
      for (const int flip : {1, 0x80, 0xff}) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ flip);
        if (auto fs = Open(bytes); fs.ok()) ReadAll(**fs);
      }
    }
  }
}

TEST_F(ArchiveTest, OtherFilesAreRefused) {
  EXPECT_THAT(Open("no archive at all\n"), Fails(Errno::kInval));
  EXPECT_THAT(Open(""), Fails(Errno::kInval));
  EXPECT_THAT(Open(Gzip("no archive either")), Fails(Errno::kInval));
  EXPECT_THAT(NewArchiveFileSystem(dir_ / "missing"), Fails(Errno::kNoEnt));
  EXPECT_THAT(NewArchiveFileSystem(dir_.path()), Fails(Errno::kInval));
  ASSERT_EQ(mkfifo((dir_ / "fifo").c_str(), 0600), 0);
  EXPECT_THAT(NewArchiveFileSystem(dir_ / "fifo"), Fails(Errno::kInval));
}

TEST_F(ArchiveTest, TooManyEntriesAreRefused) {
  EXPECT_THAT(Open(Tar(kTree), {.max_entries = 4}), Fails(Errno::kFBig));
  EXPECT_EQ(Open(Tar(kTree), {.max_entries = 5}).error(), Errno::kOk);
}

TEST_F(ArchiveTest, AnEmptyArchiveIsAnEmptyDirectory) {
  EXPECT_THAT(Must(Zip({{"/", '5', ""}}))->ReadDir("/"), Gives(IsEmpty()));
  EXPECT_THAT(Must(Tar({}))->ReadDir("/"), Gives(IsEmpty()));
}

}  // namespace
}  // namespace goshawk::fs::testing
