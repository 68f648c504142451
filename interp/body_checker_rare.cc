#include "absl/strings/str_cat.h"
#include "interp/body_checker.h"
#include "interp/limits.h"
#include "interp/names.h"
#include "interp/unsupported_op.h"

namespace goshawk::interp {
namespace {

const char* NameOrUnknown(ValueType type) {
  return type == TypeStack::kUnknown ? "a value" : Name(type);
}

}  // namespace

absl::Status BodyChecker::Run() {
  start_ = in_.offset();
  if (Locals() && Instructions()) return absl::OkStatus();
  if (!in_.ok()) {
    // Whatever was noticed comes from zeros read past the end.
    code_ = absl::StatusCode::kInvalidArgument;
    error_ = Message(in_.error());
    start_ = in_.error_offset();
  } else if (error_.empty()) {
    error_ = Describe(stack_.failure());
  }
  std::string name;
  FunctionNames names(module_);
  if (names.Has(function_)) {
    name = absl::StrCat(" \"", names.Name(function_), "\"");
  }
  return absl::Status(
      code_, absl::StrCat("function ", function_, name, " at offset 0x",
                          absl::Hex(start_), ": ", error_));
}

bool BodyChecker::Fail(absl::string_view what) {
  error_ = std::string(what);
  return false;
}

std::string BodyChecker::CurrentName() const {
  ByteReader in(module_.bytes, start_, module_.bytes.size() - start_);
  uint32_t code = in.Byte();
  if (code == kPrefixFc) code = kPrefixFc << 8 | in.VarU32();
  const WasmOpInfo* info = Find(code);
  return info == nullptr ? "?" : info->text;
}

std::string BodyChecker::Describe(const TypeStack::Failure& failure) const {
  if (failure.kind == TypeStack::Failure::Kind::kTooMany) {
    return absl::StrCat("too many operands: the limit is ", kMaxOperands);
  }
  bool is_missing = failure.kind == TypeStack::Failure::Kind::kMissing;
  return absl::StrCat("type mismatch: ", CurrentName(), " expects ",
                      NameOrUnknown(failure.expected), ", found ",
                      is_missing ? "nothing" : NameOrUnknown(failure.found));
}

bool BodyChecker::Unknown(absl::string_view what, uint32_t index) {
  return Fail(absl::StrCat("unknown ", what, " ", index));
}

bool BodyChecker::NeedsSimd() {
  code_ = absl::StatusCode::kUnimplemented;
  return Fail("needs SIMD (v128)");
}

// Section 5.4.9: runs of locals of the same type.
bool BodyChecker::Locals() {
  const FuncType& type = module_.types[body_.type_index];
  locals_.assign(type.params.begin(), type.params.end());
  uint32_t runs = in_.VarU32();
  for (; runs > 0 && in_.ok(); --runs) {
    start_ = in_.offset();
    uint32_t count = in_.VarU32();
    ValueType local = TypeStack::kUnknown;
    if (!AnyType(local)) return false;
    if (count > kMaxLocals - locals_.size()) {
      return Fail(absl::StrCat("too many locals: the limit is ", kMaxLocals));
    }
    locals_.resize(locals_.size() + count, local);
  }
  return in_.ok();
}

bool BodyChecker::UnknownInstruction(uint8_t byte, uint32_t sub) {
  absl::Status status = UnsupportedOp(byte, sub);
  code_ = status.code();
  return Fail(status.message());
}

bool BodyChecker::AnyType(ValueType& type) {
  uint8_t code = in_.Byte();
  type = static_cast<ValueType>(code);
  if (type == ValueType::kV128) return NeedsSimd();
  if (IsValueType(code)) return true;
  if (const char* feature = FeatureOfType(code)) {
    code_ = absl::StatusCode::kUnimplemented;
    return Fail(absl::StrCat("needs ", feature));
  }
  return Fail(
      absl::StrCat("unknown value type 0x", absl::Hex(code, absl::kZeroPad2)));
}

bool BodyChecker::OtherImmediate(const WasmOpInfo& info) {
  switch (info.immediate) {
    case ImmediateKind::kF32:
      in_.U32();
      return true;
    case ImmediateKind::kF64:
      in_.U64();
      return true;
    case ImmediateKind::kMemory:
      return MemoryIndex();
    case ImmediateKind::kTwoMemories:
      return MemoryIndex() && MemoryIndex();
    case ImmediateKind::kData:
      return DataIndex();
    case ImmediateKind::kDataAndMemory:
      return DataIndex() && MemoryIndex();
    case ImmediateKind::kTable: {
      uint32_t table = 0;
      return TableIndex(table);
    }
    case ImmediateKind::kElem: {
      uint32_t segment = 0;
      return ElemIndex(segment);
    }
    case ImmediateKind::kTwoTables: {
      uint32_t to = 0, from = 0;
      if (!TableIndex(to) || !TableIndex(from)) return false;
      return module_.tables[to].element == module_.tables[from].element ||
             stack_.Mismatch(module_.tables[to].element,
                             module_.tables[from].element);
    }
    case ImmediateKind::kElemAndTable: {
      uint32_t segment = 0, table = 0;
      if (!ElemIndex(segment) || !TableIndex(table)) return false;
      ValueType type = module_.elements[segment].type;
      return type == module_.tables[table].element ||
             stack_.Mismatch(module_.tables[table].element, type);
    }
    default:
      return Fail("unknown immediate");
  }
}

bool BodyChecker::TableAccess(WasmOp op) {
  uint32_t table = 0;
  if (!TableIndex(table)) return false;
  ValueType type = module_.tables[table].element;
  constexpr ValueType kI32 = ValueType::kI32;
  switch (op) {
    case WasmOp::kTableGet:
      return stack_.Pop(kI32) && stack_.Push(type);
    case WasmOp::kTableSet:
      return stack_.Pop(type) && stack_.Pop(kI32);
    case WasmOp::kTableGrow:
      return stack_.Pop(kI32) && stack_.Pop(type) && stack_.Push(kI32);
    default:  // kTableFill
      return stack_.Pop(kI32) && stack_.Pop(type) && stack_.Pop(kI32);
  }
}

bool BodyChecker::RefNull() {
  ValueType type = TypeStack::kUnknown;
  if (!AnyType(type)) return false;
  return IsReference(type) ? stack_.Push(type)
                           : Fail("malformed reference type");
}

bool BodyChecker::RefIsNull() {
  ValueType type = TypeStack::kUnknown;
  if (!stack_.PopAny(type)) return false;
  if (type != TypeStack::kUnknown && !IsReference(type)) {
    return Fail(absl::StrCat("type mismatch: ref.is_null expects a reference,",
                             " found ", Name(type)));
  }
  return stack_.Push(ValueType::kI32);
}

bool BodyChecker::RefFunc() {
  uint32_t function = in_.VarU32();
  if (function >= module_.func_types.size()) {
    return Unknown("function", function);
  }
  if (!module_.declared_funcs[function]) {
    return Fail(absl::StrCat("undeclared function reference ", function));
  }
  return stack_.Push(ValueType::kFuncRef);
}

bool BodyChecker::TableIndex(uint32_t& table) {
  table = in_.VarU32();
  if (table >= module_.tables.size()) {
    return Unknown("table", table);
  }
  return true;
}

bool BodyChecker::ElemIndex(uint32_t& segment) {
  segment = in_.VarU32();
  if (segment >= module_.elements.size()) {
    return Unknown("element segment", segment);
  }
  return true;
}

bool BodyChecker::DataIndex() {
  uint32_t segment = in_.VarU32();
  if (!module_.data_count) return Fail("data count section required");
  if (segment >= *module_.data_count) {
    return Unknown("data segment", segment);
  }
  return true;
}

bool BodyChecker::MemoryIndex() {
  if (in_.Byte() != 0) return Fail("zero byte expected");
  return HasMemory();
}

}  // namespace goshawk::interp
