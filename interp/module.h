// A decoded module: plain data, no behaviour (WebAssembly 2.0, section 2.5).
//
// A Module is what the decoder makes of the bytes and what the validator
// checks; after both it is immutable and may be shared by any number of
// instances and threads. Function bodies stay where they are in the bytes and
// are looked at again only when a function is first called, so a Module is
// cheap to make even of a file of many megabytes.
//
// Ownership: `bytes` is a view. Whoever makes the Module keeps the bytes (a
// mapped file, a buffer) alive and unchanged for as long as the Module lives.

#ifndef GOSHAWK_INTERP_MODULE_H_
#define GOSHAWK_INTERP_MODULE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/types/span.h"
#include "interp/value_type.h"

namespace goshawk::interp {

// Unowned bytes of a module.
using Bytes = absl::Span<const uint8_t>;

inline constexpr uint32_t kPageSize = 65536;
inline constexpr uint32_t kMaxPages = 65536;

struct Limits {
  uint32_t min = 0;
  std::optional<uint32_t> max;
};

struct TableType {
  ValueType element = ValueType::kFuncRef;
  Limits limits;
};

struct MemoryType {
  Limits limits;  // in pages of 64 KiB
};

struct GlobalType {
  ValueType value = ValueType::kI32;
  bool is_mutable = false;
};

// The order is that of the binary format's kind byte.
enum class ExternKind : uint8_t { kFunc, kTable, kMemory, kGlobal };

struct Import {
  std::string_view module;
  std::string_view name;
  ExternKind kind = ExternKind::kFunc;
  uint32_t type_index = 0;  // kFunc
  TableType table;          // kTable
  MemoryType memory;        // kMemory
  GlobalType global;        // kGlobal
};

struct Export {
  std::string_view name;
  ExternKind kind = ExternKind::kFunc;
  uint32_t index = 0;
};

// A constant expression. WebAssembly 2.0 without extended constants allows
// just one instruction, so that is what is kept.
struct ConstExpr {
  enum class Kind : uint8_t { kConst, kGlobalGet, kRefNull, kRefFunc };
  Kind kind = Kind::kConst;
  ValueType type = ValueType::kI32;  // of the result; unknown for kGlobalGet
  uint32_t index = 0;                // kGlobalGet: global, kRefFunc: function
  uint64_t bits = 0;  // kConst: the value (i32 and f32 in the low half)
};

struct Global {
  GlobalType type;
  ConstExpr init;
};

// A function that the module defines. `body` starts at the local declarations
// and ends with the final `end`; offsets are into Module::bytes.
struct FuncBody {
  uint32_t type_index = 0;
  uint32_t body_offset = 0;
  uint32_t body_size = 0;
};

enum class SegmentMode : uint8_t { kActive, kPassive, kDeclarative };

struct ElementSegment {
  SegmentMode mode = SegmentMode::kActive;
  ValueType type = ValueType::kFuncRef;
  uint32_t table = 0;
  ConstExpr offset;
  std::vector<ConstExpr> elements;
};

// Go modules have up to 100,000 of these, so they are small and the bytes stay
// in the module.
struct DataSegment {
  uint32_t bytes_offset = 0;
  uint32_t bytes_size = 0;
  // Active ones: an address in memory 0, or which of Module::data_places says
  // where it goes.
  uint32_t place = 0;
  bool has_address = false;
  SegmentMode mode = SegmentMode::kActive;
};
static_assert(sizeof(DataSegment) == 16);

struct DataPlace {
  uint32_t memory = 0;
  ConstExpr offset;
};

struct CustomSection {
  std::string_view name;
  Bytes payload;  // without the name
};

struct Module {
  Bytes bytes;

  std::vector<FuncType> types;
  std::vector<Import> imports;

  // Index spaces: imports first, then the module's own.
  uint32_t imported_funcs = 0;
  uint32_t imported_globals = 0;
  std::vector<uint32_t> func_types;  // type index of every function
  std::vector<TableType> tables;
  std::vector<MemoryType> memories;
  std::vector<GlobalType> global_types;

  std::vector<Global> globals;   // the module's own, in order
  std::vector<FuncBody> bodies;  // the module's own, in order
  std::vector<Export> exports;
  std::optional<uint32_t> start;
  std::vector<ElementSegment> elements;
  std::optional<uint32_t> data_count;
  std::vector<DataSegment> data;
  std::vector<DataPlace> data_places;
  std::vector<CustomSection> customs;

  // Functions that `ref.func` may name in a body: those that occur outside the
  // bodies (section 3.4.10). One flag for each function.
  std::vector<bool> declared_funcs;

  const FuncType& TypeOfFunc(uint32_t func) const {
    return types[func_types[func]];
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_MODULE_H_
