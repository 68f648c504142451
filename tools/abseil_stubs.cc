// In place of parts of Abseil that the parts we need refer to and that are
// never run: a tenth of the command. Should a library come to need more of what
// is cut off here, the linker reports that these functions are defined twice.

#include <cstdlib>
#include <string>

#include "absl/strings/charconv.h"
#include "absl/strings/cord.h"

namespace absl {
ABSL_NAMESPACE_BEGIN

// absl::Status has Cords as payloads; all of the command's are empty
// (gojs/bridge.cc), and an empty Cord owns nothing. Behind Cord there are its
// sampling, Mutex, stack traces and time zones.
void Cord::DestroyCordSlow() { std::abort(); }
void Cord::InlineRep::UnrefTree() { std::abort(); }
bool Cord::EqualsImpl(const Cord&, size_t) const { std::abort(); }
Cord::operator std::string() const { return ""; }

namespace cord_internal {
void CordzInfo::MaybeTrackCordImpl(InlineData&, const InlineData&,
                                   MethodIdentifier) {
  std::abort();
}
}  // namespace cord_internal

// absl::StrCat comes with functions that parse numbers, which nobody calls.
from_chars_result from_chars(const char*, const char*, double&, chars_format) {
  std::abort();
}
from_chars_result from_chars(const char*, const char*, float&, chars_format) {
  std::abort();
}

ABSL_NAMESPACE_END
}  // namespace absl
