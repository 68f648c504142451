// Bodies that nobody has validated: the translator's walk over them says "done"
// only of those that are valid, whatever they are, and of all that Go's
// compiler makes. Run it with --config=asan, too.

#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "interp/decoder.h"
#include "interp/function_translator.h"
#include "interp/instruction.h"
#include "interp/linker.h"
#include "interp/names.h"
#include "interp/translator.h"
#include "interp/validator.h"
#include "tests/guests/guests.h"
#include "tests/interp/go_function.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using ByteVector = std::vector<uint8_t>;
using Op = WasmOp;

constexpr ValueType kF32 = ValueType::kF32;
constexpr ValueType kF64 = ValueType::kF64;
constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;

// A module that is linked and whose bodies change while it is.
class Linked {
 public:
  explicit Linked(ByteVector bytes) : bytes_(std::move(bytes)) {
    absl::StatusOr<Module> module = Decode(bytes_);
    EXPECT_TRUE(module.ok()) << module.status();
    module_ = *std::move(module);
    state_.module = &module_;
    const absl::Status linked = Link(state_, [this](const Import& import) {
      return absl::StatusOr<Extern>(
          HostFunction{module_.types[import.type_index], nullptr, nullptr});
    });
    EXPECT_TRUE(linked.ok()) << linked;
  }

  const Module& module() const { return module_; }
  size_t num_bodies() const { return module_.bodies.size(); }
  uint8_t* body(uint32_t defined) {
    return bytes_.data() + module_.bodies[defined].body_offset;
  }
  size_t size(uint32_t defined) const {
    return module_.bodies[defined].body_size;
  }

  // Lets the body end earlier.
  void Cut(uint32_t defined, size_t size) {
    module_.bodies[defined].body_size = static_cast<uint32_t>(size);
  }

  bool IsValid(uint32_t defined) const {
    return ValidateFunction(module_, defined).ok();
  }
  FunctionTranslator::Outcome Walk(uint32_t defined) {
    FunctionTranslator walk(state_, [this](uint32_t func) {
      return IsValid(func - module_.imported_funcs);
    });
    return walk.Run(*state_.functions[module_.imported_funcs + defined], {});
  }
  bool IsSure(uint32_t defined) {
    return Walk(defined) == FunctionTranslator::Outcome::kDone;
  }

 private:
  ByteVector bytes_;
  Module module_;
  State state_;
};

// What there must be behind a body, and hardly more, so that a sanitizer sees
// who reads on.
ByteVector WithTail(ByteVector bytes) {
  constexpr uint8_t kSize = 100;
  bytes.insert(bytes.end(), {0, kSize, 1, 'x'});
  bytes.insert(bytes.end(), kSize - 2, 0x80);
  return bytes;
}

constexpr uint32_t kTestedBody = GoModule::kTested - 1;  // one is imported

// Locals 2 to 5.
const std::vector<ValueType> kLocals = {kI64, kI32, kF64, kF32};

CodeBuilder Code() { return CodeBuilder(); }
CodeBuilder StackAddress(int64_t offset) {
  return Code()
      .LocalGet(1)
      .Op(Op::kI64ExtendI32U)
      .I64Const(offset)
      .Op(Op::kI64Add);
}

// The sequences of Go's calling convention.
CodeBuilder Sequences() {
  const CodeBuilder store = Code().Op(Op::kI64Store, 3, 8);
  const CodeBuilder load = Code().Op(Op::kI64Load, 3, 16);
  const CodeBuilder wrap = Code().Op(Op::kI32WrapI64);
  const CodeBuilder target = Code().I64Const(GoModule::kLeaf << 16);
  return Join({
      GoStackCheck(GoModule::kLeaf, 3, 1 << 20),
      GoMoveSp(-300),
      GoMoveSp(8),
      GoCall(GoModule::kLeaf, 3),
      target,
      GoCallIndirect(false, 3),
      target,
      GoCallIndirect(true, 3),
      // Words of the stack: from a local, a constant, another word, computed.
      GoStoreLocal(2, 200),
      Code().LocalGet(1).I64Const(int64_t{1} << 40),
      store,
      Code().LocalGet(1).LocalGet(1),
      load,
      store,
      Code().LocalGet(1),
      StackAddress(64),
      wrap,
      load,
      store,
      StackAddress(128),
      wrap,
      Code().LocalGet(2),
      store,
      StackAddress(24).LocalSet(2),
      Code().LocalGet(1),
      load,
      Code().LocalSet(2),
      // if ... goto, and a call that does not come back.
      Code().LocalGet(2).Op(Op::kI64Eqz).Begin(Op::kIf),
      GoJump(1, 3),
      Code().End().LocalGet(2).Op(Op::kI64Eqz).Begin(Op::kIf),
      GoCall(GoModule::kLeaf, 4),
      Code().End().LocalGet(2).Op(Op::kI64Eqz).Begin(Op::kIf),
      GoReturn(300),
      Code().End(),
      GoJump(2, 2),
  });
}

// Everything else that the walk is sure of.
CodeBuilder Instructions() {
  CodeBuilder code;
  code.Begin(Op::kBlock).Begin(Op::kLoop).LocalGet(3).Begin(Op::kIf);
  code.Op(Op::kNop).Op(Op::kUnreachable).Op(Op::kUnreachable).Op(Op::kElse);
  code.LocalGet(3).BrIf(2).Br(1).End();
  code.LocalGet(2).I64Const(-1).Op(Op::kI64Sub).LocalTee(2).LocalSet(2);
  code.LocalGet(2).Op(Op::kI32WrapI64).LocalTee(3).Op(Op::kI64ExtendI32U);
  code.I64Const(INT64_MIN).Op(Op::kI64LtS).LocalGet(3).I32Const(INT32_MIN);
  code.Op(Op::kSelect).LocalSet(3).LocalGet(4).F64Const(1).Op(Op::kF64Mul);
  code.LocalTee(4).Op(Op::kF32DemoteF64).F32Const(2).Op(Op::kF32Add);
  code.LocalSet(5).LocalGet(4).Op(Op::kI64TruncSatF64S).Op(Op::kDrop);
  code.LocalGet(4).Op(Op::kI64ReinterpretF64).Op(Op::kI64Popcnt).LocalSet(2);
  code.LocalGet(3).LocalGet(3).Op(Op::kI32Load, 2, 1 << 20);
  code.Op(Op::kI32Store16, 1, 2).LocalGet(3).LocalGet(4);
  code.Op(Op::kF64Store, 3, 0).LocalGet(3).Op(Op::kI64Load32S, 0, 300);
  code.LocalSet(2).GlobalGet(1).LocalGet(2).Op(Op::kI64Add).GlobalSet(1);
  code.Op(Op::kMemorySize, 0).Op(Op::kMemoryGrow, 0).LocalSet(3);
  code.LocalGet(3).LocalGet(3).I32Const(3).Op(Op::kMemoryFill, 0);
  code.LocalGet(3).LocalGet(3).I32Const(4).Op(Op::kMemoryCopy, 0, 0);
  code.I32Const(1).Op(Op::kI32Eqz).Op(Op::kI32Eqz).Op(Op::kDrop);
  // Numbers longer than they have to be.
  code.Raw({0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1a, 0x42, 0xff, 0xff, 0xff});
  code.Raw({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x21, 0x82, 0x80, 0x00});
  code.Call(GoModule::kKeeps).I32Const(0).Call(GoModule::kLeaf);
  code.Raw(GoReload().bytes()).Op(Op::kDrop).End().End();
  return Join({code, GoMoveSp(-8), Code().I32Const(7).Op(Op::kReturn)});
}

GoModule Tested() {
  GoModule module;
  module.locals = kLocals;
  module.body.blocks = {Sequences(), Instructions(), GoYield()};
  return module;
}

std::string Bytes(const uint8_t* begin, size_t size) {
  return testing::PrintToString(ByteVector(begin, begin + size));
}

TEST(UnvalidatedWalkTest, IsSureOfTheSample) {
  Linked linked(WithTail(Tested().Build()));
  EXPECT_TRUE(linked.IsValid(kTestedBody))
      << ValidateFunction(linked.module(), kTestedBody);
  EXPECT_TRUE(linked.IsSure(kTestedBody));
}

TEST(UnvalidatedWalkTest, AnyByteMayBeAnother) {
  Linked linked(WithTail(Tested().Build()));
  int sure = 0, valid = 0;
  for (size_t i = 0; i < linked.size(kTestedBody); ++i) {
    uint8_t& byte = linked.body(kTestedBody)[i];
    const uint8_t was = byte;
    for (int value = 0; value < 256; ++value) {
      byte = static_cast<uint8_t>(value);
      const bool is_valid = linked.IsValid(kTestedBody);
      valid += is_valid ? 1 : 0;
      if (!linked.IsSure(kTestedBody)) continue;
      ++sure;
      EXPECT_TRUE(is_valid) << "byte " << i << " is " << value;
    }
    byte = was;
  }
  // Few are valid, and the walk is sure of most of these.
  EXPECT_GT(sure, valid / 2);
}

TEST(UnvalidatedWalkTest, ABodyMayEndAnywhere) {
  Linked linked(WithTail(Tested().Build()));
  for (size_t size = linked.size(kTestedBody); size-- > 0;) {
    linked.Cut(kTestedBody, size);
    EXPECT_FALSE(linked.IsSure(kTestedBody)) << size;
  }
}

// Without what the walk may look at behind a body it leaves it to the
// validator.
TEST(UnvalidatedWalkTest, IsNotSureAtTheVeryEnd) {
  Linked linked(Tested().Build());
  EXPECT_TRUE(linked.IsValid(kTestedBody));
  EXPECT_EQ(linked.Walk(kTestedBody), FunctionTranslator::Outcome::kUnsure);
}

// What it does not know it is not sure of, valid or not.
TEST(UnvalidatedWalkTest, IsNotSureOfWhatGoDoesNotMake) {
  const std::vector<CodeBuilder> pieces = {
      Code().Begin(Op::kBlock, kI32).I32Const(1).End().Op(Op::kDrop),
      Code().Begin(Op::kBlock, kI32).I32Const(1).Br(0).End().Op(Op::kDrop),
      Code().Begin(Op::kBlock).LocalGet(3).BrTable({0}, 0).End(),
      Code().I32Const(0).Op(Op::kTableGet, 0).Op(Op::kDrop),
      Code().RefNull(ValueType::kFuncRef).Op(Op::kRefIsNull).Op(Op::kDrop),
      Code().Op(Op::kUnreachable).Op(Op::kI64Eqz).Op(Op::kDrop),
  };
  for (const CodeBuilder& piece : pieces) {
    GoModule module;
    module.locals = kLocals;
    module.body.blocks = {Join({piece, GoReturn()})};
    Linked linked(WithTail(module.Build()));
    EXPECT_TRUE(linked.IsValid(kTestedBody))
        << ValidateFunction(linked.module(), kTestedBody);
    EXPECT_EQ(linked.Walk(kTestedBody), FunctionTranslator::Outcome::kUnsure)
        << testing::PrintToString(piece.bytes());
  }
}

// Numbers that mean what they should only if some of their bits are dropped.
TEST(UnvalidatedWalkTest, NumbersHaveLimits) {
  struct Case {
    ByteVector bytes;
    bool is_valid;
  };
  const Case cases[] = {
      // local.get 4, i64.trunc_sat_f64_s, drop
      {{0x20, 4, 0xfc, 0x06, 0x1a}, true},
      {{0x20, 4, 0xfc, 0x86, 0x00, 0x1a}, true},
      {{0x20, 4, 0xfc, 0x86, 0x08, 0x1a}, false},
      {{0x20, 4, 0xfc, 0x86, 0x82, 0x80, 0x80, 0x00, 0x1a}, false},
      // local.get, drop
      {{0x20, 0x82, 0x80, 0x80, 0x80, 0x00, 0x1a}, true},
      {{0x20, 0x82, 0x80, 0x80, 0x80, 0x10, 0x1a}, false},
      {{0x20, 0x82, 0x80, 0x80, 0x80, 0x80, 0x00, 0x1a}, false},
      // i32.const, drop
      {{0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x1a}, true},
      {{0x41, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x1a}, false},
      {{0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1a}, true},
      {{0x41, 0x80, 0x80, 0x80, 0x80, 0x70, 0x1a}, false},
      // i64.const, drop
      {{0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x1a},
       true},
      {{0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x1a},
       false},
      // local.get 1, i64.extend_i32_u, i64.const, i64.add, drop
      {{0x20, 1, 0xad, 0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x7f, 0x7c, 0x1a},
       true},
      {{0x20, 1, 0xad, 0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x70, 0x7c, 0x1a},
       false},
  };
  for (const Case& c : cases) {
    GoModule module;
    module.locals = kLocals;
    module.body.blocks = {Join({Code().Raw(c.bytes), GoReturn()})};
    Linked linked(WithTail(module.Build()));
    EXPECT_EQ(linked.IsValid(kTestedBody), c.is_valid)
        << testing::PrintToString(c.bytes);
    EXPECT_EQ(linked.IsSure(kTestedBody), c.is_valid)
        << testing::PrintToString(c.bytes);
  }
}

// What comes after a loop that is not left is never reached, but has types.
TEST(UnvalidatedWalkTest, WhatIsNeverReachedHasTypes) {
  const CodeBuilder reload = GoReload();
  const CodeBuilder loop = Code().Begin(Op::kLoop).Br(0).End();
  struct Case {
    CodeBuilder code;
    bool is_valid;
  };
  const Case cases[] = {
      {Join({reload, loop, Code().Op(Op::kUnreachable).End()}), true},
      {Join({reload, loop, Code().I32Const(1).End()}), true},
      {Join({reload, loop, Code().End()}), false},
      {Join({reload, Code().Begin(Op::kBlock), loop,
             Code().End().I32Const(1).End()}),
       true},
      {Join({reload, Code().Begin(Op::kBlock).I32Const(5), loop,
             Code().End().I32Const(1).End()}),
       false},
      {Join({reload, Code().I32Const(1).End().Op(Op::kUnreachable)}), false},
      {Join({reload, Code().Op(Op::kUnreachable).End().End()}), false},
  };
  for (const Case& c : cases) {
    ModuleBuilder module;
    module.AddFunc(module.AddType({kI32}, {kI32}), {kI32}, c.code);
    module.AddTable({ValueType::kFuncRef, {1, {}}});
    module.AddMemory({{1, {}}});
    module.AddGlobal({kI32, true}, Code().I32Const(0).End());
    Linked linked(WithTail(module.Build()));
    const std::string what = testing::PrintToString(c.code.bytes());
    EXPECT_EQ(linked.IsValid(0), c.is_valid) << what;
    EXPECT_TRUE(c.is_valid || !linked.IsSure(0)) << what;
  }
}

// Where the instructions of a valid body begin.
std::vector<size_t> Starts(const Module& module, uint32_t defined) {
  const FuncBody& body = module.bodies[defined];
  std::vector<size_t> starts;
  ByteReader in = InstructionsOf(module.bytes, body);
  while (!in.AtEnd()) {
    starts.push_back(in.offset() - body.body_offset);
    SkipImmediate(in, Info(ReadOp(in)).immediate);
  }
  return starts;
}

// Changes up to three places, half of them where instructions begin.
void Mutate(uint8_t* body, size_t size, const std::vector<size_t>& starts,
            std::mt19937& random) {
  constexpr uint8_t kTelling[] = {0x00, 0x01, 0x02, 0x40, 0x7f, 0x80, 0xff};
  auto below = [&random](size_t n) { return random() % n; };
  const auto op = [&] {
    uint32_t code;
    do {
      code = static_cast<uint32_t>(below(0xd0));
    } while (Find(code) == nullptr);
    return static_cast<uint8_t>(code);
  };
  for (size_t changes = 1 + below(3); changes > 0; --changes) {
    const size_t start = starts[below(starts.size())], at = below(size);
    switch (below(7)) {
      case 0:  // another instruction
        body[start] = op();
        break;
      case 1:  // one more
        std::copy_backward(body + start, body + size - 1, body + size);
        body[start] = op();
        break;
      case 2: {  // one or more less
        size_t end = starts[below(starts.size())];
        if (end <= start || end > start + 20) end = start + 1;
        std::copy(body + end, body + size, body + start);
        break;
      }
      case 3:
        body[at] = static_cast<uint8_t>(random());
        break;
      case 4:
        body[at] ^= 1 << below(8);
        break;
      case 5:
        body[at] = kTelling[below(std::size(kTelling))];
        break;
      default:  // one byte more
        std::copy_backward(body + at, body + size - 1, body + size);
    }
  }
}

// Mutates a body so many times, each time anew; returns of how many results the
// walk was sure.
int ExpectOnlyValid(Linked& linked, uint32_t defined, int rounds,
                    std::mt19937& random) {
  uint8_t* const body = linked.body(defined);
  const size_t size = linked.size(defined);
  const ByteVector original(body, body + size);
  const std::vector<size_t> starts = Starts(linked.module(), defined);
  int sure = 0;
  for (int round = 0; round < rounds; ++round) {
    Mutate(body, size, starts, random);
    if (linked.IsSure(defined)) {
      ++sure;
      EXPECT_TRUE(linked.IsValid(defined))
          << ValidateFunction(linked.module(), defined) << ": "
          << Bytes(body, size);
    }
    std::copy(original.begin(), original.end(), body);
  }
  return sure;
}

TEST(UnvalidatedWalkTest, RandomChangesOfTheSample) {
  Linked linked(WithTail(Tested().Build()));
  std::mt19937 random(1);
  constexpr int kRounds = 100'000;
  const int sure = ExpectOnlyValid(linked, kTestedBody, kRounds, random);
  EXPECT_GT(sure, kRounds / 100);
  EXPECT_LT(sure, kRounds);
}

class GoModuleTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    std::ifstream file(guests::Path("hello", GetParam()), std::ios::binary);
    std::vector<char> chars((std::istreambuf_iterator<char>(file)), {});
    linked_ = std::make_unique<Linked>(ByteVector(chars.begin(), chars.end()));
  }

  std::unique_ptr<Linked> linked_;
};

INSTANTIATE_TEST_SUITE_P(Go, GoModuleTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

// Otherwise most functions would be read twice, and nobody would notice.
TEST_P(GoModuleTest, TheWalkIsSureOfAllFunctionsOfGosShape) {
  using Outcome = FunctionTranslator::Outcome;
  const FunctionNames names(linked_->module());
  size_t sure = 0;
  for (uint32_t i = 0; i < linked_->num_bodies(); ++i) {
    const Outcome outcome = linked_->Walk(i);
    sure += outcome == Outcome::kDone ? 1 : 0;
    EXPECT_TRUE(outcome == Outcome::kDone || outcome == Outcome::kNotGo)
        << names.Name(linked_->module().imported_funcs + i);
  }
  EXPECT_GT(sure, linked_->num_bodies() * 9 / 10);
}

TEST_P(GoModuleTest, RandomChanges) {
  std::mt19937 random(2);
  constexpr int kRounds = 10;  // for each function
  int sure = 0;
  for (uint32_t i = 0; i < linked_->num_bodies(); ++i) {
    sure += ExpectOnlyValid(*linked_, i, kRounds, random);
  }
  EXPECT_GT(sure, 0);
}

}  // namespace
}  // namespace goshawk::interp
