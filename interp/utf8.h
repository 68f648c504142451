// UTF-8, which names in a module must be (WebAssembly 2.0, section 5.2.4).

#ifndef GOSHAWK_INTERP_UTF8_H_
#define GOSHAWK_INTERP_UTF8_H_

#include <string_view>

namespace goshawk::interp {

// True for well-formed UTF-8: no overlong forms, surrogates or numbers beyond
// U+10FFFF.
bool IsUtf8(std::string_view text);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_UTF8_H_
