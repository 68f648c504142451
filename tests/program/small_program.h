// The smallest modules that pass for Go programs, for what no Go compiler
// would write: what they do is up to the test.

#ifndef GOSHAWK_TESTS_PROGRAM_SMALL_PROGRAM_H_
#define GOSHAWK_TESTS_PROGRAM_SMALL_PROGRAM_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/interp/module_builder.h"

namespace goshawk::program_test {

inline std::string Text(const std::vector<uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

class SmallProgram {
 public:
  SmallProgram()
      : plain_(module_.AddType({}, {})),
        import_(module_.AddType({interp::ValueType::kI32}, {})) {}

  // A function as Go imports it: of a stack pointer. Before any AddFunc.
  uint32_t ImportFunc(std::string_view module, std::string_view name) {
    return module_.ImportFunc(module, name, import_);
  }

  // A function of nothing.
  uint32_t AddFunc(std::string_view name, const interp::CodeBuilder& code) {
    const uint32_t index = module_.AddFunc(plain_, {}, code);
    names_.emplace_back(index, name);
    return index;
  }

  // The module, whose start function has this code.
  interp::ModuleBuilder Build(const interp::CodeBuilder& run) {
    using enum interp::ValueType;
    using interp::CodeBuilder;
    using interp::ExternKind;
    const uint32_t run_type = module_.AddType({kI32, kI32}, {});
    const uint32_t getsp_type = module_.AddType({}, {kI32});
    const uint32_t run_func = module_.AddFunc(run_type, {}, run);
    names_.emplace_back(run_func, "_rt0_wasm_js");
    module_.AddExport("run", ExternKind::kFunc, run_func);
    module_.AddExport("resume", ExternKind::kFunc,
                      module_.AddFunc(plain_, {}, CodeBuilder().End()));
    module_.AddExport(
        "getsp", ExternKind::kFunc,
        module_.AddFunc(getsp_type, {}, CodeBuilder().I32Const(0).End()));
    module_.AddExport("mem", ExternKind::kMemory,
                      module_.AddMemory({{1, std::nullopt}}));
    module_.AddData(CodeBuilder().I32Const(0).End(), "data");
    module_.NameFunctions(names_);
    return module_;
  }

 private:
  interp::ModuleBuilder module_;
  const uint32_t plain_;
  const uint32_t import_;
  std::vector<std::pair<uint32_t, std::string_view>> names_;
};

}  // namespace goshawk::program_test

#endif  // GOSHAWK_TESTS_PROGRAM_SMALL_PROGRAM_H_
