#include "interp/code_buffer.h"

#include <cstring>

namespace goshawk::interp {
namespace {

constexpr Op kJump = Op::kJump_NNN;

// Until branches are resolved a jump's operand fields hold its label.
void SetJumpLabel(Word& word, uint32_t label) {
  word.x = static_cast<uint8_t>(label);
  word.y = static_cast<uint8_t>(label >> 8);
  word.z = static_cast<uint16_t>(label >> 16);
}

uint32_t JumpLabel(const Word& word) {
  return word.x | uint32_t{word.y} << 8 | uint32_t{word.z} << 16;
}

}  // namespace

void CodeBuffer::Clear() {
  words_.clear();
  starts_.clear();
  labels_.clear();
  fixups_.clear();
  last_ = last_bound_ = kUnbound;
}

void CodeBuffer::Bind(Label label) {
  if (!words_.empty() && last_ == size() - 1 && last_bound_ != size() &&
      OpAt(last_) == kJump && JumpLabel(words_[last_]) == label) {
    words_.pop_back();
    starts_.pop_back();
    fixups_.pop_back();
  }
  labels_[label] = size();
  last_bound_ = size();
  last_ = kUnbound;
}

void CodeBuffer::EmitJump(Label label) {
  uint32_t position = Emit(kJump);
  SetJumpLabel(words_[position], label);
  fixups_.push_back({label, position, position, Fixup::kShort});
}

void CodeBuffer::EmitBranch(Op op, uint32_t x, uint32_t y, Label label) {
  uint32_t position = Emit(op, x, y);
  fixups_.push_back({label, position, position, Fixup::kShort});
}

void CodeBuffer::EmitJumpFar(Label label) {
  uint32_t position = Emit(Op::kJumpFar_NNJ);
  EmitData<int64_t>(0);
  fixups_.push_back({label, position + 1, position, Fixup::kFar});
}

void CodeBuffer::EmitTable(Op op, uint32_t x,
                           const std::vector<Label>& labels) {
  uint32_t position = Emit(op, x);
  EmitData<uint64_t>(labels.size() - 1);
  uint32_t half = 2 * size();
  for (size_t i = 0; i < labels.size(); i += 2) EmitData<uint64_t>(0);
  for (Label label : labels) {
    fixups_.push_back({label, half++, position, Fixup::kTable});
  }
}

uint32_t CodeBuffer::Destination(Label label) const {
  constexpr int kMostJumps = 16;  // there are circles
  uint32_t position = labels_[label];
  for (int i = 0;
       i < kMostJumps && position < size() && OpAt(position) == kJump; ++i) {
    position = labels_[JumpLabel(words_[position])];
  }
  return position;
}

bool CodeBuffer::ResolveBranches() {
  // Destinations first: they are found through jumps not yet resolved.
  distances_.clear();
  for (const Fixup& fixup : fixups_) {
    distances_.push_back(int64_t{Destination(fixup.label)} - fixup.from);
  }
  for (size_t i = 0; i < fixups_.size(); ++i) {
    const Fixup& fixup = fixups_[i];
    const int64_t distance = distances_[i];
    switch (fixup.kind) {
      case Fixup::kShort:
        if (distance != static_cast<int16_t>(distance)) return false;
        words_[fixup.position].z = static_cast<uint16_t>(distance);
        break;
      case Fixup::kFar:
        SetDataAt<int64_t>(&words_[fixup.position], distance);
        break;
      case Fixup::kData32: {
        auto value = DataAt<uint64_t>(&words_[fixup.position]);
        value = (value & ~uint64_t{UINT32_MAX}) |
                static_cast<uint32_t>(static_cast<int32_t>(distance));
        SetDataAt(&words_[fixup.position], value);
        break;
      }
      case Fixup::kTable: {
        const auto value = static_cast<int32_t>(distance);
        std::memcpy(
            reinterpret_cast<char*>(words_.data()) + 4 * size_t{fixup.position},
            &value, sizeof(value));
        break;
      }
    }
  }
  for (const Fixup& fixup : fixups_) {
    Word& word = words_[fixup.position];
    if (fixup.kind == Fixup::kShort && OpAt(fixup.position) == kJump) {
      word.x = word.y = 0;
    }
  }
  return true;
}

const std::vector<uint32_t>& CodeBuffer::Starts() {
  if (starts_.empty() || starts_.back() != size()) starts_.push_back(size());
  return starts_;
}

const std::vector<uint8_t>& CodeBuffer::Labelled() {
  labelled_.assign(words_.size() + 1, 0);
  for (uint32_t position : labels_) {
    if (position != kUnbound) labelled_[position] = 1;
  }
  return labelled_;
}

}  // namespace goshawk::interp
