#include "interp/listing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "interp/byte_reader.h"
#include "interp/code_dump.h"
#include "interp/instruction_text.h"

namespace goshawk::interp {
namespace {

// Where the right half starts.
constexpr size_t kColumn = 36;

// "locals: i32, 3 of i64"
std::string TakeLocals(ByteReader& in) {
  std::string text = "locals:";
  for (uint32_t runs = in.VarU32(); runs > 0 && in.ok(); --runs) {
    const uint32_t count = in.VarU32();
    const char* type = Name(static_cast<ValueType>(in.Byte()));
    if (text.back() != ':') text += ',';
    absl::StrAppend(&text, " ");
    if (count != 1) absl::StrAppend(&text, count, " of ");
    absl::StrAppend(&text, type);
  }
  return text.back() == ':' ? "no locals" : text;
}

std::string LeftHalf(size_t offset, const std::string& text) {
  const std::string number = std::to_string(offset);
  return std::string(8 - std::min<size_t>(8, number.size()), ' ') + number +
         "  " + text;
}

}  // namespace

std::string MakeListing(const Module& module, const FuncBody& body,
                        const std::vector<TranslationStep>& steps,
                        const FunctionNames& names, CodeBuffer& code) {
  ByteReader in(module.bytes, body.body_offset, body.body_size);
  const std::vector<std::string> operations = Dump(code);
  const absl::Span<const uint32_t> starts = code.Starts();
  std::string text;
  const size_t start = in.offset();  // arguments have no order
  std::string left = LeftHalf(start, TakeLocals(in));
  size_t next = 0;
  const auto put_operations = [&](uint32_t end) {
    for (; next < operations.size() && starts[next] < end; ++next) {
      if (left.size() >= kColumn) {
        text += left + "\n";
        left.clear();
      }
      left.resize(kColumn, ' ');
      text += left + operations[next] + "\n";
      left.clear();
    }
    if (!left.empty()) text += left + "\n";
    left.clear();
  };
  for (const TranslationStep& step : steps) {
    while (in.offset() < step.end) {
      if (!left.empty()) text += left + "\n";
      const size_t offset = in.offset();
      left = LeftHalf(offset, TakeInstruction(in, module, names));
    }
    put_operations(step.code);
  }
  if (next < operations.size()) left.assign(10, ' ').append("out of the way:");
  put_operations(code.size());
  return text;
}

}  // namespace goshawk::interp
