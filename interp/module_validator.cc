#include "interp/module_validator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "interp/limits.h"
#include "interp/section.h"
#include "interp/status_macros.h"

namespace goshawk::interp {
namespace {

std::string Quoted(std::string_view name) {
  return absl::StrCat(
      "\"",
      absl::Utf8SafeCHexEscape(absl::string_view(name.data(), name.size())),
      "\"");
}

absl::Status Invalid(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

absl::Status Unknown(absl::string_view what, uint32_t index) {
  return Invalid(absl::StrCat("unknown ", what, " ", index));
}

// Puts in front which entry of which section `status` is about.
absl::Status At(SectionId id, size_t entry, const absl::Status& status,
                std::string_view name = {}) {
  std::string where = absl::StrCat("section ", static_cast<int>(id), " (",
                                   Name(id), "), entry ", entry);
  if (!name.empty()) absl::StrAppend(&where, " (", Quoted(name), ")");
  return absl::Status(status.code(),
                      absl::StrCat(where, ": ", status.message()));
}

absl::Status CheckValueType(ValueType type) {
  if (type != ValueType::kV128) return absl::OkStatus();
  return absl::UnimplementedError("needs SIMD (v128)");
}

absl::Status CheckValueTypes(const std::vector<ValueType>& types, size_t limit,
                             absl::string_view what) {
  if (types.size() > limit) {
    return Invalid(absl::StrCat("too many ", what, ": ", types.size(),
                                ", the limit is ", limit));
  }
  for (ValueType type : types) RETURN_IF_ERROR(CheckValueType(type));
  return absl::OkStatus();
}

absl::Status CheckFuncType(const FuncType& type) {
  RETURN_IF_ERROR(CheckValueTypes(type.params, kMaxParams, "parameters"));
  return CheckValueTypes(type.results, kMaxResults, "results");
}

absl::Status CheckLimits(const Limits& limits) {
  if (limits.max && *limits.max < limits.min) {
    return Invalid(absl::StrCat(
        "size minimum must not be greater than maximum: ", limits.min, " > ",
        *limits.max));
  }
  return absl::OkStatus();
}

absl::Status CheckTableType(const TableType& type) {
  return CheckLimits(type.limits);
}

absl::Status CheckMemoryType(const MemoryType& type) {
  uint32_t largest = std::max(type.limits.min, type.limits.max.value_or(0));
  if (largest > kMaxPages) {
    return Invalid(absl::StrCat("memory size must be at most ", kMaxPages,
                                " pages (4 GiB), found ", largest));
  }
  return CheckLimits(type.limits);
}

class ModuleValidator {
 public:
  explicit ModuleValidator(const Module& module) : module_(module) {}

  absl::Status Run() const;

 private:
  absl::Status CheckImports() const;
  absl::Status CheckExports() const;
  absl::Status CheckStart() const;

  absl::Status CheckImport(const Import& import) const;
  absl::Status CheckExport(const Export& item) const;
  absl::Status CheckGlobal(const Global& global) const;
  absl::Status CheckElements(const ElementSegment& segment) const;
  absl::Status CheckData(const DataSegment& segment) const;

  absl::Status CheckTypeIndex(uint32_t type) const;
  // `expr` must be constant and of type `type`.
  absl::Status CheckExpr(const ConstExpr& expr, ValueType type) const;

  const Module& module_;
};

// Checks each of the last `count` entries of `list`, those of the section
// itself; the ones before come from imports.
template <typename List, typename Function>
absl::Status CheckAll(SectionId id, const List& list, size_t count,
                      Function check) {
  size_t first = list.size() - count;
  for (size_t i = 0; i < count; ++i) {
    absl::Status status = check(list[first + i]);
    if (!status.ok()) return At(id, i, status);
  }
  return absl::OkStatus();
}

template <typename List, typename Function>
absl::Status CheckAll(SectionId id, const List& list, Function check) {
  return CheckAll(id, list, list.size(), check);
}

absl::Status ModuleValidator::Run() const {
  const Module& m = module_;
  auto count_imported = [&m](ExternKind kind) {
    return std::count_if(m.imports.begin(), m.imports.end(),
                         [&](const Import& i) { return i.kind == kind; });
  };
  size_t own_tables = m.tables.size() - count_imported(ExternKind::kTable);
  size_t own_memories = m.memories.size() - count_imported(ExternKind::kMemory);

  RETURN_IF_ERROR(CheckAll(SectionId::kType, m.types, CheckFuncType));
  RETURN_IF_ERROR(CheckImports());
  RETURN_IF_ERROR(
      CheckAll(SectionId::kFunction, m.func_types, m.bodies.size(),
               [this](uint32_t type) { return CheckTypeIndex(type); }));
  RETURN_IF_ERROR(
      CheckAll(SectionId::kTable, m.tables, own_tables, CheckTableType));
  RETURN_IF_ERROR(
      CheckAll(SectionId::kMemory, m.memories, own_memories, CheckMemoryType));
  if (m.memories.size() > 1) {
    return absl::UnimplementedError(absl::StrCat(
        "needs multiple memories: the module has ", m.memories.size()));
  }
  RETURN_IF_ERROR(
      CheckAll(SectionId::kGlobal, m.globals,
               [this](const Global& global) { return CheckGlobal(global); }));
  RETURN_IF_ERROR(CheckExports());
  RETURN_IF_ERROR(CheckStart());
  RETURN_IF_ERROR(CheckAll(SectionId::kElement, m.elements,
                           [this](const ElementSegment& segment) {
                             return CheckElements(segment);
                           }));
  return CheckAll(SectionId::kData, m.data, [this](const DataSegment& segment) {
    return CheckData(segment);
  });
}

absl::Status ModuleValidator::CheckImports() const {
  for (size_t i = 0; i < module_.imports.size(); ++i) {
    const Import& import = module_.imports[i];
    absl::Status status = CheckImport(import);
    if (!status.ok()) return At(SectionId::kImport, i, status, import.name);
  }
  return absl::OkStatus();
}

absl::Status ModuleValidator::CheckImport(const Import& import) const {
  switch (import.kind) {
    case ExternKind::kFunc:
      return CheckTypeIndex(import.type_index);
    case ExternKind::kTable:
      return CheckTableType(import.table);
    case ExternKind::kMemory:
      return CheckMemoryType(import.memory);
    case ExternKind::kGlobal:
      return CheckValueType(import.global.value);
  }
  return absl::OkStatus();
}

absl::Status ModuleValidator::CheckExports() const {
  std::set<std::string_view> names;
  for (size_t i = 0; i < module_.exports.size(); ++i) {
    const Export& item = module_.exports[i];
    absl::Status status = CheckExport(item);
    if (status.ok() && !names.insert(item.name).second) {
      status = Invalid("duplicate export name");
    }
    if (!status.ok()) return At(SectionId::kExport, i, status, item.name);
  }
  return absl::OkStatus();
}

absl::Status ModuleValidator::CheckExport(const Export& item) const {
  auto check = [&](size_t count, absl::string_view what) {
    return item.index < count ? absl::OkStatus() : Unknown(what, item.index);
  };
  switch (item.kind) {
    case ExternKind::kFunc:
      return check(module_.func_types.size(), "function");
    case ExternKind::kTable:
      return check(module_.tables.size(), "table");
    case ExternKind::kMemory:
      return check(module_.memories.size(), "memory");
    case ExternKind::kGlobal:
      return check(module_.global_types.size(), "global");
  }
  return absl::OkStatus();
}

absl::Status ModuleValidator::CheckStart() const {
  if (!module_.start) return absl::OkStatus();
  absl::Status status;
  if (*module_.start >= module_.func_types.size()) {
    status = Unknown("function", *module_.start);
  } else {
    const FuncType& type = module_.TypeOfFunc(*module_.start);
    if (!type.params.empty() || !type.results.empty()) {
      status = Invalid("the start function must take and return nothing");
    }
  }
  return status.ok() ? status : At(SectionId::kStart, 0, status);
}

absl::Status ModuleValidator::CheckGlobal(const Global& global) const {
  RETURN_IF_ERROR(CheckValueType(global.type.value));
  return CheckExpr(global.init, global.type.value);
}

absl::Status ModuleValidator::CheckElements(
    const ElementSegment& segment) const {
  if (segment.mode == SegmentMode::kActive) {
    if (segment.table >= module_.tables.size()) {
      return Unknown("table", segment.table);
    }
    ValueType type = module_.tables[segment.table].element;
    if (type != segment.type) {
      return Invalid(absl::StrCat("type mismatch: elements are ",
                                  Name(segment.type), ", the table holds ",
                                  Name(type)));
    }
    RETURN_IF_ERROR(CheckExpr(segment.offset, ValueType::kI32));
  }
  for (const ConstExpr& element : segment.elements) {
    RETURN_IF_ERROR(CheckExpr(element, segment.type));
  }
  return absl::OkStatus();
}

absl::Status ModuleValidator::CheckData(const DataSegment& segment) const {
  if (segment.mode != SegmentMode::kActive) return absl::OkStatus();
  constexpr DataPlace kInMemory0;
  const DataPlace& place =
      segment.has_address ? kInMemory0 : module_.data_places[segment.place];
  if (place.memory >= module_.memories.size()) {
    return Unknown("memory", place.memory);
  }
  return CheckExpr(place.offset, ValueType::kI32);
}

absl::Status ModuleValidator::CheckTypeIndex(uint32_t type) const {
  if (type < module_.types.size()) return absl::OkStatus();
  return Unknown("type", type);
}

absl::Status ModuleValidator::CheckExpr(const ConstExpr& expr,
                                        ValueType type) const {
  ValueType found = expr.type;
  switch (expr.kind) {
    case ConstExpr::Kind::kConst:
    case ConstExpr::Kind::kRefNull:
      break;
    case ConstExpr::Kind::kGlobalGet:
      // Section 3.4.10: the module's own globals are not in scope.
      if (expr.index >= module_.imported_globals) {
        return Unknown("imported global", expr.index);
      }
      if (module_.global_types[expr.index].is_mutable) {
        return Invalid(absl::StrCat("constant expression required: global ",
                                    expr.index, " is mutable"));
      }
      found = module_.global_types[expr.index].value;
      break;
    case ConstExpr::Kind::kRefFunc:
      if (expr.index >= module_.func_types.size()) {
        return Unknown("function", expr.index);
      }
      break;
  }
  if (found == type) return absl::OkStatus();
  return Invalid(absl::StrCat("type mismatch: constant expression of type ",
                              Name(found), " instead of ", Name(type)));
}

}  // namespace

absl::Status ValidateModule(const Module& module) {
  return ModuleValidator(module).Run();
}

}  // namespace goshawk::interp
