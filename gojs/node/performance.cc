// performance: the monotonic clock, in milliseconds.

#include "gojs/environment.h"
#include "gojs/js/bind.h"
#include "gojs/node/objects.h"

namespace goshawk::gojs {
namespace {

// Counts from the epoch, so that timeOrigin is 0 and timeOrigin + now() is
// what it has to be.
double Now(Realm& realm) {
  return static_cast<double>(realm.environment().clock().Monotonic()) / 1e6;
}

constexpr Member kMembers[] = {
    Method<&Now>("now"),
    Number("timeOrigin", 0),
};

}  // namespace

const Members kPerformanceMembers = kMembers;

}  // namespace goshawk::gojs
