// Functions translated on a second thread: the same code, taken once or not
// made at all, whatever is asked for and whenever the instance ends.

#include "interp/ahead.h"

#include <sched.h>

#include <latch>
#include <memory>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "interp/decoder.h"
#include "interp/linker.h"
#include "tests/interp/go_function.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using Order = std::vector<uint32_t>;

absl::StatusOr<Extern> NoHost(const Import&) {
  return HostFunction{{{ValueType::kI32}, {ValueType::kI32}}, nullptr, nullptr};
}

// A module that is linked, with what `order` returns to be translated ahead.
class Linked {
 public:
  Linked(std::vector<uint8_t> bytes, std::function<Order()> order)
      : bytes_(std::move(bytes)) {
    absl::StatusOr<Module> module = Decode(bytes_);
    EXPECT_TRUE(module.ok()) << module.status();
    module_ = *std::move(module);
    state_.module = &module_;
    if (order != nullptr) {
      state_.options.ahead = [order = std::move(order)](const Module&) {
        return order();
      };
    }
    const absl::Status linked = Link(state_, NoHost);
    EXPECT_TRUE(linked.ok()) << linked;
  }

  State& state() { return state_; }
  const Function& function(uint32_t func) { return *state_.functions[func]; }

 private:
  std::vector<uint8_t> bytes_;
  Module module_;
  State state_;
};

GoModule ModuleWith(const CodeBuilder& block) {
  GoModule module;
  module.body.blocks = {block};
  return module;
}

std::vector<uint8_t> Valid() {
  return ModuleWith(Join({GoCall(GoModule::kLeaf, 1), GoReturn()})).Build();
}

class AheadTest : public testing::Test {
 protected:
  void SetUp() override {
    cpu_set_t cpus;
    ASSERT_EQ(sched_getaffinity(0, sizeof(cpus), &cpus), 0);
    if (CPU_COUNT(&cpus) < 2) GTEST_SKIP() << "there is one processor only";
  }
};

TEST_F(AheadTest, MakesTheCodeThatTheTranslatorMakes) {
  Linked linked(Valid(), [] {
    return Order{GoModule::kTested, GoModule::kLeaf, GoModule::kKeeps};
  });
  const std::unique_ptr<Ahead> ahead = Ahead::Start(linked.state());
  ASSERT_NE(ahead, nullptr);
  ahead->Join();
  CodeShelf shelf;
  Translator translator(linked.state());
  for (uint32_t func : {GoModule::kTested, GoModule::kLeaf, GoModule::kKeeps}) {
    const FinishedCode* made = ahead->Take(linked.function(func));
    ASSERT_NE(made, nullptr) << func;
    FinishedCode expected;
    ASSERT_TRUE(translator.Finish(linked.function(func), shelf, expected));
    ASSERT_EQ(made->words.size(), expected.words.size());
    for (size_t i = 0; i < expected.words.size(); ++i) {
      EXPECT_EQ(DataAt<uint64_t>(&made->words[i]),
                DataAt<uint64_t>(&expected.words[i]));
    }
    EXPECT_EQ(made->entries.entry, expected.entries.entry);
    EXPECT_EQ(made->entries.go_entry, expected.entries.go_entry);
    EXPECT_EQ(made->entries.starts_with_check,
              expected.entries.starts_with_check);
  }
  EXPECT_EQ(ahead->Take(linked.function(GoModule::kOne)), nullptr)
      << "nobody asked for it";
}

TEST_F(AheadTest, LeavesAloneWhatTheCallerHasTaken) {
  std::latch taken(1);
  Linked linked(Valid(), [&taken] {
    taken.wait();
    return Order{GoModule::kTested, GoModule::kLeaf};
  });
  const std::unique_ptr<Ahead> ahead = Ahead::Start(linked.state());
  ASSERT_NE(ahead, nullptr);
  EXPECT_EQ(ahead->Take(linked.function(GoModule::kTested)), nullptr);
  taken.count_down();
  ahead->Join();
  EXPECT_EQ(ahead->Take(linked.function(GoModule::kTested)), nullptr);
  EXPECT_NE(ahead->Take(linked.function(GoModule::kLeaf)), nullptr);
}

TEST_F(AheadTest, SkipsImportsRepetitionsAndWhatIsNotThere) {
  Linked linked(Valid(), [] {
    return Order{GoModule::kStep, 1000,       GoModule::kLeaf,
                 GoModule::kLeaf, UINT32_MAX, GoModule::kKeeps};
  });
  const std::unique_ptr<Ahead> ahead = Ahead::Start(linked.state());
  ASSERT_NE(ahead, nullptr);
  ahead->Join();
  EXPECT_NE(ahead->Take(linked.function(GoModule::kLeaf)), nullptr);
  EXPECT_NE(ahead->Take(linked.function(GoModule::kKeeps)), nullptr);
}

TEST_F(AheadTest, LeavesInvalidFunctionsToTheCaller) {
  Linked linked(ModuleWith(CodeBuilder().Op(WasmOp::kI32Add)).Build(),
                [] { return Order{GoModule::kTested, GoModule::kLeaf}; });
  State& state = linked.state();
  const std::unique_ptr<Ahead> ahead = Ahead::Start(state);
  ASSERT_NE(ahead, nullptr);
  ahead->Join();
  EXPECT_EQ(ahead->Take(linked.function(GoModule::kTested)), nullptr);
  EXPECT_NE(ahead->Take(linked.function(GoModule::kLeaf)), nullptr);
  EXPECT_EQ(state.failure, "");
  EXPECT_EQ(Translator(state).Translate(*state.functions[GoModule::kTested]),
            Trap::kInvalidFunction);
  EXPECT_NE(state.failure, "");
}

TEST_F(AheadTest, EndsWithItsOwnerWhateverItIsDoing) {
  Linked linked(Valid(), [] {
    return Order{GoModule::kTested, GoModule::kLeaf, GoModule::kKeeps};
  });
  for (int i = 0; i < 200; ++i) {
    const std::unique_ptr<Ahead> ahead = Ahead::Start(linked.state());
    ASSERT_NE(ahead, nullptr);
    if (i % 2 == 0) ahead->Take(linked.function(GoModule::kLeaf));
  }
}

TEST_F(AheadTest, NeedsSomethingToDoAndAProcessorToDoItOn) {
  Linked idle(Valid(), nullptr);
  EXPECT_EQ(Ahead::Start(idle.state()), nullptr);

  Linked linked(Valid(), [] { return Order{GoModule::kLeaf}; });
  linked.state().options.count = true;
  EXPECT_EQ(Ahead::Start(linked.state()), nullptr) << "profiles tell the order";
  linked.state().options.count = false;
  cpu_set_t all, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
  EXPECT_EQ(Ahead::Start(linked.state()), nullptr);
  ASSERT_EQ(sched_setaffinity(0, sizeof(all), &all), 0);
  EXPECT_NE(Ahead::Start(linked.state()), nullptr);
}

}  // namespace
}  // namespace goshawk::interp
