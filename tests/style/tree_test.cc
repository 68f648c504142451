// The source tree itself follows the rules. It is found through the link that
// Bazel makes to its WORKSPACE, so that no file can be left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/style/rules.h"

namespace goshawk::style {
namespace {

namespace fs = std::filesystem;

using ::testing::IsEmpty;

constexpr int kMaxLines = 600;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

class TreeTest : public testing::Test {
 protected:
  // The files of the units' folders that end with one of the given names.
  Tree Read(const std::set<std::string>& extensions) const {
    Tree tree;
    for (const auto& [unit, others] : table_.units) {
      for (const fs::directory_entry& entry :
           fs::recursive_directory_iterator(root_ / unit)) {
        const fs::path& path = entry.path();
        if (!entry.is_regular_file() ||
            extensions.count(path.extension()) == 0) {
          continue;
        }
        tree[path.lexically_relative(root_)] = ReadFile(path);
      }
    }
    return tree;
  }

  Tree ReadSources() const { return Read({".cc", ".def", ".h"}); }

  const fs::path root_ = fs::canonical("WORKSPACE").parent_path();
  const Table table_ = ParseTable(ReadFile("tests/style/layers.txt"));
};

TEST_F(TreeTest, TableIsUnderstood) {
  EXPECT_THAT(table_.errors, IsEmpty());
  EXPECT_EQ(ReadSources().count("tests/style/tree_test.cc"), 1u);
}

TEST_F(TreeTest, UnitsIncludeOnlyWhatTheyMay) {
  EXPECT_THAT(CheckUnits(ReadSources(), table_), IsEmpty());
}

TEST_F(TreeTest, LayersIncludeNoHigherLayer) {
  EXPECT_THAT(CheckLayers(ReadSources(), table_), IsEmpty());
}

TEST_F(TreeTest, IncludesFormNoCycle) {
  EXPECT_THAT(CheckCycles(ReadSources()), IsEmpty());
}

TEST_F(TreeTest, NoFileIsTooLong) {
  const Tree tree =
      Read({".bzl", ".cc", ".go", ".h", ".js", ".py", ".sh", ".ts"});
  EXPECT_THAT(CheckLengths(tree, kMaxLines), IsEmpty());
}

}  // namespace
}  // namespace goshawk::style
