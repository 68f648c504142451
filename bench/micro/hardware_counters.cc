#include "bench/micro/hardware_counters.h"

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace goshawk::bench {
namespace {

struct Row {
  const char* name;
  uint64_t event;
};
constexpr Row kRows[] = {
    {"instructions", PERF_COUNT_HW_INSTRUCTIONS},
    {"branches", PERF_COUNT_HW_BRANCH_INSTRUCTIONS},
    {"branch_misses", PERF_COUNT_HW_BRANCH_MISSES},
};

int Open(uint64_t event, int leader) {
  perf_event_attr attributes = {};
  attributes.size = sizeof(attributes);
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = event;
  attributes.disabled = leader < 0;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_GROUP;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1,
                                  leader, PERF_FLAG_FD_CLOEXEC));
}

}  // namespace

HardwareCounters::HardwareCounters() {
  for (const Row& row : kRows) {
    const int file = Open(row.event, files_.empty() ? -1 : files_.front());
    if (file < 0) {
      why_not_ = std::string("perf_event_open, ") + row.name + ": " +
                 std::strerror(errno);
      return;
    }
    files_.push_back(file);
  }
}

HardwareCounters::~HardwareCounters() {
  for (const int file : files_) close(file);
}

void HardwareCounters::Start() {
  if (!why_not_.empty()) return;
  ioctl(files_.front(), PERF_EVENT_IOC_RESET, PERF_IOC_FLAG_GROUP);
  ioctl(files_.front(), PERF_EVENT_IOC_ENABLE, PERF_IOC_FLAG_GROUP);
}

std::vector<HardwareCounters::Count> HardwareCounters::Stop() {
  if (!why_not_.empty()) return {};
  ioctl(files_.front(), PERF_EVENT_IOC_DISABLE, PERF_IOC_FLAG_GROUP);
  // What a group's leader gives: the number of counters, then each.
  std::array<uint64_t, 1 + std::size(kRows)> values = {};
  const ssize_t size = read(files_.front(), values.data(), sizeof(values));
  if (size != static_cast<ssize_t>(sizeof(values))) return {};
  std::vector<Count> counts;
  counts.reserve(std::size(kRows));
  for (size_t i = 0; i < std::size(kRows); ++i) {
    counts.push_back({kRows[i].name, static_cast<double>(values[1 + i])});
  }
  return counts;
}

}  // namespace goshawk::bench
