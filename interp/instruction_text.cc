#include "interp/instruction_text.h"

#include <bit>
#include <charconv>
#include <vector>

#include "absl/strings/str_cat.h"
#include "interp/instruction.h"

namespace goshawk::interp {
namespace {

std::string List(const std::vector<ValueType>& types) {
  std::string text = "(";
  for (const ValueType type : types) {
    absl::StrAppend(&text, text.size() > 1 ? ", " : "", Name(type));
  }
  return text + ")";
}

// A block's type; nothing for one that takes and gives nothing.
std::string BlockText(int64_t type, const Module& module) {
  constexpr int64_t kNoTypes = -0x40;
  if (type == kNoTypes) return {};
  if (type >= 0) return " " + Text(module.types[static_cast<size_t>(type)]);
  return absl::StrCat(" () -> (", Name(static_cast<ValueType>(type & 0x7f)),
                      ")");
}

// The shortest decimals that are this number and no other.
template <class T>
std::string FloatText(T value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value);
  return " " + std::string(buffer, end.ptr);
}

std::string Number(ByteReader& in) { return absl::StrCat(" ", in.VarU32()); }

std::string MemArgText(ByteReader& in, const WasmOpInfo& info) {
  const uint32_t align = in.VarU32();
  const uint32_t offset = in.VarU32();
  std::string text;
  if (offset != 0) absl::StrAppend(&text, " offset=", offset);
  if (align != info.access_log2) {
    absl::StrAppend(&text, " align=", 1u << align);
  }
  return text;
}

std::string TakeImmediate(ByteReader& in, const WasmOpInfo& info,
                          const Module& module, const FunctionNames& names) {
  switch (info.immediate) {
    case ImmediateKind::kBlockType:
      return BlockText(in.VarS33(), module);
    case ImmediateKind::kFunc: {
      const uint32_t func = in.VarU32();
      return absl::StrCat(" ", func, " ", names.Name(func));
    }
    case ImmediateKind::kTypeAndTable: {
      const std::string type = Text(module.types[in.VarU32()]);
      const uint32_t table = in.VarU32();
      return (table == 0 ? " " : absl::StrCat(" ", table, " ")) + type;
    }
    case ImmediateKind::kLabelTable: {
      std::string text;
      for (uint32_t left = in.VarU32(); left > 0 && in.ok(); --left) {
        text += Number(in);
      }
      return text + Number(in);
    }
    case ImmediateKind::kMemArg:
      return MemArgText(in, info);
    case ImmediateKind::kTwoTables:
    case ImmediateKind::kElemAndTable: {
      const std::string first = Number(in);
      return first + Number(in);
    }
    case ImmediateKind::kLabel:
    case ImmediateKind::kLocal:
    case ImmediateKind::kGlobal:
    case ImmediateKind::kTable:
    case ImmediateKind::kElem:
    case ImmediateKind::kData:
      return Number(in);
    case ImmediateKind::kI32:
    case ImmediateKind::kI64:
      return absl::StrCat(" ", in.VarS64());
    case ImmediateKind::kF32:
      return FloatText(std::bit_cast<float>(in.U32()));
    case ImmediateKind::kF64:
      return FloatText(std::bit_cast<double>(in.U64()));
    case ImmediateKind::kRefType:
      return absl::StrCat(" ", Name(static_cast<ValueType>(in.Byte())));
    case ImmediateKind::kDataAndMemory: {
      const std::string segment = Number(in);
      in.Byte();
      return segment;
    }
    case ImmediateKind::kTypeList: {
      std::vector<ValueType> types;
      for (const uint8_t type : in.Take(in.VarU32())) {
        types.push_back(static_cast<ValueType>(type));
      }
      return " " + List(types);
    }
    case ImmediateKind::kNone:
    case ImmediateKind::kMemory:
    case ImmediateKind::kTwoMemories:
      SkipImmediate(in, info.immediate);
      return {};
  }
  return {};
}

}  // namespace

std::string Text(const FuncType& type) {
  return List(type.params) + " -> " + List(type.results);
}

std::string TakeInstruction(ByteReader& in, const Module& module,
                            const FunctionNames& names) {
  const WasmOpInfo& info = Info(ReadOp(in));
  return info.text + TakeImmediate(in, info, module, names);
}

}  // namespace goshawk::interp
