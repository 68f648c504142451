// Archives as bytes, good ones and such as no tool would make.

#ifndef GOSHAWK_TESTS_FS_ARCHIVES_H_
#define GOSHAWK_TESTS_FS_ARCHIVES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goshawk::fs::testing {

// An entry, its type as tar has it: '0' a file, '1' a hard link, '2' a link,
// '3' a device, '5' a directory, '6' a FIFO.
struct Entry {
  std::string name;
  char type = '0';
  std::string text;  // contents, or where a link leads
  uint32_t mode = 0644;
  int64_t mtime = 0;
  int64_t size = -1;  // what it says; -1: the truth
};

std::string Tar(const std::vector<Entry>& entries);
std::string Zip(const std::vector<Entry>& entries);

// `text` as gzip, though not smaller.
std::string Gzip(std::string_view text);

}  // namespace goshawk::fs::testing

#endif  // GOSHAWK_TESTS_FS_ARCHIVES_H_
