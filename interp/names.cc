#include "interp/names.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "interp/byte_reader.h"
#include "interp/utf8.h"

namespace goshawk::interp {
namespace {

// Section 7.4.1 of the specification's appendix.
constexpr uint8_t kFunctionNames = 1;

void ReadFunctionNames(ByteReader reader,
                       std::vector<std::string_view>& names) {
  for (uint32_t left = reader.VarU32(); left > 0 && reader.ok(); --left) {
    uint32_t function = reader.VarU32();
    Bytes name = reader.Take(reader.VarU32());
    if (!reader.ok() || function >= names.size()) continue;
    names[function] = std::string_view(
        reinterpret_cast<const char*>(name.data()), name.size());
  }
}

}  // namespace

void FunctionNames::Read() const {
  is_read_ = true;
  names_.resize(module_.func_types.size());
  for (const CustomSection& section : module_.customs) {
    if (section.name != "name") continue;
    ByteReader reader(section.payload);
    while (!reader.AtEnd()) {
      uint8_t id = reader.Byte();
      Bytes part = reader.Take(reader.VarU32());
      if (id == kFunctionNames) ReadFunctionNames(ByteReader(part), names_);
    }
  }
}

std::string_view FunctionNames::RawName(uint32_t function) const {
  if (!is_read_) Read();
  return function < names_.size() ? names_[function] : std::string_view();
}

std::string FunctionNames::Name(uint32_t function) const {
  const std::string_view name = RawName(function);
  if (name.empty()) return absl::StrCat("func[", function, "]");
  bool is_plain = IsUtf8(name) &&
                  std::none_of(name.begin(), name.end(), [](unsigned char c) {
                    return c < 0x20 || c == 0x7f;
                  });
  if (is_plain) return std::string(name);
  return absl::CHexEscape(absl::string_view(name.data(), name.size()));
}

}  // namespace goshawk::interp
