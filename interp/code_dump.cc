#include "interp/code_dump.h"

#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "interp/op.h"

namespace goshawk::interp {
namespace {

[[gnu::format(printf, 2, 3)]] void Append(std::string& text, const char* format,
                                          ...) {
  char buffer[128];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  text += buffer;
}

// One operand; an immediate has `bits` bits in the word or is in `data`.
void AppendOperand(std::string& text, Kind kind, uint32_t field,
                   int64_t immediate, uint64_t data) {
  switch (kind) {
    case Kind::kS:
      Append(text, " s%u", field);
      break;
    case Kind::kA:
      text += " acc";
      break;
    case Kind::kF:
      text += " facc";
      break;
    case Kind::kM:
      Append(text, " [sp+%u]", field * 8);
      break;
    case Kind::kI:
      Append(text, " %" PRId64, immediate);
      break;
    case Kind::kJ:
      Append(text, " 0x%" PRIx64, data);
      break;
    case Kind::kN:
      break;
  }
}

void AppendTable(std::string& text, const CodeBuffer& code, uint32_t position) {
  const auto count = DataAt<uint32_t>(&code.words()[position + 1]);
  const auto* first =
      reinterpret_cast<const char*>(&code.words()[position + 2]);
  for (uint32_t i = 0; i <= count; ++i) {
    int32_t distance;
    std::memcpy(&distance, first + 4 * size_t{i}, sizeof(distance));
    Append(text, " %u", position + static_cast<uint32_t>(distance));
  }
}

}  // namespace

std::vector<std::string> Dump(CodeBuffer& code) {
  std::vector<std::string> lines;
  const std::vector<uint8_t>& labelled = code.Labelled();
  for (uint32_t i : code.Starts()) {
    if (i == code.size()) break;
    const Word& word = code.words()[i];
    const Op op = code.OpAt(i);
    const OpInfo& info = Info(op);
    const uint64_t data =
        info.words > 1 ? DataAt<uint64_t>(&code.words()[i + 1]) : 0;
    std::string line;
    Append(line, "%c%5u  %-20s", labelled[i] != 0 ? '>' : ' ', i,
           Name(op).c_str());
    if (IsBranch(info.base) || info.base == Base::kJump) {
      AppendOperand(line, info.a, word.x, 0, data);
      AppendOperand(line, info.b, word.y, static_cast<int8_t>(word.y), data);
      Append(line, " -> %u",
             i + static_cast<uint32_t>(int32_t{static_cast<int16_t>(word.z)}));
    } else {
      AppendOperand(line, info.d, word.x, static_cast<int8_t>(word.x), data);
      AppendOperand(line, info.a, word.y, 0, data);
      AppendOperand(line, info.b, word.z & 0xffu, static_cast<int16_t>(word.z),
                    data);
      if (info.b == Kind::kN && word.z != 0) Append(line, " +%u", word.z);
      if (HasFactor(info.base)) Append(line, " *%u", word.z >> 8);
    }
    if (info.base == Base::kJumpTable || info.base == Base::kGoResume) {
      AppendTable(line, code, i);
    }
    if (line.size() < 56) line.resize(56, ' ');
    line += " ; ";
    line += Doc(info.base);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace goshawk::interp
