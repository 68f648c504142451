// Loops that one handler runs: every row of loop.def is found where it is and
// nowhere else, and does what its operations do one after the other.

#include "interp/loop.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "interp/counters.h"
#include "interp/dispatch.h"
#include "interp/loop_step.h"
#include "interp/memory.h"
#include "interp/op.h"
#include "interp/state.h"
#include "interp/translator.h"

namespace goshawk::interp {
namespace {

using enum Op;
using Row = std::vector<LoopStep>;
using Random = std::minstd_rand;

constexpr Field kFields[] = {Field::kX, Field::kY, Field::kZ};

const std::vector<Row>& Rows() {
  static const auto* rows = new std::vector<Row>{
#define LOOP(...) Row{__VA_ARGS__},
#include "interp/loop.def"
#undef LOOP
  };
  return *rows;
}

void Set(Word& word, Field field, uint8_t value) {
  if (field == Field::kX) word.x = value;
  if (field == Field::kY) word.y = value;
  if (field == Field::kZ) {
    word.z = static_cast<uint16_t>((word.z & 0xff00) | value);
  }
}

// A loop and where it may end, each time at a Halt of its own. Variable v is
// slot v + 10; other operands are small numbers.
class Code {
 public:
  explicit Code(const Row& row, Random& random) {
    for (const LoopStep& step : row) AddStep(step, random);
    const uint32_t end = AddHalt();
    for (size_t i = 0; i + 1 < row.size(); ++i) {
      if (row[i].taken) {
        SetTarget(i, steps[i + 1]);
      } else if (IsBranch(Info(row[i].op).base)) {
        SetTarget(i, AddHalt());
      }
    }
    SetTarget(row.size() - 1, 0);
    EXPECT_GT(end, steps.back());
  }

  // Another beginning, which sets the accumulators, one of them to slot 0.
  uint32_t AddStart(uint64_t acc) {
    const auto position = static_cast<uint32_t>(words.size());
    words.push_back({static_cast<uint32_t>(kMove_FNS), 0, 0, 0});
    words.push_back({static_cast<uint32_t>(kMove_ANJ), 0, 0, 0});
    words.emplace_back();
    SetDataAt(&words.back(), acc);
    words.push_back({static_cast<uint32_t>(kJump_NNN), 0, 0,
                     static_cast<uint16_t>(-position - 3)});
    return position;
  }

  // Where the back edge leads when rounds are run one by one.
  uint32_t StopAfterARound() {
    const uint32_t halt = AddHalt();
    SetTarget(steps.size() - 1, halt);
    return halt;
  }

  std::vector<Word> words;
  std::vector<uint32_t> steps;

 private:
  void AddStep(const LoopStep& step, Random& random) {
    const OpInfo& info = Info(step.op);
    const bool branch = IsBranch(info.base);
    steps.push_back(static_cast<uint32_t>(words.size()));
    Word word{static_cast<uint32_t>(step.op), 0, 0, 0};
    if (!branch) word.z = SmallNumber(random);
    word.y = SmallNumber(random);
    if (info.base == Base::kShrToZero64) word.z = 1 + random() % 63;
    if (HasFactor(info.base)) word.z |= static_cast<uint16_t>(8 << 8);
    for (const Field field : kFields) {
      const int8_t variable = step.VariableOf(field);
      if (variable == _) continue;
      Set(word, field, static_cast<uint8_t>(variable + 10));
    }
    words.push_back(word);
    if (info.base == Base::kGlobalGet) {
      words.emplace_back();
      SetDataAt<const GlobalVariable*>(&words.back(), &global);
    } else if (info.words == 2) {
      words.emplace_back();
      SetDataAt<uint64_t>(&words.back(), random() % 100);
    }
    EXPECT_EQ(words.size(), steps.back() + info.words);
    if (step.taken && step.op != kJump_NNN) AddHalt();
  }

  static uint8_t SmallNumber(Random& random) {
    return random() % 2 == 0 ? 0 : static_cast<uint8_t>(random() % 17);
  }

  void SetTarget(size_t step, uint32_t target) {
    words[steps[step]].z = static_cast<uint16_t>(target - steps[step]);
  }

  uint32_t AddHalt() {
    const auto position = static_cast<uint32_t>(words.size());
    // Slot 0 shows the other accumulator.
    words.push_back({static_cast<uint32_t>(kMove_SNF), 0, 0, 0});
    words.push_back({static_cast<uint32_t>(kHalt_NNN), 0, 0, 0});
    return position;
  }

  static inline GlobalVariable global;
};

// Everything that code can change.
struct Outcome {
  Trap trap;
  int64_t position;  // of the Halt
  uint64_t result;
  std::vector<uint64_t> slots;
  std::vector<uint8_t> memory;

  bool operator==(const Outcome&) const = default;
};

class Machine {
 public:
  explicit Machine(MemoryProtection protection) {
    MemoryType type;
    type.limits.min = 1;
    auto memory = Memory::Create(type, protection);
    EXPECT_TRUE(memory.ok());
    state_.own_memory = *std::move(memory);
    state_.memory = state_.own_memory.get();
    state_.sp = &state_.no_sp;
    EXPECT_TRUE(state_.stack.Reserve());
    state_.frames_limit = state_.stack.frames_limit();
    state_.slots_limit = state_.stack.slots_limit();
  }

  void Load(const std::vector<uint64_t>& slots,
            const std::vector<uint8_t>& memory) {
    std::copy(slots.begin(), slots.end(), state_.stack.slots());
    std::copy(memory.begin(), memory.end(), state_.memory->base());
    state_.no_sp.bits = 512;
  }

  // Runs `code` from `start` on, with `loop` as the handler of its first word
  // if it has a value.
  Outcome Run(const Dispatcher& dispatcher, const Code& code, uint32_t start,
              std::optional<uint32_t> loop) {
    std::vector<Word> words = code.words;
    for (size_t i = 0; i < words.size();) {
      const uint32_t length = OpLength(&words[i]);
      words[i].handler = dispatcher.handlers[words[i].handler];
      i += length;
    }
    if (loop.has_value()) words[0].handler = *loop;
    state_.dispatcher = &dispatcher;
    state_.pc = words.data() + start;
    state_.slots = state_.stack.slots();
    state_.frames = state_.stack.frames();
    Outcome outcome;
    outcome.trap = dispatcher.run(state_);
    outcome.position = state_.pc - words.data();
    outcome.result = outcome.trap == Trap::kNone ? state_.result : 0;
    const uint64_t* slots = state_.stack.slots();
    outcome.slots.assign(slots, slots + 256);
    const uint8_t* memory = state_.memory->base();
    outcome.memory.assign(memory, memory + kPageSize);
    EXPECT_EQ(state_.no_sp.bits, 512);
    EXPECT_FALSE(state_.in_loop);
    return outcome;
  }

 private:
  State state_;
};

// Whether a row computes with floating point, where which NaN comes out is
// open.
bool HasFloats(const Row& row) {
  return std::any_of(row.begin(), row.end(), [](const LoopStep& step) {
    const std::string name = Name(step.op);
    return name.find("F64") != name.npos || name.find("F32") != name.npos;
  });
}

// Small numbers, addresses of the first page, and a few negative ones.
std::vector<uint64_t> RandomSlots(Random& random, bool negative) {
  std::vector<uint64_t> slots(256);
  for (uint64_t& slot : slots) {
    const uint64_t kind = random() % 8;
    slot = kind == 0               ? 0
           : kind == 1 && negative ? ~uint64_t{0} - random() % 20
           : kind < 5              ? random() % 20
                                   : random() % 2000;
  }
  return slots;
}

std::vector<uint8_t> RandomMemory(Random& random) {
  std::vector<uint8_t> memory(kPageSize);
  for (size_t i = 0; i < 4096; ++i) {
    memory[i] = i % 8 < 2 && random() % 2 == 0 ? random() % 4 : 0;
  }
  return memory;
}

TEST(LoopTest, RunsAsItsOperationsDo) {
  const Dispatcher* tail = TailDispatcher(MemoryProtection::kGuardPages);
  if (tail == nullptr) GTEST_SKIP() << "no dispatcher has loops here";
  const Dispatcher* plain = SwitchDispatcher(MemoryProtection::kExplicitChecks);
  constexpr int kTries = 1000;
  constexpr int kMostRounds = 300;
  Random random(1);
  Machine reference(MemoryProtection::kExplicitChecks);
  Machine machine(MemoryProtection::kGuardPages);
  size_t rows_that_went_round = 0;
  for (size_t row = 0; row < Rows().size(); ++row) {
    SCOPED_TRACE(row);
    int ended = 0, went_round = 0;
    for (int i = 0; i < kTries && went_round < 30; ++i) {
      Code code(Rows()[row], random);
      Code round_by_round = code;
      const uint32_t round_end = round_by_round.StopAfterARound();
      const std::vector<uint64_t> slots =
          RandomSlots(random, !HasFloats(Rows()[row]));
      const std::vector<uint8_t> memory = RandomMemory(random);
      reference.Load(slots, memory);
      Outcome expected{};
      int rounds = 0;
      do {
        Code round = round_by_round;
        const uint32_t start = round.AddStart(expected.result);
        expected = reference.Run(*plain, round, start, std::nullopt);
      } while (expected.trap == Trap::kNone &&
               expected.position == round_end + 1 && rounds++ < kMostRounds);
      // One that does not end, or leaves memory, is for other tests.
      if (rounds > kMostRounds || expected.trap == Trap::kMemoryOutOfBounds) {
        continue;
      }
      ++ended;
      went_round += rounds > 1 ? 1 : 0;
      machine.Load(slots, memory);
      ASSERT_EQ(machine.Run(*tail, code, code.AddStart(0), tail->loops[row]),
                expected);
    }
    EXPECT_GT(ended, 0);
    rows_that_went_round += went_round > 0 ? 1 : 0;
  }
  // Some of them take more than random numbers.
  EXPECT_GT(rows_that_went_round, Rows().size() * 4 / 5);
}

// Handlers guess where the next element of a list is (loop_body.h), so lists
// are tried whose elements lie at equal distances, and at any.
TEST(LoopTest, WalksListsInAnyOrder) {
  const Dispatcher* tail = TailDispatcher(MemoryProtection::kGuardPages);
  if (tail == nullptr) GTEST_SKIP() << "no dispatcher has loops here";
  const Row walk = {Next(kMove_SNS, 0, _, 1), Next(kLoad64_SSN, 1, 0),
                    Next(kBrEq64_NAI),        Next(kLoad64_SSN, 2, 1),
                    Next(kEq64_SSA, 3, 4),    Taken(kBrEq32_NSI, 3),
                    Next(kBrLtU64_NSS, 4, 2), Taken(kBrEq32_NSI, 3)};
  Random random(4);
  Code code(walk, random);
  const int row = FindLoop(code.words.data(), 0);
  ASSERT_GE(row, 0) << "another loop than that of runtime.addspecial";
  // The next element's address, and a number.
  const auto set_word = [&](uint32_t step, uint16_t offset) {
    code.words[code.steps[step]].z = offset;
  };
  set_word(1, 0);
  set_word(3, 8);
  for (const uint32_t step : {2u, 5u, 7u}) code.words[code.steps[step]].y = 0;
  Machine reference(MemoryProtection::kExplicitChecks);
  Machine machine(MemoryProtection::kGuardPages);
  const Dispatcher* plain = SwitchDispatcher(MemoryProtection::kExplicitChecks);
  for (const size_t shuffled : {0, 1, 10, 100}) {
    SCOPED_TRACE(shuffled);
    constexpr uint64_t kElements = 1000, kSize = 48, kFirst = 1024;
    std::vector<uint64_t> order(kElements);
    for (size_t i = 0; i < kElements; ++i) order[i] = kFirst + i * kSize;
    for (size_t i = 0; i < shuffled; ++i) {
      std::swap(order[random() % kElements], order[random() % kElements]);
    }
    std::vector<uint8_t> memory(kPageSize);
    for (size_t i = 0; i < kElements; ++i) {
      const uint64_t element[] = {i + 1 < kElements ? order[i + 1] : 0, i};
      std::memcpy(&memory[order[i]], element, sizeof(element));
    }
    std::vector<uint64_t> slots(256);
    slots[11] = kFirst - kSize;  // the list's head lies elsewhere
    std::memcpy(&memory[slots[11]], order.data(), sizeof(uint64_t));
    slots[14] = kElements + 1;  // a number that is not there
    reference.Load(slots, memory);
    machine.Load(slots, memory);
    Code other = code;
    const uint32_t start = other.AddStart(0);
    const Outcome expected = reference.Run(*plain, other, start, std::nullopt);
    ASSERT_EQ(expected.trap, Trap::kNone);
    ASSERT_EQ(expected.slots[10], order.back()) << "the end of the list";
    EXPECT_EQ(machine.Run(*tail, other, start, tail->loops[row]), expected);
  }
}

TEST(LoopTest, IsFoundWhereItIs) {
  Random random(2);
  for (size_t i = 0; i < Rows().size(); ++i) {
    const Row& row = Rows()[i];
    const Code code(row, random);
    EXPECT_EQ(FindLoop(code.words.data(), 0), static_cast<int>(i));
  }
}

TEST(LoopTest, IsNotFoundWhereSomethingDiffers) {
  Random random(3);
  for (size_t i = 0; i < Rows().size(); ++i) {
    SCOPED_TRACE(i);
    const Row& row = Rows()[i];
    const auto found = [&](const Code& code) {
      return FindLoop(code.words.data(), 0) == static_cast<int>(i);
    };
    for (size_t step = 0; step < row.size(); ++step) {
      Code other = Code(row, random);
      Word& word = other.words[other.steps[step]];
      word.handler = static_cast<uint32_t>(
          row[step].op == kMove_SNS ? kMove_SNA : kMove_SNS);
      EXPECT_FALSE(found(other)) << "another operation at " << step;
      for (const Field field : kFields) {
        const int8_t variable = row[step].VariableOf(field);
        if (variable == _) continue;
        const auto uses = [&](int8_t v) {
          int count = 0;
          for (const LoopStep& s : row) {
            count += static_cast<int>(
                std::count(std::begin(s.variables), std::end(s.variables), v));
          }
          return count;
        };
        // Another slot for one of several uses; or the slot of another
        // variable.
        Code renamed = Code(row, random);
        Set(renamed.words[renamed.steps[step]], field, 99);
        EXPECT_EQ(found(renamed), uses(variable) == 1) << step;
        const int8_t second = variable == 0 ? 1 : 0;
        if (uses(second) == 0) continue;
        Code joined = Code(row, random);
        Set(joined.words[joined.steps[step]], field,
            static_cast<uint8_t>(second + 10));
        EXPECT_FALSE(found(joined)) << step;
      }
    }
    Code elsewhere = Code(row, random);
    elsewhere.StopAfterARound();
    EXPECT_FALSE(found(elsewhere)) << "no way back";
  }
}

}  // namespace
}  // namespace goshawk::interp
