#include "tests/interp/module_builder.h"

namespace goshawk::interp {
namespace {

constexpr uint8_t kHeader[] = {0x00, 'a', 's', 'm', 1, 0, 0, 0};

void WriteLimits(ByteWriter& out, const Limits& limits) {
  out.Byte(limits.max ? 1 : 0).U32(limits.min);
  if (limits.max) out.U32(*limits.max);
}

void WriteTable(ByteWriter& out, const TableType& type) {
  out.Type(type.element);
  WriteLimits(out, type.limits);
}

void WriteGlobal(ByteWriter& out, const GlobalType& type) {
  out.Type(type.value).Byte(type.is_mutable ? 1 : 0);
}

void WriteSection(ByteWriter& out, SectionId id,
                  const std::vector<uint8_t>& content) {
  out.Byte(static_cast<uint8_t>(id)).Sized(content);
}

}  // namespace

ByteWriter& ByteWriter::U32(uint32_t value) {
  for (; value >= 0x80; value >>= 7) Byte(value | 0x80);
  return Byte(static_cast<uint8_t>(value));
}

ByteWriter& ByteWriter::S64(int64_t value) {
  for (; value < -0x40 || value >= 0x40; value >>= 7) Byte(value | 0x80);
  return Byte(value & 0x7f);
}

ByteWriter& ByteWriter::Types(const std::vector<ValueType>& types) {
  U32(static_cast<uint32_t>(types.size()));
  for (ValueType type : types) Type(type);
  return *this;
}

ByteWriter& ByteWriter::Name(std::string_view name) {
  return Sized({name.begin(), name.end()});
}

ByteWriter& ByteWriter::Bytes(const std::vector<uint8_t>& bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

ByteWriter& ByteWriter::Sized(const std::vector<uint8_t>& bytes) {
  return U32(static_cast<uint32_t>(bytes.size())).Bytes(bytes);
}

CodeBuilder& CodeBuilder::Op(WasmOp op) {
  auto code = static_cast<uint16_t>(op);
  if (code > 0xff) {
    out_.Byte(code >> 8).U32(code & 0xff);
  } else {
    out_.Byte(static_cast<uint8_t>(code));
  }
  return *this;
}

CodeBuilder& CodeBuilder::Op(WasmOp op, uint32_t first) {
  Op(op);
  out_.U32(first);
  return *this;
}

CodeBuilder& CodeBuilder::Op(WasmOp op, uint32_t first, uint32_t second) {
  Op(op, first);
  out_.U32(second);
  return *this;
}

CodeBuilder& CodeBuilder::Raw(const std::vector<uint8_t>& bytes) {
  out_.Bytes(bytes);
  return *this;
}

CodeBuilder& CodeBuilder::I32Const(int32_t value) {
  Op(WasmOp::kI32Const);
  out_.S64(value);
  return *this;
}

CodeBuilder& CodeBuilder::I64Const(int64_t value) {
  Op(WasmOp::kI64Const);
  out_.S64(value);
  return *this;
}

CodeBuilder& CodeBuilder::F32Const(uint32_t bits) {
  Op(WasmOp::kF32Const);
  for (int i = 0; i < 4; ++i) out_.Byte(bits >> (8 * i) & 0xff);
  return *this;
}

CodeBuilder& CodeBuilder::F64Const(uint64_t bits) {
  Op(WasmOp::kF64Const);
  for (int i = 0; i < 8; ++i) out_.Byte(bits >> (8 * i) & 0xff);
  return *this;
}

CodeBuilder& CodeBuilder::BrTable(const std::vector<uint32_t>& labels,
                                  uint32_t otherwise) {
  Op(WasmOp::kBrTable, static_cast<uint32_t>(labels.size()));
  for (uint32_t label : labels) out_.U32(label);
  out_.U32(otherwise);
  return *this;
}

CodeBuilder& CodeBuilder::Begin(WasmOp op) {
  Op(op);
  out_.Byte(0x40);
  return *this;
}

CodeBuilder& CodeBuilder::Begin(WasmOp op, ValueType result) {
  Op(op);
  out_.Type(result);
  return *this;
}

CodeBuilder& CodeBuilder::Begin(WasmOp op, uint32_t type_index) {
  Op(op);
  out_.S64(type_index);
  return *this;
}

CodeBuilder& CodeBuilder::RefNull(ValueType type) {
  Op(WasmOp::kRefNull);
  out_.Type(type);
  return *this;
}

ByteWriter& ModuleBuilder::Add(Entries& entries) {
  ++entries.count;
  return entries.bytes;
}

uint32_t ModuleBuilder::AddType(const std::vector<ValueType>& params,
                                const std::vector<ValueType>& results) {
  Add(types_).Byte(0x60).Types(params).Types(results);
  return types_.count - 1;
}

ByteWriter& ModuleBuilder::StartImport(std::string_view module,
                                       std::string_view name, ExternKind kind) {
  ++imported_[static_cast<int>(kind)];
  return Add(imports_).Name(module).Name(name).Byte(static_cast<uint8_t>(kind));
}

uint32_t ModuleBuilder::ImportFunc(std::string_view module,
                                   std::string_view name, uint32_t type) {
  StartImport(module, name, ExternKind::kFunc).U32(type);
  return imported_[static_cast<int>(ExternKind::kFunc)] - 1;
}

uint32_t ModuleBuilder::ImportTable(std::string_view module,
                                    std::string_view name,
                                    const TableType& type) {
  WriteTable(StartImport(module, name, ExternKind::kTable), type);
  return imported_[static_cast<int>(ExternKind::kTable)] - 1;
}

uint32_t ModuleBuilder::ImportMemory(std::string_view module,
                                     std::string_view name,
                                     const MemoryType& type) {
  WriteLimits(StartImport(module, name, ExternKind::kMemory), type.limits);
  return imported_[static_cast<int>(ExternKind::kMemory)] - 1;
}

uint32_t ModuleBuilder::ImportGlobal(std::string_view module,
                                     std::string_view name,
                                     const GlobalType& type) {
  WriteGlobal(StartImport(module, name, ExternKind::kGlobal), type);
  return imported_[static_cast<int>(ExternKind::kGlobal)] - 1;
}

uint32_t ModuleBuilder::AddFunc(uint32_t type,
                                const std::vector<ValueType>& locals,
                                const CodeBuilder& code) {
  ByteWriter body;
  body.U32(static_cast<uint32_t>(locals.size()));
  for (ValueType local : locals) body.U32(1).Type(local);
  return AddFuncBody(type, body.Bytes(code.bytes()).bytes());
}

uint32_t ModuleBuilder::AddFuncBody(uint32_t type,
                                    const std::vector<uint8_t>& body) {
  Add(funcs_).U32(type);
  Add(bodies_).Sized(body);
  return imported_[static_cast<int>(ExternKind::kFunc)] + funcs_.count - 1;
}

uint32_t ModuleBuilder::AddTable(const TableType& type) {
  WriteTable(Add(tables_), type);
  return imported_[static_cast<int>(ExternKind::kTable)] + tables_.count - 1;
}

uint32_t ModuleBuilder::AddMemory(const MemoryType& type) {
  WriteLimits(Add(memories_), type.limits);
  return imported_[static_cast<int>(ExternKind::kMemory)] + memories_.count - 1;
}

uint32_t ModuleBuilder::AddGlobal(const GlobalType& type,
                                  const CodeBuilder& init) {
  ByteWriter& out = Add(globals_);
  WriteGlobal(out, type);
  out.Bytes(init.bytes());
  return imported_[static_cast<int>(ExternKind::kGlobal)] + globals_.count - 1;
}

uint32_t ModuleBuilder::AddExport(std::string_view name, ExternKind kind,
                                  uint32_t index) {
  Add(exports_).Name(name).Byte(static_cast<uint8_t>(kind)).U32(index);
  return exports_.count - 1;
}

uint32_t ModuleBuilder::AddElements(const CodeBuilder& offset,
                                    const std::vector<uint32_t>& funcs) {
  ByteWriter& out = Add(elements_).U32(0).Bytes(offset.bytes());
  out.U32(static_cast<uint32_t>(funcs.size()));
  for (uint32_t func : funcs) out.U32(func);
  return elements_.count - 1;
}

uint32_t ModuleBuilder::AddPassiveElements(const std::vector<uint32_t>& funcs) {
  ByteWriter& out = Add(elements_).U32(1).Byte(0);
  out.U32(static_cast<uint32_t>(funcs.size()));
  for (uint32_t func : funcs) out.U32(func);
  return elements_.count - 1;
}

uint32_t ModuleBuilder::AddData(const CodeBuilder& offset,
                                std::string_view bytes) {
  Add(data_).U32(0).Bytes(offset.bytes()).Name(bytes);
  return data_.count - 1;
}

uint32_t ModuleBuilder::AddPassiveData(std::string_view bytes) {
  Add(data_).U32(1).Name(bytes);
  return data_.count - 1;
}

void ModuleBuilder::AddCustom(std::string_view name,
                              const std::vector<uint8_t>& payload) {
  WriteSection(customs_, SectionId::kCustom,
               ByteWriter().Name(name).Bytes(payload).bytes());
}

void ModuleBuilder::NameFunctions(
    const std::vector<std::pair<uint32_t, std::string_view>>& names) {
  ByteWriter map;
  map.U32(static_cast<uint32_t>(names.size()));
  for (const auto& [function, name] : names) map.U32(function).Name(name);
  AddCustom("name", ByteWriter().Byte(1).Sized(map.bytes()).bytes());
}

std::vector<uint8_t> ModuleBuilder::Build() const {
  ByteWriter out;
  out.Bytes({std::begin(kHeader), std::end(kHeader)});
  auto vector = [&out](SectionId id, const Entries& entries) {
    if (entries.count == 0) return;
    WriteSection(
        out, id,
        ByteWriter().U32(entries.count).Bytes(entries.bytes.bytes()).bytes());
  };
  auto number = [&out](SectionId id, std::optional<uint32_t> value) {
    if (value) WriteSection(out, id, ByteWriter().U32(*value).bytes());
  };
  vector(SectionId::kType, types_);
  vector(SectionId::kImport, imports_);
  vector(SectionId::kFunction, funcs_);
  vector(SectionId::kTable, tables_);
  vector(SectionId::kMemory, memories_);
  vector(SectionId::kGlobal, globals_);
  vector(SectionId::kExport, exports_);
  number(SectionId::kStart, start_);
  vector(SectionId::kElement, elements_);
  number(SectionId::kDataCount, data_count_);
  vector(SectionId::kCode, bodies_);
  vector(SectionId::kData, data_);
  return out.Bytes(customs_.bytes()).bytes();
}

std::vector<uint8_t> ModuleBuilder::OneSection(
    uint8_t id, const std::vector<uint8_t>& content) {
  return ByteWriter()
      .Bytes({std::begin(kHeader), std::end(kHeader)})
      .Byte(id)
      .Sized(content)
      .bytes();
}

}  // namespace goshawk::interp
