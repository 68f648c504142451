#include "tests/fs/backends.h"

#include <sys/stat.h>

#include <utility>

#include "fs/archive_file_system.h"
#include "fs/host_file_system.h"
#include "fs/memory_file_system.h"
#include "fs/mounts.h"
#include "fs/overlay.h"
#include "fs/subtree.h"
#include "tests/fs/archives.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

std::shared_ptr<FileSystem> Must(Result<std::unique_ptr<FileSystem>> fs) {
  EXPECT_EQ(fs.error(), Errno::kOk);
  return *std::move(fs);
}

World Host(HostOptions::Lookup lookup) {
  umask(0);  // modes are the test's own business
  auto dir = std::make_shared<TempDir>();
  return {Must(NewHostFileSystem(dir->path(), {.lookup = lookup})), dir};
}

World HostOpenat2() { return Host(HostOptions::Lookup::kAuto); }
World HostWalk() { return Host(HostOptions::Lookup::kWalk); }

// The host's own root, which is not confined, seen through a sub-tree.
World HostDirect() {
  umask(0);
  auto dir = std::make_shared<TempDir>();
  return {Must(NewSubtree(Must(NewHostFileSystem("/")), dir->path())), dir};
}

World Subtree() {
  World base = HostOpenat2();
  EXPECT_EQ(base.fs->Mkdir("/outer", 0755), Errno::kOk);
  EXPECT_EQ(base.fs->Mkdir("/outer/inner", 0755), Errno::kOk);
  return {Must(NewSubtree(base.fs, "/outer/inner")), base.keep};
}

// The root of mounts.
World MountsBelow() {
  World base = HostOpenat2();
  return {NewMounts({{"/", base.fs}}), base.keep};
}

// A mount with others beside it.
World MountsInside() {
  World root = HostOpenat2();
  World base = HostOpenat2();
  World other = HostOpenat2();
  std::shared_ptr<FileSystem> mounts = NewMounts(
      {{"/", root.fs}, {"/mnt/here", base.fs}, {"/mnt/there", other.fs}});
  auto keep = std::make_shared<std::vector<std::shared_ptr<void>>>();
  *keep = {root.keep, base.keep, other.keep};
  return {Must(NewSubtree(mounts, "/mnt/here")), keep};
}

World Memory() { return {NewMemoryFileSystem(), nullptr}; }

World MemorySubtree() {
  std::shared_ptr<FileSystem> base = NewMemoryFileSystem();
  EXPECT_EQ(base->Mkdir("/real", 0755), Errno::kOk);
  EXPECT_EQ(base->Symlink("real", "/link"), Errno::kOk);
  return {Must(NewSubtree(base, "/link")), nullptr};
}

// Memory where the root has nothing, beside a host directory.
World MountsMemory() {
  World root = HostOpenat2();
  std::shared_ptr<FileSystem> mounts =
      NewMounts({{"/", root.fs}, {"/tmp", NewMemoryFileSystem()}});
  return {Must(NewSubtree(mounts, "/tmp")), root.keep};
}

World OverlayMemory() {
  return {NewOverlay(NewMemoryFileSystem(), NewMemoryFileSystem()), nullptr};
}

World OverlayHost() {
  World lower = HostOpenat2();
  World upper = HostOpenat2();
  auto keep = std::make_shared<std::vector<std::shared_ptr<void>>>();
  *keep = {lower.keep, upper.keep};
  return {NewOverlay(lower.fs, upper.fs), keep};
}

// What the tests make lies in a directory that is in both layers, and in the
// lower one was full of other things before.
World OverlayMerged() {
  std::shared_ptr<FileSystem> lower = NewMemoryFileSystem();
  EXPECT_EQ(lower->Mkdir("/d", 0755), Errno::kOk);
  for (const char* name : {"a", "b", "d", "f", "g", "link"}) {
    const std::string path = std::string("/d/") + name;
    EXPECT_EQ(lower->Mkdir(path, 0755), Errno::kOk);
    EXPECT_EQ(lower->Mkdir(path + "/x", 0755), Errno::kOk);
    EXPECT_EQ(WriteFile(*lower, path + "/f", "old"), Errno::kOk);
  }
  std::shared_ptr<FileSystem> overlay =
      NewOverlay(lower, NewMemoryFileSystem());
  std::shared_ptr<FileSystem> root = Must(NewSubtree(overlay, "/d"));
  for (const char* name : {"/a", "/b", "/d", "/f", "/g", "/link"}) {
    EXPECT_EQ(root->Unlink(std::string(name) + "/f"), Errno::kOk);
    EXPECT_EQ(root->Rmdir(std::string(name) + "/x"), Errno::kOk);
    EXPECT_EQ(root->Rmdir(name), Errno::kOk);
  }
  return {root, nullptr};
}

// What the tests make lies in a directory of an archive, beside what was there.
World OverlayArchive() {
  auto dir = std::make_shared<TempDir>();
  std::vector<Entry> entries = {{"d/", '5', "", 0755}};
  for (const char* name : {"a", "b", "d", "f", "g", "link"}) {
    entries.push_back({std::string("d/") + name, '0', "old"});
  }
  WriteHostFile(*dir / "archive", Tar(entries));
  std::shared_ptr<FileSystem> overlay = NewOverlay(
      Must(NewArchiveFileSystem(*dir / "archive")), NewMemoryFileSystem());
  std::shared_ptr<FileSystem> root = Must(NewSubtree(overlay, "/d"));
  for (const char* name : {"/a", "/b", "/d", "/f", "/g", "/link"}) {
    EXPECT_EQ(root->Unlink(name), Errno::kOk);
  }
  return {root, dir};
}

}  // namespace

const std::vector<Backend>& AllBackends() {
  static const auto* backends = new std::vector<Backend>{
      {"HostOpenat2", HostOpenat2},
      {"HostWalk", HostWalk},
      {"HostDirect", HostDirect},
      {"Subtree", Subtree},
      {"MountsBelow", MountsBelow},
      {"MountsInside", MountsInside},
      {"Memory", Memory},
      {"MemorySubtree", MemorySubtree},
      {"MountsMemory", MountsMemory},
      {"OverlayMemory", OverlayMemory},
      {"OverlayHost", OverlayHost},
      {"OverlayMerged", OverlayMerged},
      {"OverlayArchive", OverlayArchive},
  };
  return *backends;
}

}  // namespace goshawk::fs::testing
