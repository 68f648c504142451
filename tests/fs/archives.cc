#include "tests/fs/archives.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace goshawk::fs::testing {
namespace {

constexpr size_t kBlock = 512;

uint32_t Crc32(std::string_view text) {
  uint32_t crc = ~0u;
  for (const char c : text) {
    crc ^= static_cast<uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
    }
  }
  return ~crc;
}

// `value` in `size` bytes, the lowest first.
std::string Little(uint64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) {
    bytes += static_cast<char>(value >> (8 * i));
  }
  return bytes;
}

// A number of tar: octal digits, or, where they do not suffice, binary.
std::string Number(int64_t value, size_t size) {
  std::string field(size, '\0');
  if (value >= 0 && value < int64_t{1} << (3 * (size - 1))) {
    for (size_t i = size - 1; i-- > 0; value >>= 3) {
      field[i] = static_cast<char>('0' + (value & 7));
    }
    return field;
  }
  for (size_t i = size; i-- > 0; value >>= 8) {
    field[i] = static_cast<char>(value);
  }
  field[0] = static_cast<char>(value < 0 ? 0xff : 0x80);
  return field;
}

std::string Padded(std::string text, size_t size) {
  text.resize(size, '\0');
  return text;
}

std::string Header(const Entry& entry, std::string_view name, char type,
                   int64_t size, std::string_view link) {
  std::string header = Padded(std::string(name), 100);
  header += Number(entry.mode, 8) + Number(7, 8) + Number(8, 8);
  header += Number(size, 12) + Number(entry.mtime, 12);
  header += std::string(8, ' ') + type + Padded(std::string(link), 100);
  header += std::string("ustar\0", 6) + "00";
  header = Padded(header, kBlock);
  int64_t sum = 0;
  for (const char c : header) sum += static_cast<uint8_t>(c);
  header.replace(148, 7, Number(sum, 7));
  return header;
}

std::string Blocks(const std::string& text) {
  return Padded(text, (text.size() + kBlock - 1) / kBlock * kBlock);
}

}  // namespace

std::string Tar(const std::vector<Entry>& entries) {
  std::string tar;
  // An entry of GNU tar's, with a name or target for the next.
  const auto add_long = [&](char type, const std::string& name) {
    if (name.size() <= 99) return;
    tar += Header({}, "././@LongLink", type,
                  static_cast<int64_t>(name.size()) + 1, "");
    tar += Blocks(name + '\0');
  };
  for (const Entry& entry : entries) {
    const bool is_link = entry.type == '1' || entry.type == '2';
    add_long('L', entry.name);
    if (is_link) add_long('K', entry.text);
    const std::string text = is_link ? "" : entry.text;
    const int64_t size =
        entry.size < 0 ? static_cast<int64_t>(text.size()) : entry.size;
    tar += Header(entry, entry.name.substr(0, 99), entry.type, size,
                  is_link ? entry.text.substr(0, 99) : "");
    tar += Blocks(text);
  }
  return tar + std::string(2 * kBlock, '\0');
}

std::string Zip(const std::vector<Entry>& entries) {
  std::string zip;
  std::string directory;
  for (const Entry& entry : entries) {
    const uint32_t type = entry.type == '5'   ? 0040000
                          : entry.type == '2' ? 0120000
                                              : 0100000;
    const uint64_t size =
        entry.size < 0 ? entry.text.size() : static_cast<uint64_t>(entry.size);
    // Stored, at the start of 1980.
    const std::string common =
        Little(20, 2) + Little(0x800, 2) + Little(0, 2) + Little(0, 2) +
        Little(0x21, 2) + Little(Crc32(entry.text), 4) + Little(size, 4) +
        Little(size, 4) + Little(entry.name.size(), 2) + Little(0, 2);
    directory += "PK\1\2" + Little(0x31e, 2) + common + Little(0, 6) +
                 Little(uint64_t{type | entry.mode} << 16, 4) +
                 Little(zip.size(), 4) + entry.name;
    zip += "PK\3\4" + common + entry.name + entry.text;
  }
  const size_t start = zip.size();
  return zip + directory + "PK\5\6" + Little(0, 4) + Little(entries.size(), 2) +
         Little(entries.size(), 2) + Little(directory.size(), 4) +
         Little(start, 4) + Little(0, 2);
}

std::string Gzip(std::string_view text) {
  std::string gzip("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  std::string_view rest = text;
  do {
    const size_t size = std::min<size_t>(rest.size(), 0xffff);
    gzip += static_cast<char>(size == rest.size() ? 1 : 0);
    gzip += Little(size, 2) + Little(~size, 2);
    gzip += rest.substr(0, size);
    rest.remove_prefix(size);
  } while (!rest.empty());
  return gzip + Little(Crc32(text), 4) + Little(text.size(), 4);
}

}  // namespace goshawk::fs::testing
