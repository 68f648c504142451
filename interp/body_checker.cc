#include "interp/body_checker.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "interp/unsupported_op.h"

namespace goshawk::interp {
namespace {

// kAllTypes[code] is the type of that code, so that a block type of one result
// has something to point to.
constexpr auto kAllTypes = [] {
  std::array<ValueType, 128> types{};
  for (size_t code = 0; code < types.size(); ++code) {
    types[code] = static_cast<ValueType>(code);
  }
  return types;
}();

}  // namespace

bool BodyChecker::Instructions() {
  stack_.Reset();
  stack_.PushFrame(WasmOp::kBlock, static_cast<int32_t>(body_.type_index));
  while (stack_.depth() > 0) {
    start_ = in_.offset();
    if (in_.AtEnd()) {
      return Fail("unexpected end of the body: end expected");
    }
    if (!Instruction()) return false;
  }
  start_ = in_.offset();
  return in_.AtEnd() || Fail("bytes after the end of the function");
}

bool BodyChecker::Instruction() {
  uint8_t byte = in_.Byte();
  auto op = static_cast<WasmOp>(byte);
  switch (op) {
    case WasmOp::kUnreachable:
      stack_.SetUnreachable();
      return true;
    case WasmOp::kBlock:
    case WasmOp::kLoop:
    case WasmOp::kIf:
      return Begin(op);
    case WasmOp::kElse:
      return Else();
    case WasmOp::kEnd:
      return End();
    case WasmOp::kBr:
      return Branch();
    case WasmOp::kBrIf:
      return BranchIf();
    case WasmOp::kBrTable:
      return BranchTable();
    case WasmOp::kReturn:
      if (!stack_.PopAll(Results(FunctionFrame()))) return false;
      stack_.SetUnreachable();
      return true;
    case WasmOp::kCall:
      return Call();
    case WasmOp::kCallIndirect:
      return CallIndirect();
    case WasmOp::kDrop: {
      ValueType type = TypeStack::kUnknown;
      return stack_.PopAny(type);
    }
    case WasmOp::kSelect:
      return Select();
    case WasmOp::kSelectTyped:
      return SelectTyped();
    case WasmOp::kLocalGet: {
      ValueType type = TypeStack::kUnknown;
      return Local(type) && stack_.Push(type);
    }
    case WasmOp::kLocalSet: {
      ValueType type = TypeStack::kUnknown;
      return Local(type) && stack_.Pop(type);
    }
    case WasmOp::kLocalTee: {
      ValueType type = TypeStack::kUnknown;
      return Local(type) && stack_.Pop(type) && stack_.Push(type);
    }
    case WasmOp::kI32Const:
      in_.VarS32();
      return stack_.Push(ValueType::kI32);
    case WasmOp::kI64Const:
      in_.VarS64();
      return stack_.Push(ValueType::kI64);
    case WasmOp::kGlobalGet:
    case WasmOp::kGlobalSet:
      return GlobalAccess(op);
    case WasmOp::kTableGet:
    case WasmOp::kTableSet:
      return TableAccess(op);
    case WasmOp::kRefNull:
      return RefNull();
    case WasmOp::kRefIsNull:
      return RefIsNull();
    case WasmOp::kRefFunc:
      return RefFunc();
    default:
      if (byte == kPrefixFc) return FcInstruction();
      if (const WasmOpInfo& info = Info(op); info.has_signature) {
        return Immediate(info) && stack_.Apply(info);
      }
      return UnknownInstruction(byte, IsOpPrefix(byte) ? in_.VarU32() : 0);
  }
}

bool BodyChecker::FcInstruction() {
  uint32_t sub = in_.VarU32();
  uint32_t code = kPrefixFc << 8 | sub;
  const WasmOpInfo* info = sub < 0x100 ? Find(code) : nullptr;
  if (info == nullptr) return UnknownInstruction(kPrefixFc, sub);
  auto op = static_cast<WasmOp>(code);
  if (!info->has_signature) return TableAccess(op);
  return Immediate(*info) && stack_.Apply(*info);
}

inline bool BodyChecker::Immediate(const WasmOpInfo& info) {
  if (info.immediate == ImmediateKind::kNone) return true;
  if (info.immediate == ImmediateKind::kMemArg) return MemArg(info);
  return OtherImmediate(info);
}

inline bool BodyChecker::MemArg(const WasmOpInfo& info) {
  uint32_t alignment = in_.VarU32();
  in_.VarU32();
  if (ABSL_PREDICT_FALSE(alignment > info.access_log2)) {
    return Fail("alignment must not be larger than natural");
  }
  return HasMemory();
}

// ---- Control

inline const ControlFrame& BodyChecker::FunctionFrame() const {
  return stack_.frame(stack_.depth() - 1);
}

inline TypeStack::Types BodyChecker::Params(const ControlFrame& frame) const {
  if (frame.block_type < 0) return {};
  return module_.types[static_cast<size_t>(frame.block_type)].params;
}

inline TypeStack::Types BodyChecker::Results(const ControlFrame& frame) const {
  if (frame.block_type == kNoResult) return {};
  if (frame.block_type < 0) {
    return Types(&kAllTypes[static_cast<size_t>(-frame.block_type)], 1);
  }
  return module_.types[static_cast<size_t>(frame.block_type)].results;
}

inline TypeStack::Types BodyChecker::LabelTypes(
    const ControlFrame& frame) const {
  return frame.op == WasmOp::kLoop ? Params(frame) : Results(frame);
}

inline bool BodyChecker::Label(uint32_t depth, const ControlFrame*& frame) {
  if (ABSL_PREDICT_FALSE(depth >= stack_.depth())) {
    return Unknown("label", depth);
  }
  frame = &stack_.frame(depth);
  return true;
}

// Section 5.4.1: an empty block, one type, or the index of a function type as a
// non-negative number of 33 bits. The first two are single bytes.
inline bool BodyChecker::BlockType(int32_t& block_type) {
  uint8_t byte = in_.Peek();
  if (ABSL_PREDICT_TRUE(byte == -kNoResult)) {
    in_.Skip(1);
    block_type = kNoResult;
    return true;
  }
  if ((byte & 0xc0) == 0x40) {
    ValueType type = TypeStack::kUnknown;
    if (!AnyType(type)) return false;
    block_type = -static_cast<int32_t>(type);
    return true;
  }
  int64_t index = in_.VarS33();
  if (index < 0) return Fail("malformed block type");
  if (static_cast<uint64_t>(index) >= module_.types.size()) {
    return Unknown("type", static_cast<uint32_t>(index));
  }
  block_type = static_cast<int32_t>(index);
  return true;
}

inline bool BodyChecker::Begin(WasmOp op) {
  int32_t block_type = kNoResult;
  if (!BlockType(block_type)) return false;
  if (op == WasmOp::kIf && !stack_.Pop(ValueType::kI32)) return false;
  if (block_type < 0) {
    stack_.PushFrame(op, block_type);
    return true;
  }
  Types params = module_.types[static_cast<size_t>(block_type)].params;
  if (!stack_.PopAll(params)) return false;
  stack_.PushFrame(op, block_type);
  return stack_.PushAll(params);
}

bool BodyChecker::Else() {
  const ControlFrame& frame = stack_.frame(0);
  if (frame.op != WasmOp::kIf) return Fail("else without if");
  if (!stack_.PopAll(Results(frame))) return false;
  if (stack_.HasOperands()) {
    return Fail("type mismatch: values remain at the else");
  }
  stack_.StartElse();
  return stack_.PushAll(Params(frame));
}

inline bool BodyChecker::End() {
  const ControlFrame& frame = stack_.frame(0);
  Types results = Results(frame);
  if (frame.op == WasmOp::kIf && Params(frame) != results) {
    return Fail("type mismatch: if without else must leave what it takes");
  }
  if (!stack_.PopAll(results)) return false;
  if (ABSL_PREDICT_FALSE(stack_.HasOperands())) {
    return Fail("type mismatch: values remain at the end of the block");
  }
  stack_.PopFrame();
  return stack_.PushAll(results);
}

inline bool BodyChecker::Branch() {
  const ControlFrame* frame = nullptr;
  if (!Label(in_.VarU32(), frame)) return false;
  if (!stack_.PopAll(LabelTypes(*frame))) return false;
  stack_.SetUnreachable();
  return true;
}

inline bool BodyChecker::BranchIf() {
  const ControlFrame* frame = nullptr;
  if (!Label(in_.VarU32(), frame)) return false;
  if (!stack_.Pop(ValueType::kI32)) return false;
  Types types = LabelTypes(*frame);
  if (types.empty()) return true;
  return stack_.PopAll(types) && stack_.PushAll(types);
}

bool BodyChecker::BranchTable() {
  if (!stack_.Pop(ValueType::kI32)) return false;
  uint32_t count = in_.VarU32();
  if (count > in_.remaining()) {
    return Fail("unexpected end: more labels announced than bytes are left");
  }
  size_t arity = 0;
  // The default comes after the table.
  for (uint32_t i = 0; i <= count; ++i) {
    const ControlFrame* frame = nullptr;
    if (!Label(in_.VarU32(), frame)) return false;
    Types types = LabelTypes(*frame);
    if (i == 0) arity = types.size();
    if (types.size() != arity) {
      return Fail("type mismatch: labels of br_table take different values");
    }
    if (!stack_.Peek(types)) return false;
  }
  stack_.SetUnreachable();
  return in_.ok();
}

inline bool BodyChecker::Call() {
  uint32_t function = in_.VarU32();
  if (ABSL_PREDICT_FALSE(function >= module_.func_types.size())) {
    return Unknown("function", function);
  }
  const FuncType& type = module_.TypeOfFunc(function);
  return stack_.PopAll(type.params) && stack_.PushAll(type.results);
}

bool BodyChecker::CallIndirect() {
  uint32_t index = in_.VarU32();
  uint32_t table = 0;
  if (!TableIndex(table)) return false;
  if (index >= module_.types.size()) return Unknown("type", index);
  if (module_.tables[table].element != ValueType::kFuncRef) {
    return stack_.Mismatch(ValueType::kFuncRef, module_.tables[table].element);
  }
  const FuncType& type = module_.types[index];
  return stack_.Pop(ValueType::kI32) && stack_.PopAll(type.params) &&
         stack_.PushAll(type.results);
}

// ---- Parametric, variables, tables, references

bool BodyChecker::Select() {
  ValueType second = TypeStack::kUnknown, first = TypeStack::kUnknown;
  if (!stack_.Pop(ValueType::kI32) || !stack_.PopAny(second) ||
      !stack_.PopAny(first))
    return false;
  if (IsReference(first) || IsReference(second)) {
    return Fail("type mismatch: select without a type takes numbers only");
  }
  if (first == TypeStack::kUnknown) return stack_.Push(second);
  if (second != TypeStack::kUnknown && first != second)
    return stack_.Mismatch(first, second);
  return stack_.Push(first);
}

bool BodyChecker::SelectTyped() {
  ValueType type = TypeStack::kUnknown;
  if (in_.VarU32() != 1) return Fail("invalid result arity of select");
  if (!AnyType(type)) return false;
  return stack_.Pop(ValueType::kI32) && stack_.Pop(type) && stack_.Pop(type) &&
         stack_.Push(type);
}

inline bool BodyChecker::Local(ValueType& type) {
  uint32_t index = in_.VarU32();
  if (ABSL_PREDICT_FALSE(index >= locals_.size())) {
    return Unknown("local", index);
  }
  type = locals_[index];
  return true;
}

inline bool BodyChecker::GlobalAccess(WasmOp op) {
  uint32_t index = in_.VarU32();
  if (ABSL_PREDICT_FALSE(index >= module_.global_types.size())) {
    return Unknown("global", index);
  }
  GlobalType type = module_.global_types[index];
  if (op == WasmOp::kGlobalGet) return stack_.Push(type.value);
  if (!type.is_mutable)
    return Fail(absl::StrCat("global ", index, " is immutable"));
  return stack_.Pop(type.value);
}

}  // namespace goshawk::interp
