// Modules for tests, made entry by entry; nothing stops a test from making
// them wrong. Sections appear in the prescribed order, empty ones not at all.
//
//   ModuleBuilder module;
//   uint32_t type = module.AddType({ValueType::kI32}, {ValueType::kI32});
//   module.AddExport("id", ExternKind::kFunc,
//                    module.AddFunc(type, {},
//                    CodeBuilder().LocalGet(0).End()));
//   std::vector<uint8_t> bytes = module.Build();

#ifndef GOSHAWK_TESTS_INTERP_MODULE_BUILDER_H_
#define GOSHAWK_TESTS_INTERP_MODULE_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "interp/module.h"
#include "interp/section.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// Bytes that are appended to.
class ByteWriter {
 public:
  ByteWriter& Byte(uint8_t byte) {
    bytes_.push_back(byte);
    return *this;
  }
  ByteWriter& U32(uint32_t value);  // LEB128
  ByteWriter& S64(int64_t value);   // LEB128
  ByteWriter& Type(ValueType type) { return Byte(static_cast<uint8_t>(type)); }
  ByteWriter& Types(const std::vector<ValueType>& types);
  ByteWriter& Name(std::string_view name);
  ByteWriter& Bytes(const std::vector<uint8_t>& bytes);
  // The bytes' number, then they.
  ByteWriter& Sized(const std::vector<uint8_t>& bytes);

  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<uint8_t> bytes_;
};

// Instructions. Functions are named after those that need an immediate; Op is
// for the rest.
class CodeBuilder {
 public:
  CodeBuilder& Op(WasmOp op);
  // With immediates that are unsigned numbers.
  CodeBuilder& Op(WasmOp op, uint32_t first);
  CodeBuilder& Op(WasmOp op, uint32_t first, uint32_t second);
  CodeBuilder& Raw(const std::vector<uint8_t>& bytes);

  CodeBuilder& I32Const(int32_t value);
  CodeBuilder& I64Const(int64_t value);
  CodeBuilder& F32Const(uint32_t bits);
  CodeBuilder& F64Const(uint64_t bits);
  CodeBuilder& LocalGet(uint32_t local) { return Op(WasmOp::kLocalGet, local); }
  CodeBuilder& LocalSet(uint32_t local) { return Op(WasmOp::kLocalSet, local); }
  CodeBuilder& LocalTee(uint32_t local) { return Op(WasmOp::kLocalTee, local); }
  CodeBuilder& GlobalGet(uint32_t global) {
    return Op(WasmOp::kGlobalGet, global);
  }
  CodeBuilder& GlobalSet(uint32_t global) {
    return Op(WasmOp::kGlobalSet, global);
  }
  CodeBuilder& Call(uint32_t function) { return Op(WasmOp::kCall, function); }
  CodeBuilder& Br(uint32_t label) { return Op(WasmOp::kBr, label); }
  CodeBuilder& BrIf(uint32_t label) { return Op(WasmOp::kBrIf, label); }
  CodeBuilder& BrTable(const std::vector<uint32_t>& labels, uint32_t otherwise);
  // kBlock, kLoop or kIf: without result, with one, with a function type.
  CodeBuilder& Begin(WasmOp op);
  CodeBuilder& Begin(WasmOp op, ValueType result);
  CodeBuilder& Begin(WasmOp op, uint32_t type_index);
  CodeBuilder& RefNull(ValueType type);
  CodeBuilder& End() { return Op(WasmOp::kEnd); }

  const std::vector<uint8_t>& bytes() const { return out_.bytes(); }

 private:
  ByteWriter out_;
};

class ModuleBuilder {
 public:
  // All Add functions return the index of what they add. Imports must come
  // before what the module defines itself.
  uint32_t AddType(const std::vector<ValueType>& params,
                   const std::vector<ValueType>& results);
  uint32_t ImportFunc(std::string_view module, std::string_view name,
                      uint32_t type);
  uint32_t ImportTable(std::string_view module, std::string_view name,
                       const TableType& type);
  uint32_t ImportMemory(std::string_view module, std::string_view name,
                        const MemoryType& type);
  uint32_t ImportGlobal(std::string_view module, std::string_view name,
                        const GlobalType& type);
  // Each local is a run of its own; code must have its own `end`.
  uint32_t AddFunc(uint32_t type, const std::vector<ValueType>& locals,
                   const CodeBuilder& code);
  // With a body of any bytes.
  uint32_t AddFuncBody(uint32_t type, const std::vector<uint8_t>& body);
  uint32_t AddTable(const TableType& type);
  uint32_t AddMemory(const MemoryType& type);
  // `init` must have its own `end`, here and below.
  uint32_t AddGlobal(const GlobalType& type, const CodeBuilder& init);
  uint32_t AddExport(std::string_view name, ExternKind kind, uint32_t index);
  void SetStart(uint32_t function) { start_ = function; }
  // An active segment of table 0.
  uint32_t AddElements(const CodeBuilder& offset,
                       const std::vector<uint32_t>& funcs);
  uint32_t AddPassiveElements(const std::vector<uint32_t>& funcs);
  uint32_t AddData(const CodeBuilder& offset, std::string_view bytes);
  uint32_t AddPassiveData(std::string_view bytes);
  void SetDataCount(uint32_t count) { data_count_ = count; }
  // Custom sections come last.
  void AddCustom(std::string_view name, const std::vector<uint8_t>& payload);
  // A name section that has these names of functions.
  void NameFunctions(
      const std::vector<std::pair<uint32_t, std::string_view>>& names);

  std::vector<uint8_t> Build() const;

  // A whole module: the header and one section.
  static std::vector<uint8_t> OneSection(uint8_t id,
                                         const std::vector<uint8_t>& content);

 private:
  // The entries of a section of type "vector".
  struct Entries {
    uint32_t count = 0;
    ByteWriter bytes;
  };

  ByteWriter& StartImport(std::string_view module, std::string_view name,
                          ExternKind kind);
  // Counts one more entry and returns where it goes.
  static ByteWriter& Add(Entries& entries);

  Entries types_, imports_, funcs_, tables_, memories_, globals_, exports_,
      elements_, bodies_, data_;
  uint32_t imported_[4] = {};  // by ExternKind
  std::optional<uint32_t> start_;
  std::optional<uint32_t> data_count_;
  ByteWriter customs_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_TESTS_INTERP_MODULE_BUILDER_H_
