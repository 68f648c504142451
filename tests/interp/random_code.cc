#include "tests/interp/random_code.h"

#include <algorithm>

namespace goshawk::interp {
namespace {

using enum ValueType;

constexpr size_t kMostOnStack = 24;
constexpr size_t kMostNested = 6;

// Instructions without immediates whose types are fixed.
const std::vector<WasmOp>& NumericOps() {
  static const auto* ops = [] {
    auto* made = new std::vector<WasmOp>;
#define WASM_OP(enumerator, code, text, immediate, signature) \
  if (Info(WasmOp::enumerator).has_signature &&               \
      Info(WasmOp::enumerator).num_operands > 0 &&            \
      ImmediateKind::immediate == ImmediateKind::kNone) {     \
    made->push_back(WasmOp::enumerator);                      \
  }
#include "interp/wasm_op.def"
#undef WASM_OP
    return made;
  }();
  return *ops;
}

bool IsFloat(ValueType type) { return type == kF32 || type == kF64; }

bool IsDivision(WasmOp op) {
  return (op >= WasmOp::kI32DivS && op <= WasmOp::kI32RemU) ||
         (op >= WasmOp::kI64DivS && op <= WasmOp::kI64RemU);
}

bool IsTrappingTruncation(WasmOp op) {
  return (op >= WasmOp::kI32TruncF32S && op <= WasmOp::kI32TruncF64U) ||
         (op >= WasmOp::kI64TruncF32S && op <= WasmOp::kI64TruncF64U);
}

// The sign or the payload of operand `index` of `op` is seen in its result.
bool ShowsNan(WasmOp op, int index) {
  switch (op) {
    case WasmOp::kF32Copysign:
    case WasmOp::kF64Copysign:
      return index == 1;
    case WasmOp::kI32ReinterpretF32:
    case WasmOp::kI64ReinterpretF64:
      return true;
    default:
      return false;
  }
}

}  // namespace

RandomCode::RandomCode(Random& random, const ModulePlan& plan,
                       const FuncType& type)
    : random_(random),
      plan_(plan),
      type_(type),
      locals_(type.params),
      num_params_(type.params.size()) {}

void RandomCode::AddLocals() {
  size_t count = random_.Below(12);
  if (!go_ && random_.Chance(15)) count = 215 + random_.Below(60);
  for (size_t i = 0; i < count; ++i) {
    locals_.push_back(
        random_.Pick({kI32, kI32, kI64, kI64, kI64, kF32, kF64, kFuncRef}));
  }
  canonical_[0] = static_cast<uint32_t>(locals_.size());
  canonical_[1] = canonical_[0] + 1;
  locals_.push_back(kF32);
  locals_.push_back(kF64);
}

const CodeBuilder& RandomCode::Make(int budget) {
  AddLocals();
  budget_ = budget;
  frames_.push_back({type_.results, type_.results, 0, false});
  Fuel();
  Body();
  return code_;
}

void RandomCode::Body() {
  const size_t open = frames_.size();
  while (!dead_ && budget_ > 0 && !(open > 1 && random_.Chance(8))) Step();
  Close();
}

// Leaves what the construct has to leave, by one way or the other.
void RandomCode::Close() {
  const Frame frame = frames_.back();
  if (dead_) {
    // Anything goes here that pops what is not there.
    if (random_.Chance(20)) {
      code_.Op(WasmOp::kI32Add).Op(WasmOp::kDrop).Begin(WasmOp::kBlock);
      code_.I32Const(7).BrIf(0).End();
    }
  } else if (Height() != frame.results.size() || !TopIs(frame.results)) {
    if (Height() > 0 && !frame.is_loop && random_.Chance(30)) {
      // A branch drops what is below.
      Need(frame.results);
      if (random_.Chance(50)) {
        code_.Br(0);
      } else {
        code_.I32Const(0).BrTable({}, 0);
      }
    } else {
      while (Height() > 0) {
        uint32_t local;
        if (random_.Chance(50) && FindLocal(stack_.back(), local)) {
          code_.LocalSet(local);
        } else {
          code_.Op(WasmOp::kDrop);
        }
        Popped(1);
      }
      for (ValueType type : frame.results) Push(type);
    }
  }
  code_.End();
  stack_.resize(frame.base);
  Pushed(frame.results);
  frames_.pop_back();
  dead_ = false;
}

void RandomCode::Step() {
  --budget_;
  if (stack_.size() > kMostOnStack) {
    uint32_t local;
    if (Height() > 0 && FindLocal(stack_.back(), local)) {
      code_.LocalSet(local);
      Popped(1);
    }
    return;
  }
  const uint32_t kind = random_.Below(100);
  if (kind < 34) {
    Numeric();
  } else if (kind < 42) {
    Push(random_.Pick({kI32, kI64, kI64, kF32, kF64}));
  } else if (kind < 58) {
    Variable();
  } else if (kind < 72) {
    Memory();
  } else if (kind < 82) {
    if (frames_.size() < kMostNested) Construct();
  } else if (kind < 90) {
    Branch();
  } else if (kind < 95) {
    Calls();
  } else {
    Rare();
  }
}

// ---- Values -----------------------------------------------------------------

bool RandomCode::TopIs(const Types& types) const {
  return Height() >= types.size() &&
         std::equal(types.begin(), types.end(),
                    stack_.end() - static_cast<ptrdiff_t>(types.size()));
}

void RandomCode::Need(const Types& types) {
  // As many as the top of the stack has already, most of the time.
  size_t have = types.size();
  while (have > 0 && !TopIs({types.begin(),
                             types.begin() + static_cast<ptrdiff_t>(have)})) {
    --have;
  }
  if (have > 0 && random_.Chance(15)) have = 0;
  for (size_t i = have; i < types.size(); ++i) Push(types[i]);
}

void RandomCode::Push(ValueType type) {
  const uint32_t way = random_.Below(100);
  if (way < 8 && type != kFuncRef) {
    // The result of a construct is in a slot of its own.
    code_.Begin(WasmOp::kBlock, type);
    Leaf(type);
    code_.End();
  } else if (way < 16 && type == kI32) {
    Push(kI32);
    Push(kI32);
    code_.Op(random_.Pick(
        {WasmOp::kI32LtS, WasmOp::kI32GeU, WasmOp::kI32Eq, WasmOp::kI32Sub}));
    Popped(2);
  } else if (way < 22 && type == kI64) {
    Push(kI32);
    code_.Op(random_.Pick({WasmOp::kI64ExtendI32U, WasmOp::kI64ExtendI32S}));
    Popped(1);
  } else {
    Leaf(type);
  }
  stack_.push_back(type);
}

void RandomCode::Leaf(ValueType type) {
  uint32_t index;
  if (random_.Chance(60) && FindLocal(type, index)) {
    code_.LocalGet(index);
  } else if (random_.Chance(25) && FindGlobal(type, false, index)) {
    code_.GlobalGet(index);
  } else if (type == kI64 && plan_.go && random_.Chance(50)) {
    // A word of Go's stack.
    if (go_) {
      code_.LocalGet(1);
    } else {
      code_.GlobalGet(0);
    }
    code_.Op(WasmOp::kI64Load, 3, 8 * random_.Below(random_.Pick({8, 300})));
  } else {
    Constant(type);
  }
}

uint64_t RandomBits(Random& random, ValueType type) {
  switch (type) {
    case kI32:
    case kI64: {
      const int width = type == kI32 ? 32 : 64;
      switch (random.Below(5)) {
        case 0:
          return random.Below(10);
        case 1:
          return static_cast<uint64_t>(-int64_t{random.Below(300)});
        case 2:
          return (uint64_t{1} << random.Below(static_cast<size_t>(width))) -
                 random.Below(3);
        case 3:
          return random.Bits() & 0xffff;
        default:
          return random.Bits();
      }
    }
    case kF32:
      return random.Pick({0u, 0x80000000u, 0x3f800000u, 0xbfc00000u,
                          0x7f800000u, 0xff800000u, 0x7fc00000u, 0x4f000000u,
                          0xcf000000u, 0x00000001u, 0x42f6e979u});
    case kF64:
      return random.Pick(
          {uint64_t{0}, uint64_t{1} << 63, uint64_t{0x3ff0000000000000},
           uint64_t{0xbff8000000000000}, uint64_t{0x7ff0000000000000},
           uint64_t{0xfff0000000000000}, uint64_t{0x7ff8000000000000},
           uint64_t{0x41e0000000000000}, uint64_t{0xc3e0000000000000},
           uint64_t{1}, uint64_t{0x405edd2f1a9fbe77}});
    default:
      return 0;
  }
}

void RandomCode::Constant(ValueType type) {
  const uint64_t bits = RandomBits(random_, type);
  switch (type) {
    case kI32:
      code_.I32Const(static_cast<int32_t>(bits));
      break;
    case kI64:
      code_.I64Const(static_cast<int64_t>(bits));
      break;
    case kF32:
      code_.F32Const(static_cast<uint32_t>(bits));
      break;
    case kF64:
      code_.F64Const(bits);
      break;
    default:
      if (random_.Chance(50)) {
        code_.RefNull(kFuncRef);
      } else {
        code_.Op(WasmOp::kRefFunc, random_.Below(plan_.funcs.size()));
      }
  }
}

bool RandomCode::FindLocal(ValueType type, uint32_t& local) {
  for (int tries = 0; tries < 8; ++tries) {
    local = first_local_ + random_.Below(locals_.size() - first_local_);
    if (locals_[local] == type) return true;
  }
  return false;
}

bool RandomCode::FindGlobal(ValueType type, bool mutable_only,
                            uint32_t& global) {
  for (int tries = 0; tries < 6; ++tries) {
    global = random_.Below(plan_.globals.size());
    if (mutable_only && (global == plan_.fuel || (plan_.go && global == 2) ||
                         (go_ && global == 0))) {
      continue;
    }
    if (plan_.globals[global].value == type &&
        (!mutable_only || plan_.globals[global].is_mutable)) {
      return true;
    }
  }
  return false;
}

void RandomCode::Canonical(ValueType type) {
  if (!IsFloat(type)) return;
  const bool wide = type == kF64;
  const uint32_t local = canonical_[wide ? 1 : 0];
  code_.LocalTee(local);
  if (wide) {
    code_.F64Const(0x7ff8000000000000);
  } else {
    code_.F32Const(0x7fc00000);
  }
  code_.LocalGet(local).LocalGet(local);
  code_.Op(wide ? WasmOp::kF64Eq : WasmOp::kF32Eq).Op(WasmOp::kSelect);
}

void RandomCode::Fuel() {
  code_.GlobalGet(plan_.fuel).Op(WasmOp::kI32Eqz).Begin(WasmOp::kIf);
  code_.Op(WasmOp::kUnreachable).End();
  code_.GlobalGet(plan_.fuel).I32Const(1).Op(WasmOp::kI32Sub);
  code_.GlobalSet(plan_.fuel);
}

// ---- Instructions -----------------------------------------------------------

void RandomCode::Numeric() {
  // One that fits what is there, most of the time.
  WasmOp op = random_.Pick(NumericOps());
  for (int tries = 0; tries < 12; ++tries) {
    const WasmOpInfo& info = Info(op);
    if (TopIs({info.operands, info.operands + info.num_operands})) break;
    op = random_.Pick(NumericOps());
  }
  if (IsTrappingTruncation(op) && !random_.Chance(5)) return;
  const WasmOpInfo& info = Info(op);
  Need({info.operands, info.operands + info.num_operands});
  Apply(op);
}

// `op`, whose operands are on the stack.
void RandomCode::Apply(WasmOp op) {
  const WasmOpInfo& info = Info(op);
  if (ShowsNan(op, info.num_operands - 1)) {
    Canonical(info.operands[info.num_operands - 1]);
  }
  if (IsDivision(op) && random_.Chance(90)) {
    const bool wide = info.result == kI64;
    if (wide) {
      code_.I64Const(1).Op(WasmOp::kI64Or);
    } else {
      code_.I32Const(1).Op(WasmOp::kI32Or);
    }
  }
  code_.Op(op);
  Popped(info.num_operands);
  if (info.num_results > 0) stack_.push_back(info.result);
}

void RandomCode::Variable() {
  uint32_t index;
  const ValueType type = Height() > 0 && random_.Chance(80)
                             ? stack_.back()
                             : random_.Pick({kI32, kI64, kF32, kF64, kFuncRef});
  switch (random_.Below(5)) {
    case 0:
    case 1:
      if (!FindLocal(type, index)) return;
      Need({type});
      code_.LocalSet(index);
      Popped(1);
      break;
    case 2:
      if (!FindLocal(type, index)) return;
      Need({type});
      code_.LocalTee(index);
      break;
    case 3:
      if (!FindGlobal(type, true, index)) return;
      Need({type});
      Canonical(type);
      if (index == 0 && type == kI32 && random_.Chance(95)) {
        // The stack pointer stays inside memory, nearly.
        code_.I32Const(random_.Pick({0x7ff8, 0xfff8, 0x1fff8}));
        code_.Op(WasmOp::kI32And);
      } else if (index == 0 && type == kI32) {
        // Addresses of stack slots must not wrap around (go_shape.h).
        code_.I32Const(-0x10000).Op(WasmOp::kI32And);
        code_.I32Const(0x7fffffff).Op(WasmOp::kI32And);
      }
      code_.GlobalSet(index);
      Popped(1);
      break;
    default:
      if (!FindGlobal(type, false, index)) return;
      code_.GlobalGet(index);
      stack_.push_back(type);
  }
}

// ---- Control ----------------------------------------------------------------

void RandomCode::Construct() {
  const WasmOp op = random_.Pick({WasmOp::kBlock, WasmOp::kLoop, WasmOp::kIf});
  FuncType type;
  uint32_t index = UINT32_MAX;
  const uint32_t way = random_.Below(100);
  if (way >= 75) {
    index = random_.Below(plan_.types.size());
    type = plan_.types[index];
    if (type.params.size() > 4) return;
  } else if (way >= 45) {
    type.results = {random_.Pick({kI32, kI64, kF32, kF64, kFuncRef})};
  }
  Need(type.params);
  if (op == WasmOp::kIf) Push(kI32);
  if (index != UINT32_MAX) {
    code_.Begin(op, index);
  } else if (!type.results.empty()) {
    code_.Begin(op, type.results[0]);
  } else {
    code_.Begin(op);
  }
  if (op == WasmOp::kIf) Popped(1);
  const size_t base = stack_.size() - type.params.size();
  const bool is_loop = op == WasmOp::kLoop;
  frames_.push_back(
      {is_loop ? type.params : type.results, type.results, base, is_loop});
  if (is_loop) Fuel();
  if (op != WasmOp::kIf ||
      (type.params == type.results && random_.Chance(50))) {
    Body();
    return;
  }
  // The end of the one branch is the else of the other.
  const Frame frame = frames_.back();
  while (!dead_ && budget_ > 0 && !random_.Chance(15)) Step();
  if (!dead_) {
    while (Height() > 0) {
      code_.Op(WasmOp::kDrop);
      Popped(1);
    }
    for (ValueType result : frame.results) Push(result);
  }
  code_.Op(WasmOp::kElse);
  dead_ = false;
  stack_.resize(base);
  Pushed(type.params);
  Body();
}

void RandomCode::Branch() {
  const uint32_t way = random_.Below(100);
  const uint32_t depth = random_.Below(frames_.size());
  const Frame frame = frames_[frames_.size() - 1 - depth];
  if (frame.is_loop && go_ && depth + 1 == frames_.size() &&
      random_.Chance(97)) {
    return;  // the loop around Go's table
  }
  if (way < 65) {
    Need(frame.label);
    Push(kI32);
    code_.BrIf(depth);
    Popped(1);
    return;
  }
  if (frames_.size() < 2 || random_.Chance(50)) return;
  if (way < 75) {
    Need(frame.label);
    code_.Br(depth);
  } else if (way < 85) {
    Need(type_.results);
    code_.Op(WasmOp::kReturn);
  } else if (way < 97) {
    Need(frame.label);
    Push(kI32);
    std::vector<uint32_t> labels;
    for (uint32_t i = random_.Below(6); i > 0; --i) {
      const uint32_t other = random_.Below(frames_.size());
      if (frames_[frames_.size() - 1 - other].label == frame.label) {
        labels.push_back(other);
      }
    }
    code_.BrTable(labels, depth);
  } else if (random_.Chance(20)) {
    code_.Op(WasmOp::kUnreachable);
  } else {
    return;
  }
  dead_ = true;
}

void RandomCode::Calls() {
  if (random_.Chance(60)) {
    const uint32_t func = random_.Below(plan_.funcs.size());
    const FuncType& type = plan_.types[plan_.funcs[func]];
    Need(type.params);
    code_.Call(func);
    Popped(type.params.size());
    Pushed(type.results);
  } else {
    const uint32_t index = random_.Below(plan_.types.size());
    const FuncType& type = plan_.types[index];
    Need(type.params);
    Index(plan_.table_size);
    code_.Op(WasmOp::kCallIndirect, index, random_.Below(2));
    Popped(type.params.size() + 1);
    Pushed(type.results);
  }
  if (go_ && random_.Chance(90)) GoReload();
}

}  // namespace goshawk::interp
