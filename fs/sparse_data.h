// The contents of a file in memory: bytes, of which those never written take
// no room and read as zeros. Private to the memory backend.

#ifndef GOSHAWK_FS_SPARSE_DATA_H_
#define GOSHAWK_FS_SPARSE_DATA_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace goshawk::fs {

class SparseData {
 public:
  int64_t size() const { return size_; }

  // Bytes of memory that hold contents.
  int64_t allocated() const { return allocated_; }

  // Copies what lies at `offset` into `buffer`; returns how many bytes, fewer
  // than asked for only at the end. REQUIRES: offset >= 0.
  size_t Read(int64_t offset, std::span<std::byte> buffer) const;

  // Puts `data` at `offset`, growing the file if need be.
  // REQUIRES: offset >= 0, and the sum fits.
  void Write(int64_t offset, std::span<const std::byte> data);

  // How much allocated() could grow at most by writing `size` bytes there.
  int64_t GrowthFor(int64_t offset, size_t size) const;

  // Makes the file `size` bytes long. REQUIRES: size >= 0.
  void Resize(int64_t size);

 private:
  // Pieces at multiples of kPieceSize. Each is as long as what was written to
  // it, so that a small file takes little.
  static constexpr int64_t kPieceSize = 64 << 10;
  using Piece = std::vector<std::byte>;

  std::map<int64_t, Piece> pieces_;  // by offset / kPieceSize
  int64_t size_ = 0;
  int64_t allocated_ = 0;
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_SPARSE_DATA_H_
