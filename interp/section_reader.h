// What the sections of a module have in common: names, types, limits, constant
// expressions, lengths of vectors (WebAssembly 2.0, sections 5.1 to 5.4), and
// errors that say in which section and where.
//
// Every function returns the value or the error, INVALID_ARGUMENT for malformed
// bytes and UNIMPLEMENTED for features of later versions.

#ifndef GOSHAWK_INTERP_SECTION_READER_H_
#define GOSHAWK_INTERP_SECTION_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "interp/byte_reader.h"
#include "interp/module.h"

namespace goshawk::interp {

// "0x7f"
std::string HexByte(uint8_t byte);

class SectionReader {
 public:
  explicit SectionReader(Bytes bytes) : reader(bytes) {}

  // Which section errors name; ends with ": " if it is not empty.
  void set_where(std::string where) { where_ = std::move(where); }

  // Reads the length of a vector of which each item has at least `item_bytes`
  // bytes: what cannot be there is refused before anything is allocated.
  absl::StatusOr<uint32_t> Count(size_t item_bytes);

  absl::StatusOr<std::string_view> Name();
  absl::Status Types(std::vector<ValueType>& types);
  absl::StatusOr<ValueType> AnyType();
  absl::StatusOr<ValueType> RefType();
  absl::StatusOr<Limits> ReadLimits();
  absl::StatusOr<TableType> ReadTableType();
  absl::StatusOr<GlobalType> ReadGlobalType();
  absl::StatusOr<ConstExpr> ReadConstExpr();

  // An error found at `offset` of the module.
  absl::Status Malformed(absl::string_view what, size_t offset) const;
  absl::Status Unsupported(absl::string_view what, size_t offset) const;
  // The reader's error, if it has one.
  absl::Status status() const;

  // Of the whole module, then of one section after the other.
  ByteReader reader;

 private:
  absl::Status Error(absl::StatusCode code, absl::string_view what,
                     size_t offset) const;

  std::string where_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_SECTION_READER_H_
