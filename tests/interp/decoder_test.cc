// What the decoder makes of modules, and what it says about bytes that are
// none.

#include "interp/decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/interp/module_builder.h"
#include "tests/interp/sample_module.h"

namespace goshawk::interp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using ByteVector = std::vector<uint8_t>;

ByteVector FromText(std::string_view text) {
  return {text.begin(), text.end()};
}

TEST(DecoderTest, KeepsEverything) {
  ByteVector bytes = SampleModule();
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();

  ASSERT_EQ(module->types.size(), 2u);
  EXPECT_THAT(module->types[0].params,
              ElementsAre(ValueType::kI32, ValueType::kF64));
  EXPECT_THAT(module->types[0].results,
              ElementsAre(ValueType::kI64, ValueType::kExternRef));

  ASSERT_EQ(module->imports.size(), 4u);
  EXPECT_EQ(module->imports[0].module, "env");
  EXPECT_EQ(module->imports[0].name, "host");
  EXPECT_EQ(module->imports[0].type_index, 1u);
  EXPECT_EQ(module->imports[1].table.element, ValueType::kExternRef);
  EXPECT_EQ(module->imports[1].table.limits.max, 5u);
  EXPECT_EQ(module->imports[2].memory.limits.min, 2u);
  EXPECT_FALSE(module->imports[2].memory.limits.max.has_value());
  EXPECT_EQ(module->imports[3].global.value, ValueType::kF32);

  EXPECT_EQ(module->imported_funcs, 1u);
  EXPECT_EQ(module->imported_globals, 1u);
  EXPECT_THAT(module->func_types, ElementsAre(1, 0, 1));
  ASSERT_EQ(module->tables.size(), 2u);
  EXPECT_EQ(module->tables[1].limits.min, 10u);
  EXPECT_EQ(module->memories.size(), 1u);
  EXPECT_EQ(module->global_types.size(), 4u);

  ASSERT_EQ(module->globals.size(), 3u);
  EXPECT_TRUE(module->globals[0].type.is_mutable);
  EXPECT_EQ(module->globals[0].init.bits, ~uint64_t{1});
  EXPECT_EQ(module->globals[1].init.kind, ConstExpr::Kind::kGlobalGet);
  EXPECT_EQ(module->globals[2].init.kind, ConstExpr::Kind::kRefFunc);
  EXPECT_EQ(module->globals[2].init.index, 2u);

  ASSERT_EQ(module->bodies.size(), 2u);
  EXPECT_EQ(module->bodies[0].type_index, 0u);
  const FuncBody& body = module->bodies[0];
  EXPECT_THAT(module->bytes.subspan(body.body_offset, body.body_size),
              ElementsAre(1, 1, 0x7e, 0x42, 1, 0xd0, 0x6f, 0x0b));

  ASSERT_EQ(module->exports.size(), 1u);
  EXPECT_EQ(module->exports[0].name, "run");
  EXPECT_EQ(module->start, 2u);
  ASSERT_EQ(module->elements.size(), 1u);
  EXPECT_EQ(module->elements[0].mode, SegmentMode::kPassive);
  EXPECT_EQ(module->elements[0].elements.size(), 2u);
  EXPECT_EQ(module->data_count, 2u);
  ASSERT_EQ(module->data.size(), 2u);
  EXPECT_EQ(module->data[0].place, 16u);
  EXPECT_EQ(module->data[0].bytes_size, 3u);
  EXPECT_EQ(bytes[module->data[0].bytes_offset], 'a');
  EXPECT_EQ(module->data[1].mode, SegmentMode::kPassive);
  ASSERT_EQ(module->customs.size(), 1u);
  EXPECT_EQ(module->customs[0].name, "note");
  EXPECT_THAT(module->customs[0].payload, ElementsAre(1, 2, 3));
  // Exported, in a global, in a segment.
  EXPECT_THAT(module->declared_funcs, ElementsAre(false, true, true));
}

TEST(DecoderTest, TheSmallestModuleIsEmpty) {
  ByteVector bytes = ModuleBuilder().Build();
  ASSERT_EQ(bytes.size(), 8u);
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_TRUE(module->types.empty());
}

TEST(DecoderTest, ReadsAllLayoutsOfElementSegments) {
  ByteVector one = {0x41, 0x01, 0x0b};       // i32.const 1 end
  ByteVector function = {0xd2, 0x00, 0x0b};  // ref.func 0 end
  ByteVector null = {0xd0, 0x70, 0x0b};      // ref.null func end
  ByteWriter out;
  out.U32(8);
  out.U32(0).Bytes(one).U32(1).U32(7);
  out.U32(1).Byte(0).U32(1).U32(7);
  out.U32(2).U32(3).Bytes(one).Byte(0).U32(1).U32(7);
  out.U32(3).Byte(0).U32(1).U32(7);
  out.U32(4).Bytes(one).U32(1).Bytes(function);
  out.U32(5).Type(ValueType::kFuncRef).U32(1).Bytes(null);
  out.U32(6).U32(3).Bytes(one).Type(ValueType::kFuncRef).U32(1).Bytes(null);
  out.U32(7).Type(ValueType::kFuncRef).U32(1).Bytes(function);
  ByteVector bytes = ModuleBuilder::OneSection(9, out.bytes());
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();
  ASSERT_EQ(module->elements.size(), 8u);
  for (int flags = 0; flags < 8; ++flags) {
    const ElementSegment& segment = module->elements[flags];
    SegmentMode mode = flags % 2 == 0     ? SegmentMode::kActive
                       : (flags & 2) != 0 ? SegmentMode::kDeclarative
                                          : SegmentMode::kPassive;
    EXPECT_EQ(segment.mode, mode) << flags;
    EXPECT_EQ(segment.table, flags % 4 == 2 ? 3u : 0u) << flags;
    ASSERT_EQ(segment.elements.size(), 1u) << flags;
    EXPECT_EQ(segment.elements[0].type, ValueType::kFuncRef) << flags;
  }
}

TEST(DecoderTest, AcceptsPaddedNumbers) {
  // Section sizes of five bytes are what Go's linker writes.
  ByteVector bytes = ModuleBuilder().Build();
  for (uint8_t byte : {0x01, 0x85, 0x80, 0x80, 0x80, 0x00,  // type section
                       0x81, 0x00, 0x60, 0x00, 0x00}) {
    bytes.push_back(byte);
  }
  absl::StatusOr<Module> module = Decode(bytes);
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_EQ(module->types.size(), 1u);
}

struct Refused {
  const char* what;
  ByteVector bytes;
  const char* message;
};

ByteVector Section(uint8_t id, const ByteVector& content) {
  return ModuleBuilder::OneSection(id, content);
}

std::vector<Refused> RefusedModules() {
  return {
      {"Empty", {}, "the file is empty"},
      {"Text", FromText("hello, world\n"), "this is a text file"},
      {"TextFormat", FromText("  (module)"), "WebAssembly's text format"},
      {"Elf",
       FromText("\x7f"
                "ELF\x02\x01"),
       "it starts with the bytes 7f454c46"},
      {"HalfAHeader", {0x00, 'a', 's'}, "header: unexpected end at offset 0x0"},
      {"NoVersion",
       {0x00, 'a', 's', 'm', 1},
       "header: unexpected end at offset 0x4"},
      {"Version2",
       {0x00, 'a', 's', 'm', 2, 0, 0, 0},
       "unknown binary version 2 at offset 0x4"},
      {"Component",
       {0x00, 'a', 's', 'm', 0x0d, 0, 1, 0},
       "a WebAssembly component, not a module"},
      {"UnknownSection", Section(14, {}), "unknown section 14 at offset 0x8"},
      {"Tags", Section(13, {0}), "section 13 (tag): needs exception handling"},
      {"SectionTooLong",
       {0x00, 'a', 's', 'm', 1, 0, 0, 0, 1, 5, 0},
       "section 1 (type): unexpected end: 5 bytes announced, 1 are left at "
       "offset 0xa"},
      {"BytesLeftOver", Section(1, {0, 0}),
       "section 1 (type): section size mismatch: 1 bytes left over"},
      {"VectorTooLong", Section(1, {0xff, 0xff, 0xff, 0xff, 0x0f}),
       "section 1 (type): unexpected end: 4294967295 entries announced, 0 "
       "bytes are left at offset 0xa"},
      {"NumberTooLong", Section(1, {0x80, 0x80, 0x80, 0x80, 0x80, 0}),
       "integer representation too long at offset 0xa"},
      {"NumberTooLarge", Section(1, {0x80, 0x80, 0x80, 0x80, 0x10}),
       "integer too large at offset 0xa"},
      {"TypeForm", Section(1, {1, 0x40, 0, 0}), "unknown form of type 0x40"},
      {"StructType", Section(1, {1, 0x5f, 0, 0}), "needs garbage collection"},
      {"ValueType", Section(1, {1, 0x60, 1, 0x11, 0}),
       "unknown value type 0x11 at offset 0xd"},
      {"AnyRef", Section(1, {1, 0x60, 1, 0x6e, 0}), "needs garbage collection"},
      {"ImportKind", Section(2, {1, 0, 0, 9, 0}),
       "unknown kind of import 0x09"},
      {"ImportedTag", Section(2, {1, 0, 0, 4, 0}), "needs exception handling"},
      {"NameNotUtf8", Section(2, {1, 1, 0xff, 0, 0, 0}),
       "section 2 (import): name is not UTF-8 at offset 0xb"},
      {"NameTooLong", Section(2, {1, 9, 'a', 0, 0, 0}),
       "section 2 (import): unexpected end at offset 0xc"},
      {"TableOfNumbers", Section(4, {1, 0x7f, 0, 0}),
       "i32 is no reference type"},
      {"TableInitialiser", Section(4, {1, 0x40, 0, 0x70, 0}),
       "needs function references"},
      {"SharedMemory", Section(5, {1, 3, 1, 1}), "needs threads"},
      {"Memory64", Section(5, {1, 4, 1}), "needs memory64"},
      {"LimitFlags", Section(5, {1, 8, 1}), "unknown flags of limits 0x08"},
      {"Mutability", Section(6, {1, 0x7f, 2, 0x41, 0, 0x0b}),
       "malformed mutability 0x02 at offset 0xc"},
      {"NotConstant", Section(6, {1, 0x7f, 0, 0x01, 0x41, 0, 0x0b}),
       "constant expression required, found nop at offset 0xd"},
      {"TwoInstructions", Section(6, {1, 0x7f, 0, 0x41, 0, 0x41, 0, 0x0b}),
       "constant expression of more than one instruction at offset 0xf"},
      {"SimdConstant", Section(6, {1, 0x7b, 0, 0xfd, 12, 0x0b}),
       "section 6 (global): needs SIMD (v128.const) at offset 0xd"},
      {"NoInstruction", Section(6, {1, 0x7f, 0, 0xff, 0, 0x0b}),
       "unknown instruction 0xff"},
      {"ExportKind", Section(7, {1, 0, 7, 0}), "unknown kind of export 0x07"},
      {"ElementFlags", Section(9, {1, 8, 0, 0}),
       "unknown flags of element segment 8"},
      {"ElementKind", Section(9, {1, 1, 1, 0}),
       "unknown kind of elements 0x01"},
      {"BodyTooLong", Section(10, {1, 4, 0}),
       "section 10 (code): unexpected end in body 0 at offset 0xc"},
      {"BodiesWithoutFunctions", Section(10, {1, 2, 0, 0x0b}),
       "function and code section have inconsistent lengths: 0 functions "
       "declared, 1 bodies"},
      {"FunctionsWithoutBodies", Section(3, {1, 0}), "1 functions declared"},
      {"DataFlags", Section(11, {1, 3, 0}), "unknown flags of data segment 3"},
      {"DataTooLong", Section(11, {1, 1, 4, 'a'}),
       "section 11 (data): unexpected end at offset 0xd"},
      {"DataCount", Section(12, {3}),
       "data count and data section have inconsistent lengths: 3 segments "
       "announced, 0 found"},
      {"CustomWithoutName", Section(0, {}),
       "section 0 (custom): unexpected end at offset 0xa"},
  };
}

class RefusedTest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedTest, SaysWhatAndWhere) {
  absl::StatusOr<Module> module = Decode(GetParam().bytes);
  ASSERT_FALSE(module.ok());
  std::string message(module.status().message());
  EXPECT_THAT(message, HasSubstr(GetParam().message));
  EXPECT_EQ(message.find('\n'), message.npos);
  bool is_feature = message.find("needs ") != message.npos ||
                    message.find("component") != message.npos;
  EXPECT_EQ(module.status().code(), is_feature
                                        ? absl::StatusCode::kUnimplemented
                                        : absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Decoder, RefusedTest,
                         testing::ValuesIn(RefusedModules()),
                         [](const testing::TestParamInfo<Refused>& info) {
                           return info.param.what;
                         });

TEST(DecoderTest, RefusesSectionsOutOfOrder) {
  ByteVector bytes = ModuleBuilder::OneSection(5, {0});
  for (uint8_t byte : {4, 1, 0}) bytes.push_back(byte);
  EXPECT_THAT(Decode(bytes).status().message(),
              HasSubstr("section 4 (table): section out of order"));
  bytes[bytes.size() - 3] = 5;
  EXPECT_THAT(Decode(bytes).status().message(),
              HasSubstr("section 5 (memory): there are two of this section"));
}

TEST(DecoderTest, NoPrefixOfAModuleButItsSectionsPassesOrCrashes) {
  ByteVector bytes = SampleModule();
  for (size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that a sanitizer sees every read past the end.
    ByteVector prefix(bytes.data(), bytes.data() + size);
    absl::StatusOr<Module> module = Decode(prefix);
    if (module.ok()) continue;
    EXPECT_THAT(std::string(module.status().message()),
                testing::AnyOf(HasSubstr("unexpected end"),
                               HasSubstr("inconsistent lengths"),
                               HasSubstr("file is empty")))
        << size;
  }
}

}  // namespace
}  // namespace goshawk::interp
