// The lists of instructions: every row, and that they exclude each other.

#include "interp/wasm_op.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "interp/unsupported_op.h"

namespace goshawk::interp {
namespace {

using ::testing::HasSubstr;

struct Row {
  WasmOp op;
  uint32_t code;
  std::string_view text;
  std::string_view signature;
};

constexpr Row kRows[] = {
#define WASM_OP(enumerator, code, text, immediate, signature) \
  {WasmOp::enumerator, code, text, signature},
#include "interp/wasm_op.def"
#undef WASM_OP
};

TEST(WasmOpTest, EveryRowIsFoundByItsCode) {
  std::set<uint32_t> codes;
  for (const Row& row : kRows) {
    const WasmOpInfo* info = Find(row.code);
    ASSERT_NE(info, nullptr) << row.text;
    EXPECT_EQ(info, &Info(row.op));
    EXPECT_EQ(info->text, row.text);
    EXPECT_TRUE(codes.insert(row.code).second) << row.text;
  }
  EXPECT_EQ(codes.size(), std::size(kRows));
  for (uint32_t code = 0; code < 0x20000; ++code) {
    EXPECT_EQ(Find(code) != nullptr, codes.count(code) == 1) << code;
  }
}

// "i64.load8_u" must say l_i and so on: the text and the signature of a row are
// written down independently of each other.
TEST(WasmOpTest, ResultsFollowFromNames) {
  for (const Row& row : kRows) {
    const WasmOpInfo& info = Info(row.op);
    EXPECT_EQ(info.has_signature, row.signature != "*") << row.text;
    if (!info.has_signature || info.num_results == 0) continue;
    std::string_view type = row.text.substr(0, row.text.find('.'));
    std::string_view verb = row.text.substr(row.text.find('.') + 1);
    bool is_comparison =
        verb == "eqz" || verb == "eq" || verb == "ne" ||
        ((verb.substr(0, 2) == "lt" || verb.substr(0, 2) == "gt" ||
          verb.substr(0, 2) == "le" || verb.substr(0, 2) == "ge") &&
         (verb.size() == 2 || verb[2] == '_'));
    if (type == "memory" || type == "table" || is_comparison) type = "i32";
    EXPECT_EQ(Name(info.result), type) << row.text;
  }
}

TEST(WasmOpTest, WidthsFollowFromNames) {
  EXPECT_EQ(Info(WasmOp::kI32Load).access_log2, 2);
  EXPECT_EQ(Info(WasmOp::kI64Load).access_log2, 3);
  EXPECT_EQ(Info(WasmOp::kF32Store).access_log2, 2);
  EXPECT_EQ(Info(WasmOp::kF64Store).access_log2, 3);
  EXPECT_EQ(Info(WasmOp::kI32Load8S).access_log2, 0);
  EXPECT_EQ(Info(WasmOp::kI64Load16U).access_log2, 1);
  EXPECT_EQ(Info(WasmOp::kI64Load32S).access_log2, 2);
  EXPECT_EQ(Info(WasmOp::kI64Store8).access_log2, 0);
}

TEST(WasmOpTest, NothingIsSupportedAndUnsupported) {
  struct Unsupported {
    uint8_t byte;
    uint32_t sub;
    const char* text;
  };
  constexpr Unsupported kUnsupported[] = {
#define UNSUPPORTED_OP(byte, sub, text, feature) {byte, sub, text},
#include "interp/unsupported_op.def"
#undef UNSUPPORTED_OP
  };
  std::set<std::string> names;
  for (const Unsupported& op : kUnsupported) {
    if (!IsOpPrefix(op.byte)) {
      EXPECT_EQ(Find(op.byte), nullptr) << op.text;
    }
    EXPECT_TRUE(names.insert(op.text).second) << op.text;
    absl::Status status = UnsupportedOp(op.byte, op.sub);
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
    EXPECT_THAT(std::string(status.message()), HasSubstr(op.text));
  }
}

}  // namespace
}  // namespace goshawk::interp
