// What the processor counts while code runs: instructions, branches and those
// of them that it predicted wrongly. Linux gives access to them; virtual
// machines and containers often do not.

#ifndef GOSHAWK_BENCH_MICRO_HARDWARE_COUNTERS_H_
#define GOSHAWK_BENCH_MICRO_HARDWARE_COUNTERS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace goshawk::bench {

class HardwareCounters {
 public:
  struct Count {
    const char* name;
    double value;
  };

  // Counters of this thread, in user mode.
  HardwareCounters();
  ~HardwareCounters();
  HardwareCounters(const HardwareCounters&) = delete;
  HardwareCounters& operator=(const HardwareCounters&) = delete;

  // Why there are none; empty if there are.
  const std::string& why_not() const { return why_not_; }

  void Start();
  // What has been counted since; nothing if there are no counters.
  std::vector<Count> Stop();

 private:
  std::vector<int> files_;  // the first leads the group
  std::string why_not_;
};

}  // namespace goshawk::bench

#endif  // GOSHAWK_BENCH_MICRO_HARDWARE_COUNTERS_H_
