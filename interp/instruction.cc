#include "interp/instruction.h"

namespace goshawk::interp {

ByteReader InstructionsOf(Bytes bytes, const FuncBody& body) {
  ByteReader in(bytes, body.body_offset, body.body_size);
  for (uint32_t runs = in.VarU32(); runs > 0 && in.ok(); --runs) {
    in.VarU32();
    in.Byte();
  }
  return in;
}

void SkipImmediate(ByteReader& in, ImmediateKind kind) {
  switch (kind) {
    case ImmediateKind::kNone:
      return;
    case ImmediateKind::kBlockType:
      in.VarS33();
      return;
    case ImmediateKind::kLabelTable:
      for (uint32_t left = in.VarU32(); left > 0 && in.ok(); --left) {
        in.VarU32();
      }
      in.VarU32();
      return;
    case ImmediateKind::kTypeList:
      in.Skip(in.VarU32());
      return;
    case ImmediateKind::kTypeAndTable:
    case ImmediateKind::kTwoTables:
    case ImmediateKind::kElemAndTable:
    case ImmediateKind::kDataAndMemory:
    case ImmediateKind::kTwoMemories:
    case ImmediateKind::kMemArg:
      in.VarU32();
      in.VarU32();
      return;
    case ImmediateKind::kLabel:
    case ImmediateKind::kFunc:
    case ImmediateKind::kLocal:
    case ImmediateKind::kGlobal:
    case ImmediateKind::kTable:
    case ImmediateKind::kElem:
    case ImmediateKind::kData:
    case ImmediateKind::kMemory:
      in.VarU32();
      return;
    case ImmediateKind::kI32:
    case ImmediateKind::kI64:
      in.VarS64();
      return;
    case ImmediateKind::kF32:
      in.Skip(4);
      return;
    case ImmediateKind::kF64:
      in.Skip(8);
      return;
    case ImmediateKind::kRefType:
      in.Byte();
      return;
  }
}

}  // namespace goshawk::interp
