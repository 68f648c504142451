#include "interp/utf8.h"

#include <cstddef>
#include <cstdint>

namespace goshawk::interp {

bool IsUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    auto lead = static_cast<uint8_t>(text[i++]);
    if (lead < 0x80) continue;
    int more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4) return false;
    // The first byte after the lead is where overlong forms (E0, F0),
    // surrogates (ED) and numbers too large (F4) show.
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (; more > 0; --more) {
      if (i == text.size()) return false;
      auto byte = static_cast<uint8_t>(text[i++]);
      if (byte < low || byte > high) return false;
      low = 0x80;
      high = 0xbf;
    }
  }
  return true;
}

}  // namespace goshawk::interp
