// The validation algorithm over one body; the part of validator.h that nobody
// else needs to see. body_checker.cc has the rules for what almost every
// function needs, body_checker_rare.cc those for the rest.
//
// Functions return false when the body is invalid; then error_ says why, or the
// reader or the stack does. After a read failed the reader is at its end and
// gives zeros, so the loop over the instructions ends there at the latest, and
// only what could run on must ask the reader.

#ifndef GOSHAWK_INTERP_BODY_CHECKER_H_
#define GOSHAWK_INTERP_BODY_CHECKER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/base/optimization.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "interp/byte_reader.h"
#include "interp/module.h"
#include "interp/type_stack.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// ControlFrame::block_type of a block that leaves nothing.
inline constexpr int32_t kNoResult = -0x40;

class BodyChecker {
 public:
  // `locals` and `stack` are scratch memory and may hold anything.
  BodyChecker(const Module& module, uint32_t defined,
              std::vector<ValueType>& locals, TypeStack& stack)
      : module_(module),
        body_(module_.bodies[defined]),
        function_(module_.imported_funcs + defined),
        locals_(locals),
        stack_(stack),
        in_(module_.bytes, body_.body_offset, body_.body_size) {}

  // As FunctionValidator::Validate.
  absl::Status Run();

 private:
  using Types = TypeStack::Types;

  bool Locals();
  bool Instructions();
  bool Instruction();
  bool FcInstruction();

  // What follows the code of an instruction whose types its table row says.
  bool Immediate(const WasmOpInfo& info);
  bool MemArg(const WasmOpInfo& info);
  bool OtherImmediate(const WasmOpInfo& info);

  bool Begin(WasmOp op);
  bool Else();
  bool End();
  bool Branch();
  bool BranchIf();
  bool BranchTable();
  bool Call();
  bool CallIndirect();
  bool Select();
  bool SelectTyped();
  bool Local(ValueType& type);
  bool GlobalAccess(WasmOp op);
  bool TableAccess(WasmOp op);
  bool RefNull();
  bool RefIsNull();
  bool RefFunc();
  bool UnknownInstruction(uint8_t byte, uint32_t sub);

  bool BlockType(int32_t& block_type);
  bool AnyType(ValueType& type);
  const ControlFrame& FunctionFrame() const;
  Types Params(const ControlFrame& frame) const;
  Types Results(const ControlFrame& frame) const;
  // What a branch to the frame takes along.
  Types LabelTypes(const ControlFrame& frame) const;
  bool Label(uint32_t depth, const ControlFrame*& frame);

  bool TableIndex(uint32_t& table);
  bool ElemIndex(uint32_t& segment);
  bool DataIndex();
  bool MemoryIndex();
  bool HasMemory() {
    return ABSL_PREDICT_TRUE(!module_.memories.empty()) || Unknown("memory", 0);
  }

  ABSL_ATTRIBUTE_NOINLINE bool Fail(absl::string_view what);
  ABSL_ATTRIBUTE_NOINLINE bool Unknown(absl::string_view what, uint32_t index);
  ABSL_ATTRIBUTE_NOINLINE bool NeedsSimd();
  std::string Describe(const TypeStack::Failure& failure) const;
  // The name of the instruction that begins at start_.
  std::string CurrentName() const;

  const Module& module_;
  const FuncBody& body_;
  const uint32_t function_;
  std::vector<ValueType>& locals_;
  TypeStack& stack_;

  ByteReader in_;
  size_t start_ = 0;  // of the current instruction

  std::string error_;
  absl::StatusCode code_ = absl::StatusCode::kInvalidArgument;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_BODY_CHECKER_H_
