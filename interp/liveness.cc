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
  reads_ = writes_ = 0;
  edges_before_ = 0;
  ended_ = false;
}

Liveness::Block Liveness::StartBlock() {
  blocks_.emplace_back(reads_, ended_ ? UINT64_MAX : writes_);
  edges_before_ = edges_.size();
  reads_ = writes_ = 0;
  ended_ = false;
  return current();
}

void Liveness::MakeRoom(Label label) {
  label_blocks_.resize(2 * size_t{label} + 64);
}

void Liveness::GoBack() {
  uint64_t live_into_next = 0;
  const Edge* edge = edges_.data() + edges_.size();
  for (size_t i = blocks_.size(); i-- > 0;) {
    BasicBlock& block = blocks_[i];
    uint64_t live = block.live | (live_into_next & ~block.written);
    while (edge != edges_.data() && edge[-1].from == i) {
      --edge;
      live |= blocks_[edge->to].live & ~edge->written;
    }
    block.live = live_into_next = live;
  }
}

bool Liveness::BackwardSettled() const {
  uint64_t missing = 0;
  for (const Edge* edge : backward_) {
    missing |=
        blocks_[edge->to].live & ~edge->written & ~blocks_[edge->from].live;
  }
  return missing == 0;
}

void Liveness::Solve() {
  ended_ = true;
  StartBlock();
  backward_.clear();
  for (Edge& edge : edges_) {
    edge.to = label_blocks_[edge.to];
    if (edge.to <= edge.from) backward_.push_back(&edge);
  }
  // A round settles forward branches, from the back as it goes.
  for (int round = 0; round < kMostRounds; ++round) {
    GoBack();
    if (BackwardSettled()) return;
  }
  for (BasicBlock& block : blocks_) block.live = UINT64_MAX;
}

}  // namespace goshawk::interp
