#include "tools/profile.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "interp/names.h"
#include "interp/op.h"

namespace goshawk::tools {
namespace {

constexpr size_t kRows = 25;

struct Row {
  std::string name;
  uint64_t count;
};

void AppendTable(std::string& text, const char* title, std::vector<Row> rows,
                 uint64_t total) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.count != b.count ? a.count > b.count : a.name < b.name;
  });
  if (rows.size() > kRows) rows.resize(kRows);
  absl::StrAppend(&text, "\n", title, "\n");
  for (const Row& row : rows) {
    char line[64];
    std::snprintf(line, sizeof(line), "%14" PRIu64 " %5.1f %%  ", row.count,
                  100.0 * static_cast<double>(row.count) /
                      static_cast<double>(std::max<uint64_t>(total, 1)));
    absl::StrAppend(&text, line, row.name, "\n");
  }
}

}  // namespace

absl::Status WriteProfile(const std::string& path,
                          const interp::Instance& instance) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("cannot write the profile to ", path));
  }
  const interp::FunctionNames names(instance.module());
  for (const interp::FunctionProfile& profile : instance.Profile()) {
    std::fprintf(file, "function %s %" PRIu64 "\n",
                 names.Name(profile.function).c_str(), profile.dispatches);
    for (const auto& operation : profile.operations) {
      const interp::Word& word = operation.word;
      std::fprintf(file, "%" PRIu64 " %s %u %u %u\n", operation.count,
                   interp::Name(operation.op).c_str(), unsigned{word.x},
                   unsigned{word.y}, unsigned{word.z});
    }
  }
  const bool failed = std::ferror(file) != 0;
  if (std::fclose(file) != 0 || failed) {
    return absl::UnavailableError(
        absl::StrCat("cannot write the profile to ", path));
  }
  return absl::OkStatus();
}

std::string SummarizeProfile(const interp::Instance& instance) {
  const interp::FunctionNames names(instance.module());
  uint64_t total = 0;
  std::vector<Row> functions;
  std::vector<uint64_t> operations(interp::kNumOps);
  std::map<std::pair<interp::Op, interp::Op>, uint64_t> pairs;
  for (const interp::FunctionProfile& profile : instance.Profile()) {
    total += profile.dispatches;
    functions.push_back({names.Name(profile.function), profile.dispatches});
    for (size_t i = 0; i < profile.operations.size(); ++i) {
      const auto& operation = profile.operations[i];
      operations[static_cast<size_t>(operation.op)] += operation.count;
      if (i == 0) continue;
      const auto& before = profile.operations[i - 1];
      pairs[{before.op, operation.op}] +=
          std::min(before.count, operation.count);
    }
  }
  std::vector<Row> by_operation, by_pair;
  for (size_t i = 0; i < operations.size(); ++i) {
    if (operations[i] == 0) continue;
    const auto op = static_cast<interp::Op>(i);
    by_operation.push_back({absl::StrCat(interp::Name(op), "  ",
                                         interp::Doc(interp::Info(op).base)),
                            operations[i]});
  }
  for (const auto& [pair, count] : pairs) {
    by_pair.push_back(
        {absl::StrCat(interp::Name(pair.first), " ", interp::Name(pair.second)),
         count});
  }
  std::string text = absl::StrCat("dispatches: ", total, "\n");
  AppendTable(text, "functions", std::move(functions), total);
  AppendTable(text, "operations", std::move(by_operation), total);
  AppendTable(text, "pairs", std::move(by_pair), total);
  return text;
}

}  // namespace goshawk::tools
