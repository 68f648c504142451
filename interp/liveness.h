// Which locals are still to be read: liveness over the basic blocks of a
// function of Go's shape, whose locals all fit a 64-bit mask.
//
// The translator reports reads and writes of locals, labels and ways out while
// it emits code; Solve then answers for every block which locals somebody reads
// before they are written again.

#ifndef GOSHAWK_INTERP_LIVENESS_H_
#define GOSHAWK_INTERP_LIVENESS_H_

#include <cstdint>
#include <vector>

#include "interp/code_buffer.h"

namespace goshawk::interp {

class Liveness {
 public:
  using Block = uint32_t;
  using Label = CodeBuffer::Label;
  static constexpr uint32_t kMaxLocals = 64;

  void Clear();

  // A new block becomes the current one; control falls into it from the one
  // before unless that has ended.
  Block StartBlock();
  // The current block, or a new one if anything has happened in it, is where
  // the label leads.
  void Bind(Label label);
  Block current() const { return current_; }
  Block BlockOf(Label label) const { return label_blocks_[label]; }

  void Read(uint32_t local) {
    const uint64_t bit = uint64_t{1} << local;
    blocks_[current_].reads |= bit & ~blocks_[current_].writes;
  }
  void Write(uint32_t local) {
    blocks_[current_].writes |= uint64_t{1} << local;
  }

  // Control may go to the label from here, or, after End, goes nowhere else.
  void BranchTo(Label label);
  void End() { ended_ = true; }

  // To be called when all labels are bound.
  void Solve();
  uint64_t LiveInto(Block block) const { return blocks_[block].live; }

 private:
  struct BasicBlock {
    uint64_t reads = 0;  // before any write in the block
    uint64_t writes = 0;
    uint64_t live = 0;  // at its start
  };
  struct Edge {
    uint64_t written;  // in `from` before control left it
    Block from;
    uint32_t to;  // a block, or with kIsLabel a label
  };
  static constexpr uint32_t kIsLabel = uint32_t{1} << 31;

  std::vector<BasicBlock> blocks_;
  std::vector<Edge> edges_;
  std::vector<Block> label_blocks_;
  Block current_ = 0;
  size_t edges_before_ = 0;  // when the current block was started
  bool ended_ = true;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LIVENESS_H_
