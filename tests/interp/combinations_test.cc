// Every numeric instruction with every kind of operand in front of it and every
// use of its result behind: what translators combine. Random code seldom meets
// the values at which a wrong one would show, equal operands above all.
//
// The reference is the plain form of the same module, run the plainest way.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "interp/wasm_op.h"
#include "tests/interp/module_builder.h"
#include "tests/interp/plain_module.h"
#include "tests/interp/test_instance.h"

namespace goshawk::interp {
namespace {

constexpr int32_t kSp = 1024;
// From there on: where operands and results are in memory.
constexpr uint32_t kOperands = 8;
constexpr uint32_t kResult = 64;

struct Operand {
  enum Kind { kLocal, kComputed, kMemory, kConstant } kind;
  uint64_t constant = 0;
};

enum class Use { kReturn, kLocal, kMemory, kBranch, kBranchNot, kIf, kSelect };

// Constants that fit 8 bits, 16 bits, more; limits; floats of both signs.
std::vector<uint64_t> Values(ValueType type) {
  switch (type) {
    case ValueType::kI32:
      return {0, 1, ~uint64_t{0}, 1000, 0x7fffffff, 0x80000000};
    case ValueType::kI64:
      return {0, 1, ~uint64_t{0}, 1000, 1ull << 40, 1ull << 63};
    case ValueType::kF32:
      return {0, 0x80000000, 0x3f800000, 0xbfc00000, 0x7f800000, 0x7fc00000};
    default:
      return {0,
              1ull << 63,
              0x3ffull << 52,
              0xbff8ull << 48,
              0x7ffull << 52,
              0x7ff8ull << 48};
  }
}

void Constant(CodeBuilder& code, ValueType type, uint64_t bits) {
  switch (type) {
    case ValueType::kI32:
      code.I32Const(static_cast<int32_t>(bits));
      break;
    case ValueType::kI64:
      code.I64Const(static_cast<int64_t>(bits));
      break;
    case ValueType::kF32:
      code.F32Const(static_cast<uint32_t>(bits));
      break;
    default:
      code.F64Const(bits);
  }
}

struct TypeOps {
  WasmOp load, store, add;
  uint64_t neutral;  // x + neutral is x
  uint32_t align;
};
TypeOps OpsOf(ValueType type) {
  switch (type) {
    case ValueType::kI32:
      return {WasmOp::kI32Load, WasmOp::kI32Store, WasmOp::kI32Add, 0, 2};
    case ValueType::kI64:
      return {WasmOp::kI64Load, WasmOp::kI64Store, WasmOp::kI64Add, 0, 3};
    case ValueType::kF32:
      return {WasmOp::kF32Load, WasmOp::kF32Store, WasmOp::kF32Add, 0x80000000,
              2};
    default:
      return {WasmOp::kF64Load, WasmOp::kF64Store, WasmOp::kF64Add, 1ull << 63,
              3};
  }
}

// Parameters: each operand, then each once more as what is neutral to it.
void Push(CodeBuilder& code, ValueType type, const Operand& operand,
          uint32_t index, uint32_t count) {
  const TypeOps ops = OpsOf(type);
  switch (operand.kind) {
    case Operand::kLocal:
      code.LocalGet(index);
      break;
    case Operand::kComputed:
      code.LocalGet(index).LocalGet(count + index).Op(ops.add);
      break;
    case Operand::kMemory:
      code.GlobalGet(0).Op(ops.load, ops.align, kOperands + 8 * index);
      break;
    case Operand::kConstant:
      Constant(code, type, operand.constant);
  }
}

CodeBuilder Body(const WasmOpInfo& info, WasmOp op,
                 const std::vector<Operand>& operands, Use use) {
  const auto count = static_cast<uint32_t>(operands.size());
  const TypeOps result = OpsOf(info.result);
  CodeBuilder code, compute;
  for (uint32_t i = 0; i < count; ++i) {
    Push(compute, info.operands[i], operands[i], i, count);
  }
  compute.Op(op);
  const uint32_t local = 2 * count;  // of the result's type
  switch (use) {
    case Use::kReturn:
      code.Raw(compute.bytes());
      break;
    case Use::kLocal:
      code.Raw(compute.bytes()).LocalSet(local).LocalGet(local);
      break;
    case Use::kMemory:
      code.GlobalGet(0).Raw(compute.bytes());
      code.Op(result.store, result.align, kResult).LocalGet(local);
      break;
    case Use::kBranch:
    case Use::kBranchNot:
      code.Begin(WasmOp::kBlock).Raw(compute.bytes());
      if (use == Use::kBranchNot) code.Op(WasmOp::kI32Eqz);
      code.BrIf(0).I32Const(10).Op(WasmOp::kReturn).End().I32Const(20);
      break;
    case Use::kIf:
      code.Raw(compute.bytes()).Begin(WasmOp::kIf, ValueType::kI32);
      code.I32Const(10).Op(WasmOp::kElse).I32Const(20).End();
      break;
    case Use::kSelect:
      code.I32Const(10).I32Const(20).Raw(compute.bytes());
      code.Op(WasmOp::kSelect);
  }
  return code.End();
}

// Every operand in every way, and all uses that the type of the result allows.
// Returns the names of the functions.
std::vector<std::string> AddFunctions(const WasmOpInfo& info, WasmOp op,
                                      ModuleBuilder& module) {
  std::vector<std::vector<Operand>> lists = {{}};
  for (int i = 0; i < info.num_operands; ++i) {
    std::vector<Operand> ways = {
        {Operand::kLocal}, {Operand::kComputed}, {Operand::kMemory}};
    for (uint64_t bits : Values(info.operands[i])) {
      ways.push_back({Operand::kConstant, bits});
    }
    std::vector<std::vector<Operand>> longer;
    for (const std::vector<Operand>& list : lists) {
      for (const Operand& way : ways) {
        // Two constants are nothing new.
        if (!list.empty() && list[0].kind == Operand::kConstant &&
            way.kind == Operand::kConstant) {
          continue;
        }
        longer.push_back(list);
        longer.back().push_back(way);
      }
    }
    lists = std::move(longer);
  }
  std::vector<ValueType> params;
  for (int i = 0; i < 2 * info.num_operands; ++i) {
    params.push_back(info.operands[i % info.num_operands]);
  }
  const uint32_t type = module.AddType(params, {info.result});
  const bool is_condition = info.result == ValueType::kI32;
  std::vector<std::string> cases;
  for (const std::vector<Operand>& list : lists) {
    for (int use = 0; use <= static_cast<int>(Use::kSelect); ++use) {
      if (!is_condition && use > static_cast<int>(Use::kMemory)) continue;
      std::string name = absl::StrCat("use", use);
      for (const Operand& operand : list) {
        absl::StrAppend(&name, " ", static_cast<int>(operand.kind), ":",
                        absl::Hex(operand.constant));
      }
      const uint32_t func = module.AddFunc(
          type, {info.result}, Body(info, op, list, static_cast<Use>(use)));
      module.AddExport(name, ExternKind::kFunc, func);
      cases.push_back(std::move(name));
    }
  }
  return cases;
}

// All values against themselves and their neighbours.
std::vector<std::vector<uint64_t>> Arguments(const WasmOpInfo& info) {
  std::vector<std::vector<uint64_t>> all;
  for (size_t i = 0; i < 6; ++i) {
    for (size_t next : {0, 1}) {
      std::vector<uint64_t> args;
      for (int j = 0; j < info.num_operands; ++j) {
        const auto values = Values(info.operands[j]);
        args.push_back(values[(i + (j == 0 ? 0 : next)) % values.size()]);
      }
      for (int j = 0; j < info.num_operands; ++j) {
        args.push_back(OpsOf(info.operands[j]).neutral);
      }
      all.push_back(std::move(args));
      if (info.num_operands == 1) break;
    }
  }
  return all;
}

std::vector<uint8_t> Module(const WasmOpInfo& info, WasmOp op,
                            std::vector<std::string>& cases) {
  ModuleBuilder module;
  module.AddMemory({{1, 1}});
  module.AddGlobal({ValueType::kI32, true}, CodeBuilder().I32Const(kSp).End());
  module.AddExport("memory", ExternKind::kMemory, 0);
  module.AddExport("g0", ExternKind::kGlobal, 0);
  cases = AddFunctions(info, op, module);
  return module.Build();
}

CallOutcome RunCase(TestInstance& instance, const WasmOpInfo& info,
                    const std::string& one, const std::vector<uint64_t>& args) {
  std::memset(instance.memory() + kSp + kResult, 0, 8);
  for (int i = 0; i < info.num_operands; ++i) {
    std::memcpy(instance.memory() + kSp + kOperands + int64_t{8} * i, &args[i],
                8);
  }
  return instance.Call(one, args);
}

std::string OpName(const testing::TestParamInfo<WasmOp>& info) {
  std::string name = Info(info.param).text;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

class CombinationsTest : public testing::TestWithParam<WasmOp> {};

TEST_P(CombinationsTest, AllDoTheSame) {
  const WasmOp op = GetParam();
  const WasmOpInfo& info = Info(op);
  std::vector<std::string> cases;
  const std::vector<uint8_t> bytes = Module(info, op, cases);
  const std::vector<InstanceOptions> all = AllOptions();
  TestInstance reference(MakePlain(bytes), all[0]);
  for (const InstanceOptions& options : all) {
    TestInstance instance(bytes, options);
    for (const std::string& one : cases) {
      for (const std::vector<uint64_t>& args : Arguments(info)) {
        const CallOutcome expected = RunCase(reference, info, one, args);
        const CallOutcome actual = RunCase(instance, info, one, args);
        ASSERT_EQ(Describe(actual), Describe(expected))
            << Describe(options) << ", " << one << ", first argument "
            << args[0];
      }
    }
  }
}

std::vector<WasmOp> NumericOps() {
  std::vector<WasmOp> ops;
#define WASM_OP(enumerator, code, text, immediate, signature) \
  if (Info(WasmOp::enumerator).has_signature &&               \
      Info(WasmOp::enumerator).num_operands > 0 &&            \
      Info(WasmOp::enumerator).num_results > 0 &&             \
      ImmediateKind::immediate == ImmediateKind::kNone) {     \
    ops.push_back(WasmOp::enumerator);                        \
  }
#include "interp/wasm_op.def"
#undef WASM_OP
  return ops;
}

INSTANTIATE_TEST_SUITE_P(Numeric, CombinationsTest,
                         testing::ValuesIn(NumericOps()), OpName);

}  // namespace
}  // namespace goshawk::interp
