#include "interp/dispatch.h"

#include "interp/instance.h"

namespace goshawk::interp {
namespace {

// Fastest first.
struct Row {
  std::string_view name;
  const Dispatcher* (*find)(MemoryProtection protection);
};
constexpr Row kRows[] = {
    {"tail", &TailDispatcher},
    {"goto", &GotoDispatcher},
    {"switch", &SwitchDispatcher},
};

}  // namespace

const Dispatcher* FindDispatcher(std::string_view name,
                                 MemoryProtection protection) {
  for (const Row& row : kRows) {
    if (!name.empty() && name != row.name) continue;
    const Dispatcher* dispatcher = row.find(protection);
    if (dispatcher != nullptr) return dispatcher;
  }
  return nullptr;
}

std::vector<std::string_view> Dispatchers() {
  std::vector<std::string_view> names;
  for (const Row& row : kRows) {
    if (row.find(MemoryProtection::kExplicitChecks) != nullptr) {
      names.push_back(row.name);
    }
  }
  return names;
}

}  // namespace goshawk::interp
