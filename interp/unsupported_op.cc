#include "interp/unsupported_op.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace goshawk::interp {
namespace {

struct UnsupportedInstruction {
  uint8_t byte;
  uint16_t sub;
  const char* text;
  const char* feature;
};

constexpr UnsupportedInstruction kUnsupportedInstructions[] = {
#define UNSUPPORTED_OP(byte, sub, text, feature) {byte, sub, text, feature},
#include "interp/unsupported_op.def"
#undef UNSUPPORTED_OP
};

}  // namespace

absl::Status UnsupportedOp(uint8_t byte, uint32_t sub) {
  if (!IsOpPrefix(byte)) sub = 0;
  for (const UnsupportedInstruction& op : kUnsupportedInstructions) {
    if (op.byte == byte && op.sub == sub) {
      return absl::UnimplementedError(
          absl::StrCat("needs ", op.feature, " (", op.text, ")"));
    }
  }
  std::string code = absl::StrCat("0x", absl::Hex(byte, absl::kZeroPad2));
  if (IsOpPrefix(byte)) {
    absl::StrAppend(&code, " 0x", absl::Hex(sub, absl::kZeroPad2));
  }
  // All of this prefix belongs to one proposal.
  if (byte == 0xfb) {
    return absl::UnimplementedError(
        absl::StrCat("needs garbage collection (", code, ")"));
  }
  return absl::InvalidArgumentError(absl::StrCat("unknown instruction ", code));
}

const char* FeatureOfType(uint8_t code) {
  switch (code) {
    case 0x69:  // exnref
    case 0x74:  // noexn
      return "exception handling";
    case 0x63:  // (ref null ht)
    case 0x64:  // (ref ht)
      return "function references";
    case 0x5e:  // array
    case 0x5f:  // struct
    case 0x4e:  // rec
    case 0x4f:  // sub final
    case 0x50:  // sub
    case 0x6a:  // arrayref
    case 0x6b:  // structref
    case 0x6c:  // i31ref
    case 0x6d:  // eqref
    case 0x6e:  // anyref
    case 0x71:  // nullref
    case 0x72:  // nullexternref
    case 0x73:  // nullfuncref
      return "garbage collection";
    default:
      return nullptr;
  }
}

}  // namespace goshawk::interp
