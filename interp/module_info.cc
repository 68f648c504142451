#include "interp/module_info.h"

#include <algorithm>
#include <set>

#include "interp/byte_reader.h"
#include "interp/instruction.h"
#include "interp/section.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {
namespace {

constexpr size_t kHeaderSize = 8;

std::string_view Text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view ReadName(ByteReader& reader) {
  return Text(reader.Take(reader.VarU32()));
}

constexpr std::string_view kBulkMemory = "bulk memory operations";
constexpr std::string_view kMultiValue = "multi-value";
constexpr std::string_view kMutableGlobals = "import/export of mutable globals";
constexpr std::string_view kReferenceTypes = "reference types";
constexpr std::string_view kSaturating =
    "non-trapping float-to-int conversions";
constexpr std::string_view kSignExtension = "sign-extension operators";

// The proposal that brought an instruction; empty for version 1.0.
constexpr std::string_view FeatureOf(WasmOp op) {
  if (op >= WasmOp::kI32Extend8S && op <= WasmOp::kI64Extend32S) {
    return kSignExtension;
  }
  if (op >= WasmOp::kI32TruncSatF32S && op <= WasmOp::kI64TruncSatF64U) {
    return kSaturating;
  }
  if (op >= WasmOp::kMemoryInit && op <= WasmOp::kTableCopy) {
    return kBulkMemory;
  }
  switch (op) {
    case WasmOp::kSelectTyped:
    case WasmOp::kTableGet:
    case WasmOp::kTableSet:
    case WasmOp::kTableGrow:
    case WasmOp::kTableSize:
    case WasmOp::kTableFill:
    case WasmOp::kRefNull:
    case WasmOp::kRefIsNull:
    case WasmOp::kRefFunc:
      return kReferenceTypes;
    default:
      return {};
  }
}

class FeatureFinder {
 public:
  explicit FeatureFinder(const Module& module) : module_(module) {}

  std::set<std::string_view> Find() {
    Types();
    Entries();
    for (const FuncBody& body : module_.bodies) Body(body);
    return features_;
  }

 private:
  void Note(bool is_used, std::string_view feature) {
    if (is_used) features_.insert(feature);
  }

  void Types() {
    for (const FuncType& type : module_.types) {
      Note(type.results.size() > 1, kMultiValue);
      for (ValueType value : type.params) {
        Note(IsReference(value), kReferenceTypes);
      }
      for (ValueType value : type.results) {
        Note(IsReference(value), kReferenceTypes);
      }
    }
  }

  void Entries() {
    for (const Import& import : module_.imports) {
      Note(import.kind == ExternKind::kGlobal && import.global.is_mutable,
           kMutableGlobals);
    }
    for (const Export& item : module_.exports) {
      Note(item.kind == ExternKind::kGlobal &&
               module_.global_types[item.index].is_mutable,
           kMutableGlobals);
    }
    Note(module_.tables.size() > 1, kReferenceTypes);
    for (const TableType& table : module_.tables) {
      Note(table.element != ValueType::kFuncRef, kReferenceTypes);
    }
    for (const GlobalType& global : module_.global_types) {
      Note(IsReference(global.value), kReferenceTypes);
    }
    for (const ElementSegment& segment : module_.elements) {
      Note(segment.mode != SegmentMode::kActive, kBulkMemory);
    }
    Note(module_.data_count.has_value(), kBulkMemory);
  }

  void Body(const FuncBody& body) {
    ByteReader in(module_.bytes, body.body_offset, body.body_size);
    for (uint32_t runs = in.VarU32(); runs > 0 && in.ok(); --runs) {
      in.VarU32();
      Note(IsReference(static_cast<ValueType>(in.Byte())), kReferenceTypes);
    }
    while (!in.AtEnd()) {
      const WasmOp op = ReadOp(in);
      const std::string_view feature = FeatureOf(op);
      Note(!feature.empty(), feature);
      const ImmediateKind immediate = Info(op).immediate;
      if (immediate == ImmediateKind::kBlockType) {
        // Types of their own are single bytes, 0x40 to 0x7f.
        Note((in.Peek() & 0xc0) != 0x40, kMultiValue);
      }
      SkipImmediate(in, immediate);
    }
  }

  const Module& module_;
  std::set<std::string_view> features_;
};

}  // namespace

std::vector<SectionInfo> ListSections(Bytes bytes) {
  std::vector<SectionInfo> sections;
  ByteReader in(bytes);
  in.Skip(kHeaderSize);
  while (!in.AtEnd()) {
    SectionInfo section;
    section.id = in.Byte();
    uint32_t size = in.VarU32();
    const char* name = SectionName(section.id);
    if (!in.ok() || name == nullptr) break;
    section.name = name;
    section.offset = in.offset();
    section.size = size;
    section.whole = size <= in.remaining();
    Bytes content = in.Take(std::min<size_t>(size, in.remaining()));
    if (section.id == static_cast<uint8_t>(SectionId::kCustom)) {
      ByteReader custom(content);
      std::string_view own_name = ReadName(custom);
      if (custom.ok()) section.name = std::string(own_name);
    }
    sections.push_back(std::move(section));
  }
  return sections;
}

// The format is a convention of tools: fields, each with a name and pairs of
// names and versions.
std::string GoVersion(const Module& module) {
  for (const CustomSection& section : module.customs) {
    if (section.name != "producers") continue;
    ByteReader in(section.payload);
    for (uint32_t fields = in.VarU32(); fields > 0 && in.ok(); --fields) {
      std::string_view field = ReadName(in);
      for (uint32_t pairs = in.VarU32(); pairs > 0 && in.ok(); --pairs) {
        std::string_view name = ReadName(in);
        std::string_view version = ReadName(in);
        if (in.ok() && field == "language" && name == "Go") {
          return std::string(version);
        }
      }
    }
  }
  return {};
}

std::vector<std::string_view> FeaturesUsed(const Module& module) {
  std::set<std::string_view> features = FeatureFinder(module).Find();
  return {features.begin(), features.end()};
}

}  // namespace goshawk::interp
