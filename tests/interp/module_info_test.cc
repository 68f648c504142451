// Names of functions and what else can be said about a module.

#include "interp/module_info.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "interp/decoder.h"
#include "interp/names.h"
#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using ByteVector = std::vector<uint8_t>;

// Three functions, the first of which is imported.
ModuleBuilder ThreeFunctions() {
  ModuleBuilder m;
  uint32_t type = m.AddType({}, {});
  m.ImportFunc("env", "f", type);
  m.AddFunc(type, {}, CodeBuilder().End());
  m.AddFunc(type, {}, CodeBuilder().End());
  return m;
}

TEST(FunctionNamesTest, AreThoseOfTheNameSection) {
  ModuleBuilder m = ThreeFunctions();
  m.NameFunctions({{0, "syscall/js.valueGet"}, {2, "main.main"}, {7, "x"}});
  ByteVector bytes = m.Build();
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();
  FunctionNames names(*module);
  EXPECT_EQ(names.Name(0), "syscall/js.valueGet");
  EXPECT_EQ(names.Name(1), "func[1]");
  EXPECT_EQ(names.Name(2), "main.main");
  EXPECT_EQ(names.Name(7), "func[7]");
  EXPECT_EQ(names.Name(0xffffffff), "func[4294967295]");
  EXPECT_TRUE(names.Has(2));
  EXPECT_FALSE(names.Has(1));
}

TEST(FunctionNamesTest, HideWhatATerminalShouldNotSee) {
  ModuleBuilder m = ThreeFunctions();
  m.NameFunctions({{0, "a\033[2Jb"}, {1, "\xff"}, {2, "für"}});
  ByteVector bytes = m.Build();
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();
  FunctionNames names(*module);
  EXPECT_EQ(names.Name(0), "a\\x1b[2Jb");
  EXPECT_EQ(names.Name(1), "\\xff");
  EXPECT_EQ(names.Name(2), "für");
}

TEST(FunctionNamesTest, DoWithoutASectionThatMakesNoSense) {
  for (const ByteVector& section :
       {ByteVector{}, ByteVector{1}, ByteVector{1, 0xff, 0xff},
        ByteVector{1, 6, 0xff, 0xff, 0xff, 0xff, 0x0f, 0},
        ByteVector{1, 4, 1, 1, 9, 'a'}, ByteVector{0, 1, 'x', 1}}) {
    ModuleBuilder m = ThreeFunctions();
    m.AddCustom("name", section);
    ByteVector bytes = m.Build();
    absl::StatusOr<Module> module = Decode(bytes);
    ASSERT_TRUE(module.ok()) << module.status();
    EXPECT_EQ(FunctionNames(*module).Name(1), "func[1]");
  }
}

TEST(GoVersionTest, IsThatOfTheProducersSection) {
  ModuleBuilder m;
  m.AddCustom("producers", ByteWriter()
                               .U32(2)
                               .Name("processed-by")
                               .U32(1)
                               .Name("Go cmd/compile")
                               .Name("go9")
                               .Name("language")
                               .U32(2)
                               .Name("C")
                               .Name("11")
                               .Name("Go")
                               .Name("go1.27.3")
                               .bytes());
  ByteVector bytes = m.Build();
  EXPECT_EQ(GoVersion(*Decode(bytes)), "go1.27.3");
}

TEST(GoVersionTest, IsEmptyIfNobodySays) {
  ByteVector none = ModuleBuilder().Build();
  EXPECT_EQ(GoVersion(*Decode(none)), "");
  ModuleBuilder m;
  m.AddCustom("producers", {0xff, 0xff, 0x7f, 8, 'l'});
  ByteVector malformed = m.Build();
  EXPECT_EQ(GoVersion(*Decode(malformed)), "");
}

TEST(ListSectionsTest, SeesWholeAndCutSections) {
  ModuleBuilder m = ThreeFunctions();
  m.AddCustom("note", {1, 2, 3});
  ByteVector bytes = m.Build();
  std::vector<SectionInfo> sections = ListSections(bytes);
  ASSERT_EQ(sections.size(), 5u);
  EXPECT_EQ(sections[0].name, "type");
  EXPECT_EQ(sections[0].offset, 10u);
  EXPECT_EQ(sections[4].name, "note");
  EXPECT_EQ(sections[4].size, 8u);
  EXPECT_TRUE(sections[4].whole);

  bytes.pop_back();
  EXPECT_FALSE(ListSections(bytes).back().whole);
  EXPECT_THAT(ListSections({}), IsEmpty());
}

TEST(FeaturesUsedTest, NamesProposals) {
  ModuleBuilder m = ThreeFunctions();
  ByteVector bytes = m.Build();
  EXPECT_THAT(FeaturesUsed(*Decode(bytes)), IsEmpty());

  m.AddMemory({{1, std::nullopt}});
  m.AddFunc(0, {ValueType::kExternRef},
            CodeBuilder()
                .Begin(WasmOp::kBlock, ValueType::kF64)
                .F64Const(0)
                .End()
                .Op(WasmOp::kI64TruncSatF64S)
                .Op(WasmOp::kI64Extend8S)
                .Op(WasmOp::kDrop)
                .I32Const(0)
                .BrTable({0, 0}, 0)
                .I32Const(0)
                .I32Const(0)
                .I32Const(0)
                .Op(WasmOp::kMemoryFill, 0)
                .End());
  bytes = m.Build();
  EXPECT_THAT(FeaturesUsed(*Decode(bytes)),
              ElementsAre("bulk memory operations",
                          "non-trapping float-to-int conversions",
                          "reference types", "sign-extension operators"));
}

}  // namespace
}  // namespace goshawk::interp
