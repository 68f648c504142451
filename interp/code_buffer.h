// Translated code under construction: words, labels and the branches between
// them. While code is being built Word::handler holds the Op; Finish copies the
// words to their place and puts a dispatcher's handlers in.

#ifndef GOSHAWK_INTERP_CODE_BUFFER_H_
#define GOSHAWK_INTERP_CODE_BUFFER_H_

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "interp/machine.h"
#include "interp/op.h"
#include "interp/rare.h"

namespace goshawk::interp {

class CodeBuffer {
 public:
  using Label = uint32_t;
  static constexpr uint32_t kUnbound = UINT32_MAX;

  void Clear();

  uint32_t size() const { return size_; }
  Word& at(uint32_t position) { return words_[position]; }
  Op OpAt(uint32_t position) const {
    return static_cast<Op>(words_[position].handler);
  }

  // Appends an operation's first word and returns its position.
  // REQUIRES: the operation exists.
  uint32_t Emit(Op op, uint32_t x = 0, uint32_t y = 0, uint32_t z = 0) {
    assert(op != Op::kNone);
    MakeRoom();
    last_ = size_++;
    words_[last_] = Word{static_cast<uint32_t>(op), static_cast<uint8_t>(x),
                         static_cast<uint8_t>(y), static_cast<uint16_t>(z)};
    starts_[num_starts_++] = last_;
    return last_;
  }

  template <class T>
  void EmitData(T data) {
    MakeRoom();
    uint64_t word = 0;
    std::memcpy(&word, &data, sizeof(data));
    SetDataAt(&words_[size_++], word);
  }

  // Position of the operation emitted last; kUnbound right after a label, when
  // it must not be changed any more.
  uint32_t last() const { return last_; }
  void ForgetLast() { last_ = kUnbound; }
  // Takes back the last `count` operations, all of them no branches and with no
  // label in between. REQUIRES: last() is not kUnbound.
  void RemoveLast(uint32_t count = 1) {
    num_starts_ -= count;
    size_ = starts_[num_starts_];
    last_ = kUnbound;
    shortest_ = std::min(shortest_, size());
  }
  // The operation emitted `before` ones before the last; null if there is none.
  const Word* BeforeLast(uint32_t before) const {
    if (num_starts_ <= before) return nullptr;
    return &words_[starts_[num_starts_ - 1 - before]];
  }
  // How short the code has been since this was called last.
  uint32_t TakeShortest() { return std::exchange(shortest_, size()); }

  Label NewLabel() {
    labels_.push_back(kUnbound);
    return static_cast<Label>(labels_.size() - 1);
  }
  // As many, one after the other; returns the first.
  Label NewLabels(uint32_t count) {
    const auto first = static_cast<Label>(labels_.size());
    labels_.resize(labels_.size() + count, kUnbound);
    return first;
  }
  // Binds to the end of the code; removes a jump that would lead just here.
  void Bind(Label label);
  void BindAt(Label label, uint32_t position) {
    labels_[label] = position;
    labelled_is_known_ = false;
  }
  uint32_t PositionOf(Label label) const { return labels_[label]; }

  void EmitJump(Label label);
  // The branch `op` at the end of the code, whose z is the distance.
  void EmitBranch(Op op, uint32_t x, uint32_t y, Label label);
  void EmitJumpFar(Label label);
  // A JumpTable or GoResume on slot `x`; the last label is the default.
  void EmitTable(Op op, uint32_t x, const std::vector<Label>& labels);
  // The same with all labels bound.
  void EmitBoundTable(Op op, uint32_t x, const std::vector<Label>& labels);
  // The low half of data word `position` becomes the distance from `from`.
  void AddDistance(uint32_t position, uint32_t from, Label label) {
    fixups_.emplace_back(label, position, from, Fixup::kData32);
  }

  // Resolves all branches. False if a distance does not fit 16 bits.
  bool ResolveBranches();

  // Where the operations are, in order, and after them size().
  absl::Span<const uint32_t> Starts();
  // Whether a label is bound at each position, so that code may be entered. For
  // finished code: it must not grow after that.
  const std::vector<uint8_t>& Labelled();

  // Where branches of finished code lead back to, some of them repeatedly.
  const std::vector<uint32_t>& loops() const { return loops_; }

  absl::Span<const Word> words() const { return {words_.data(), size_}; }

 private:
  struct Fixup {
    enum Kind : uint8_t { kShort, kFar, kData32 };
    Label label;
    uint32_t position;  // of the word
    uint32_t from;      // distances count from here
    Kind kind;
  };

  // Distances of 32 bits to the labels table_labels_[first ... + count).
  struct Table {
    uint32_t position;  // of the first word
    uint32_t from;
    size_t first;
    size_t count;
  };

  void MakeRoom() {
    if (size_ == room_) [[unlikely]]
      Grow();
  }
  GOSHAWK_RARE void Grow();
  // Where a branch to `label` really leads: jumps to jumps are followed.
  uint32_t Destination(Label label) const;

  // Both have more room than is in use: size_ words, num_starts_ starts.
  static constexpr uint32_t kFirstRoom = 1024;
  std::vector<Word> words_ = std::vector<Word>(kFirstRoom);
  std::vector<uint32_t> starts_ = std::vector<uint32_t>(kFirstRoom + 1);
  uint32_t room_ = kFirstRoom;  // words_.size()
  uint32_t size_ = 0;
  uint32_t num_starts_ = 0;
  std::vector<uint8_t> labelled_;
  bool labelled_is_known_ = false;
  struct ResolvedJump {
    uint32_t position;
    uint16_t distance;
  };
  std::vector<ResolvedJump> jumps_;
  std::vector<uint32_t> loops_;
  std::vector<uint32_t> labels_;
  std::vector<Fixup> fixups_;
  std::vector<Table> tables_;
  std::vector<Label> table_labels_;
  uint32_t last_ = kUnbound;
  uint32_t last_bound_ = kUnbound;
  uint32_t shortest_ = 0;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_CODE_BUFFER_H_
