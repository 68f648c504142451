// Ways out of a confined directory. None may lead anywhere.
//
// Around the root lies a world with a secret file, a secret directory and a
// victim to be changed. Every hostile path is tried with every call; afterwards
// nothing of that world may have been seen, and nothing of it be different.

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <thread>
#include <vector>

#include "fs/host_file_system.h"
#include "fs/memory_file_system.h"
#include "fs/mounts.h"
#include "fs/subtree.h"
#include "tests/fs/testing.h"

namespace goshawk::fs::testing {
namespace {

constexpr char kSecret[] = "the secret";

struct Way {
  std::string name;
  // A file system that shows the directory `root` and nothing else.
  std::shared_ptr<FileSystem> (*make)(const std::string& root);
  // Whether it stands up to others changing the tree during a call.
  bool survives_races;
};

std::shared_ptr<FileSystem> Must(Result<std::unique_ptr<FileSystem>> fs) {
  EXPECT_EQ(fs.error(), Errno::kOk);
  return *std::move(fs);
}

std::shared_ptr<FileSystem> Openat2(const std::string& root) {
  return Must(NewHostFileSystem(root));
}

std::shared_ptr<FileSystem> Walk(const std::string& root) {
  return Must(NewHostFileSystem(root, {.lookup = HostOptions::Lookup::kWalk}));
}

std::shared_ptr<FileSystem> Subtree(const std::string& root) {
  return Must(NewSubtree(Must(NewHostFileSystem("/")), root));
}

// Seen through its mount point, so that the same paths apply.
std::shared_ptr<FileSystem> Mounted(const std::string& root) {
  return NewMounts({{"/", Openat2(root)}, {"/mnt/x", NewMemoryFileSystem()}});
}

const Way kWays[] = {{"Openat2", Openat2, true},
                     {"Walk", Walk, true},
                     {"Subtree", Subtree, false},
                     {"Mounted", Mounted, true}};

class EscapeTest : public ::testing::TestWithParam<Way> {
 protected:
  EscapeTest() {
    namespace stdfs = std::filesystem;
    for (const char* name :
         {"world", "world/root", "world/hidden", "world/root/d",
          "world/root/d/e", "world/root/d/e/f", "world/rootless"}) {
      stdfs::create_directory(dir_ / name);
    }
    WriteHostFile(dir_ / "world/secret", kSecret);
    WriteHostFile(dir_ / "world/hidden/secret", kSecret);
    WriteHostFile(dir_ / "world/rootless/secret", kSecret);
    WriteHostFile(dir_ / "world/hidden/only_outside", kSecret);
    WriteHostFile(dir_ / "world/only_outside", kSecret);
    WriteHostFile(dir_ / "secret", kSecret);
    // The same names inside, with nothing secret in them.
    WriteHostFile(dir_ / "world/root/inside", "inside");
    WriteHostFile(dir_ / "world/root/d/e/f/inside", "inside");
    MakeLinks();
    fs_ = GetParam().make(root());
    before_ = Snapshot();
  }

  ~EscapeTest() override { EXPECT_EQ(Snapshot(), before_); }

  std::string root() const { return dir_ / "world/root"; }

  void HostLink(const std::string& target, const std::string& name) {
    ASSERT_EQ(symlink(target.c_str(), (root() + name).c_str()), 0) << name;
  }

  void MakeLinks() {
    const std::string world = dir_ / "world";
    HostLink(world + "/secret", "/absolute_file");
    HostLink(world + "/hidden", "/absolute_dir");
    HostLink(world, "/absolute_world");
    HostLink("/", "/host_root");
    HostLink("//", "/host_root_slashes");
    HostLink("/..", "/above_host_root");
    HostLink("..", "/parent");
    HostLink("../", "/parent_slash");
    HostLink("./..", "/dot_parent");
    HostLink("../.", "/parent_dot");
    HostLink("../secret", "/relative_file");
    HostLink("../hidden", "/relative_dir");
    HostLink("../../secret", "/far_file");
    HostLink("../root/../secret", "/through_the_root_name");
    HostLink("../rootless/secret", "/prefix_of_the_root_name");
    HostLink("d/../../secret", "/down_and_up");
    HostLink("d/e/f/../../../../secret", "/deep_down_and_up");
    HostLink("absolute_dir/../secret", "/through_a_link");
    HostLink("host_root" + world + "/secret", "/through_the_host_root");
    HostLink("relative_file", "/chain_1");
    HostLink("chain_1", "/chain_2");
    HostLink("/chain_2", "/chain_3");
    HostLink("../../../../../../../../../../../../.." + world + "/secret",
             "/many_parents");
    HostLink("../../../../secret", "/d/e/f/up");
    HostLink("../../..", "/d/e/f/up_dir");
    HostLink("../../../..", "/d/e/f/up_out");
    HostLink("e/f/up_out", "/d/to_up_out");
    HostLink("/proc/self/root" + world + "/secret", "/proc_root");
    HostLink("/proc/self/cwd", "/proc_cwd");
    HostLink("/proc/self/fd", "/proc_fds");
    HostLink("/proc/thread-self/root", "/proc_thread_root");
    HostLink("/dev/fd/0", "/dev_fd");
    HostLink("/etc/passwd", "/passwd");
    HostLink("../new_file", "/new_file");
    HostLink("../hidden/new_dir", "/new_dir");
  }

  // Links that lead into the world if followed to the letter. Should
  // confinement ever break, they harm nothing but the world.
  static std::vector<std::string> LinksToTheWorld() {
    return {"/absolute_file",
            "/absolute_dir",
            "/absolute_world",
            "/parent",
            "/parent_slash",
            "/dot_parent",
            "/parent_dot",
            "/relative_file",
            "/relative_dir",
            "/far_file",
            "/through_the_root_name",
            "/prefix_of_the_root_name",
            "/down_and_up",
            "/deep_down_and_up",
            "/through_a_link",
            "/through_the_host_root",
            "/chain_1",
            "/chain_2",
            "/chain_3",
            "/many_parents",
            "/d/e/f/up",
            "/d/e/f/up_dir",
            "/d/e/f/up_out",
            "/d/to_up_out",
            "/proc_root",
            "/new_file",
            "/new_dir"};
  }

  // Links that would lead to the machine itself. They are looked at and never
  // written through: a test that fails must not damage what it runs on.
  static std::vector<std::string> LinksToTheMachine() {
    return {"/host_root", "/host_root_slashes", "/above_host_root", "/proc_cwd",
            "/proc_fds",  "/proc_thread_root",  "/dev_fd",          "/passwd"};
  }

  // Each link, and paths through it.
  static std::vector<std::string> PathsThrough(
      const std::vector<std::string>& links) {
    std::vector<std::string> paths = links;
    for (const std::string& link : links) {
      for (const char* rest :
           {"/secret", "/hidden", "/hidden/secret", "/world/secret",
            "/etc/passwd", "/root", "/0", "/new"}) {
        paths.push_back(link + rest);
      }
    }
    return paths;
  }

  // What lies around the root: path to kind, mode, owner, times and contents.
  std::map<std::string, std::string> Snapshot() const {
    std::map<std::string, std::string> snapshot;
    auto add = [&](const std::string& path) {
      struct stat host;
      if (lstat(path.c_str(), &host) != 0) return;
      // What is made in the root changes the root's own times only.
      snapshot[path] = std::to_string(host.st_mode) + " " +
                       std::to_string(host.st_uid) + " " +
                       std::to_string(host.st_ino) + " " +
                       std::to_string(host.st_nlink) + " " +
                       std::to_string(host.st_mtim.tv_sec) + "." +
                       std::to_string(host.st_mtim.tv_nsec) + " " +
                       (S_ISREG(host.st_mode) ? ReadHostFile(path) : "");
    };
    add(dir_.path());
    for (auto it = std::filesystem::recursive_directory_iterator(dir_.path());
         it != std::filesystem::recursive_directory_iterator(); ++it) {
      if (it->path() == root()) {
        it.disable_recursion_pending();
      } else {
        add(it->path());
      }
    }
    return snapshot;
  }

  // Whether (dev, ino) is one of the files outside.
  bool IsOutside(const Stat& stat) const {
    for (const char* name : {"secret", "world", "world/secret", "world/hidden",
                             "world/hidden/secret"}) {
      struct stat host;
      EXPECT_EQ(::stat((dir_ / name).c_str(), &host), 0);
      if (host.st_ino == stat.ino && host.st_dev == stat.dev) return true;
    }
    struct stat host;
    return stat.IsDirectory() && ::stat("/", &host) == 0 &&
           host.st_ino == stat.ino && host.st_dev == stat.dev;
  }

  // Reads through `path` whatever can be read.
  void LookAt(const std::string& path) {
    Result<std::string> text = ReadFile(*fs_, path);
    if (text.ok()) {
      EXPECT_THAT(*text, ::testing::Not(::testing::HasSubstr(kSecret))) << path;
      EXPECT_THAT(*text, ::testing::Not(::testing::HasSubstr("root:"))) << path;
    }
    if (Result<Stat> stat = fs_->GetStat(path); stat.ok()) {
      EXPECT_FALSE(IsOutside(*stat)) << path;
    }
    if (Result<Stat> stat = fs_->GetLstat(path); stat.ok()) {
      EXPECT_FALSE(IsOutside(*stat)) << path;
    }
    if (Result<Names> names = fs_->ReadDir(path); names.ok()) {
      EXPECT_THAT(*names, ::testing::Not(::testing::Contains("only_outside")))
          << path;
    }
    if (auto file = fs_->Open(path, kOpenRead | kOpenDirectory, 0); file.ok()) {
      EXPECT_FALSE(IsOutside(*(*file)->GetStat())) << path;
    }
    // Hostile links may be read: their text is the program's to see.
    (void)fs_->Readlink(path);
    (void)fs_->FirstLink(path);
  }

  // Changes through `path` whatever can be changed; the snapshot tells.
  void Damage(const std::string& path) {
    for (int flags : {kOpenWrite | kOpenTruncate, kOpenWrite | kOpenCreate,
                      kOpenReadWrite | kOpenAppend | kOpenCreate}) {
      if (auto file = fs_->Open(path, flags, 0666); file.ok()) {
        (void)(*file)->Write(Bytes("damage"));
      }
    }
    (void)fs_->Truncate(path, 0);
    (void)fs_->Chmod(path, 0777);
    (void)fs_->Chown(path, 12345, 12345);
    (void)fs_->Lchown(path, 12345, 12345);
    (void)fs_->Utimes(path, 0, 0);
    (void)fs_->Link(path, "/stolen");
    if (Result<std::string> text = ReadFile(*fs_, "/stolen"); text.ok()) {
      EXPECT_THAT(*text, ::testing::Not(::testing::HasSubstr(kSecret)));
    }
    (void)fs_->Unlink("/stolen");
    (void)fs_->Link("/inside", path + "/link");
    (void)fs_->Symlink("x", path + "/symlink");
    (void)fs_->Mkdir(path + "/made", 0777);
    (void)fs_->Rename("/inside", path + "/moved");
    (void)WriteFile(*fs_, "/inside", "inside");
    (void)fs_->Rename(path + "/secret", "/stolen");
    (void)fs_->Unlink(path + "/secret");
    (void)fs_->Rmdir(path + "/hidden");
    (void)fs_->Unlink("/stolen");
  }

  TempDir dir_;
  std::shared_ptr<FileSystem> fs_;
  std::map<std::string, std::string> before_;
};

TEST_P(EscapeTest, NothingOutsideCanBeSeen) {
  for (const auto& links : {LinksToTheWorld(), LinksToTheMachine()}) {
    for (const std::string& path : PathsThrough(links)) LookAt(path);
  }
}

TEST_P(EscapeTest, NothingOutsideCanBeChanged) {
  const std::vector<std::string> paths = PathsThrough(LinksToTheWorld());
  for (const std::string& path : paths) Damage(path);
  // So far the targets of the links; now the links.
  for (const std::string& path : paths) {
    (void)fs_->Rename(path, "/renamed");
    (void)fs_->Unlink("/renamed");
    (void)fs_->Rmdir(path);
    (void)fs_->Unlink(path);
  }
}

TEST_P(EscapeTest, AbsoluteLinksStartAtTheRoot) {
  EXPECT_THAT(ReadFile(*fs_, "/host_root/inside"), Gives("inside"));
  EXPECT_THAT(ReadFile(*fs_, "/parent/inside"), Gives("inside"));
  EXPECT_THAT(ReadFile(*fs_, "/d/e/f/up_out/inside"), Gives("inside"));
  EXPECT_THAT(ReadFile(*fs_, "/absolute_file"), Fails(Errno::kNoEnt));
  EXPECT_THAT(ReadFile(*fs_, "/passwd"), Fails(Errno::kNoEnt));
}

TEST_P(EscapeTest, LinksMadeInsideDoNotLeadOut) {
  int i = 0;
  for (const std::string& target :
       {dir_ / "world/secret", std::string("../secret"),
        std::string("../../secret"), std::string("/../secret"),
        std::string("d/../../secret"), std::string("../hidden/../secret")}) {
    const std::string link = "/made_" + std::to_string(i++);
    ASSERT_EQ(fs_->Symlink(target, link), Errno::kOk);
    LookAt(link);
    Damage(link);
    // Further down the same target climbs less, further up more.
    ASSERT_EQ(fs_->Rename(link, "/d/e/moved"), Errno::kOk);
    LookAt("/d/e/moved");
    ASSERT_EQ(fs_->Rename("/d/e", "/e"), Errno::kOk);
    LookAt("/e/moved");
    ASSERT_EQ(fs_->Rename("/e/moved", link), Errno::kOk);
    ASSERT_EQ(fs_->Rename("/e", "/d/e"), Errno::kOk);
    ASSERT_EQ(fs_->Link(link, "/d/hard"), Errno::kOk);
    LookAt("/d/hard");
    ASSERT_EQ(fs_->Unlink("/d/hard"), Errno::kOk);
  }
}

TEST_P(EscapeTest, PathsThatAreNotCleanDoNotLeadOut) {
  // Callers clean paths; who forgets it must not open a door.
  if (!GetParam().survives_races) GTEST_SKIP() << "resolves by its letters";
  for (const char* path :
       {"/..", "/../secret", "/../hidden", "/../../secret", "/d/../../secret",
        "/./../secret", "//../secret", "/d/..", "/d/../..", "/parent/..",
        "/parent/../secret", "/../root/../secret", "/..//secret"}) {
    LookAt(path);
    Damage(path);
    (void)fs_->Mkdir(path, 0777);
    (void)fs_->Symlink("x", path);
    (void)fs_->Rename("/inside", path);
    (void)fs_->Rename(path, "/inside");
    (void)fs_->Rmdir(path);
    (void)fs_->Unlink(path);
    (void)WriteFile(*fs_, "/inside", "inside");
  }
}

TEST_P(EscapeTest, TheRootStaysTheSameDirectory) {
  // Somebody puts a link where the root was.
  if (!GetParam().survives_races) GTEST_SKIP() << "goes by its path";
  const std::string elsewhere = dir_ / "world/elsewhere";
  ASSERT_EQ(rename(root().c_str(), elsewhere.c_str()), 0);
  ASSERT_EQ(symlink((dir_ / "world/hidden").c_str(), root().c_str()), 0);
  EXPECT_THAT(ReadFile(*fs_, "/inside"), Gives("inside"));
  EXPECT_THAT(ReadFile(*fs_, "/secret"), Fails(Errno::kNoEnt));
  LookAt("/secret");
  ASSERT_EQ(unlink(root().c_str()), 0);
  ASSERT_EQ(rename(elsewhere.c_str(), root().c_str()), 0);
  before_ = Snapshot();  // the test itself touched the world
}

// Runs `attack` again and again while `race` changes the tree, until both have
// had their chances: `enough` says so, or a minute has passed on a machine that
// is too busy to tell.
template <typename Race, typename Attack>
void RunRace(
    Race race, Attack attack,
    const std::function<bool()>& enough = [] { return true; }) {
  std::atomic<bool> stop = false;
  std::thread racer([&] {
    while (!stop) race();
  });
  // Enough for some ten thousand calls; what matters is that none leaks.
  const auto start = std::chrono::steady_clock::now();
  const auto end = start + std::chrono::milliseconds(400);
  const auto last = start + std::chrono::minutes(1);
  for (auto now = start; now < end || (now < last && !enough());
       now = std::chrono::steady_clock::now()) {
    attack();
  }
  stop = true;
  racer.join();
}

TEST_P(EscapeTest, SwappingADirectoryForALinkDoesNotHelp) {
  if (!GetParam().survives_races) GTEST_SKIP() << "does not claim it";
  ASSERT_EQ(mkdir((root() + "/swap").c_str(), 0777), 0);
  WriteHostFile(root() + "/swap/victim", "inside");
  HostLink("../hidden", "/evil");
  std::atomic<int> swaps = 0;
  int reached = 0;
  RunRace(
      [&] {
        if (syscall(SYS_renameat2, AT_FDCWD, (root() + "/swap").c_str(),
                    AT_FDCWD, (root() + "/evil").c_str(),
                    2 /* RENAME_EXCHANGE */) == 0) {
          ++swaps;
        }
      },
      [&] {
        if (ReadFile(*fs_, "/swap/victim").ok()) ++reached;
        LookAt("/swap/secret");
        LookAt("/swap");
        (void)WriteFile(*fs_, "/swap/secret", "damage");
        (void)fs_->Mkdir("/swap/made", 0777);
        (void)fs_->Rename("/swap/secret", "/stolen");
        (void)fs_->Chmod("/swap/secret", 0777);
        (void)fs_->Utimes("/swap/secret", 0, 0);
        (void)fs_->Truncate("/swap/secret", 0);
        (void)fs_->Unlink("/swap/secret");
        (void)fs_->Rmdir("/swap/made");
        Result<std::string> stolen = ReadFile(*fs_, "/stolen");
        if (stolen.ok()) {
          EXPECT_NE(*stolen, kSecret);
        }
      },
      [&] { return swaps > 100 && reached > 10; });
  EXPECT_GT(swaps, 100);
  EXPECT_GT(reached, 10) << "the race never let anybody in";
}

TEST_P(EscapeTest, SwappingAFileForALinkDoesNotHelp) {
  if (!GetParam().survives_races) GTEST_SKIP() << "does not claim it";
  WriteHostFile(root() + "/swap", "inside");
  HostLink("../secret", "/evil");
  RunRace(
      [&] {
        syscall(SYS_renameat2, AT_FDCWD, (root() + "/swap").c_str(), AT_FDCWD,
                (root() + "/evil").c_str(), 2 /* RENAME_EXCHANGE */);
      },
      [&] {
        LookAt("/swap");
        LookAt("/evil");
        (void)fs_->Truncate("/swap", 3);
        (void)fs_->Chmod("/swap", 0600);
        (void)fs_->Chown("/swap", 1, 1);
        (void)fs_->Utimes("/swap", 0, 0);
        if (auto file = fs_->Open("/swap", kOpenWrite, 0); file.ok()) {
          (void)(*file)->Write(Bytes("damage"));
        }
      });
}

TEST_P(EscapeTest, MovingADirectoryOutDoesNotTakeDotDotAlong) {
  if (!GetParam().survives_races) GTEST_SKIP() << "does not claim it";
  // While "d/e/f" lies elsewhere, its ".." would be the world.
  HostLink("d/e/f/../../../secret", "/climb");
  HostLink("d/e/f/../..", "/climb_dir");
  const std::string home = root() + "/d/e/f";
  const std::string away = dir_ / "world/hidden/f";
  RunRace(
      [&] {
        rename(home.c_str(), away.c_str());
        rename(away.c_str(), home.c_str());
      },
      [&] {
        LookAt("/climb");
        LookAt("/climb_dir/secret");
        LookAt("/climb_dir");
      });
  before_ = Snapshot();  // the racer touched the world
}

INSTANTIATE_TEST_SUITE_P(All, EscapeTest, ::testing::ValuesIn(kWays),
                         [](const auto& info) { return info.param.name; });

// The links in /proc are none: following them leads anywhere at all.
TEST(EscapeProcTest, MagicLinksLeadNowhere) {
  TempDir dir;
  WriteHostFile(dir / "secret", kSecret);
  const int fd = open(dir.path().c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_GE(fd, 0);
  const std::string number = std::to_string(fd);
  for (const auto& make : {Openat2, Walk}) {
    std::shared_ptr<FileSystem> proc = make("/proc");
    for (const std::string& path : std::vector<std::string>{
             "/self/fd/" + number + "/secret",
             "/thread-self/fd/" + number + "/secret",
             "/self/root" + dir.path() + "/secret", "/self/root/etc/passwd",
             "/1/root/etc/passwd", std::string("/self/cwd/WORKSPACE"),
             std::string("/self/exe"),
             "/self/task/" + std::to_string(getpid()) + "/fd/" + number +
                 "/secret"}) {
      EXPECT_FALSE(ReadFile(*proc, path).ok()) << path;
      EXPECT_NE(TryOpen(*proc, path, kOpenRead), Errno::kOk) << path;
    }
    EXPECT_TRUE(proc->GetLstat("/self/exe")->IsSymlink());
  }
  close(fd);
}

}  // namespace
}  // namespace goshawk::fs::testing
