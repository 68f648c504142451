// Value and function types (WebAssembly 2.0, section 2.3 "Types").

#ifndef GOSHAWK_INTERP_VALUE_TYPE_H_
#define GOSHAWK_INTERP_VALUE_TYPE_H_

#include <cstdint>
#include <vector>

namespace goshawk::interp {

// Enumerators carry the binary encoding (section 5.3.1).
enum class ValueType : uint8_t {
  kI32 = 0x7f,
  kI64 = 0x7e,
  kF32 = 0x7d,
  kF64 = 0x7c,
  kV128 = 0x7b,  // decoded so that it can be named in errors; never executed
  kFuncRef = 0x70,
  kExternRef = 0x6f,
};

// True if `code` encodes one of the types above.
constexpr bool IsValueType(uint8_t code) {
  return (code >= static_cast<uint8_t>(ValueType::kV128) &&
          code <= static_cast<uint8_t>(ValueType::kI32)) ||
         code == static_cast<uint8_t>(ValueType::kFuncRef) ||
         code == static_cast<uint8_t>(ValueType::kExternRef);
}

constexpr bool IsReference(ValueType type) {
  return type == ValueType::kFuncRef || type == ValueType::kExternRef;
}

// The text format's name: "i32", "funcref", ...
constexpr const char* Name(ValueType type) {
  switch (type) {
    case ValueType::kI32:
      return "i32";
    case ValueType::kI64:
      return "i64";
    case ValueType::kF32:
      return "f32";
    case ValueType::kF64:
      return "f64";
    case ValueType::kV128:
      return "v128";
    case ValueType::kFuncRef:
      return "funcref";
    case ValueType::kExternRef:
      return "externref";
  }
  return "?";
}

struct FuncType {
  std::vector<ValueType> params;
  std::vector<ValueType> results;

  friend bool operator==(const FuncType&, const FuncType&) = default;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_VALUE_TYPE_H_
