#include "fs/sparse_data.h"

#include <algorithm>
#include <cstring>

namespace goshawk::fs {

size_t SparseData::Read(int64_t offset, std::span<std::byte> buffer) const {
  if (offset >= size_) return 0;
  const size_t total = static_cast<size_t>(
      std::min(static_cast<int64_t>(buffer.size()), size_ - offset));
  buffer = buffer.first(total);
  while (!buffer.empty()) {
    const auto at = static_cast<size_t>(offset % kPieceSize);
    const size_t size = std::min(buffer.size(), size_t{kPieceSize} - at);
    const auto found = pieces_.find(offset / kPieceSize);
    size_t copied = 0;
    if (found != pieces_.end() && at < found->second.size()) {
      copied = std::min(size, found->second.size() - at);
      std::memcpy(buffer.data(), found->second.data() + at, copied);
    }
    std::memset(buffer.data() + copied, 0, size - copied);
    buffer = buffer.subspan(size);
    offset += static_cast<int64_t>(size);
  }
  return total;
}

void SparseData::Write(int64_t offset, std::span<const std::byte> data) {
  while (!data.empty()) {
    const auto at = static_cast<size_t>(offset % kPieceSize);
    const size_t size = std::min(data.size(), size_t{kPieceSize} - at);
    Piece& piece = pieces_[offset / kPieceSize];
    if (piece.size() < at + size) {
      allocated_ += static_cast<int64_t>(at + size - piece.size());
      piece.resize(at + size);
    }
    std::memcpy(piece.data() + at, data.data(), size);
    data = data.subspan(size);
    offset += static_cast<int64_t>(size);
    size_ = std::max(size_, offset);
  }
}

int64_t SparseData::GrowthFor(int64_t offset, size_t size) const {
  int64_t growth = 0;
  const int64_t end = offset + static_cast<int64_t>(size);
  while (offset < end) {
    const int64_t at = offset % kPieceSize;
    const int64_t length = std::min(end - offset, kPieceSize - at);
    const auto found = pieces_.find(offset / kPieceSize);
    const int64_t have =
        found == pieces_.end() ? 0 : static_cast<int64_t>(found->second.size());
    growth += std::max<int64_t>(at + length - have, 0);
    offset += length;
  }
  return growth;
}

void SparseData::Resize(int64_t size) {
  // Cut the piece that the new end lies in, and drop what follows.
  auto piece = pieces_.lower_bound(size / kPieceSize);
  if (piece != pieces_.end() && piece->first == size / kPieceSize) {
    const auto keep = static_cast<size_t>(size % kPieceSize);
    if (keep < piece->second.size()) {
      allocated_ -= static_cast<int64_t>(piece->second.size() - keep);
      piece->second.resize(keep);
      piece->second.shrink_to_fit();
    }
    if (keep > 0) ++piece;
  }
  for (auto i = piece; i != pieces_.end(); ++i) {
    allocated_ -= static_cast<int64_t>(i->second.size());
  }
  pieces_.erase(piece, pieces_.end());
  size_ = size;
}

}  // namespace goshawk::fs
