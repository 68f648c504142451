// The matcher of superinstructions against the list itself: it finds the
// longest row whose operations are there and whose wires hold, and nothing
// else.

#include "interp/fusion.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "interp/machine.h"
#include "interp/op.h"
#include "interp/step.h"

namespace goshawk::interp {
namespace {

using enum Op;
using enum Field;

using Row = std::vector<Step>;

constexpr Field kFields[] = {kX, kY, kZ};

const std::vector<Row>& Rows() {
  static const auto* rows = new std::vector<Row>{
#define FUSE(...) Row{__VA_ARGS__},
#include "interp/fusion.def"
#undef FUSE
  };
  return *rows;
}

std::vector<Op> OpsOf(const Row& row) {
  std::vector<Op> ops;
  for (const Step& step : row) ops.push_back(step.op);
  return ops;
}

// The rows by their operations, in the order of the list.
const std::map<std::vector<Op>, std::vector<int>>& RowsByOps() {
  static const auto* rows = [] {
    auto* by_ops = new std::map<std::vector<Op>, std::vector<int>>;
    for (size_t i = 0; i < Rows().size(); ++i) {
      (*by_ops)[OpsOf(Rows()[i])].push_back(static_cast<int>(i));
    }
    return by_ops;
  }();
  return *rows;
}

// Whether the operation reads a slot that the field names.
bool ReadsSlot(Op op, Field field) {
  const OpInfo& info = Info(op);
  const bool branch = IsBranch(info.base);
  switch (field) {
    case kX:
      return branch ? info.a == Kind::kS
                    : info.d == Kind::kS && !WritesSlot(op);
    case kY:
      return (branch ? info.b : info.a) == Kind::kS;
    case kZ:
      return !branch && info.b == Kind::kS;
  }
  return false;
}

void Set(Word& word, Field field, uint8_t slot) {
  if (field == kX) word.x = slot;
  if (field == kY) word.y = slot;
  if (field == kZ) word.z = slot;
}

// Operations one after the other, without the data that some have.
class Code {
 public:
  explicit Code(const std::vector<Op>& ops) {
    for (const Op op : ops) {
      starts_.push_back(static_cast<uint32_t>(words_.size()));
      words_.push_back({static_cast<uint32_t>(op), 0, 0, 0});
    }
  }

  Word& operator[](size_t i) { return words_[i]; }
  size_t size() const { return words_.size(); }
  FusedSequence Find() const { return FindFused(words_.data(), starts_); }

  // No two fields name the same slot.
  void MakeSlotsDifferent() {
    uint8_t slot = 0;
    for (Word& word : words_) {
      for (const Field field : kFields) Set(word, field, slot++);
    }
  }

  // Whether every wire leads from a value to where it is read again, found out
  // by running the operations over the numbers of who wrote each slot last.
  bool Holds(const Row& row) const {
    std::array<size_t, 256> writers{};
    std::vector<std::array<size_t, 3>> values;
    for (size_t i = 0; i < row.size(); ++i) {
      const Word& word = words_[i];
      values.emplace_back();
      for (const Field field : kFields) {
        values[i][static_cast<size_t>(field)] = writers[Byte(word, field)];
      }
      if (WritesSlot(row[i].op)) {
        writers[word.x] = i + 1;
        values[i][0] = i + 1;
      }
      for (const Field field : kFields) {
        const Wire& wire = row[i].WireTo(field);
        if (wire.back == 0) continue;
        const size_t source = i - wire.back;
        if (Byte(words_[source], wire.field) != Byte(word, field) ||
            values[source][static_cast<size_t>(wire.field)] !=
                values[i][static_cast<size_t>(field)]) {
          return false;
        }
      }
    }
    return true;
  }

  // What is to be found.
  FusedSequence Expected() const {
    std::vector<Op> ops;
    for (const Word& word : words_)
      ops.push_back(static_cast<Op>(word.handler));
    for (; ops.size() > 1; ops.pop_back()) {
      const auto rows = RowsByOps().find(ops);
      if (rows == RowsByOps().end()) continue;
      for (const int row : rows->second) {
        if (Holds(Rows()[static_cast<size_t>(row)])) {
          return {row, static_cast<uint32_t>(ops.size())};
        }
      }
    }
    return {};
  }

 private:
  std::vector<Word> words_;
  std::vector<uint32_t> starts_;
};

void ExpectFound(const Code& code, const std::string& what) {
  const FusedSequence found = code.Find(), expected = code.Expected();
  ASSERT_EQ(found.row, expected.row) << what;
  ASSERT_EQ(found.length, expected.length) << what;
}

TEST(FusionTest, WiresLeadFromSlotsToSlotsThatAreRead) {
  for (size_t i = 0; i < Rows().size(); ++i) {
    const Row& row = Rows()[i];
    for (size_t j = 0; j < row.size(); ++j) {
      for (const Field field : kFields) {
        const Wire& wire = row[j].WireTo(field);
        if (wire.back == 0) continue;
        ASSERT_TRUE(ReadsSlot(row[j].op, field)) << "row " << i;
        ASSERT_LE(wire.back, j) << "row " << i;
        const Op source = row[j - wire.back].op;
        ASSERT_TRUE(ReadsSlot(source, wire.field) ||
                    (wire.field == kX && WritesSlot(source)))
            << "row " << i;
      }
    }
  }
}

TEST(FusionTest, NoRowIsThereTwiceOrBehindOneThatAlwaysHolds) {
  for (const auto& [ops, rows] : RowsByOps()) {
    for (size_t i = 1; i < rows.size(); ++i) {
      const Row& before = Rows()[static_cast<size_t>(rows[i - 1])];
      EXPECT_TRUE(std::any_of(before.begin(), before.end(),
                              [](const Step& step) { return step.HasWires(); }))
          << "row " << rows[i] << " is never taken";
    }
  }
}

TEST(FusionTest, TheFirstLookMissesNoRowAndSendsMostPairsAway) {
  for (const Row& row : Rows()) {
    EXPECT_TRUE(MayBeFused(row[0].op, row[1].op))
        << Name(row[0].op) << ", " << Name(row[1].op);
  }
  int maybe = 0;
  for (int first = 0; first < kNumOps; ++first) {
    for (int second = 0; second < kNumOps; ++second) {
      maybe += MayBeFused(static_cast<Op>(first), static_cast<Op>(second));
    }
  }
  EXPECT_LT(maybe, kNumOps * kNumOps / 10);
}

// Every operation after everything that rows begin with.
TEST(FusionTest, FindsTheLongestRowAndNothingElse) {
  std::map<std::vector<Op>, bool> beginnings;
  for (const Row& row : Rows()) {
    std::vector<Op> ops = OpsOf(row);
    for (; !ops.empty(); ops.pop_back()) beginnings[ops] = true;
  }
  for (const auto& [ops, _] : beginnings) {
    std::vector<Op> longer = ops;
    longer.push_back(kNone);
    for (int i = 0; i < kNumOps; ++i) {
      longer.back() = static_cast<Op>(i);
      Code code(longer);
      code.MakeSlotsDifferent();
      ExpectFound(code, Name(longer.back()) + " after " +
                            std::to_string(ops.size()) + " operations");
    }
  }
}

// Slots from a few, so that wires come about and are cut by writes.
TEST(FusionTest, TakesARowOnlyIfItsWiresHold) {
  std::mt19937 random(1);
  size_t wired = 0;
  for (const Row& row : Rows()) {
    const std::vector<Op> ops = OpsOf(row);
    for (int round = 0; round < 200; ++round) {
      Code code(ops);
      const unsigned slots = 1 + round % 4;
      for (size_t i = 0; i < code.size(); ++i) {
        for (const Field field : kFields) {
          Set(code[i], field, static_cast<uint8_t>(random() % slots));
        }
      }
      ExpectFound(code, Name(ops[0]) + ", " + std::to_string(ops.size()) +
                            " operations");
      const int found = code.Find().row;
      if (found < 0) continue;
      const Row& taken = Rows()[static_cast<size_t>(found)];
      wired += std::any_of(taken.begin(), taken.end(),
                           [](const Step& step) { return step.HasWires(); });
    }
  }
  EXPECT_GT(wired, size_t{0});
}

// Each wire of each row: with it the row is taken, without it is not.
TEST(FusionTest, EveryWireOfEveryRowIsLookedAt) {
  for (size_t i = 0; i < Rows().size(); ++i) {
    const Row& row = Rows()[i];
    Code code(OpsOf(row));
    code.MakeSlotsDifferent();
    for (size_t j = 0; j < row.size(); ++j) {
      for (const Field field : kFields) {
        const Wire& wire = row[j].WireTo(field);
        if (wire.back == 0) continue;
        Set(code[j], field, Byte(code[j - wire.back], wire.field));
      }
    }
    ASSERT_TRUE(code.Holds(row)) << "no code is like row " << i;
    ExpectFound(code, "row " + std::to_string(i));
    for (size_t j = 0; j < row.size(); ++j) {
      for (const Field field : kFields) {
        if (row[j].WireTo(field).back == 0) continue;
        Code cut = code;
        Set(cut[j], field, 255);
        ASSERT_NE(cut.Find().row, static_cast<int>(i));
        ExpectFound(cut, "row " + std::to_string(i) + " with a wire cut");
      }
    }
  }
}

}  // namespace
}  // namespace goshawk::interp
