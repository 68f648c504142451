// Functions as the Go compiler writes them, with something wrong now and then.

#include "tests/interp/random_code.h"

namespace goshawk::interp {

namespace {

using enum ValueType;

}  // namespace

const CodeBuilder& RandomCode::MakeGo(int budget) {
  go_ = true;
  locals_.push_back(kI32);
  first_local_ = 2;
  AddLocals();
  budget_ = budget;
  go_frame_ = 8 * static_cast<int32_t>(random_.Below(16));
  if (random_.Chance(98)) GoReload();
  if (random_.Chance(2)) GoNearMiss();

  code_.Begin(WasmOp::kBlock);
  if (random_.Chance(20)) {
    frames_.push_back({});
    GoSegment(0);
    frames_.pop_back();
  } else {
    go_blocks_ = 1 + random_.Below(5);
    code_.Begin(WasmOp::kLoop);
    for (uint32_t i = 0; i < go_blocks_; ++i) code_.Begin(WasmOp::kBlock);
    if (random_.Chance(2)) GoNearMiss();
    // Several numbers may lead to one block.
    std::vector<uint32_t> labels;
    for (uint32_t i = 0; i < go_blocks_; ++i) {
      labels.insert(labels.end(), 1 + random_.Below(2), i);
    }
    labels.pop_back();
    code_.LocalGet(0).BrTable(labels, go_blocks_ - 1);
    for (uint32_t i = 0; i < go_blocks_; ++i) {
      code_.End();
      go_depth_ = go_blocks_ - 1 - i;
      Frame frame;
      frame.is_loop = go_depth_ == 0;
      frames_.push_back(frame);
      GoSegment(i);
      frames_.pop_back();
    }
    code_.End();
  }
  code_.End();
  if (random_.Chance(2)) GoNearMiss();
  code_.I32Const(1).End();
  return code_;
}

void RandomCode::EmptyStack() {
  while (Height() > 0) {
    uint32_t local;
    if (random_.Chance(70) && FindLocal(stack_.back(), local)) {
      code_.LocalSet(local);
    } else {
      code_.Op(WasmOp::kDrop);
    }
    Popped(1);
  }
}

void RandomCode::GoSegment(uint32_t block) {
  if (block == 0) {
    if (random_.Chance(60)) GoStackCheck();
    if (go_frame_ > 0) GoMoveSp(-go_frame_);
  }
  Fuel();
  budget_ += 10;
  for (uint32_t i = random_.Below(8); i > 0; --i) GoStatement(block);
  const uint32_t way = random_.Below(100);
  if (way < 40) {
    GoMoveSp(go_frame_ + 8);
    code_.I32Const(0).Op(WasmOp::kReturn);
  } else if (way < 44) {
    code_.I32Const(1).Op(WasmOp::kReturn);
  } else if (way < 70 && go_blocks_ > 0) {
    GoJump(0);
  }
}

void RandomCode::GoStatement(uint32_t block) {
  const uint32_t way = random_.Below(100);
  if (way < 45) {
    for (uint32_t i = 1 + random_.Below(6); i > 0; --i) Step();
    EmptyStack();
  } else if (way < 65) {
    GoCall(random_.Chance(40), 0);
  } else if (way < 75) {
    if (go_blocks_ == 0) return;
    Push(kI32);
    code_.Begin(WasmOp::kIf);
    Popped(1);
    GoJump(1);
    code_.End();
  } else if (way < 85) {
    // As before a panic.
    Push(kI64);
    code_.Op(WasmOp::kI64Eqz).Begin(WasmOp::kIf);
    Popped(1);
    GoCall(false, 1);
    code_.End();
  } else if (way < 95) {
    // A word of the stack becomes another.
    code_.LocalGet(1);
    Leaf(kI64);
    code_.Op(WasmOp::kI64Store, 3, 8 * random_.Below(40));
  } else if (way < 97) {
    const auto delta = static_cast<int32_t>(8 * random_.Below(100));
    GoMoveSp(delta);
    if (random_.Chance(30)) GoStatement(block);
    GoMoveSp(-delta);
  } else if (random_.Chance(10)) {
    GoNearMiss();
  }
}

// What the compiler never writes.
void RandomCode::GoNearMiss() {
  switch (random_.Below(9)) {
    case 0:  // global 0 without local 1
      code_.GlobalGet(0).I32Const(8).Op(WasmOp::kI32Sub).GlobalSet(0);
      break;
    case 1:  // local 1 without global 0
      code_.LocalGet(1).I32Const(8).Op(WasmOp::kI32Sub).LocalSet(1);
      break;
    case 2:
      code_.LocalGet(0).GlobalSet(0);
      break;
    case 3:
      code_.I32Const(1).LocalSet(0);
      break;
    case 4:
      code_.LocalGet(1).LocalTee(1).Op(WasmOp::kDrop);
      break;
    case 5:  // a call that nothing follows
      if (plan_.imported_funcs == 0) break;
      code_.I32Const(0).Call(1).Op(WasmOp::kDrop);
      break;
    case 6:
      GoMoveSp(-16);
      break;
    case 7:
      code_.LocalGet(1).I32Const(0xfff8).Op(WasmOp::kI32And);
      code_.LocalTee(1).GlobalSet(0);
      break;
    default:
      GoReload();
  }
}

void RandomCode::GoCall(bool indirect, uint32_t extra) {
  uint32_t func = 0;
  if (indirect) {
    Index(plan_.table_size);
    code_.Op(WasmOp::kI64ExtendI32U).I64Const(16).Op(WasmOp::kI64Shl);
    if (random_.Chance(30)) code_.I64Const(9).Op(WasmOp::kI64Or);
    Popped(1);
  } else {
    for (int tries = 0; tries < 10; ++tries) {
      func = random_.Below(plan_.funcs.size());
      if (plan_.funcs[func] == kGoType) break;
    }
    if (plan_.funcs[func] != kGoType) return;
  }
  code_.LocalGet(1).I32Const(8).Op(WasmOp::kI32Sub).LocalTee(1).GlobalSet(0);
  code_.LocalGet(1).I64Const(static_cast<int64_t>(random_.Below(1 << 20)));
  code_.Op(WasmOp::kI64Store, 3, 0);
  if (!indirect) {
    code_.I32Const(random_.Chance(98) ? 0 : 1).Call(func);
  } else {
    if (random_.Chance(50)) {
      code_.I64Const(16).Op(WasmOp::kI64ShrU).Op(WasmOp::kI32WrapI64);
    } else {
      code_.Op(WasmOp::kI32WrapI64).I32Const(16).Op(WasmOp::kI32ShrU);
    }
    code_.LocalSet(0).I32Const(0).LocalGet(0);
    code_.Op(WasmOp::kCallIndirect, kGoType, random_.Below(50) == 0 ? 1 : 0);
  }
  if (random_.Chance(99)) GoReload();
  // The exit is outside the loop.
  uint32_t depth = static_cast<uint32_t>(frames_.size()) - 1 + go_depth_ +
                   extra + (go_blocks_ > 0 ? 1 : 0);
  if (depth > 0 && go_blocks_ > 0 && random_.Chance(1)) --depth;
  code_.BrIf(depth);
}

void RandomCode::GoJump(uint32_t extra) {
  code_.I32Const(static_cast<int32_t>(random_.Below(size_t{2} * go_blocks_)));
  code_.LocalSet(0);
  code_.Br(static_cast<uint32_t>(frames_.size()) - 1 + go_depth_ + extra);
}

void RandomCode::GoStackCheck() {
  code_.LocalGet(1).GlobalGet(2).Op(WasmOp::kI32WrapI64);
  code_.Op(WasmOp::kI32Load, 2, 16);
  if (random_.Chance(30)) code_.I32Const(1104).Op(WasmOp::kI32Add);
  code_.Op(WasmOp::kI32LeU).Begin(WasmOp::kIf);
  GoCall(false, 1);
  code_.End();
}

void RandomCode::GoMoveSp(int32_t delta) {
  code_.LocalGet(1).I32Const(delta < 0 ? -delta : delta);
  code_.Op(delta < 0 ? WasmOp::kI32Sub : WasmOp::kI32Add);
  code_.LocalTee(1).GlobalSet(0);
  if (delta < 0) {
    // Nobody goes on with a stack pointer below 0: addresses of stack slots
    // must not wrap around (interp/go_shape.h).
    code_.LocalGet(1).I64Const(delta).Op(WasmOp::kI64Store, 3, 0);
  }
}

void RandomCode::GoReload() { code_.GlobalGet(0).LocalSet(1); }

}  // namespace goshawk::interp
