// What the Go compiler emits, byte for byte (cmd/internal/obj/wasm/wasmobj.go),
// in pieces that tests put together, rightly or wrongly. See
// interp/go_shape.h.

#ifndef GOSHAWK_TESTS_INTERP_GO_FUNCTION_H_
#define GOSHAWK_TESTS_INTERP_GO_FUNCTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/interp/module_builder.h"

namespace goshawk::interp {

// local 1 = global 0
CodeBuilder GoReload();
// sp += delta, in both places
CodeBuilder GoMoveSp(int32_t delta);
// The call of a function; `exit`: the depth of the outermost block.
CodeBuilder GoCall(uint32_t func, uint32_t exit);
// The same through the table, to the function whose number is in bits 16 and
// up of the i64 on top of the stack.
CodeBuilder GoCallIndirect(bool narrow, uint32_t exit, uint32_t table = 0);
// morestack if there is no room; `large`: what a large frame needs besides.
CodeBuilder GoStackCheck(uint32_t morestack, uint32_t exit, int32_t large = 0);
// Goes on at block `block`; `loop`: the depth of the loop.
CodeBuilder GoJump(int32_t block, uint32_t loop);
// sp += frame + 8, return 0
CodeBuilder GoReturn(int32_t frame = 0);
// return 1
CodeBuilder GoYield();
// The word at sp + 8 * index = local
CodeBuilder GoStoreLocal(uint32_t local, uint32_t index);

CodeBuilder Join(const std::vector<CodeBuilder>& pieces);

// A whole function around the code of its blocks. In block k of n the loop is
// at depth n - 1 - k and the exit one further out.
struct GoBody {
  CodeBuilder before;  // the blocks and their table
  std::vector<CodeBuilder> blocks;
  CodeBuilder after;  // the exit, before "return 1"
  CodeBuilder Code() const;
};

// A module with the globals, the memory of 32 pages, the table and a few
// functions of a Go module, and one more function, "f", to be tested.
struct GoModule {
  enum : uint32_t {
    kStep,     // imported; returns 0, leaves the stack as it is
    kLeaf,     // Go's: counts in global 1, returns
    kYields,   // Go's: returns 1
    kDirties,  // Go's: leaves something in its locals
    kOne,      // (i32) -> (i32), not Go's: pops its return address, returns 1
    kZero,     // the same, returns 0
    kKeeps,    // () -> (): changes nothing of Go's
    kMovesSp,  // () -> (): sp += 16
    kTested,
  };
  enum : uint32_t { kGoType, kPlainType, kRefType };
  GoBody body;
  std::vector<ValueType> locals = std::vector<ValueType>(4, ValueType::kI64);
  bool export_table = false;
  bool reference_params = false;  // adds "set" (i32, funcref) -> ()
  uint32_t stack_guard = 0x1000;

  std::vector<uint8_t> Build() const;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_GO_FUNCTION_H_
