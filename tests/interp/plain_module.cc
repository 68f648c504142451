#include "tests/interp/plain_module.h"

#include "absl/strings/str_cat.h"
#include "interp/byte_reader.h"
#include "interp/decoder.h"
#include "interp/instruction.h"
#include "interp/names.h"
#include "interp/section.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

// Moves behind one instruction and returns its code.
WasmOp SkipInstruction(ByteReader& reader) {
  const WasmOp op = ReadOp(reader);
  SkipImmediate(reader, Info(op).immediate);
  return op;
}

std::vector<uint8_t> Slice(const std::vector<uint8_t>& bytes, size_t begin,
                           size_t end) {
  return {bytes.begin() + static_cast<ptrdiff_t>(begin),
          bytes.begin() + static_cast<ptrdiff_t>(end)};
}

// The body with its first instructions made plain, which are taken off `count`.
std::vector<uint8_t> PlainBody(const std::vector<uint8_t>& bytes,
                               const FuncBody& body, size_t& count) {
  ByteReader reader = InstructionsOf(bytes, body);
  const size_t end = body.body_offset + body.body_size;
  size_t from = body.body_offset;
  CodeBuilder plain;
  while (count > 0 && !reader.AtEnd()) {
    SkipInstruction(reader);
    --count;
    plain.Raw(Slice(bytes, from, reader.offset()));
    from = reader.offset();
    // Nothing may stand behind the last `end`.
    if (!reader.AtEnd()) plain.Begin(WasmOp::kBlock).End();
  }
  plain.Raw(Slice(bytes, from, end));
  return plain.bytes();
}

}  // namespace

size_t CountInstructions(const std::vector<uint8_t>& bytes) {
  const Module module = *Decode(bytes);
  size_t count = 0;
  for (const FuncBody& body : module.bodies) {
    ByteReader reader = InstructionsOf(bytes, body);
    for (; !reader.AtEnd(); ++count) SkipInstruction(reader);
  }
  return count;
}

std::vector<uint8_t> MakePlain(const std::vector<uint8_t>& bytes,
                               size_t count) {
  const Module module = *Decode(bytes);
  ByteReader reader(bytes);
  reader.Skip(8);
  ByteWriter out;
  out.Bytes(Slice(bytes, 0, 8));
  while (!reader.AtEnd()) {
    const uint8_t id = reader.Byte();
    const uint32_t size = reader.VarU32();
    const size_t begin = reader.offset();
    reader.Skip(size);
    ByteWriter section;
    if (id == static_cast<uint8_t>(SectionId::kCode)) {
      section.U32(static_cast<uint32_t>(module.bodies.size()));
      for (const FuncBody& body : module.bodies) {
        section.Sized(PlainBody(bytes, body, count));
      }
    } else {
      section.Bytes(Slice(bytes, begin, reader.offset()));
    }
    out.Byte(id).Sized(section.bytes());
  }
  return out.bytes();
}

std::string LocateDifference(
    const std::vector<uint8_t>& bytes,
    const std::function<bool(const std::vector<uint8_t>&)>& differs) {
  size_t low = 0, high = CountInstructions(bytes);
  if (!differs(bytes)) return "one that comes and goes";
  if (differs(MakePlain(bytes, high))) {
    return "there even if all instructions are plain";
  }
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    (differs(MakePlain(bytes, middle)) ? low : high) = middle;
  }
  const Module module = *Decode(bytes);
  uint32_t function = module.imported_funcs;
  for (const FuncBody& body : module.bodies) {
    ByteReader reader = InstructionsOf(bytes, body);
    for (size_t number = 0; !reader.AtEnd(); ++number) {
      const size_t offset = reader.offset();
      const WasmOp op = SkipInstruction(reader);
      if (low-- > 0) continue;
      return absl::StrCat(
          "from function ", function, " ", FunctionNames(module).Name(function),
          ", instruction ", number, ", ", Info(op).text, " at offset ", offset);
    }
    ++function;
  }
  return "in no instruction";
}

}  // namespace goshawk::interp
