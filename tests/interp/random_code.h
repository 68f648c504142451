// Bodies of random functions: instruction by instruction, with the types of the
// operand stack kept along.

#ifndef GOSHAWK_TESTS_INTERP_RANDOM_CODE_H_
#define GOSHAWK_TESTS_INTERP_RANDOM_CODE_H_

#include <cstdint>
#include <vector>

#include "tests/interp/random_module.h"

namespace goshawk::interp {

class RandomCode {
 public:
  RandomCode(Random& random, const ModulePlan& plan, const FuncType& type);

  // Make one body, about `budget` instructions long: of any shape; of Go's, or
  // nearly. The type has to be kGoType for the latter.
  const CodeBuilder& Make(int budget);
  const CodeBuilder& MakeGo(int budget);
  // The locals, without parameters.
  std::vector<ValueType> locals() const {
    return {locals_.begin() + static_cast<ptrdiff_t>(num_params_),
            locals_.end()};
  }

 private:
  using Types = std::vector<ValueType>;
  struct Frame {
    Types label;      // what a branch to it takes
    Types results;    // what is left at its end
    size_t base = 0;  // height of the stack below its parameters
    bool is_loop = false;
  };

  // One more instruction or construct.
  void Step();
  void Numeric();
  void Variable();
  void Memory();
  void Rare();
  void Branch();
  void Calls();
  // block, loop or if.
  void Construct();
  // Instructions up to and including the construct's end.
  void Body();
  void Close();

  // Values of these types on top of the stack, found or made there.
  void Need(const Types& types);
  void Push(ValueType type);
  void Leaf(ValueType type);
  void Constant(ValueType type);
  // An address on top of the stack, mostly one inside memory, and the offset.
  uint32_t Address(uint32_t size);
  // An i32 below `limit` on top of the stack, or nearly.
  void Index(uint32_t limit);
  // NaNs that can be told apart become one NaN: which it is is not specified.
  void Canonical(ValueType type);
  void Fuel();
  void Apply(WasmOp op);
  size_t Height() const { return stack_.size() - frames_.back().base; }
  bool TopIs(const Types& types) const;
  void Popped(size_t count) { stack_.resize(stack_.size() - count); }
  void Pushed(const Types& types) {
    stack_.insert(stack_.end(), types.begin(), types.end());
  }
  // A local or global of that type; false if there is none.
  bool FindLocal(ValueType type, uint32_t& local);
  bool FindGlobal(ValueType type, bool mutable_only, uint32_t& global);
  void AddLocals();

  // ---- Go's shape: random_go_code.cc ----
  void GoSegment(uint32_t block);
  void GoStatement(uint32_t block);
  void GoNearMiss();
  // `extra` is how many constructs there are around the call that frames_ does
  // not know.
  void GoCall(bool indirect, uint32_t extra);
  void GoJump(uint32_t extra);
  void GoStackCheck();
  void GoMoveSp(int32_t delta);
  void GoReload();
  void EmptyStack();

  Random& random_;
  const ModulePlan& plan_;
  const FuncType& type_;
  CodeBuilder code_;
  Types locals_;
  size_t num_params_;
  uint32_t first_local_ = 0;    // those below are not for general use
  uint32_t canonical_[2] = {};  // locals that Canonical uses: f32, f64
  Types stack_;
  std::vector<Frame> frames_;
  int budget_ = 0;
  bool dead_ = false;  // what follows cannot be reached
  bool go_ = false;
  uint32_t go_blocks_ = 0;  // that the table has; 0: no table, no loop
  uint32_t go_depth_ = 0;   // from outside frames_ to the loop, or the exit
  int32_t go_frame_ = 0;    // bytes
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_RANDOM_CODE_H_
