// The global `fs` as Go calls it, over the file system in memory.

#include "gojs/node/fs_object.h"

#include <unistd.h>

#include "fs/host_file.h"
#include "fs/memory_file_system.h"
#include "fs/streams.h"
#include "gojs/js/number.h"
#include "tests/gojs/testing.h"

namespace goshawk::gojs {
namespace {

class FsObjectTest : public RealmTest {
 protected:
  FsObjectTest() { env.file_system = files.get(); }

  // Calls fs.`name` and shows what the callback got.
  std::string Fs(std::string_view name, std::vector<Value> args) {
    std::string got = "nothing";
    args.push_back(Callback(&got));
    EXPECT_TRUE(Call("fs", name, std::move(args)).ok());
    return got;
  }

  // A callback that puts what it gets into `*got`.
  Value Callback(std::string* got) {
    return Value(realm.New<LambdaFunction>(
        "callback", 2, [this, got](const Invocation& call) {
          const Value& error = call.Arg(0);
          if (error.IsObject()) {
            *got = Show(error.object()->Get("code"));
            return Completion();
          }
          *got = Show(error);
          if (call.args.size() > 1) *got += " " + Show(call.Arg(1));
          return Completion();
        }));
  }

  Value Bytes(std::string_view text) {
    const Ref<TypedArray> array =
        TypedArray::New(realm, ElementType::kUint8, text.size());
    std::copy(text.begin(), text.end(), array->bytes().begin());
    return Value(array);
  }
  std::string Text(const Value& bytes) {
    const auto span = As<TypedArray>(bytes)->bytes();
    return {span.begin(), span.end()};
  }

  std::unique_ptr<fs::FileSystem> files = fs::NewMemoryFileSystem();
};

TEST_F(FsObjectTest, FilesComeAndGo) {
  const Value flags(fs::kOpenReadWrite | fs::kOpenCreate);
  EXPECT_EQ(Fs("open", {Str("/f"), flags, Value(0666)}), "null 3");
  EXPECT_EQ(Fs("write",
               {Value(3), Bytes("hello"), Value(0), Value(5), Value(Null{})}),
            "null 5");
  EXPECT_EQ(Fs("write", {Value(3), Bytes("J"), Value(0), Value(1), Value(0)}),
            "null 1");
  const Value buffer = Bytes("........");
  EXPECT_EQ(Fs("read", {Value(3), buffer, Value(1), Value(7), Value(0)}),
            "null 5");
  EXPECT_EQ(Text(buffer), ".Jello..");
  EXPECT_EQ(Fs("read", {Value(3), buffer, Value(0), Value(8), Value(Null{})}),
            "null 0");
  EXPECT_EQ(Fs("close", {Value(3)}), "null");
  EXPECT_EQ(Fs("close", {Value(3)}), "EBADF");
  EXPECT_EQ(Fs("unlink", {Str("/f")}), "null");
  EXPECT_EQ(Fs("stat", {Str("/f")}), "ENOENT");
}

TEST_F(FsObjectTest, StatsAreNumbersAndMethods) {
  EXPECT_EQ(Fs("mkdir", {Str("/d"), Value(0777)}), "null");
  Value stats;
  const Value callback(
      realm.New<LambdaFunction>("callback", 2, [&](const Invocation& call) {
        stats = call.Arg(1);
        return Completion();
      }));
  ASSERT_TRUE(Call("fs", "stat", {Str("d"), callback}).ok());
  for (const char* field :
       {"dev", "ino", "mode", "nlink", "uid", "gid", "rdev", "size", "blksize",
        "blocks", "atimeMs", "mtimeMs", "ctimeMs"}) {
    EXPECT_TRUE(stats.object()->Get(field).value().IsNumber()) << field;
  }
  EXPECT_EQ(ToInt32(stats.object()->Get("mode").value().number()), 040755);
  EXPECT_EQ(Show(Call(stats, "isDirectory")), "true");
  EXPECT_EQ(Show(Call(stats, "isFile")), "false");
}

TEST_F(FsObjectTest, DirectoriesAreArraysOfNames) {
  EXPECT_EQ(Fs("mkdir", {Str("/b"), Value(0777)}), "null");
  EXPECT_EQ(Fs("symlink", {Str("b"), Str("/a")}), "null");
  EXPECT_EQ(Fs("readdir", {Str("/")}), "null [ 'a', 'b' ]");
  EXPECT_EQ(Fs("readlink", {Str("/a")}), "null b");
}

TEST_F(FsObjectTest, WithoutAFileSystemEverythingIsNoSys) {
  env.file_system = nullptr;
  const Value path = Str("/x");
  EXPECT_EQ(Fs("open", {path, Value(0), Value(0)}), "ENOSYS");
  for (const char* name :
       {"stat", "lstat", "readdir", "rmdir", "unlink", "readlink"}) {
    EXPECT_EQ(Fs(name, {path}), "ENOSYS") << name;
  }
  for (const char* name :
       {"mkdir", "chmod", "truncate", "rename", "link", "symlink"}) {
    EXPECT_EQ(Fs(name, {path, path}), "ENOSYS") << name;
  }
  for (const char* name : {"chown", "lchown", "utimes"}) {
    EXPECT_EQ(Fs(name, {path, Value(0), Value(0)}), "ENOSYS") << name;
  }
}

TEST_F(FsObjectTest, WrongArgumentsAreAnsweredNotThrown) {
  const Value flags(fs::kOpenReadWrite | fs::kOpenCreate);
  ASSERT_EQ(Fs("open", {Str("/f"), flags, Value(0666)}), "null 3");
  const Value bytes = Bytes("abc");
  for (const auto& [offset, length] :
       {std::pair(0, 4), {1, 3}, {-1, 1}, {0, -1}, {4, 0}}) {
    EXPECT_EQ(Fs("read", {Value(3), bytes, Value(offset), Value(length),
                          Value(Null{})}),
              "EINVAL");
    EXPECT_EQ(Fs("write", {Value(3), bytes, Value(offset), Value(length),
                           Value(Null{})}),
              "EINVAL");
  }
  EXPECT_EQ(Fs("read", {Value(3), Str("no buffer")}), "EINVAL");
  EXPECT_EQ(Fs("read", {Str("no fd")}), "EBADF");
  EXPECT_EQ(Fs("stat", {Value(Symbol::New({}))}), "EINVAL");
  EXPECT_EQ(Fs("stat", {Str("")}), "ENOENT");
  EXPECT_TRUE(Call("fs", "stat", {Str("/")}).ok());
}

TEST_F(FsObjectTest, WriteSyncWritesAllOrThrows) {
  std::string out;
  env.fds.SetStream(1, fs::NewOutputStream(&out));
  EXPECT_EQ(Show(Call("fs", "writeSync", {Value(1), Bytes("text")})), "4");
  EXPECT_EQ(out, "text");
  const Completion bad = Call("fs", "writeSync", {Value(9), Bytes("text")});
  ASSERT_TRUE(bad.thrown());
  EXPECT_EQ(Show(bad.value().object()->Get("code")), "EBADF");
}

TEST_F(FsObjectTest, CallbacksNestToABoundedDepth) {
  int depth = 0;
  int deepest = 0;
  int calls = 0;
  Value callback;
  callback = Value(realm.New<LambdaFunction>(
      "callback", 1, [&](const Invocation&) -> Completion {
        deepest = std::max(deepest, ++depth);
        if (++calls < 5000) {
          const Completion c = Call("fs", "stat", {Str("/"), callback});
          EXPECT_TRUE(c.ok());
        }
        --depth;
        return Completion();
      }));
  ASSERT_TRUE(Call("fs", "stat", {Str("/"), callback}).ok());
  while (env.loop().HasWork()) env.loop().RunOne();
  EXPECT_EQ(calls, 5000);
  EXPECT_LE(deepest, FsObject::kMaxDepth);
  EXPECT_EQ(env.completions, 0);
  callback = Value();
}

TEST_F(FsObjectTest, ReadingAnEmptyPipeWaitsInTheLoop) {
  int pipe_fds[2];
  ASSERT_EQ(pipe(pipe_fds), 0);
  env.fds.SetStream(0, fs::NewHostFile(pipe_fds[0], fs::Ownership::kOwned));
  std::string first = "nothing";
  std::string second = "nothing";
  const auto read = [&](std::string* got) {
    ASSERT_TRUE(Call("fs", "read",
                     {Value(0), Bytes("...."), Value(0), Value(4),
                      Value(Null{}), Callback(got)})
                    .ok());
  };
  read(&first);
  read(&second);
  EXPECT_EQ(first, "nothing");
  bool ticked = false;
  env.loop().SetTimer(0, [&] {
    ticked = true;
    ASSERT_EQ(write(pipe_fds[1], "abcde", 5), 5);
  });
  while (second == "nothing") env.loop().RunOne();
  EXPECT_TRUE(ticked);
  EXPECT_EQ(first, "null 4");
  EXPECT_EQ(second, "null 1");
  close(pipe_fds[1]);
}

TEST_F(FsObjectTest, ConstantsAreDistinctBits) {
  int seen = 0;
  for (const char* name : {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC",
                           "O_APPEND", "O_EXCL", "O_DIRECTORY"}) {
    const Value v = Get(std::string("fs.constants.") + name);
    ASSERT_TRUE(v.IsNumber()) << name;
    const int bit = static_cast<int>(v.number());
    EXPECT_GT(bit, 0) << name;
    EXPECT_EQ(seen & bit, 0) << name;
    seen |= bit;
  }
}

}  // namespace
}  // namespace goshawk::gojs
