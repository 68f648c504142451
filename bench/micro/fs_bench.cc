// Operations on files: in memory, on the host as its kernel looks paths up, and
// on the host component by component. A step is one operation.

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/micro/guest.h"
#include "fs/file_system.h"
#include "fs/host_file_system.h"
#include "fs/memory_file_system.h"

namespace goshawk::bench {
namespace {

using fs::Errno;
using fs::File;
using fs::FileSystem;
using fs::HostOptions;

constexpr const char* kDeep = "/a/b/c/d/e/f/g/file";
constexpr size_t kBlock = 4096;

// A file system with a directory of 100 files, one eight levels deep, and a
// file of a block that is open.
struct World {
  explicit World(std::unique_ptr<FileSystem> files) : fs(std::move(files)) {
    std::string path;
    for (const char* name : {"/a", "/b", "/c", "/d", "/e", "/f", "/g"}) {
      Require(fs->Mkdir(path += name, 0777) == Errno::kOk, "Mkdir");
    }
    Require(fs->Mkdir("/many", 0777) == Errno::kOk, "Mkdir");
    for (int i = 0; i < 100; ++i) Create("/many/" + std::to_string(i));
    Create(kDeep);
    open = Create("/file");
    Require(open->Write(block).ok(), "Write");
  }

  std::unique_ptr<File> Create(const std::string& path) {
    auto file = fs->Open(path, fs::kOpenReadWrite | fs::kOpenCreate, 0666);
    Require(file.ok(), "Open");
    return *std::move(file);
  }

  std::unique_ptr<FileSystem> fs;
  std::array<std::byte, kBlock> block = {};
  std::unique_ptr<File> open;
};

void GetStat(World& world) { Require(world.fs->GetStat(kDeep).ok(), "stat"); }
void OpenClose(World& world) {
  auto file = world.fs->Open(kDeep, fs::kOpenRead, 0);
  Require(file.ok() && (*file)->Close() == Errno::kOk, "open, close");
}
void Missing(World& world) {
  Require(!world.fs->GetStat("/a/b/none").ok(), "stat of nothing");
}
void Read(World& world) {
  Require(world.open->Pread(world.block, 0).ok(), "read");
}
void Write(World& world) {
  Require(world.open->Pwrite(world.block, 0).ok(), "write");
}
void ReadDir(World& world) {
  Require(world.fs->ReadDir("/many").ok(), "readdir");
}
void CreateUnlink(World& world) {
  world.Create("/new");
  Require(world.fs->Unlink("/new") == Errno::kOk, "unlink");
}
void Rename(World& world) {
  Require(world.fs->Rename(kDeep, "/moved") == Errno::kOk &&
              world.fs->Rename("/moved", kDeep) == Errno::kOk,
          "rename");
}

struct Operation {
  const char* name;
  void (*run)(World& world);
};
constexpr Operation kOperations[] = {
    {"stat_deep", &GetStat},
    {"stat_missing", &Missing},
    {"open_close", &OpenClose},
    {"read_4k", &Read},
    {"write_4k", &Write},
    {"readdir_100", &ReadDir},
    {"create_unlink", &CreateUnlink},
    {"rename_twice", &Rename},
};

struct Backend {
  const char* name;
  bool host;
  HostOptions::Lookup lookup;
};
constexpr Backend kBackends[] = {
    {"memory", false, {}},
    {"host", true, HostOptions::Lookup::kAuto},
    {"host-walk", true, HostOptions::Lookup::kWalk},
};

void Measure(benchmark::State& state, const Backend& backend,
             const Operation& operation) {
  std::string root;
  std::unique_ptr<FileSystem> files;
  if (backend.host) {
    root = std::filesystem::temp_directory_path() / "goshawk-bench-XXXXXX";
    Require(mkdtemp(root.data()) != nullptr, "mkdtemp");
    HostOptions options;
    options.lookup = backend.lookup;
    auto host = fs::NewHostFileSystem(root, options);
    Require(host.ok(), "NewHostFileSystem");
    files = *std::move(host);
  } else {
    files = fs::NewMemoryFileSystem();
  }
  {
    World world(std::move(files));
    for (auto _ : state) operation.run(world);
  }
  SetCounters(state, 1, 0);
  if (!root.empty()) std::filesystem::remove_all(root);
}

const bool kRegistered = [] {
  for (const Backend& backend : kBackends) {
    for (const Operation& operation : kOperations) {
      Register(std::string("fs/") + backend.name + "/" + operation.name,
               [&](auto& state) { Measure(state, backend, operation); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace goshawk::bench
