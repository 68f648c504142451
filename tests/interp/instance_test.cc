// What Instance::Create refuses, whoever forgot to ask the validator first.

#include "interp/instance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "interp/decoder.h"

namespace goshawk::interp {
namespace {

using ::testing::HasSubstr;

absl::Status Create(const std::vector<uint8_t>& sections) {
  std::vector<uint8_t> bytes = {0, 'a', 's', 'm', 1, 0, 0, 0};
  bytes.insert(bytes.end(), sections.begin(), sections.end());
  absl::StatusOr<Module> module = Decode(Bytes(bytes.data(), bytes.size()));
  if (!module.ok()) return module.status();
  auto nothing = [](const Import&) -> absl::StatusOr<Extern> {
    return absl::NotFoundError("nothing is offered");
  };
  return Instance::Create(*module, nothing).status();
}

TEST(InstanceTest, RefusesAnExportOfAFunctionThatIsNotThere) {
  // An export section: "f" is function 7.
  const absl::Status status = Create({7, 5, 1, 1, 'f', 0, 7});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
}

TEST(InstanceTest, RefusesATableThatNoMemoryIsForBeforeMakingIt) {
  // A table section: funcref, at least 2^32 - 1 elements.
  const absl::Status status =
      Create({4, 8, 1, 0x70, 0, 0xff, 0xff, 0xff, 0xff, 0x0f});
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("4294967295"));
}

TEST(InstanceTest, NamesTheImportThatNobodyOffers) {
  // Type () -> (), and an import "m" "f" of it.
  const absl::Status status =
      Create({1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 'm', 1, 'f', 0, 0});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("\"m\" \"f\""));
}

}  // namespace
}  // namespace goshawk::interp
