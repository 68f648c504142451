// Random instructions that access memory and tables, and select.

#include "tests/interp/random_code.h"

namespace goshawk::interp {
namespace {

using enum ValueType;

}  // namespace

namespace {

// Those with a memory argument.
const std::vector<WasmOp>& MemoryOps() {
  static const auto* ops = [] {
    auto* made = new std::vector<WasmOp>;
    for (auto op = static_cast<uint32_t>(WasmOp::kI32Load);
         op <= static_cast<uint32_t>(WasmOp::kI64Store32); ++op) {
      made->push_back(static_cast<WasmOp>(op));
    }
    return made;
  }();
  return *ops;
}

}  // namespace

uint32_t RandomCode::Address(uint32_t size) {
  const uint32_t way = random_.Below(100);
  if (way < 35 && plan_.go) {
    if (go_) {
      code_.LocalGet(1);
    } else {
      code_.GlobalGet(0);
    }
    if (random_.Chance(30)) {
      code_.I32Const(8 * random_.Pick({1, 2, 40, 3000}));
      code_.Op(WasmOp::kI32Add);
    }
    stack_.push_back(kI32);
    return random_.Chance(70) ? 8 * random_.Below(40)
                              : random_.Below(random_.Pick({64, 2100, 70000}));
  }
  if (way < 50) {
    // Near the end of the first page.
    code_.I32Const(static_cast<int32_t>(
        kPageSize - size - 2 + random_.Below(random_.Chance(10) ? 5 : 3)));
    stack_.push_back(kI32);
    return 0;
  }
  Need({kI32});
  if (random_.Chance(97)) {
    code_.I32Const(random_.Pick({0xff, 0x7fff, 0xfff0}));
    code_.Op(WasmOp::kI32And);
    return random_.Below(random_.Chance(98) ? 8 : 70000);
  }
  return random_.Chance(80) ? random_.Below(64)
                            : static_cast<uint32_t>(random_.Bits());
}

void RandomCode::Memory() {
  WasmOp op = random_.Pick(MemoryOps());
  if (random_.Chance(40)) {
    op = random_.Pick({WasmOp::kI64Load, WasmOp::kI64Store});
  }
  const WasmOpInfo& info = Info(op);
  const uint32_t offset = Address(1u << info.access_log2);
  if (info.num_operands == 2) {
    Push(info.operands[1]);
    Canonical(info.operands[1]);
  }
  code_.Op(op, random_.Below(info.access_log2 + 1), offset);
  Popped(info.num_operands);
  if (info.num_results > 0) stack_.push_back(info.result);
}

void RandomCode::Index(uint32_t limit) {
  Push(kI32);
  if (random_.Chance(95)) {
    code_.I32Const(static_cast<int32_t>(limit + random_.Below(100) / 97));
    code_.Op(WasmOp::kI32RemU);
  }
}

void RandomCode::Rare() {
  switch (random_.Below(16)) {
    case 0:
      code_.Op(WasmOp::kMemorySize, 0);
      stack_.push_back(kI32);
      break;
    case 1:
      Need({kI32});
      if (random_.Chance(90)) code_.I32Const(1).Op(WasmOp::kI32And);
      code_.Op(WasmOp::kMemoryGrow, 0);
      break;
    case 2:
    case 3:
      Index(65000);
      Push(kI32);
      if (random_.Chance(90)) code_.I32Const(0x7fff).Op(WasmOp::kI32And);
      Push(kI32);
      if (random_.Chance(90)) code_.I32Const(0x1ff).Op(WasmOp::kI32And);
      if (random_.Chance(50)) {
        code_.Op(WasmOp::kMemoryCopy, 0, 0);
      } else {
        code_.Op(WasmOp::kMemoryFill, 0);
      }
      Popped(3);
      break;
    case 4: {
      const uint32_t segment = random_.Below(plan_.data_segments);
      Index(65000);
      code_.I32Const(static_cast<int32_t>(random_.Below(9)));
      code_.I32Const(static_cast<int32_t>(random_.Below(9)));
      code_.Op(WasmOp::kMemoryInit, segment, 0);
      Popped(1);
      break;
    }
    case 5:
      if (random_.Chance(10)) {
        code_.Op(WasmOp::kDataDrop, random_.Below(plan_.data_segments));
      } else if (random_.Chance(10)) {
        code_.Op(WasmOp::kElemDrop, random_.Below(plan_.element_segments));
      }
      break;
    case 6:
      code_.Op(WasmOp::kTableSize, random_.Below(2));
      stack_.push_back(kI32);
      break;
    case 7:
      Index(plan_.table_size);
      code_.Op(WasmOp::kTableGet, random_.Below(2));
      Popped(1);
      stack_.push_back(kFuncRef);
      break;
    case 8:
      Index(plan_.table_size);
      Push(kFuncRef);
      code_.Op(WasmOp::kTableSet, 1);
      Popped(2);
      break;
    case 9:
      Index(plan_.table_size);
      code_.I32Const(static_cast<int32_t>(random_.Below(4)));
      code_.I32Const(static_cast<int32_t>(random_.Below(4)));
      code_.Op(WasmOp::kTableCopy, 1, random_.Below(2));
      Popped(1);
      break;
    case 10:
      Index(plan_.table_size);
      code_.I32Const(static_cast<int32_t>(random_.Below(3)));
      code_.I32Const(static_cast<int32_t>(random_.Below(3)));
      code_.Op(WasmOp::kTableInit, random_.Below(plan_.element_segments), 1);
      Popped(1);
      break;
    case 11:
      Need({kFuncRef});
      code_.I32Const(static_cast<int32_t>(random_.Below(2)));
      code_.Op(WasmOp::kTableGrow, 1);
      Popped(1);
      stack_.push_back(kI32);
      break;
    case 12:
      Index(plan_.table_size);
      Push(kFuncRef);
      code_.I32Const(static_cast<int32_t>(random_.Below(3)));
      code_.Op(WasmOp::kTableFill, 1);
      Popped(2);
      break;
    case 13:
      Need({kFuncRef});
      code_.Op(WasmOp::kRefIsNull);
      Popped(1);
      stack_.push_back(kI32);
      break;
    default: {
      const ValueType type =
          Height() > 0 ? stack_.back() : random_.Pick({kI32, kI64, kF64});
      Need({type, type});
      Push(kI32);
      if (type == kFuncRef || random_.Chance(30)) {
        code_.Op(WasmOp::kSelectTyped, 1, static_cast<uint32_t>(type));
      } else {
        code_.Op(WasmOp::kSelect);
      }
      Popped(2);
      break;
    }
  }
}

}  // namespace goshawk::interp
