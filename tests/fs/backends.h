// Every writable file system, for the tests that all of them must pass.

#ifndef GOSHAWK_TESTS_FS_BACKENDS_H_
#define GOSHAWK_TESTS_FS_BACKENDS_H_

#include <memory>
#include <string>
#include <vector>

#include "fs/file_system.h"
#include "gtest/gtest.h"

namespace goshawk::fs::testing {

// An empty file system, and what it stands on.
struct World {
  std::shared_ptr<FileSystem> fs;
  std::shared_ptr<void> keep;  // outlives `fs`
};

struct Backend {
  std::string name;
  World (*make)();
};

const std::vector<Backend>& AllBackends();

// Runs over AllBackends() with BACKEND_TESTS(MyTest).
class BackendTest : public ::testing::TestWithParam<Backend> {
 protected:
  BackendTest() : world_(GetParam().make()), fs_(*world_.fs) {}

 private:
  World world_;

 protected:
  FileSystem& fs_;
};

#define BACKEND_TESTS(suite)                                               \
  INSTANTIATE_TEST_SUITE_P(All, suite, ::testing::ValuesIn(AllBackends()), \
                           [](const auto& info) { return info.param.name; })

}  // namespace goshawk::fs::testing

#endif  // GOSHAWK_TESTS_FS_BACKENDS_H_
