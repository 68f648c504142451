// What can be said about a module without running it: for `goshawk info`.

#ifndef GOSHAWK_INTERP_MODULE_INFO_H_
#define GOSHAWK_INTERP_MODULE_INFO_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interp/module.h"

namespace goshawk::interp {

struct SectionInfo {
  uint8_t id = 0;
  std::string name;   // "code"; of a custom section its own name
  size_t offset = 0;  // of the contents in the file
  size_t size = 0;    // of the contents, as announced
  bool whole = true;  // false: the file ends before the section does
};

// The sections of a file that starts like a module, in order. Works for modules
// that do not decode, too: it stops where it understands nothing more.
std::vector<SectionInfo> ListSections(Bytes bytes);

// The Go release that compiled the module, "go1.27.3", from the custom section
// "producers"; empty if it does not say.
std::string GoVersion(const Module& module);

// What the module uses beyond WebAssembly 1.0, by the names of the proposals,
// sorted: "bulk memory operations", "sign-extension operators". Looks at every
// instruction. REQUIRES: `module` is valid, all of its bodies, too.
std::vector<std::string_view> FeaturesUsed(const Module& module);

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_MODULE_INFO_H_
