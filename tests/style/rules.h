// The rules of the source tree that a compiler does not check: which folder
// may include which, the layers inside a folder, and the length of files.
// Each check returns one line for each offence, naming file and line.
#ifndef TESTS_STYLE_RULES_H_
#define TESTS_STYLE_RULES_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace goshawk::style {

// Path from the root of the tree -> contents.
using Tree = std::map<std::string, std::string>;

// The table of layers.txt. Lines, besides comments (#) and empty ones, are
//
//   unit FOLDER [FOLDER...]   files of the first folder may include files of
//                             it and of the others, and of no other unit
//   layer PREFIX NUMBER       files whose path starts with PREFIX are in that
//                             layer; the longest prefix decides
//
// A file may include files of its own folder that are in its layer or in one
// of a smaller number. A folder with no layer lines has no layers; in one with
// layers, every file must have one.
struct Table {
  std::map<std::string, std::set<std::string>> units;
  std::map<std::string, int> layers;
  std::vector<std::string> errors;  // Lines that were not understood.
};

Table ParseTable(std::string_view text);

std::vector<std::string> CheckUnits(const Tree& tree, const Table& table);
std::vector<std::string> CheckLayers(const Tree& tree, const Table& table);

// No file includes itself by way of others.
std::vector<std::string> CheckCycles(const Tree& tree);

// No file has more lines than `limit`; lists (.def) may.
std::vector<std::string> CheckLengths(const Tree& tree, int limit);

}  // namespace goshawk::style

#endif  // TESTS_STYLE_RULES_H_
