#include "interp/file_kind.h"

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace goshawk::interp {

// Says what kind of file this is that does not start like a module.
absl::Status NotAModule(Bytes bytes) {
  absl::string_view text(reinterpret_cast<const char*>(bytes.data()),
                         std::min<size_t>(bytes.size(), 512));
  auto is_text = [](unsigned char c) {
    return c >= 0x20 ? c != 0x7f : c == '\n' || c == '\r' || c == '\t';
  };
  if (std::all_of(text.begin(), text.end(), is_text)) {
    size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text.remove_prefix(start);
    bool is_wat = text.substr(0, 7) == "(module" || text.substr(0, 2) == ";;";
    return absl::InvalidArgumentError(
        is_wat ? "not a WebAssembly module: this is WebAssembly's text format"
               : "not a WebAssembly module: this is a text file");
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "not a WebAssembly module: it starts with the bytes ",
      absl::BytesToHexString(text.substr(0, 4)), " instead of 0061736d"));
}

}  // namespace goshawk::interp
