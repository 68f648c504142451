#include "tests/style/rules.h"

#include <algorithm>
#include <optional>
#include <sstream>

namespace goshawk::style {
namespace {

struct Include {
  int line;
  std::string path;
};

// The quoted includes of a file.
std::vector<Include> Includes(const std::string& contents) {
  constexpr std::string_view kStart = "#include \"";
  std::vector<Include> includes;
  std::istringstream lines(contents);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.rfind(kStart, 0) != 0) continue;
    const size_t end = line.find('"', kStart.size());
    includes.push_back(
        {number, line.substr(kStart.size(), end - kStart.size())});
  }
  return includes;
}

std::string Folder(const std::string& path) {
  return path.substr(0, path.find('/'));
}

std::string Offence(const std::string& path, const Include& include,
                    const std::string& why) {
  return path + ":" + std::to_string(include.line) + ": includes " +
         include.path + ": " + why;
}

std::optional<int> Layer(const Table& table, const std::string& path) {
  std::optional<int> layer;
  size_t longest = 0;
  for (const auto& [prefix, number] : table.layers) {
    if (prefix.size() > longest && path.rfind(prefix, 0) == 0) {
      longest = prefix.size();
      layer = number;
    }
  }
  return layer;
}

// Follows includes depth first; `done` has files from which no cycle starts.
class CycleFinder {
 public:
  explicit CycleFinder(const Tree& tree) : tree_(tree) {}

  std::vector<std::string> Find() {
    for (const auto& [path, contents] : tree_) Visit(path);
    return std::move(offences_);
  }

 private:
  void Visit(const std::string& path) {
    if (done_.count(path) != 0) return;
    const auto open = std::find(trail_.begin(), trail_.end(), path);
    if (open != trail_.end()) {
      std::string offence;
      for (auto step = open; step != trail_.end(); ++step) {
        offence += *step + " includes ";
      }
      offences_.push_back(offence + path);
      return;
    }
    const auto file = tree_.find(path);
    if (file == tree_.end()) return;
    trail_.push_back(path);
    for (const Include& include : Includes(file->second)) Visit(include.path);
    trail_.pop_back();
    done_.insert(path);
  }

  const Tree& tree_;
  std::set<std::string> done_;
  std::vector<std::string> trail_;
  std::vector<std::string> offences_;
};

}  // namespace

Table ParseTable(std::string_view text) {
  Table table;
  std::istringstream lines{std::string(text)};
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string kind, name, word;
    if (!(words >> kind) || kind[0] == '#') continue;
    if (kind == "unit" && words >> name) {
      std::set<std::string>& others = table.units[name];
      while (words >> word) others.insert(word);
    } else if (int number; kind == "layer" && words >> name >> number) {
      table.layers[name] = number;
    } else {
      table.errors.push_back("not understood: " + line);
    }
  }
  return table;
}

std::vector<std::string> CheckUnits(const Tree& tree, const Table& table) {
  std::vector<std::string> offences;
  for (const auto& [path, contents] : tree) {
    const auto unit = table.units.find(Folder(path));
    if (unit == table.units.end()) {
      offences.push_back(path + ": no unit line for its folder");
      continue;
    }
    for (const Include& include : Includes(contents)) {
      const std::string other = Folder(include.path);
      if (other == unit->first || table.units.count(other) == 0) continue;
      if (unit->second.count(other) == 0) {
        offences.push_back(
            Offence(path, include, unit->first + " may not include " + other));
      }
    }
  }
  return offences;
}

std::vector<std::string> CheckLayers(const Tree& tree, const Table& table) {
  std::set<std::string> layered;
  for (const auto& [prefix, number] : table.layers) {
    layered.insert(Folder(prefix));
  }
  std::vector<std::string> offences;
  for (const auto& [path, contents] : tree) {
    const std::string folder = Folder(path);
    if (layered.count(folder) == 0) continue;
    const std::optional<int> own = Layer(table, path);
    if (!own) {
      offences.push_back(path + ": no layer line for it");
      continue;
    }
    for (const Include& include : Includes(contents)) {
      if (Folder(include.path) != folder) continue;
      const std::optional<int> other = Layer(table, include.path);
      if (other && *other > *own) {
        offences.push_back(Offence(path, include,
                                   "layer " + std::to_string(*own) +
                                       " may not include layer " +
                                       std::to_string(*other)));
      }
    }
  }
  return offences;
}

std::vector<std::string> CheckCycles(const Tree& tree) {
  return CycleFinder(tree).Find();
}

std::vector<std::string> CheckLengths(const Tree& tree, int limit) {
  std::vector<std::string> offences;
  for (const auto& [path, contents] : tree) {
    if (path.ends_with(".def")) continue;
    const auto lines = std::count(contents.begin(), contents.end(), '\n');
    if (lines > limit) {
      offences.push_back(path + ": " + std::to_string(lines) +
                         " lines, more than " + std::to_string(limit));
    }
  }
  return offences;
}

}  // namespace goshawk::style
