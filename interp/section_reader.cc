#include "interp/section_reader.h"

#include "absl/strings/str_cat.h"
#include "interp/status_macros.h"
#include "interp/unsupported_op.h"
#include "interp/utf8.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {
std::string HexByte(uint8_t byte) {
  return absl::StrCat("0x", absl::Hex(byte, absl::kZeroPad2));
}

absl::Status SectionReader::Error(absl::StatusCode code, absl::string_view what,
                                  size_t offset) const {
  return absl::Status(
      code, absl::StrCat(where_, what, " at offset 0x", absl::Hex(offset)));
}

absl::Status SectionReader::Malformed(absl::string_view what,
                                      size_t offset) const {
  return Error(absl::StatusCode::kInvalidArgument, what, offset);
}

absl::Status SectionReader::Unsupported(absl::string_view what,
                                        size_t offset) const {
  return Error(absl::StatusCode::kUnimplemented, what, offset);
}

absl::Status SectionReader::status() const {
  if (reader.ok()) return absl::OkStatus();
  return Malformed(Message(reader.error()), reader.error_offset());
}

absl::StatusOr<uint32_t> SectionReader::Count(size_t item_bytes) {
  size_t start = reader.offset();
  uint32_t count = reader.VarU32();
  RETURN_IF_ERROR(status());
  if (count > reader.remaining() / item_bytes) {
    return Malformed(
        absl::StrCat("unexpected end: ", count, " entries announced, ",
                     reader.remaining(), " bytes are left"),
        start);
  }
  return count;
}

absl::Status SectionReader::Types(std::vector<ValueType>& types) {
  ASSIGN_OR_RETURN(uint32_t count, Count(1));
  types.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(ValueType type, AnyType());
    types.push_back(type);
  }
  return absl::OkStatus();
}

absl::StatusOr<ValueType> SectionReader::AnyType() {
  size_t start = reader.offset();
  uint8_t code = reader.Byte();
  RETURN_IF_ERROR(status());
  if (IsValueType(code)) return static_cast<ValueType>(code);
  if (const char* feature = FeatureOfType(code)) {
    return Unsupported(absl::StrCat("needs ", feature), start);
  }
  return Malformed(absl::StrCat("unknown value type ", HexByte(code)), start);
}

absl::StatusOr<ValueType> SectionReader::RefType() {
  size_t start = reader.offset();
  ASSIGN_OR_RETURN(ValueType type, AnyType());
  if (!IsReference(type)) {
    return Malformed(absl::StrCat(interp::Name(type), " is no reference type"),
                     start);
  }
  return type;
}

absl::StatusOr<Limits> SectionReader::ReadLimits() {
  size_t start = reader.offset();
  uint8_t flags = reader.Byte();
  if (flags > 1) {
    if (flags < 4) return Unsupported("needs threads (shared memory)", start);
    if (flags < 8) return Unsupported("needs memory64", start);
    return Malformed(absl::StrCat("unknown flags of limits ", HexByte(flags)),
                     start);
  }
  Limits limits;
  limits.min = reader.VarU32();
  if (flags == 1) limits.max = reader.VarU32();
  RETURN_IF_ERROR(status());
  return limits;
}

absl::StatusOr<TableType> SectionReader::ReadTableType() {
  if (reader.Peek() == 0x40) {
    return Unsupported("needs function references (table with initialiser)",
                       reader.offset());
  }
  TableType type;
  ASSIGN_OR_RETURN(type.element, RefType());
  ASSIGN_OR_RETURN(type.limits, ReadLimits());
  return type;
}

absl::StatusOr<GlobalType> SectionReader::ReadGlobalType() {
  GlobalType type;
  ASSIGN_OR_RETURN(type.value, AnyType());
  size_t start = reader.offset();
  uint8_t mutability = reader.Byte();
  RETURN_IF_ERROR(status());
  if (mutability > 1) {
    return Malformed(absl::StrCat("malformed mutability ", HexByte(mutability)),
                     start);
  }
  type.is_mutable = mutability == 1;
  return type;
}

absl::StatusOr<ConstExpr> SectionReader::ReadConstExpr() {
  size_t start = reader.offset();
  uint8_t code = reader.Byte();
  ConstExpr expr;
  switch (static_cast<WasmOp>(code)) {
    case WasmOp::kI32Const:
      expr.type = ValueType::kI32;
      expr.bits = static_cast<uint32_t>(reader.VarS32());
      break;
    case WasmOp::kI64Const:
      expr.type = ValueType::kI64;
      expr.bits = static_cast<uint64_t>(reader.VarS64());
      break;
    case WasmOp::kF32Const:
      expr.type = ValueType::kF32;
      expr.bits = reader.U32();
      break;
    case WasmOp::kF64Const:
      expr.type = ValueType::kF64;
      expr.bits = reader.U64();
      break;
    case WasmOp::kGlobalGet:
      expr.kind = ConstExpr::Kind::kGlobalGet;
      expr.index = reader.VarU32();
      break;
    case WasmOp::kRefNull: {
      expr.kind = ConstExpr::Kind::kRefNull;
      ASSIGN_OR_RETURN(expr.type, RefType());
      break;
    }
    case WasmOp::kRefFunc:
      expr.kind = ConstExpr::Kind::kRefFunc;
      expr.type = ValueType::kFuncRef;
      expr.index = reader.VarU32();
      break;
    default: {
      RETURN_IF_ERROR(status());
      if (const WasmOpInfo* info = Find(code)) {
        return Malformed(
            absl::StrCat("constant expression required, found ", info->text),
            start);
      }
      uint32_t sub = IsOpPrefix(code) ? reader.VarU32() : 0;
      absl::Status status = UnsupportedOp(code, sub);
      return Error(status.code(), status.message(), start);
    }
  }
  size_t end = reader.offset();
  uint8_t last = reader.Byte();
  RETURN_IF_ERROR(status());
  if (static_cast<WasmOp>(last) != WasmOp::kEnd) {
    return Malformed("constant expression of more than one instruction", end);
  }
  return expr;
}

absl::StatusOr<std::string_view> SectionReader::Name() {
  size_t start = reader.offset();
  uint32_t size = reader.VarU32();
  Bytes bytes = reader.Take(size);
  RETURN_IF_ERROR(status());
  std::string_view name(reinterpret_cast<const char*>(bytes.data()),
                        bytes.size());
  if (!IsUtf8(name)) return Malformed("name is not UTF-8", start);
  return name;
}

}  // namespace goshawk::interp
