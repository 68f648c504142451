// What stat, lstat and fstat give: an object with the numbers of fs::Stat and
// methods such as isDirectory().

#ifndef GOSHAWK_GOJS_NODE_FS_STATS_H_
#define GOSHAWK_GOJS_NODE_FS_STATS_H_

#include "fs/stat.h"
#include "gojs/js/object.h"

namespace goshawk::gojs {

class FsStats final : public Object {
 public:
  static const ClassInfo kClass;
  FsStats(Realm& realm, const fs::Stat& stat)
      : Object(realm, kClass), stat_(stat) {}

  template <auto kField>
  double Number() const {
    return static_cast<double>(stat_.*kField);
  }
  template <auto kField>
  double Milliseconds() const {
    return static_cast<double>(stat_.*kField) / 1e6;
  }
  template <uint32_t kType>
  bool IsType() const {
    return (stat_.mode & fs::kModeTypeMask) == kType;
  }

 private:
  const fs::Stat stat_;
};

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_FS_STATS_H_
