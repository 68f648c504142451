#include "fs/errno.h"

#include <errno.h>

#include <cstddef>
#include <iterator>

namespace goshawk::fs {
namespace {

constexpr int kNoHostErrno = -1;

struct Row {
  std::string_view name;
  int number;
  int host;
  std::string_view message;
};

// Indexed by Errno.
constexpr Row kRows[] = {
    {"OK", 0, 0, "success"},
#define ERRNO(enumerator, code, number, host, message) \
  {code, number, host, message},
#include "fs/errno.def"
#undef ERRNO
};

static_assert(std::size(kRows) == kErrnoCount + 1);

const Row& RowOf(Errno error) { return kRows[static_cast<size_t>(error)]; }

// Host values are small, so that the conversion is one look-up. The table is
// filled backwards: the first of several rows with the same value stays.
constexpr int kHostLimit = 256;

struct HostTable {
  Errno errors[kHostLimit] = {};
};

constexpr HostTable MakeHostTable() {
  HostTable table;
  for (Errno& error : table.errors) error = Errno::kIo;
  for (size_t i = std::size(kRows); i-- > 0;) {
    if (kRows[i].host == kNoHostErrno) continue;
    table.errors[kRows[i].host] = static_cast<Errno>(i);
  }
  // A running executable is busy; Go has no ETXTBSY.
  table.errors[ETXTBSY] = Errno::kBusy;
  return table;
}

constexpr HostTable kHostTable = MakeHostTable();

}  // namespace

Errno FromHost(int host) {
  if (host < 0 || host >= kHostLimit) return Errno::kIo;
  return kHostTable.errors[host];
}

std::optional<int> ToHost(Errno error) {
  const int host = RowOf(error).host;
  if (host == kNoHostErrno) return std::nullopt;
  return host;
}

std::string_view Name(Errno error) { return RowOf(error).name; }

int Number(Errno error) { return RowOf(error).number; }

std::string_view Message(Errno error) { return RowOf(error).message; }

std::optional<Errno> FromName(std::string_view name) {
  for (size_t i = 1; i < std::size(kRows); ++i) {
    if (kRows[i].name == name) return static_cast<Errno>(i);
  }
  return std::nullopt;
}

}  // namespace goshawk::fs
