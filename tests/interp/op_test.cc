// What there is to know of operations (interp/op.h).

#include "interp/op.h"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

namespace goshawk::interp {
namespace {

constexpr Base kBases[] = {
#define BASE(base, doc) Base::k##base,
#include "interp/op.def"
};

using Combination = std::tuple<Base, Kind, Kind, Kind>;

TEST(OpTest, FindOpFindsEveryOperationAndNothingElse) {
  std::map<Combination, Op> ops;
  for (int i = 0; i < kNumOps; ++i) {
    const auto op = static_cast<Op>(i);
    const OpInfo& info = Info(op);
    EXPECT_TRUE(ops.try_emplace({info.base, info.d, info.a, info.b}, op).second)
        << Name(op) << " is there twice";
  }
  for (const Base base : kBases) {
    for (int i = 0; i < kNumKinds * kNumKinds * kNumKinds; ++i) {
      const auto d = static_cast<Kind>(i % kNumKinds);
      const auto a = static_cast<Kind>(i / kNumKinds % kNumKinds);
      const auto b = static_cast<Kind>(i / kNumKinds / kNumKinds);
      const auto found = ops.find({base, d, a, b});
      EXPECT_EQ(FindOp(base, d, a, b),
                found == ops.end() ? Op::kNone : found->second)
          << Doc(base) << " of kinds " << i;
    }
  }
}

}  // namespace
}  // namespace goshawk::interp
