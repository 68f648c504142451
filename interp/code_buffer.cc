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
  size_ = num_starts_ = 0;
  labelled_is_known_ = false;
  labels_.clear();
  fixups_.clear();
  tables_.clear();
  table_labels_.clear();
  last_ = last_bound_ = kUnbound;
  shortest_ = 0;
}

void CodeBuffer::Grow() {
  room_ *= 2;
  words_.resize(room_);
  starts_.resize(size_t{room_} + 1);
}

void CodeBuffer::Bind(Label label) {
  if (size_ > 0 && last_ == size() - 1 && last_bound_ != size() &&
      OpAt(last_) == kJump && JumpLabel(words_[last_]) == label) {
    --size_;
    --num_starts_;
    fixups_.pop_back();
    shortest_ = std::min(shortest_, size());
  }
  BindAt(label, size());
  last_bound_ = size();
  last_ = kUnbound;
}

void CodeBuffer::EmitJump(Label label) {
  uint32_t position = Emit(kJump);
  SetJumpLabel(words_[position], label);
  fixups_.emplace_back(label, position, position, Fixup::kShort);
}

void CodeBuffer::EmitBranch(Op op, uint32_t x, uint32_t y, Label label) {
  uint32_t position = Emit(op, x, y);
  fixups_.emplace_back(label, position, position, Fixup::kShort);
}

void CodeBuffer::EmitJumpFar(Label label) {
  uint32_t position = Emit(Op::kJumpFar_NNJ);
  EmitData<int64_t>(0);
  fixups_.emplace_back(label, position + 1, position, Fixup::kFar);
}

inline uint32_t CodeBuffer::Destination(Label label) const {
  constexpr int kMostJumps = 16;  // there are circles
  uint32_t position = labels_[label];
  for (int i = 0;
       i < kMostJumps && position < size() && OpAt(position) == kJump; ++i) {
    position = labels_[JumpLabel(words_[position])];
  }
  return position;
}

void CodeBuffer::EmitTable(Op op, uint32_t x,
                           const std::vector<Label>& labels) {
  const uint32_t position = Emit(op, x);
  EmitData<uint64_t>(labels.size() - 1);
  tables_.push_back({size_, position, table_labels_.size(), labels.size()});
  table_labels_.insert(table_labels_.end(), labels.begin(), labels.end());
  for (size_t i = 0; i < labels.size(); i += 2) EmitData<uint64_t>(0);
}

void CodeBuffer::EmitBoundTable(Op op, uint32_t x,
                                const std::vector<Label>& labels) {
  const uint32_t position = Emit(op, x);
  EmitData<uint64_t>(labels.size() - 1);
  const auto distance = [&](Label label) {
    return Destination(label) - position;
  };
  for (size_t i = 0; i < labels.size(); i += 2) {
    uint64_t distances = distance(labels[i]);
    if (i + 1 < labels.size()) {
      distances |= uint64_t{distance(labels[i + 1])} << 32;
    }
    EmitData(distances);
  }
}

bool CodeBuffer::ResolveBranches() {
  for (const Table& table : tables_) {
    char* place = reinterpret_cast<char*>(&words_[table.position]);
    for (size_t i = 0; i < table.count; ++i, place += sizeof(int32_t)) {
      const auto distance = static_cast<int32_t>(
          Destination(table_labels_[table.first + i]) - table.from);
      std::memcpy(place, &distance, sizeof(distance));
    }
  }
  // Jumps come last: through them destinations are found.
  jumps_.clear();
  loops_.clear();
  for (const Fixup& fixup : fixups_) {
    const uint32_t destination = Destination(fixup.label);
    const int64_t distance = int64_t{destination} - fixup.from;
    Word& word = words_[fixup.position];
    switch (fixup.kind) {
      case Fixup::kShort:
        if (distance != static_cast<int16_t>(distance)) return false;
        if (distance < 0) loops_.push_back(destination);
        if (OpAt(fixup.position) == kJump) {
          jumps_.emplace_back(fixup.position, static_cast<uint16_t>(distance));
        } else {
          word.z = static_cast<uint16_t>(distance);
        }
        break;
      case Fixup::kFar:
        SetDataAt<int64_t>(&word, distance);
        break;
      case Fixup::kData32: {
        auto value = DataAt<uint64_t>(&word);
        value = (value & ~uint64_t{UINT32_MAX}) |
                static_cast<uint32_t>(static_cast<int32_t>(distance));
        SetDataAt(&word, value);
        break;
      }
    }
  }
  for (const ResolvedJump& jump : jumps_) {
    Word& word = words_[jump.position];
    word.x = word.y = 0;
    word.z = jump.distance;
  }
  return true;
}

absl::Span<const uint32_t> CodeBuffer::Starts() {
  starts_[num_starts_] = size_;
  return {starts_.data(), size_t{num_starts_} + 1};
}

const std::vector<uint8_t>& CodeBuffer::Labelled() {
  if (std::exchange(labelled_is_known_, true)) return labelled_;
  labelled_.assign(size_ + 1, 0);
  for (uint32_t position : labels_) {
    if (position != kUnbound) labelled_[position] = 1;
  }
  return labelled_;
}

}  // namespace goshawk::interp
