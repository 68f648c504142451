// The walk over frequent instructions (interp/body_checker_frequent.cc) says
// the same as the general rules. Only modules with a memory have the walk, so
// the same body is validated with its module's memory and without.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "interp/decoder.h"
#include "interp/limits.h"
#include "interp/module_validator.h"
#include "interp/validator.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using ::testing::HasSubstr;
using Op = WasmOp;
using ByteVector = std::vector<uint8_t>;

constexpr ValueType kI32 = ValueType::kI32;
constexpr ValueType kI64 = ValueType::kI64;

// A module and its bytes. Function 0 takes and returns an i32, function 1 takes
// and returns two values; the body is that of function 2, which takes an i32
// and an i64, has a local of type f32 and returns an i32.
class Sample {
 public:
  explicit Sample(const CodeBuilder& code) {
    ModuleBuilder m;
    m.ImportFunc("env", "one", m.AddType({kI32}, {kI32}));
    m.ImportFunc("env", "two", m.AddType({kI32, kI64}, {kI64, kI32}));
    m.ImportGlobal("env", "constant", {kI64, false});
    m.AddFunc(m.AddType({kI32, kI64}, {kI32}), {ValueType::kF32}, code);
    m.AddGlobal({kI32, true}, CodeBuilder().I32Const(1).End());
    m.AddMemory({{1, std::nullopt}});
    bytes_ = m.Build();
    absl::StatusOr<Module> module = Decode(bytes_);
    EXPECT_TRUE(module.ok() && ValidateModule(*module).ok());
    walked_ = *std::move(module);
    general_ = walked_;
    general_.memories.clear();
  }

  absl::Status Walked() const { return ValidateFunction(walked_, 0); }
  absl::Status General() const { return ValidateFunction(general_, 0); }

  // The bytes of the body.
  uint8_t* body() { return bytes_.data() + walked_.bodies[0].body_offset; }
  size_t size() const { return walked_.bodies[0].body_size; }

  // The same with a body that ends, as all bytes do, after `size` bytes of it.
  Sample Cut(size_t size) const {
    Sample cut = *this;
    cut.bytes_.resize(walked_.bodies[0].body_offset + size);
    cut.bytes_.shrink_to_fit();
    for (Module* module : {&cut.walked_, &cut.general_}) {
      module->bytes = cut.bytes_;
      module->bodies[0].body_size = static_cast<uint32_t>(size);
    }
    return cut;
  }

 private:
  ByteVector bytes_;
  Module walked_, general_;
};

// That a module has no memory is all that only the general rules may say.
void ExpectSame(const Sample& sample, const std::string& what) {
  absl::Status general = sample.General();
  std::string message(general.message());
  if (message.find("unknown memory") != message.npos) return;
  EXPECT_EQ(sample.Walked(), general) << what;
}

// All that the walk handles but accesses to memory, and some of what it leaves
// to the general rules in between.
CodeBuilder AllSorts() {
  CodeBuilder code;
  code.Begin(Op::kBlock).Begin(Op::kLoop).LocalGet(0).Begin(Op::kIf);
  code.LocalGet(1).I64Const(-1).Op(Op::kI64Add).LocalTee(1).LocalSet(1);
  code.GlobalGet(1).I32Const(8).Op(Op::kI32Sub).GlobalSet(1);
  code.Op(Op::kElse).Op(Op::kNop).GlobalGet(0).Op(Op::kDrop).End();
  // Numbers longer than they have to be.
  code.Raw({0x41, 0xff, 0x00, 0x41, 0x80, 0x80, 0x80, 0x80, 0x00});
  code.Raw({0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00});
  code.Raw({0x21, 0x81, 0x00}).Op(Op::kI32Eq).Raw({0x0d, 0x81, 0x80, 0x00});
  code.I64Const(int64_t{0x123} << 32).LocalSet(1);
  code.I32Const(1).Raw({0x10, 0x80, 0x00}).LocalGet(1).Call(1);
  code.BrIf(0).Op(Op::kDrop).LocalGet(0).BrTable({0, 1, 0}, 1).End().End();
  // A block with a result, and operands from nowhere.
  code.Begin(Op::kBlock, kI32).I32Const(1).Br(0).Op(Op::kI64Eqz).Begin(Op::kIf);
  code.Op(Op::kUnreachable)
      .LocalSet(2)
      .LocalTee(1)
      .Op(Op::kDrop)
      .BrIf(1)
      .Op(Op::kDrop);
  code.End().I32Const(3).End();
  // More operands than are looked at, with some below the block.
  for (int i = 0; i < 12; ++i) code.LocalGet(0);
  code.Begin(Op::kBlock).I32Const(2).Op(Op::kDrop).End();
  for (int i = 0; i < 12; ++i) code.Op(Op::kI32Add);
  code.LocalGet(0).Begin(Op::kIf).I32Const(5).Op(Op::kReturn).End();
  return code.Call(0).End();
}

TEST(FrequentWalkTest, AllSortsAreValid) {
  Sample sample(AllSorts());
  EXPECT_TRUE(sample.Walked().ok()) << sample.Walked();
  EXPECT_TRUE(sample.General().ok()) << sample.General();
}

TEST(FrequentWalkTest, AnyByteMayBeAnother) {
  Sample sample(AllSorts());
  for (size_t i = 0; i < sample.size(); ++i) {
    uint8_t& byte = sample.body()[i];
    const uint8_t was = byte;
    for (int value = 0; value < 256; ++value) {
      byte = static_cast<uint8_t>(value);
      ExpectSame(sample, testing::PrintToString(std::pair(i, value)));
    }
    byte = was;
  }
}

TEST(FrequentWalkTest, ABodyMayEndAnywhere) {
  Sample sample(AllSorts());
  for (size_t size = 0; size < sample.size(); ++size) {
    Sample cut = sample.Cut(size);
    EXPECT_FALSE(cut.Walked().ok()) << size;
    ExpectSame(cut, testing::PrintToString(size));
  }
}

TEST(FrequentWalkTest, ABodyMayEndInAnAccess) {
  CodeBuilder code;
  code.LocalGet(0).Op(Op::kI64Load, 3, 0x12345).LocalSet(1).LocalGet(0);
  code.LocalGet(1).Raw({0x37, 0x83, 0x00, 0x80, 0x80, 0x80, 0x80, 0x00});
  code.LocalGet(0).Op(Op::kI32Load, 2, 0xffffffff).End();
  Sample sample(code);
  EXPECT_TRUE(sample.Walked().ok()) << sample.Walked();
  for (size_t size = 0; size < sample.size(); ++size) {
    EXPECT_THAT(std::string(sample.Cut(size).Walked().message()),
                HasSubstr("unexpected end"))
        << size;
  }
}

TEST(FrequentWalkTest, OffsetsHave32Bits) {
  auto access = [](const ByteVector& offset) {
    CodeBuilder code;
    code.LocalGet(0).Raw({0x28, 2}).Raw(offset);
    for (int i = 0; i < 10; ++i) code.Op(Op::kNop);
    return std::string(Sample(code.End()).Walked().message());
  };
  EXPECT_EQ(access({0xff, 0xff, 0xff, 0x7f}), "");
  EXPECT_EQ(access({0xff, 0xff, 0xff, 0xff, 0x0f}), "");
  EXPECT_THAT(access({0xff, 0xff, 0xff, 0xff, 0x1f}),
              HasSubstr("integer too large"));
  EXPECT_THAT(access({0xff, 0xff, 0xff, 0xff, 0xff, 0x00}),
              HasSubstr("integer representation too long"));
}

// However the operand above the limit comes about.
TEST(FrequentWalkTest, OperandsHaveALimit) {
  const std::vector<std::pair<CodeBuilder, uint32_t>> kPushed = {
      {CodeBuilder().I32Const(0), 1},
      {CodeBuilder().I64Const(-1), 1},
      {CodeBuilder().GlobalGet(0), 1},
      {CodeBuilder().Op(Op::kMemorySize, 0), 1},
      {CodeBuilder().I32Const(1).I64Const(1).Call(1), 2},
  };
  for (const auto& [push, count] : kPushed) {
    auto with_operands = [&push = push](uint32_t before) {
      CodeBuilder code;
      for (uint32_t i = 0; i < before; ++i) code.LocalGet(0);
      code.Raw(push.bytes());
      for (int i = 0; i < 20; ++i) code.Op(Op::kNop);
      return Sample(code.I32Const(1).Op(Op::kReturn).End()).Walked();
    };
    // One more is what is returned.
    const uint32_t fits = kMaxOperands - count - 1;
    EXPECT_TRUE(with_operands(fits).ok()) << with_operands(fits);
    EXPECT_THAT(std::string(with_operands(fits + 1).message()),
                HasSubstr("too many operands: the limit is 100000"));
  }
}

TEST(FrequentWalkTest, NestingHasNoLimit) {
  for (uint32_t depth = 1; depth <= 300; ++depth) {
    CodeBuilder code;
    for (uint32_t i = 0; i < depth; ++i) {
      code.LocalGet(0).Begin(i % 3 == 0 ? Op::kIf : Op::kBlock);
      if (i % 3 != 0) code.LocalGet(0).BrIf(i);
    }
    code.LocalGet(0).Br(depth - 1);
    for (uint32_t i = 0; i < depth; ++i) code.End().Op(Op::kNop);
    ExpectSame(Sample(code.LocalGet(0).End()), std::to_string(depth));
  }
}

TEST(FrequentWalkTest, TablesOfLabelsMayBeLong) {
  auto table = [](uint32_t depth, std::vector<uint32_t> labels) {
    CodeBuilder code;
    for (uint32_t i = 0; i < depth; ++i) code.Begin(Op::kBlock);
    code.LocalGet(0).BrTable(labels, depth - 1);
    for (uint32_t i = 0; i < depth; ++i) code.End();
    Sample sample(code.LocalGet(0).End());
    ExpectSame(sample, std::to_string(labels.size()));
    return std::string(sample.Walked().message());
  };
  for (uint32_t depth : {1u, 127u, 128u, 129u, 300u}) {
    std::vector<uint32_t> labels(depth);
    for (uint32_t i = 0; i < depth; ++i) labels[i] = i;
    EXPECT_EQ(table(depth, labels), "");
    labels[depth / 2] = depth + 1;
    EXPECT_THAT(table(depth, labels), HasSubstr("unknown label"));
    // That of the function takes a value.
    labels[depth / 2] = depth;
    EXPECT_THAT(table(depth, labels), HasSubstr("type mismatch"));
  }
}

TEST(FrequentWalkTest, LocalsMayBeMany) {
  for (uint32_t locals : {125u, 126u, 127u, 130u, 300u}) {
    for (uint32_t index = locals - 4; index < locals + 4; ++index) {
      ModuleBuilder m;
      m.AddMemory({{1, std::nullopt}});
      m.AddFunc(
          m.AddType({}, {}), std::vector<ValueType>(locals, kI64),
          CodeBuilder().LocalGet(index).LocalTee(index).LocalSet(index).End());
      ByteVector bytes = m.Build();
      absl::StatusOr<Module> module = Decode(bytes);
      ASSERT_TRUE(module.ok());
      EXPECT_EQ(ValidateAll(*module).ok(), index < locals) << index;
    }
  }
}

}  // namespace
}  // namespace goshawk::interp
