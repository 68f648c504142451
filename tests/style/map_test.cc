// README.md's map of the code names every source unit, and nothing else: a
// unit is what has one name but for its extension, and each has one row,
//
//   - `fs/errno`: the closed list of errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace goshawk::style {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kFolders[] = {"fs", "gojs", "interp", "tools"};
// Scripts that are called by name have no extension.
const std::set<std::string> kExtensions = {"",    ".bzl", ".cc", ".def",
                                           ".go", ".h",   ".py", ".sh"};
const std::set<std::string> kNoSources = {"BUILD", "README"};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

std::set<std::string> UnitsBelow(const fs::path& root) {
  std::set<std::string> units;
  for (const char* folder : kFolders) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(root / folder)) {
      const fs::path& path = entry.path();
      if (!entry.is_regular_file() || kNoSources.contains(path.filename()) ||
          !kExtensions.contains(path.extension())) {
        continue;
      }
      units.insert(path.lexically_relative(root).replace_extension());
    }
  }
  return units;
}

// One line for each way in which the map is wrong.
std::vector<std::string> CheckMap(const std::string& readme,
                                  const std::set<std::string>& units) {
  constexpr std::string_view kHeading = "## The map of the code";
  constexpr std::string_view kRow = "- `";
  std::vector<std::string> offences;
  std::map<std::string, int> rows;
  std::istringstream lines(readme);
  bool in_map = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) in_map = line == kHeading;
    if (!in_map || !line.starts_with(kRow)) continue;
    const size_t end = line.find("`: ", kRow.size());
    if (end == line.npos || !line.ends_with('.')) {
      offences.push_back("not \"- `name`: a sentence.\": " + line);
      continue;
    }
    ++rows[line.substr(kRow.size(), end - kRow.size())];
  }
  for (const auto& [unit, count] : rows) {
    if (!units.contains(unit)) offences.push_back(unit + ": does not exist");
    if (count > 1) offences.push_back(unit + ": has more than one row");
  }
  for (const std::string& unit : units) {
    if (!rows.contains(unit)) offences.push_back(unit + ": has no row");
  }
  return offences;
}

TEST(MapTest, NamesEveryUnitOnce) {
  const fs::path root = fs::canonical("WORKSPACE").parent_path();
  const std::set<std::string> units = UnitsBelow(root);
  ASSERT_TRUE(units.contains("fs/errno"));
  EXPECT_THAT(CheckMap(ReadFile(root / "README.md"), units), IsEmpty());
}

TEST(MapTest, SaysWhatIsWrong) {
  const std::string readme =
      "- `before`: not part of it.\n"
      "## The map of the code\n"
      "### fs\n"
      "- `fs/a`: one.\n"
      "- `fs/gone`: was here.\n"
      "- `fs/a`: one again.\n"
      "- `fs/b` without a colon.\n"
      "- `fs/c`: no sentence\n"
      "## After\n"
      "- `after`: not part of it.\n";
  EXPECT_THAT(CheckMap(readme, {"fs/a", "fs/new"}),
              ElementsAre("not \"- `name`: a sentence.\": "
                          "- `fs/b` without a colon.",
                          "not \"- `name`: a sentence.\": "
                          "- `fs/c`: no sentence",
                          "fs/a: has more than one row",
                          "fs/gone: does not exist", "fs/new: has no row"));
}

TEST(MapTest, ARowOfEveryUnitIsEnough) {
  EXPECT_THAT(CheckMap("## The map of the code\n- `fs/a`: one.\n", {"fs/a"}),
              IsEmpty());
}

}  // namespace
}  // namespace goshawk::style
