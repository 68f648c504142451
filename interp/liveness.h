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
#include "interp/rare.h"

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
  void Bind(Label label) {
    if (ended_ || (reads_ | writes_) != 0 || edges_.size() != edges_before_) {
      StartBlock();
    }
    if (label >= label_blocks_.size()) [[unlikely]]
      MakeRoom(label);
    label_blocks_[label] = current();
  }
  Block current() const { return static_cast<Block>(blocks_.size()); }
  Block BlockOf(Label label) const { return label_blocks_[label]; }

  void Read(uint32_t local) { reads_ |= (uint64_t{1} << local) & ~writes_; }
  void Write(uint32_t local) { writes_ |= uint64_t{1} << local; }

  // Control may go to the label from here, or, after End, goes nowhere else.
  void BranchTo(Label label) {
    if (!ended_) edges_.emplace_back(writes_, current(), label);
  }
  void End() { ended_ = true; }

  // To be called when all labels are bound.
  void Solve();
  uint64_t LiveInto(Block block) const { return blocks_[block].live; }

 private:
  struct BasicBlock {
    uint64_t live;     // at its start; before Solve what it reads itself
    uint64_t written;  // before it falls into the next; all if it does not
  };
  struct Edge {
    uint64_t written;  // in `from` before control left it
    Block from;
    uint32_t to;  // a label; in Solve a block
  };

  GOSHAWK_RARE void MakeRoom(Label label);
  // Carries liveness backward, from the last block to the first.
  void GoBack();
  // Whether that has taken all there is over the backward branches.
  bool BackwardSettled() const;

  std::vector<BasicBlock> blocks_;     // those before the current one
  std::vector<Edge> edges_;            // in the order of the code
  std::vector<const Edge*> backward_;  // of these, those that lead back
  std::vector<Block> label_blocks_;    // of labels not bound anything
  // In the current block.
  uint64_t reads_ = 0;
  uint64_t writes_ = 0;
  size_t edges_before_ = 0;  // when it was started
  bool ended_ = true;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LIVENESS_H_
