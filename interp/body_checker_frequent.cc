#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#include "absl/base/attributes.h"
#include "interp/body_checker.h"
#include "interp/leb128.h"

namespace goshawk::interp {
namespace {

using Types = TypeStack::Types;

// The walk over instructions that are frequent, valid and short, a local
// variable that lives in registers. What is not certain to be all of that ends
// the walk before anything has happened, and the general rules say what it is.
//
// Half of the time goes into jumps that were not predicted. So the switch is
// over the codes themselves, not over classes of them that would have to be
// looked up first, and the length of most numbers is computed, not branched on.
class FrequentWalk {
 public:
  // `code` is what is left of the body, at least a byte; there is a memory.
  FrequentWalk(const Module& module, Types results, Types locals, Bytes code,
               const TypeStack& stack)
      : module_(module),
        results_(results),
        locals_(locals.data()),
        num_locals_(std::min(locals.size(), kShort)),
        globals_(module.global_types.data()),
        num_globals_(std::min(module.global_types.size(), kShort)),
        pos_(code.data()),
        end_(pos_ + std::min(code.size() - 1, stack.room())),
        window_end_(pos_ + code.size() - std::min(code.size(), kWindow)),
        tip_(stack) {}

  void Run() {
    while (pos_ < end_ && Instruction()) continue;
  }

  const uint8_t* pos() const { return pos_; }
  const TypeStack::Tip& tip() const { return tip_; }

 private:
  // Numbers below are a single byte.
  static constexpr size_t kShort = 0x80;
  // All that is read of an instruction but of br_table: a code and a number.
  static constexpr size_t kWindow = 1 + kLebWindow;

  // REQUIRES: pos_ < end_. So there is another byte, and room for an operand.
  bool Instruction() {
    const auto op = static_cast<WasmOp>(*pos_);
    switch (op) {
      case WasmOp::kLocalGet:
        return LocalGet();
      case WasmOp::kLocalSet:
        return LocalSet();
      case WasmOp::kLocalTee:
        return LocalTee();
      case WasmOp::kGlobalGet:
        return GlobalGet();
      case WasmOp::kGlobalSet:
        return GlobalSet();
      case WasmOp::kI32Const:
        return I32Const();
      case WasmOp::kI64Const:
        return I64Const();
      case WasmOp::kBlock:
      case WasmOp::kLoop:
        return CanBegin() && Begin(op);
      case WasmOp::kIf:
        return CanBegin() && tip_.Pop(ValueType::kI32) && Begin(op);
      case WasmOp::kEnd:
        return tip_.PopFrame(kNoResult) && Next(1);
      case WasmOp::kBr:
        return Branch();
      case WasmOp::kBrIf:
        return BranchIf();
      case WasmOp::kBrTable:
        return BranchTable();
      case WasmOp::kReturn:
        return Return();
      case WasmOp::kUnreachable:
        return NextUnreachable(1);
      case WasmOp::kCall:
        return Call();
      default:
        return ByItsRow(Info(op));
    }
  }

  bool Next(size_t size) {
    pos_ += size;
    return true;
  }
  bool NextUnreachable(size_t size) {
    tip_.SetUnreachable();
    return Next(size);
  }

  // ---- Numbers

  // Whether a number after the code can be read at once.
  bool HasWindow() const { return pos_ < window_end_; }

  // The size of the number at `pos`; 0 if it has more bytes than Word.
  template <typename Word>
  static size_t NumberSize(const uint8_t* pos) {
    constexpr Word kEnds = static_cast<Word>(0x8080808080808080);
    Word word;
    std::memcpy(&word, pos, sizeof(word));
    const Word ends = ~word & kEnds;
    if (ends == 0) return 0;
    // That there is an end the compiler forgets; it knows the one added.
    constexpr Word kLastEnd = kEnds ^ (kEnds >> 8);
    return static_cast<size_t>(std::countr_zero(ends | kLastEnd)) / 8 + 1;
  }

  // Out of line, for its constants must not compete for registers.
  ABSL_ATTRIBUTE_NOINLINE static ShortLeb ReadLong(const uint8_t* pos) {
    return ReadShortLeb(pos);
  }

  // Reads the number after the code. The size of both; 0 if that is not
  // possible at once.
  size_t ReadNumber(size_t& number) const {
    number = pos_[1];
    if (number < kShort) return 2;
    if (!HasWindow()) return 0;
    const ShortLeb leb = ReadLong(pos_ + 1);
    number = static_cast<size_t>(leb.bits);
    // Five bytes may be too large for 32 bits.
    return leb.size > 4 ? 0 : 1 + static_cast<size_t>(leb.size);
  }

  bool I32Const() {
    size_t size = 1;
    if (pos_[1] >= kShort) {
      if (!HasWindow()) return false;
      size = NumberSize<uint32_t>(pos_ + 1);
      if (size == 0) return false;
    }
    tip_.Push(ValueType::kI32);
    return Next(1 + size);
  }
  bool I64Const() {
    if (!HasWindow()) return false;
    const size_t size = NumberSize<uint64_t>(pos_ + 1);
    if (size == 0) return false;
    tip_.Push(ValueType::kI64);
    return Next(1 + size);
  }

  // ---- Locals, globals, memory and arithmetic

  bool LocalGet() {
    const size_t index = pos_[1];
    if (index >= num_locals_) return false;
    tip_.Push(locals_[index]);
    return Next(2);
  }
  bool LocalSet() {
    const size_t index = pos_[1];
    return index < num_locals_ && tip_.Pop(locals_[index]) && Next(2);
  }
  bool LocalTee() {
    const size_t index = pos_[1];
    return index < num_locals_ && tip_.Is(locals_[index]) && Next(2);
  }

  bool GlobalGet() {
    const size_t index = pos_[1];
    if (index >= num_globals_) return false;
    tip_.Push(globals_[index].value);
    return Next(2);
  }
  bool GlobalSet() {
    const size_t index = pos_[1];
    return index < num_globals_ && globals_[index].is_mutable &&
           tip_.Pop(globals_[index].value) && Next(2);
  }

  bool ByItsRow(const WasmOpInfo& info) {
    if (info.immediate == ImmediateKind::kMemArg) return Access(info);
    return info.immediate == ImmediateKind::kNone && info.has_signature &&
           tip_.Apply(info) && Next(1);
  }

  bool Access(const WasmOpInfo& info) {
    if (!HasWindow() || pos_[1] > info.access_log2) return false;
    const size_t size = NumberSize<uint32_t>(pos_ + 2);
    return size != 0 && tip_.Apply(info) && Next(2 + size);
  }

  // ---- Control, where blocks take and leave nothing

  bool CanBegin() const {
    return pos_[1] == -kNoResult && tip_.HasRoomForFrame();
  }
  bool Begin(WasmOp op) {
    tip_.PushFrame(op, kNoResult);
    return Next(2);
  }

  // Whether `label` means a block that a branch takes nothing to. `frame` is
  // the current one, at nesting depth `depth`.
  static bool IsLabel(size_t label, const ControlFrame* frame, size_t depth) {
    return label < depth && (frame - label)->block_type == kNoResult;
  }
  bool IsLabel(size_t label) const {
    return IsLabel(label, &tip_.frame(0), tip_.depth());
  }
  // What comes after `count` labels of at most two bytes; null where there is
  // something else. A loop, so it must not compete with the rest for registers.
  ABSL_ATTRIBUTE_NOINLINE static const uint8_t* SkipLabels(
      const uint8_t* pos, const uint8_t* window_end, size_t count,
      const ControlFrame* frame, size_t depth) {
    for (; count > 0; --count) {
      if (pos >= window_end) return nullptr;
      size_t label = *pos++;
      if (label >= kShort) label += (size_t{*pos++} - 1) * kShort;
      if (pos[-1] >= kShort || !IsLabel(label, frame, depth)) return nullptr;
    }
    return pos;
  }

  bool Branch() {
    size_t label = 0;
    const size_t size = ReadNumber(label);
    return size != 0 && IsLabel(label) && NextUnreachable(size);
  }
  bool BranchIf() {
    size_t label = 0;
    const size_t size = ReadNumber(label);
    return size != 0 && IsLabel(label) && tip_.Pop(ValueType::kI32) &&
           Next(size);
  }
  bool BranchTable() {
    size_t count = 0;
    const size_t size = ReadNumber(count);
    if (size == 0) return false;
    // The default comes after the table.
    const uint8_t* after = SkipLabels(pos_ + size, window_end_, count + 1,
                                      &tip_.frame(0), tip_.depth());
    return after != nullptr && tip_.Pop(ValueType::kI32) &&
           NextUnreachable(static_cast<size_t>(after - pos_));
  }

  bool Return() {
    const bool is_right =
        results_.empty() || (results_.size() == 1 && tip_.Is(results_.front()));
    return is_right && NextUnreachable(1);
  }

  bool Call() {
    size_t function = 0;
    const size_t size = ReadNumber(function);
    if (size == 0 || function >= module_.func_types.size()) return false;
    const FuncType& type = module_.TypeOfFunc(static_cast<uint32_t>(function));
    if (type.params.size() > 1 || type.results.size() > 1) return false;
    if (!type.params.empty() && !tip_.Pop(type.params.front())) return false;
    if (!type.results.empty()) tip_.Push(type.results.front());
    return Next(size);
  }

  const Module& module_;
  const Types results_;  // of the function
  const ValueType* const locals_;
  const size_t num_locals_;  // whose index is a single byte
  const GlobalType* const globals_;
  const size_t num_globals_;
  const uint8_t* pos_;
  // No instruction here pushes more operands than it has bytes, so up to here
  // there is room for all.
  const uint8_t* const end_;
  const uint8_t* const window_end_;
  TypeStack::Tip tip_;
};

}  // namespace

void BodyChecker::Frequent() {
  const Bytes rest = in_.Rest();
  if (rest.empty() || module_.memories.empty()) return;
  const Types results = module_.types[body_.type_index].results;
  FrequentWalk walk(module_, results, locals_, rest, stack_);
  walk.Run();
  walk.tip().Store(stack_);
  in_.Skip(static_cast<size_t>(walk.pos() - rest.data()));
}

}  // namespace goshawk::interp
