#include "bench/micro/instruction_count.h"

#include "interp/instruction.h"

namespace goshawk::bench {

uint64_t CountInstructions(const interp::Module& module) {
  uint64_t count = 0;
  for (const interp::FuncBody& body : module.bodies) {
    interp::ByteReader in = interp::InstructionsOf(module.bytes, body);
    for (; !in.AtEnd(); ++count) {
      interp::SkipImmediate(in, Info(interp::ReadOp(in)).immediate);
    }
  }
  return count;
}

}  // namespace goshawk::bench
