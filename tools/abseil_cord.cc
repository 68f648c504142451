// In place of Abseil's Cords, their Mutexes, time zones and stack traces, which
// are a tenth of the command if they are linked. absl::Status needs a few
// functions of Cord for its payloads, and all of the command's payloads are
// empty (gojs/bridge.cc). Should a part of the command come to need more of
// Cord, the linker reports that these are defined twice.

#include <cstdlib>
#include <string>

#include "absl/strings/cord.h"

namespace absl {
ABSL_NAMESPACE_BEGIN

// An empty Cord owns nothing.
void Cord::DestroyCordSlow() { std::abort(); }
void Cord::InlineRep::UnrefTree() { std::abort(); }
bool Cord::EqualsImpl(const Cord&, size_t) const { std::abort(); }
Cord::operator std::string() const { return ""; }

namespace cord_internal {
// Called for Cords that are sampled, of which there are none.
void CordzInfo::MaybeTrackCordImpl(InlineData&, const InlineData&,
                                   MethodIdentifier) {
  std::abort();
}
}  // namespace cord_internal

ABSL_NAMESPACE_END
}  // namespace absl
