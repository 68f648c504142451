#include "interp/decoder.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "interp/byte_reader.h"
#include "interp/file_kind.h"
#include "interp/pages.h"
#include "interp/section.h"
#include "interp/section_reader.h"
#include "interp/status_macros.h"
#include "interp/unsupported_op.h"

namespace goshawk::interp {
namespace {

class Decoder {
 public:
  explicit Decoder(Bytes bytes) : in_(bytes) { module_.bytes = bytes; }

  absl::StatusOr<Module> Run();

 private:
  absl::Status Header();
  absl::Status Section();
  absl::Status Contents(SectionId id);
  absl::Status CheckWhole() const;
  void NoteDeclaredFuncs();

  absl::Status Type();
  absl::Status ImportEntry();
  absl::Status GlobalEntry();
  absl::Status ExportEntry();
  absl::Status Element();
  absl::Status Code();
  absl::Status DataSection();
  bool PlainData();
  absl::Status Data();
  absl::Status CustomEntry();

  // Reads a vector: each item with `item`, after making room in `list`.
  template <typename List>
  absl::Status Vector(size_t item_bytes, List& list,
                      absl::Status (Decoder::*item)());

  Module module_;
  SectionReader in_;
  int last_rank_ = 0;
  uint32_t function_count_ = 0;
};

absl::StatusOr<Module> Decoder::Run() {
  RETURN_IF_ERROR(Header());
  while (!in_.reader.AtEnd()) RETURN_IF_ERROR(Section());
  RETURN_IF_ERROR(CheckWhole());
  NoteDeclaredFuncs();
  return std::move(module_);
}

absl::Status Decoder::Header() {
  Bytes bytes = module_.bytes;
  constexpr uint8_t kMagic[] = {0x00, 'a', 's', 'm'};
  if (bytes.empty()) return absl::InvalidArgumentError("the file is empty");
  size_t compared = std::min(bytes.size(), sizeof(kMagic));
  if (!std::equal(kMagic, kMagic + compared, bytes.begin())) {
    return NotAModule(bytes);
  }
  if (bytes.size() > std::numeric_limits<uint32_t>::max()) {
    return absl::InvalidArgumentError("the module is larger than 4 GiB");
  }
  in_.set_where("header: ");
  in_.reader.U32();
  uint32_t version = in_.reader.U32();
  RETURN_IF_ERROR(in_.status());
  // The component model's binaries say 1 in the upper half, the "layer".
  if (version >> 16 == 1) {
    return absl::UnimplementedError(
        "a WebAssembly component, not a module: components are not supported");
  }
  if (version != 1) {
    return in_.Malformed(absl::StrCat("unknown binary version ", version), 4);
  }
  return absl::OkStatus();
}

absl::Status Decoder::Section() {
  size_t start = in_.reader.offset();
  in_.set_where("");
  uint8_t id = in_.reader.Byte();
  const char* name = SectionName(id);
  if (name == nullptr) {
    if (id == 13) {
      return in_.Unsupported("section 13 (tag): needs exception handling",
                             start);
    }
    return in_.Malformed(absl::StrCat("unknown section ", id), start);
  }
  in_.set_where(absl::StrCat("section ", id, " (", name, "): "));
  uint32_t size = in_.reader.VarU32();
  RETURN_IF_ERROR(in_.status());
  if (size > in_.reader.remaining()) {
    return in_.Malformed(
        absl::StrCat("unexpected end: ", size, " bytes announced, ",
                     in_.reader.remaining(), " are left"),
        in_.reader.offset());
  }
  auto section = static_cast<SectionId>(id);
  if (section != SectionId::kCustom) {
    int rank = SectionRank(section);
    if (rank <= last_rank_) {
      return in_.Malformed(rank == last_rank_ ? "there are two of this section"
                                              : "section out of order",
                           start);
    }
    last_rank_ = rank;
  }

  ByteReader after(module_.bytes, in_.reader.offset() + size,
                   in_.reader.remaining() - size);
  in_.reader = ByteReader(module_.bytes, in_.reader.offset(), size);
  RETURN_IF_ERROR(Contents(section));
  if (!in_.reader.AtEnd()) {
    return in_.Malformed(
        absl::StrCat("section size mismatch: ", in_.reader.remaining(),
                     " bytes left over"),
        in_.reader.offset());
  }
  in_.reader = after;
  return absl::OkStatus();
}

absl::Status Decoder::Contents(SectionId id) {
  switch (id) {
    case SectionId::kCustom:
      return CustomEntry();
    case SectionId::kType:
      return Vector(3, module_.types, &Decoder::Type);
    case SectionId::kImport:
      return Vector(4, module_.imports, &Decoder::ImportEntry);
    case SectionId::kFunction: {
      ASSIGN_OR_RETURN(function_count_, in_.Count(1));
      module_.func_types.reserve(module_.imported_funcs + function_count_);
      for (uint32_t i = 0; i < function_count_; ++i) {
        module_.func_types.push_back(in_.reader.VarU32());
      }
      return in_.status();
    }
    case SectionId::kTable: {
      ASSIGN_OR_RETURN(uint32_t count, in_.Count(3));
      for (uint32_t i = 0; i < count; ++i) {
        ASSIGN_OR_RETURN(TableType type, in_.ReadTableType());
        module_.tables.push_back(type);
      }
      return absl::OkStatus();
    }
    case SectionId::kMemory: {
      ASSIGN_OR_RETURN(uint32_t count, in_.Count(2));
      for (uint32_t i = 0; i < count; ++i) {
        ASSIGN_OR_RETURN(Limits limits, in_.ReadLimits());
        module_.memories.push_back({limits});
      }
      return absl::OkStatus();
    }
    case SectionId::kGlobal:
      return Vector(5, module_.globals, &Decoder::GlobalEntry);
    case SectionId::kExport:
      return Vector(3, module_.exports, &Decoder::ExportEntry);
    case SectionId::kStart:
      module_.start = in_.reader.VarU32();
      return in_.status();
    case SectionId::kElement:
      return Vector(3, module_.elements, &Decoder::Element);
    case SectionId::kDataCount:
      module_.data_count = in_.reader.VarU32();
      return in_.status();
    case SectionId::kCode:
      return Vector(1, module_.bodies, &Decoder::Code);
    case SectionId::kData:
      return DataSection();
  }
  return absl::OkStatus();
}

// What concerns more than one section.
absl::Status Decoder::CheckWhole() const {
  if (module_.bodies.size() != function_count_) {
    return absl::InvalidArgumentError(
        absl::StrCat("function and code section have inconsistent lengths: ",
                     function_count_, " functions declared, ",
                     module_.bodies.size(), " bodies"));
  }
  if (module_.data_count && *module_.data_count != module_.data.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("data count and data section have inconsistent lengths: ",
                     *module_.data_count, " segments announced, ",
                     module_.data.size(), " found"));
  }
  return absl::OkStatus();
}

void Decoder::NoteDeclaredFuncs() {
  module_.declared_funcs.resize(module_.func_types.size());
  auto note = [this](uint32_t func) {
    // Indices have not been validated yet.
    if (func < module_.declared_funcs.size()) {
      module_.declared_funcs[func] = true;
    }
  };
  auto note_expr = [&](const ConstExpr& expr) {
    if (expr.kind == ConstExpr::Kind::kRefFunc) note(expr.index);
  };
  for (const Export& item : module_.exports) {
    if (item.kind == ExternKind::kFunc) note(item.index);
  }
  for (const Global& global : module_.globals) note_expr(global.init);
  for (const ElementSegment& segment : module_.elements) {
    note_expr(segment.offset);
    for (const ConstExpr& element : segment.elements) note_expr(element);
  }
}

template <typename List>
absl::Status Decoder::Vector(size_t item_bytes, List& list,
                             absl::Status (Decoder::*item)()) {
  ASSIGN_OR_RETURN(uint32_t count, in_.Count(item_bytes));
  list.reserve(count);
  for (uint32_t i = 0; i < count; ++i) RETURN_IF_ERROR((this->*item)());
  return absl::OkStatus();
}

absl::Status Decoder::Type() {
  size_t start = in_.reader.offset();
  uint8_t form = in_.reader.Byte();
  RETURN_IF_ERROR(in_.status());
  if (form != 0x60) {
    if (const char* feature = FeatureOfType(form)) {
      return in_.Unsupported(absl::StrCat("needs ", feature), start);
    }
    return in_.Malformed(absl::StrCat("unknown form of type ", HexByte(form)),
                         start);
  }
  FuncType& type = module_.types.emplace_back();
  RETURN_IF_ERROR(in_.Types(type.params));
  return in_.Types(type.results);
}

absl::Status Decoder::ImportEntry() {
  Import& item = module_.imports.emplace_back();
  ASSIGN_OR_RETURN(item.module, in_.Name());
  ASSIGN_OR_RETURN(item.name, in_.Name());
  size_t start = in_.reader.offset();
  uint8_t kind = in_.reader.Byte();
  RETURN_IF_ERROR(in_.status());
  item.kind = static_cast<ExternKind>(kind);
  switch (item.kind) {
    case ExternKind::kFunc:
      item.type_index = in_.reader.VarU32();
      module_.func_types.push_back(item.type_index);
      ++module_.imported_funcs;
      return in_.status();
    case ExternKind::kTable: {
      ASSIGN_OR_RETURN(item.table, in_.ReadTableType());
      module_.tables.push_back(item.table);
      return absl::OkStatus();
    }
    case ExternKind::kMemory: {
      ASSIGN_OR_RETURN(item.memory.limits, in_.ReadLimits());
      module_.memories.push_back(item.memory);
      return absl::OkStatus();
    }
    case ExternKind::kGlobal: {
      ASSIGN_OR_RETURN(item.global, in_.ReadGlobalType());
      module_.global_types.push_back(item.global);
      ++module_.imported_globals;
      return absl::OkStatus();
    }
  }
  if (kind == 4)
    return in_.Unsupported("needs exception handling (tag)", start);
  return in_.Malformed(absl::StrCat("unknown kind of import ", HexByte(kind)),
                       start);
}

absl::Status Decoder::GlobalEntry() {
  Global& global = module_.globals.emplace_back();
  ASSIGN_OR_RETURN(global.type, in_.ReadGlobalType());
  module_.global_types.push_back(global.type);
  ASSIGN_OR_RETURN(global.init, in_.ReadConstExpr());
  return absl::OkStatus();
}

absl::Status Decoder::ExportEntry() {
  Export& item = module_.exports.emplace_back();
  ASSIGN_OR_RETURN(item.name, in_.Name());
  size_t start = in_.reader.offset();
  uint8_t kind = in_.reader.Byte();
  item.index = in_.reader.VarU32();
  RETURN_IF_ERROR(in_.status());
  if (kind > static_cast<uint8_t>(ExternKind::kGlobal)) {
    if (kind == 4)
      return in_.Unsupported("needs exception handling (tag)", start);
    return in_.Malformed(absl::StrCat("unknown kind of export ", HexByte(kind)),
                         start);
  }
  item.kind = static_cast<ExternKind>(kind);
  return absl::OkStatus();
}

// Section 5.5.12: three bits choose among eight layouts.
absl::Status Decoder::Element() {
  size_t start = in_.reader.offset();
  uint32_t flags = in_.reader.VarU32();
  RETURN_IF_ERROR(in_.status());
  if (flags > 7) {
    return in_.Malformed(
        absl::StrCat("unknown flags of element segment ", flags), start);
  }
  bool is_not_active = flags & 1;
  bool has_index = flags & 2;  // or is declarative
  bool has_expressions = flags & 4;

  ElementSegment& segment = module_.elements.emplace_back();
  if (is_not_active) {
    segment.mode =
        has_index ? SegmentMode::kDeclarative : SegmentMode::kPassive;
  } else {
    if (has_index) segment.table = in_.reader.VarU32();
    ASSIGN_OR_RETURN(segment.offset, in_.ReadConstExpr());
  }
  if (is_not_active || has_index) {
    if (has_expressions) {
      ASSIGN_OR_RETURN(segment.type, in_.RefType());
    } else {
      size_t at = in_.reader.offset();
      uint8_t kind = in_.reader.Byte();
      RETURN_IF_ERROR(in_.status());
      if (kind != 0) {
        return in_.Malformed(
            absl::StrCat("unknown kind of elements ", HexByte(kind)), at);
      }
    }
  }
  ASSIGN_OR_RETURN(uint32_t count, in_.Count(has_expressions ? 3 : 1));
  segment.elements.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    if (has_expressions) {
      ASSIGN_OR_RETURN(ConstExpr element, in_.ReadConstExpr());
      segment.elements.push_back(element);
    } else {
      ConstExpr& element = segment.elements.emplace_back();
      element.kind = ConstExpr::Kind::kRefFunc;
      element.type = ValueType::kFuncRef;
      element.index = in_.reader.VarU32();
    }
  }
  return in_.status();
}

absl::Status Decoder::Code() {
  FuncBody& body = module_.bodies.emplace_back();
  size_t defined = module_.bodies.size() - 1;
  size_t function = module_.imported_funcs + defined;
  // A surplus of bodies is reported when all have been counted.
  if (function < module_.func_types.size()) {
    body.type_index = module_.func_types[function];
  }
  body.body_size = in_.reader.VarU32();
  body.body_offset = static_cast<uint32_t>(in_.reader.offset());
  in_.reader.Skip(body.body_size);
  if (in_.reader.ok()) return absl::OkStatus();
  return in_.Malformed(
      absl::StrCat(Message(in_.reader.error()), " in body ", defined),
      in_.reader.error_offset());
}

// Go modules have tens of thousands of segments, all of one form.
absl::Status Decoder::DataSection() {
  ASSIGN_OR_RETURN(uint32_t count, in_.Count(2));
  module_.data.reserve(count);
  // The segments are there, if this is not the end of a list that is cut off.
  constexpr size_t kMostPrefaulted = size_t{1} << 20;
  Prefault(module_.data.data(),
           std::min(count * sizeof(DataSegment), kMostPrefaulted));
  for (uint32_t i = 0; i < count; ++i) {
    if (!PlainData()) RETURN_IF_ERROR(Data());
  }
  return absl::OkStatus();
}

// Reads an active segment at a constant address; false, and nothing is read, if
// the next one is not of this form.
bool Decoder::PlainData() {
  constexpr uint8_t kFlagsAndConst[] = {0x00, 0x41};
  constexpr uint8_t kEnd[] = {0x0b};
  ByteReader in = in_.reader;
  if (!in.SkipIf(kFlagsAndConst)) return false;
  const auto offset = static_cast<uint32_t>(in.VarS32());
  if (!in.SkipIf(kEnd)) return false;
  const uint32_t size = in.VarU32();
  const size_t start = in.offset();
  in.Skip(size);
  if (!in.ok()) return false;
  DataSegment& segment = module_.data.emplace_back();
  segment.place = offset;
  segment.has_address = true;
  segment.bytes_offset = static_cast<uint32_t>(start);
  segment.bytes_size = size;
  in_.reader = in;
  return true;
}

absl::Status Decoder::Data() {
  size_t start = in_.reader.offset();
  uint32_t flags = in_.reader.VarU32();
  RETURN_IF_ERROR(in_.status());
  if (flags > 2) {
    return in_.Malformed(absl::StrCat("unknown flags of data segment ", flags),
                         start);
  }
  DataSegment& segment = module_.data.emplace_back();
  if (flags == 1) {
    segment.mode = SegmentMode::kPassive;
  } else {
    segment.place = static_cast<uint32_t>(module_.data_places.size());
    DataPlace& place = module_.data_places.emplace_back();
    if (flags == 2) place.memory = in_.reader.VarU32();
    ASSIGN_OR_RETURN(place.offset, in_.ReadConstExpr());
  }
  segment.bytes_size = in_.reader.VarU32();
  segment.bytes_offset = static_cast<uint32_t>(in_.reader.offset());
  in_.reader.Skip(segment.bytes_size);
  return in_.status();
}

absl::Status Decoder::CustomEntry() {
  CustomSection& section = module_.customs.emplace_back();
  ASSIGN_OR_RETURN(section.name, in_.Name());
  section.payload = in_.reader.Take(in_.reader.remaining());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Module> Decode(Bytes bytes) { return Decoder(bytes).Run(); }

}  // namespace goshawk::interp
