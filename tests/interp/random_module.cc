#include "tests/interp/random_module.h"

#include <utility>

#include "tests/interp/random_code.h"

namespace goshawk::interp {
namespace {

using enum ValueType;

constexpr uint32_t kTableSize = 12;
// As deep as calls may be in an engine that has little room for them.
constexpr int32_t kLittleFuel = 100;

std::vector<ValueType> RandomTypes(Random& random, uint32_t most) {
  std::vector<ValueType> types(random.Below(most + 1));
  for (ValueType& type : types) type = random.Pick({kI32, kI64, kF32, kF64});
  return types;
}

ModulePlan MakePlan(Random& random, bool imports) {
  ModulePlan plan;
  plan.go = random.Chance(50);
  plan.types.push_back({{kI32}, {kI32}});
  plan.types.push_back({{kI64, kI32}, {kI64}});
  plan.types.push_back({{}, {}});
  for (uint32_t i = 1 + random.Below(5); i > 0; --i) {
    // Beyond 16 parameters there are not enough scratch slots.
    const uint32_t params = random.Chance(10) ? 20 : 4;
    plan.types.push_back({RandomTypes(random, params), RandomTypes(random, 3)});
  }
  if (random.Chance(10)) {
    plan.types.push_back({{ValueType::kFuncRef}, {ValueType::kFuncRef}});
  }
  if (imports) {
    plan.imported_funcs = 2;
    plan.funcs = {1, kGoType};
  }
  for (uint32_t i = 2 + random.Below(5); i > 0; --i) {
    plan.funcs.push_back(random.Chance(plan.go ? 60 : 15)
                             ? kGoType
                             : random.Below(plan.types.size()));
  }
  if (plan.go) {
    plan.globals = {{kI32, true}, {kI64, true}, {kI64, true}};
  } else if (random.Chance(50)) {
    plan.globals = {{kI32, true}};
  }
  for (uint32_t i = random.Below(4); i > 0; --i) {
    plan.globals.push_back(
        {random.Pick({kI32, kI64, kF32, kF64}), random.Chance(80)});
  }
  plan.fuel = static_cast<uint32_t>(plan.globals.size());
  plan.globals.push_back({kI32, true});
  plan.table_size = kTableSize;
  plan.data_segments = 2;
  plan.element_segments = 1;
  return plan;
}

CodeBuilder Constant(ValueType type, uint64_t bits) {
  CodeBuilder code;
  switch (type) {
    case kI32:
      code.I32Const(static_cast<int32_t>(bits));
      break;
    case kI64:
      code.I64Const(static_cast<int64_t>(bits));
      break;
    case kF32:
      code.F32Const(static_cast<uint32_t>(bits));
      break;
    default:
      code.F64Const(bits);
  }
  return code.End();
}

void AddGlobals(Random& random, const ModulePlan& plan, ModuleBuilder& module) {
  for (uint32_t i = 0; i < plan.globals.size(); ++i) {
    uint64_t bits = RandomBits(random, plan.globals[i].value);
    if (i == plan.fuel) bits = kFuel;
    if (i == 0 && plan.go) bits = kGoStack;
    if (i == 2 && plan.go) bits = 64;  // g
    module.AddGlobal(plan.globals[i], Constant(plan.globals[i].value, bits));
    module.AddExport("g" + std::to_string(i), ExternKind::kGlobal, i);
  }
}

void AddHelpers(const ModulePlan& plan, ModuleBuilder& module) {
  CodeBuilder ready;
  ready.I32Const(kLittleFuel).GlobalSet(plan.fuel);
  if (plan.go) ready.I32Const(kGoStack).GlobalSet(0);
  module.AddExport("ready", ExternKind::kFunc,
                   module.AddFunc(module.AddType({}, {}), {}, ready.End()));

  // hash = (hash ^ memory[at]) * factor + at, word by word
  constexpr uint32_t kAt = 0, kHash = 1;
  CodeBuilder hash;
  hash.Begin(WasmOp::kLoop);
  hash.LocalGet(kHash).LocalGet(kAt).Op(WasmOp::kI64Load, 3, 0);
  hash.Op(WasmOp::kI64Xor).I64Const(0x1e3779b97f4a7c15).Op(WasmOp::kI64Mul);
  hash.LocalGet(kAt).Op(WasmOp::kI64ExtendI32U).Op(WasmOp::kI64Add);
  hash.LocalSet(kHash);
  hash.LocalGet(kAt).I32Const(8).Op(WasmOp::kI32Add).LocalTee(kAt);
  hash.Op(WasmOp::kMemorySize).Raw({0}).I32Const(16).Op(WasmOp::kI32Shl);
  hash.Op(WasmOp::kI32LtU).BrIf(0).End().LocalGet(kHash).End();
  module.AddExport("hash", ExternKind::kFunc,
                   module.AddFunc(module.AddType({}, {ValueType::kI64}),
                                  {kI32, kI64}, hash));
}

std::vector<uint8_t> Build(uint64_t seed, bool imports, ModulePlan& plan) {
  Random random(seed);
  plan = MakePlan(random, imports);
  ModuleBuilder module;
  for (const FuncType& type : plan.types) {
    module.AddType(type.params, type.results);
  }
  if (imports) {
    module.ImportFunc("env", "mix", 1);
    module.ImportFunc("env", "step", kGoType);
  }
  for (uint32_t i = plan.imported_funcs; i < plan.funcs.size(); ++i) {
    RandomCode code(random, plan, plan.types[plan.funcs[i]]);
    const bool go = plan.go && plan.funcs[i] == kGoType && random.Chance(90);
    const int budget =
        static_cast<int>(5 + random.Below(random.Pick({60, 250})));
    const CodeBuilder& body = go ? code.MakeGo(budget) : code.Make(budget);
    module.AddFunc(plan.funcs[i], code.locals(), body);
    module.AddExport("f" + std::to_string(i), ExternKind::kFunc, i);
  }
  if (!imports) AddHelpers(plan, module);
  for (int i = 0; i < 2; ++i) {
    module.AddTable({ValueType::kFuncRef, {kTableSize, kTableSize + 10}});
  }
  if (random.Chance(10)) module.AddExport("table", ExternKind::kTable, 0);
  module.AddMemory({{1, 3}});
  module.AddExport("memory", ExternKind::kMemory, 0);
  AddGlobals(random, plan, module);

  // All functions are in the table, so bodies may refer to all.
  std::vector<uint32_t> funcs;
  for (uint32_t i = 0; i < plan.funcs.size(); ++i) funcs.push_back(i);
  while (funcs.size() < kTableSize - 1) {
    funcs.push_back(random.Below(plan.funcs.size()));
  }
  module.AddPassiveElements(funcs);
  module.AddElements(CodeBuilder().I32Const(0).End(), funcs);
  module.AddPassiveData("12345678");
  module.AddPassiveData("");
  // What runtime.g has at stackguard0, and something to load.
  module.AddData(
      CodeBuilder().I32Const(80).End(),
      std::string(random.Chance(80) ? "\0\x10\0\0" : "\xff\xff\0\0", 4));
  std::string noise(4096, 0);
  for (char& c : noise) c = static_cast<char>(random.Bits());
  module.AddData(CodeBuilder().I32Const(0x7800).End(), noise);
  module.SetDataCount(4);
  return module.Build();
}

}  // namespace

RandomModule MakeRandomModule(uint64_t seed, bool imports) {
  RandomModule made;
  made.bytes = Build(seed, imports, made.plan);
  return made;
}

std::vector<RandomCall> MakeRandomCalls(uint64_t seed, const ModulePlan& plan) {
  Random random(~seed);
  std::vector<RandomCall> calls;
  for (int round = 0; round < 3; ++round) {
    for (uint32_t i = plan.imported_funcs; i < plan.funcs.size(); ++i) {
      RandomCall call{i, {}};
      for (ValueType type : plan.types[plan.funcs[i]].params) {
        // References are null; where to resume is mostly somewhere.
        uint64_t bits = RandomBits(random, type);
        if (plan.funcs[i] == kGoType && random.Chance(70)) bits %= 6;
        call.args.push_back(bits);
      }
      calls.push_back(std::move(call));
    }
  }
  return calls;
}

}  // namespace goshawk::interp
