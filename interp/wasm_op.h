// The instructions of WebAssembly, from the one list in wasm_op.def: an
// enumeration, and for each instruction what follows its code and which types
// it pops and pushes. Everything that reads bytes of function bodies is driven
// by this; names appear in no second list.

#ifndef GOSHAWK_INTERP_WASM_OP_H_
#define GOSHAWK_INTERP_WASM_OP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "interp/value_type.h"

namespace goshawk::interp {

// The value is the code in the binary format; 0xfcNN for NN after prefix 0xfc.
enum class WasmOp : uint16_t {
#define WASM_OP(enumerator, code, text, immediate, signature) enumerator = code,
#include "interp/wasm_op.def"
#undef WASM_OP
};

inline constexpr uint8_t kPrefixFc = 0xfc;

// What follows the code of an instruction, in order of its bytes. "u32" is an
// unsigned LEB128 number of at most 32 bits, and so on (section 5.2).
enum class ImmediateKind : uint8_t {
  kNone,
  kBlockType,      // 0x40 | value type | s33 type index
  kLabel,          // u32 nesting depth
  kLabelTable,     // vec(u32) u32: the labels, then the default
  kFunc,           // u32
  kTypeAndTable,   // u32 u32
  kTypeList,       // vec(value type)
  kLocal,          // u32
  kGlobal,         // u32
  kTable,          // u32
  kTwoTables,      // u32 u32: destination, source
  kElem,           // u32 element segment
  kElemAndTable,   // u32 u32: segment, table
  kData,           // u32 data segment
  kDataAndMemory,  // u32 byte: segment, 0x00
  kMemory,         // byte 0x00
  kTwoMemories,    // byte byte: 0x00 0x00
  kMemArg,         // u32 u32: log2 of the alignment, offset
  kI32,            // s32
  kI64,            // s64
  kF32,            // 4 bytes
  kF64,            // 8 bytes
  kRefType,        // byte: a reference type
};

struct WasmOpInfo {
  const char* text = nullptr;  // null: there is no such instruction
  ImmediateKind immediate = ImmediateKind::kNone;
  // False: the types depend on the context and the fields below say nothing.
  bool has_signature = false;
  uint8_t num_operands = 0;
  uint8_t num_results = 0;  // 0 or 1
  ValueType operands[3] = {};
  ValueType result = {};
  // kMemArg: log2 of the bytes accessed, the largest alignment allowed.
  uint8_t access_log2 = 0;
};

namespace wasm_op_internal {

constexpr ValueType TypeOfLetter(char letter) {
  switch (letter) {
    case 'i':
      return ValueType::kI32;
    case 'l':
      return ValueType::kI64;
    case 'f':
      return ValueType::kF32;
    default:
      return ValueType::kF64;
  }
}

// "i64.load8_u" accesses 8 bits; without digits the type's width counts.
constexpr uint8_t AccessLog2(std::string_view text) {
  std::string_view verb = text.substr(4);
  if (verb.find("16") != verb.npos) return 1;
  if (verb.find("32") != verb.npos) return 2;
  if (verb.find('8') != verb.npos) return 0;
  return text.substr(1, 2) == "64" ? 3 : 2;
}

constexpr WasmOpInfo MakeInfo(const char* text, ImmediateKind immediate,
                              std::string_view signature) {
  WasmOpInfo info;
  info.text = text;
  info.immediate = immediate;
  if (immediate == ImmediateKind::kMemArg) info.access_log2 = AccessLog2(text);
  if (signature == "*") return info;
  info.has_signature = true;
  size_t bar = signature.find('_');
  if (bar == 1) {
    info.num_results = 1;
    info.result = TypeOfLetter(signature[0]);
  }
  for (char letter : signature.substr(bar + 1)) {
    ValueType type = TypeOfLetter(letter);
    info.operands[info.num_operands++] = type;
  }
  return info;
}

// Codes of one byte come first, then those after prefix 0xfc.
inline constexpr size_t kOneByteCodes = 256;
inline constexpr size_t kFcCodes = 18;

constexpr size_t IndexOf(uint32_t code) {
  return code < kOneByteCodes ? code : code - 0xfc00 + kOneByteCodes;
}

constexpr auto MakeTable() {
  std::array<WasmOpInfo, kOneByteCodes + kFcCodes> table;
#define WASM_OP(enumerator, code, text, immediate, signature) \
  table[IndexOf(code)] = MakeInfo(text, ImmediateKind::immediate, signature);
#include "interp/wasm_op.def"
#undef WASM_OP
  return table;
}

inline constexpr auto kTable = MakeTable();

}  // namespace wasm_op_internal

// The description of `code`, which may be any number, encoded as in WasmOp;
// null if there is no such instruction.
constexpr const WasmOpInfo* Find(uint32_t code) {
  using wasm_op_internal::IndexOf;
  using wasm_op_internal::kTable;
  bool in_table = code < wasm_op_internal::kOneByteCodes ||
                  (code >= 0xfc00 && IndexOf(code) < kTable.size());
  if (!in_table || kTable[IndexOf(code)].text == nullptr) return nullptr;
  return &kTable[IndexOf(code)];
}

constexpr const WasmOpInfo& Info(WasmOp op) {
  return wasm_op_internal::kTable[wasm_op_internal::IndexOf(
      static_cast<uint32_t>(op))];
}

// The text format's name: "i64.add".
constexpr const char* Name(WasmOp op) { return Info(op).text; }

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_WASM_OP_H_
