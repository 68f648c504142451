#include "fs/archive_contents.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace goshawk::fs {

Result<size_t> ArchiveContents::Read(int entry, int64_t offset,
                                     std::span<std::byte> buffer) {
  const int64_t left = SizeOf(entry) - offset;
  if (left <= 0) return size_t{0};
  buffer = buffer.first(std::min(buffer.size(), static_cast<size_t>(left)));
  size_t done = 0;
  while (done < buffer.size()) {
    const int64_t at = offset + static_cast<int64_t>(done);
    Result<const std::vector<std::byte>*> piece =
        Find({entry, at / kPieceSize});
    const auto skip = static_cast<size_t>(at % kPieceSize);
    if (!piece.ok() || (*piece)->size() <= skip) {
      if (done > 0) return done;  // the next call meets the error again
      return piece.ok() ? Errno::kIo : piece.error();
    }
    const size_t count =
        std::min(buffer.size() - done, (*piece)->size() - skip);
    std::memcpy(buffer.data() + done, (*piece)->data() + skip, count);
    done += count;
  }
  return done;
}

Result<const std::vector<std::byte>*> ArchiveContents::Find(Key key) {
  auto found = index_.find(key);
  if (found == index_.end()) {
    if (Errno error = Load(key); error != Errno::kOk) return error;
    found = index_.find(key);
    if (found == index_.end()) return Errno::kIo;
  }
  pieces_.splice(pieces_.begin(), pieces_, found->second);
  return &pieces_.front().bytes;
}

Errno ArchiveContents::Load(Key key) {
  // The reader that has come closest, if none has gone too far another one.
  const auto place = [](const ArchiveReader& reader) {
    return std::pair(reader.entry(), reader.offset());
  };
  const std::pair target(key.first, key.second * kPieceSize);
  auto best = readers_.end();
  for (auto it = readers_.begin(); it != readers_.end(); ++it) {
    if (place(**it) > target) continue;
    if (best == readers_.end() || place(**it) > place(**best)) best = it;
  }
  if (best == readers_.end()) {
    Result<std::unique_ptr<ArchiveReader>> opened =
        ArchiveReader::Open(file_.get());
    if (!opened.ok()) return opened.error();
    if (readers_.size() == kMaxReaders) readers_.pop_back();
    readers_.push_front(*std::move(opened));
  } else {
    readers_.splice(readers_.begin(), readers_, best);
  }
  const Errno error = ReadTo(*readers_.front(), key);
  if (error != Errno::kOk) readers_.pop_front();
  return error;
}

Errno ArchiveContents::ReadTo(ArchiveReader& reader, Key key) {
  while (reader.entry() < key.first) {
    Result<std::optional<ArchiveEntry>> entry = reader.Next();
    if (!entry.ok()) return entry.error();
    // What is no longer there was there when the entries were listed.
    if (!entry->has_value()) return Errno::kIo;
    const int number = reader.entry();
    if (number < key.first && reader.compressed() && SizeOf(number) > 0 &&
        SizeOf(number) <= kPieceSize) {
      if (Errno error = ReadPiece(reader); error != Errno::kOk) return error;
    }
  }
  while (reader.offset() <= key.second * kPieceSize) {
    const int64_t before = reader.offset();
    if (Errno error = ReadPiece(reader); error != Errno::kOk) return error;
    if (reader.offset() == before) break;  // shorter than it says
  }
  return Errno::kOk;
}

Errno ArchiveContents::ReadPiece(ArchiveReader& reader) {
  const Key key = {reader.entry(), reader.offset() / kPieceSize};
  const int64_t want =
      std::min(kPieceSize, SizeOf(key.first) - reader.offset());
  std::vector<std::byte> bytes(static_cast<size_t>(std::max<int64_t>(want, 0)));
  size_t done = 0;
  while (done < bytes.size()) {
    Result<size_t> count = reader.Read(std::span(bytes).subspan(done));
    if (!count.ok()) return count.error();
    if (*count == 0) break;
    done += *count;
  }
  bytes.resize(done);
  Keep(key, std::move(bytes));
  return Errno::kOk;
}

void ArchiveContents::Keep(Key key, std::vector<std::byte> bytes) {
  if (index_.find(key) != index_.end()) return;
  used_bytes_ += static_cast<int64_t>(bytes.size());
  pieces_.push_front({key, std::move(bytes)});
  index_[key] = pieces_.begin();
  while (used_bytes_ > cache_bytes_ && pieces_.size() > 1) {
    used_bytes_ -= static_cast<int64_t>(pieces_.back().bytes.size());
    index_.erase(pieces_.back().key);
    pieces_.pop_back();
  }
}

}  // namespace goshawk::fs
