#include "gojs/startup.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "interp/names.h"

namespace goshawk::gojs {
namespace {

// A row of the list: the name's hash (FNV-1a) in the upper bits, its place
// below these. Should two names have one hash, a function is translated that
// need not be.
constexpr int kPlaceBits = 10;
constexpr uint32_t kPlaceMask = (1 << kPlaceBits) - 1;

constexpr uint32_t Hash(std::string_view name) {
  uint32_t hash = 2166136261;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  }
  return hash & ~kPlaceMask;
}

constexpr uint32_t kHashes[] = {
#define STARTUP(name) Hash(name),
#include "gojs/startup.def"
#undef STARTUP
};
static_assert(std::size(kHashes) <= kPlaceMask);
constexpr size_t kMainPlace =
    std::find(std::begin(kHashes), std::end(kHashes), Hash("main.main")) -
    std::begin(kHashes);
static_assert(kMainPlace < std::size(kHashes));

constexpr auto kRows = [] {
  std::array<uint32_t, std::size(kHashes)> rows{};
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = kHashes[i] | i;
  std::sort(rows.begin(), rows.end());
  return rows;
}();

}  // namespace

std::vector<uint32_t> StartupFunctions(const interp::Module& module) {
  const interp::FunctionNames names(module);
  // By place: a function, and 1.
  std::array<uint32_t, kRows.size()> found{};
  const auto count = static_cast<uint32_t>(module.func_types.size());
  for (uint32_t func = module.imported_funcs; func < count; ++func) {
    const uint32_t hash = Hash(names.RawName(func));
    const auto* row = std::lower_bound(kRows.begin(), kRows.end(), hash);
    if (row != kRows.end() && (*row & ~kPlaceMask) == hash) {
      found[*row & kPlaceMask] = func + 1;
    }
  }
  std::vector<uint32_t> order;
  const auto add_backwards = [&](size_t begin, size_t end) {
    for (; end > begin; --end) {
      if (found[end - 1] != 0) order.push_back(found[end - 1] - 1);
    }
  };
  add_backwards(0, kMainPlace + 1);
  add_backwards(kMainPlace + 1, found.size());
  return order;
}

}  // namespace goshawk::gojs
