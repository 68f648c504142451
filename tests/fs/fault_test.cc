// Whatever fails below, the wrappers hand the error on as it is.

#include "fs/memory_file_system.h"
#include "fs/mounts.h"
#include "fs/overlay.h"
#include "fs/read_only.h"
#include "fs/subtree.h"
#include "tests/fs/faulty.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

class FaultTest : public ::testing::Test {
 protected:
  FaultTest()
      : memory_(NewMemoryFileSystem()),
        faulty_(std::make_shared<FaultyFileSystem>(memory_)) {
    EXPECT_EQ(memory_->Mkdir("/d", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(*memory_, "/d/f", "text"), Errno::kOk);
  }

  std::shared_ptr<FileSystem> memory_;
  std::shared_ptr<FaultyFileSystem> faulty_;
};

TEST_F(FaultTest, TheNthCallFailsAndNoOther) {
  faulty_->FailCall(3, Errno::kIo);
  EXPECT_THAT(faulty_->GetStat("/d").error(), ::testing::Eq(Errno::kOk));
  EXPECT_EQ(faulty_->Mkdir("/e", 0755), Errno::kOk);
  EXPECT_EQ(faulty_->Mkdir("/f", 0755), Errno::kIo);
  EXPECT_EQ(faulty_->Mkdir("/f", 0755), Errno::kOk);
  faulty_->FailChange(1, Errno::kDQuot);
  EXPECT_EQ(faulty_->GetStat("/f").error(), Errno::kOk);
  EXPECT_EQ(faulty_->Rmdir("/f"), Errno::kDQuot);
}

TEST_F(FaultTest, TheNthCallOfOneMethodFailsAndNoOther) {
  faulty_->FailMethod(Method::kMkdir, 2, Errno::kIo);
  EXPECT_EQ(faulty_->Mkdir("/e", 0755), Errno::kOk);
  EXPECT_EQ(faulty_->Rmdir("/e"), Errno::kOk);
  EXPECT_EQ(faulty_->GetStat("/d").error(), Errno::kOk);
  EXPECT_EQ(faulty_->Mkdir("/e", 0755), Errno::kIo);
  EXPECT_EQ(faulty_->Mkdir("/e", 0755), Errno::kOk);
  faulty_->FailMethod(Method::kFileSync, 1, Errno::kDQuot);
  auto file = faulty_->Open("/d/f", kOpenReadWrite, 0);
  ASSERT_EQ(file.error(), Errno::kOk);
  EXPECT_EQ((*file)->GetStat().error(), Errno::kOk);
  EXPECT_EQ((*file)->Sync(), Errno::kDQuot);
  EXPECT_EQ((*file)->Sync(), Errno::kOk);
}

TEST_F(FaultTest, EveryErrorPassesThroughEveryWrapper) {
  std::shared_ptr<FileSystem> subtree = *NewSubtree(faulty_, "/d");
  std::shared_ptr<FileSystem> read_only = NewReadOnlyFileSystem(faulty_);
  std::shared_ptr<FileSystem> mounts =
      NewMounts({{"/", faulty_}, {"/m", NewMemoryFileSystem()}});
  std::shared_ptr<FileSystem> overlay =
      NewOverlay(NewMemoryFileSystem(), faulty_);
  for (int i = 1; i <= kErrnoCount; ++i) {
    const Errno error = static_cast<Errno>(i);
    auto next = [&] { faulty_->FailCall(1, error); };
    next();
    EXPECT_EQ(TryOpen(*read_only, "/d/f", kOpenRead), error);
    next();
    EXPECT_EQ(subtree->Mkdir("/", 0755), error);
    auto file = mounts->Open("/d/f", kOpenReadWrite, 0);
    ASSERT_EQ(file.error(), Errno::kOk);
    next();
    EXPECT_THAT((*file)->Write(Bytes("x")), Fails(error));
    next();
    EXPECT_THAT(ReadText(**file), Fails(error));
    next();
    EXPECT_EQ((*file)->Sync(), error);
    next();
    EXPECT_EQ((*file)->Close(), error);
    faulty_->FailChange(1, error);
    EXPECT_EQ(overlay->Chmod("/d/f", 0600), error);
    faulty_->FailChange(1, error);
    EXPECT_EQ(mounts->Unlink("/d/f"), error);
    EXPECT_THAT(mounts->GetStat("/d/f").error(), ::testing::Eq(Errno::kOk));
  }
}

}  // namespace
}  // namespace goshawk::fs::testing
