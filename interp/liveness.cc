#include "interp/liveness.h"

namespace goshawk::interp {
namespace {

// Each round carries liveness around one more nesting of backward branches. A
// function that needs more is taken to keep every local alive, which is safe.
constexpr int kMostRounds = 64;

}  // namespace

void Liveness::Clear() {
  blocks_.clear();
  edges_.clear();
  label_blocks_.clear();
  ended_ = true;
  StartBlock();
}

Liveness::Block Liveness::StartBlock() {
  const auto next = static_cast<Block>(blocks_.size());
  if (!ended_) {
    edges_.push_back({blocks_[current_].writes, current_, next});
  }
  edges_before_ = edges_.size();
  blocks_.emplace_back();
  current_ = next;
  ended_ = false;
  return next;
}

void Liveness::Bind(Label label) {
  const BasicBlock& block = blocks_[current_];
  if (ended_ || (block.reads | block.writes) != 0 ||
      edges_.size() != edges_before_) {
    StartBlock();
  }
  if (label_blocks_.size() <= label) label_blocks_.resize(label + 1);
  label_blocks_[label] = current_;
}

void Liveness::BranchTo(Label label) {
  if (ended_) return;
  edges_.push_back({blocks_[current_].writes, current_, label | kIsLabel});
}

void Liveness::Solve() {
  for (BasicBlock& block : blocks_) block.live = block.reads;
  bool loops = false;
  for (Edge& edge : edges_) {
    if ((edge.to & kIsLabel) != 0) edge.to = label_blocks_[edge.to ^ kIsLabel];
    loops |= edge.to <= edge.from;
  }
  bool changed = true;
  for (int round = 0; changed && round < kMostRounds; ++round) {
    changed = false;
    // Edges were added in the order of the code, so from the back forward
    // branches settle in one round.
    for (size_t i = edges_.size(); i-- > 0;) {
      const Edge& edge = edges_[i];
      const uint64_t live = blocks_[edge.to].live & ~edge.written;
      BasicBlock& from = blocks_[edge.from];
      if ((live & ~from.live) != 0) {
        from.live |= live;
        changed = loops;
      }
    }
  }
  if (changed) {
    for (BasicBlock& block : blocks_) block.live = UINT64_MAX;
  }
}

}  // namespace goshawk::interp
