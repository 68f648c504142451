// Modules cut off or changed at random: decoding and validating them ends, with
// a message if it fails, whatever they are. Run it with --config=asan, too.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "interp/decoder.h"
#include "interp/module_info.h"
#include "interp/module_validator.h"
#include "interp/names.h"
#include "interp/validator.h"
#include "tests/guests/guests.h"
#include "tests/interp/sample_module.h"

namespace goshawk::interp {
namespace {

using ::testing::HasSubstr;

using ByteVector = std::vector<uint8_t>;

ByteVector ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> chars((std::istreambuf_iterator<char>(file)), {});
  return {chars.begin(), chars.end()};
}

// Everything that this package does with a module that it does not run.
absl::Status Digest(const ByteVector& bytes) {
  ListSections(bytes);
  absl::StatusOr<Module> module = Decode(bytes);
  if (!module.ok()) return module.status();
  GoVersion(*module);
  FunctionNames(*module).Name(1);
  absl::Status status = ValidateModule(*module);
  if (status.ok()) status = ValidateAll(*module);
  if (status.ok()) FeaturesUsed(*module);
  return status;
}

void ExpectGoodMessage(const absl::Status& status) {
  std::string message(status.message());
  EXPECT_FALSE(message.empty());
  EXPECT_EQ(message.find('\n'), message.npos) << message;
}

ByteVector Cut(const ByteVector& bytes, size_t size) {
  // A copy of its own, so that a sanitizer sees every read past the end.
  return ByteVector(bytes.data(), bytes.data() + size);
}

void Mutate(ByteVector& bytes, size_t from, size_t to, std::mt19937& random) {
  constexpr uint8_t kTelling[] = {0x00, 0x01, 0x0b, 0x40, 0x7f, 0x80, 0xff};
  auto below = [&random](size_t n) { return random() % n; };
  for (size_t changes = 1 + below(4); changes > 0; --changes) {
    uint8_t& byte = bytes[from + below(to - from)];
    switch (below(3)) {
      case 0:
        byte = static_cast<uint8_t>(random());
        break;
      case 1:
        byte ^= 1 << below(8);
        break;
      default:
        byte = kTelling[below(std::size(kTelling))];
    }
  }
}

TEST(DamagedModuleTest, RandomChangesOfASmallModule) {
  std::mt19937 random(1);
  ByteVector original = SampleModule();
  ASSERT_TRUE(Digest(original).ok()) << Digest(original);
  int accepted = 0;
  constexpr int kRounds = 20'000;
  for (int round = 0; round < kRounds; ++round) {
    ByteVector bytes = original;
    Mutate(bytes, 8, bytes.size(), random);
    if (random() % 4 == 0) bytes.resize(8 + random() % (bytes.size() - 8));
    absl::Status status = Digest(bytes);
    if (status.ok()) {
      ++accepted;
    } else {
      ExpectGoodMessage(status);
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, kRounds);
}

class GoModuleTest : public testing::TestWithParam<guests::Toolchain> {
 protected:
  void SetUp() override {
    GOSHAWK_SKIP_IF_MISSING(GetParam());
    bytes_ = ReadFile(guests::Path("hello", GetParam()));
    ASSERT_FALSE(bytes_.empty());
  }

  ByteVector bytes_;
};

INSTANTIATE_TEST_SUITE_P(Go, GoModuleTest,
                         testing::ValuesIn(guests::kToolchains),
                         guests::ToolchainName);

TEST_P(GoModuleTest, IsValid) {
  absl::StatusOr<Module> module = Decode(bytes_);
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_TRUE(ValidateModule(*module).ok()) << ValidateModule(*module);
  EXPECT_TRUE(ValidateAll(*module).ok()) << ValidateAll(*module);
  EXPECT_THAT(GoVersion(*module),
              HasSubstr(std::string("go").append(GetParam().version)));
  FunctionNames names(*module);
  bool has_main = false;
  for (uint32_t f = 0; f < module->func_types.size(); ++f) {
    has_main = has_main || names.Name(f) == "main.main";
  }
  EXPECT_TRUE(has_main);
}

TEST_P(GoModuleTest, CutAtSectionBoundaries) {
  for (const SectionInfo& section : ListSections(bytes_)) {
    for (size_t cut : {section.offset, section.offset + section.size / 2,
                       section.offset + section.size - 1}) {
      absl::Status status = Digest(Cut(bytes_, cut));
      ASSERT_FALSE(status.ok()) << section.name << " cut at " << cut;
      ExpectGoodMessage(status);
      EXPECT_THAT(std::string(status.message()), HasSubstr("unexpected end"));
    }
    // Right after a section it is a module, if not a whole one: Go's has bodies
    // as soon as it has functions.
    absl::Status status = Digest(Cut(bytes_, section.offset + section.size));
    if (!status.ok()) ExpectGoodMessage(status);
  }
}

TEST_P(GoModuleTest, CutAtEveryByteBeforeTheCode) {
  size_t code = 0;
  for (const SectionInfo& section : ListSections(bytes_)) {
    if (section.name == "code") code = section.offset;
  }
  ASSERT_GT(code, 0u);
  for (size_t size = 0; size < code; ++size) {
    absl::Status status = Digest(Cut(bytes_, size));
    if (!status.ok()) ExpectGoodMessage(status);
  }
}

TEST_P(GoModuleTest, RandomChanges) {
  std::mt19937 random(2);
  size_t end_of_code = 0;
  for (const SectionInfo& section : ListSections(bytes_)) {
    if (section.name == "code") end_of_code = section.offset + section.size;
  }
  for (int round = 0; round < 50; ++round) {
    ByteVector bytes = bytes_;
    Mutate(bytes, 8, round % 2 == 0 ? 8192 : end_of_code, random);
    absl::Status status = Digest(bytes);
    if (!status.ok()) ExpectGoodMessage(status);
  }
}

}  // namespace
}  // namespace goshawk::interp
