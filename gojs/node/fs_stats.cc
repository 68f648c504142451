#include "gojs/node/fs_stats.h"

#include "gojs/js/bind.h"

namespace goshawk::gojs {
namespace {

using S = fs::Stat;

constexpr Member kMembers[] = {
    Getter<&FsStats::Number<&S::dev>>("dev"),
    Getter<&FsStats::Number<&S::ino>>("ino"),
    Getter<&FsStats::Number<&S::mode>>("mode"),
    Getter<&FsStats::Number<&S::nlink>>("nlink"),
    Getter<&FsStats::Number<&S::uid>>("uid"),
    Getter<&FsStats::Number<&S::gid>>("gid"),
    Getter<&FsStats::Number<&S::rdev>>("rdev"),
    Getter<&FsStats::Number<&S::size>>("size"),
    Getter<&FsStats::Number<&S::blksize>>("blksize"),
    Getter<&FsStats::Number<&S::blocks>>("blocks"),
    Getter<&FsStats::Milliseconds<&S::atime>>("atimeMs"),
    Getter<&FsStats::Milliseconds<&S::mtime>>("mtimeMs"),
    Getter<&FsStats::Milliseconds<&S::ctime>>("ctimeMs"),
    Method<&FsStats::IsType<fs::kModeBlockDevice>>("isBlockDevice"),
    Method<&FsStats::IsType<fs::kModeCharDevice>>("isCharacterDevice"),
    Method<&FsStats::IsType<fs::kModeDirectory>>("isDirectory"),
    Method<&FsStats::IsType<fs::kModeFifo>>("isFIFO"),
    Method<&FsStats::IsType<fs::kModeRegular>>("isFile"),
    Method<&FsStats::IsType<fs::kModeSocket>>("isSocket"),
    Method<&FsStats::IsType<fs::kModeSymlink>>("isSymbolicLink"),
};

}  // namespace

const ClassInfo FsStats::kClass = {
    .name = "Stats", .parent = &Object::kClass, .members = kMembers};

}  // namespace goshawk::gojs
