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
  for (const uint32_t func : found) {
    if (func != 0) order.push_back(func - 1);
  }
  return order;
}

}  // namespace goshawk::gojs
