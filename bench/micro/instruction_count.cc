#include "bench/micro/instruction_count.h"

#include "interp/byte_reader.h"
#include "interp/wasm_op.h"

namespace goshawk::bench {
namespace {

using interp::ByteReader;
using interp::ImmediateKind;

// Skips `count` LEB128 numbers of any width.
void SkipNumbers(ByteReader& reader, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    while ((reader.Byte() & 0x80) != 0) {
    }
  }
}

void SkipImmediates(ByteReader& reader, ImmediateKind kind) {
  switch (kind) {
    case ImmediateKind::kNone:
      return;
    case ImmediateKind::kLabelTable:
      return SkipNumbers(reader, reader.VarU32() + 1);
    case ImmediateKind::kTypeList:
      return SkipNumbers(reader, reader.VarU32());
    case ImmediateKind::kTypeAndTable:
    case ImmediateKind::kTwoTables:
    case ImmediateKind::kElemAndTable:
    case ImmediateKind::kDataAndMemory:
    case ImmediateKind::kTwoMemories:
    case ImmediateKind::kMemArg:
      return SkipNumbers(reader, 2);
    case ImmediateKind::kF32:
      return reader.Skip(4);
    case ImmediateKind::kF64:
      return reader.Skip(8);
    default:
      return SkipNumbers(reader, 1);
  }
}

}  // namespace

uint64_t CountInstructions(const interp::Module& module) {
  uint64_t count = 0;
  for (const interp::FuncBody& body : module.bodies) {
    ByteReader reader(module.bytes, body.body_offset, body.body_size);
    const uint32_t local_runs = reader.VarU32();
    SkipNumbers(reader, 2 * local_runs);  // number and type
    while (reader.ok() && !reader.AtEnd()) {
      uint32_t code = reader.Byte();
      if (code == interp::kPrefixFc) code = 0xfc00 + reader.VarU32();
      SkipImmediates(reader, interp::Find(code)->immediate);
      ++count;
    }
  }
  return count;
}

}  // namespace goshawk::bench
