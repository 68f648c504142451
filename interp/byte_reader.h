// A bounds-checked cursor over the bytes of a module, with WebAssembly's
// numbers (section 5.2): LEB128 with its limits of length, in any encoding
// within them, minimal or not (Go's linker pads section sizes to five bytes and
// writes function indices as if they were signed).
//
// The first failure sticks: the reader notes what and where it was and moves to
// the end, and from then on everything reads as zero. So a caller may read a
// whole group of fields and look at ok() once, as long as it uses nothing of
// what was read before it looked. Loops must ask ok().
//
// Everything is inline, and slow paths take and return plain values, so that a
// local reader lives in machine registers.

#ifndef GOSHAWK_INTERP_BYTE_READER_H_
#define GOSHAWK_INTERP_BYTE_READER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "absl/base/attributes.h"
#include "absl/base/optimization.h"
#include "absl/types/span.h"
#include "interp/leb128.h"

namespace goshawk::interp {

enum class ReadError : uint8_t {
  kNone,
  kUnexpectedEnd,
  kIntegerTooLong,   // more bytes than numbers of that size may have
  kIntegerTooLarge,  // the last byte has bits that do not fit
};

constexpr const char* Message(ReadError error) {
  switch (error) {
    case ReadError::kNone:
      return "no error";
    case ReadError::kUnexpectedEnd:
      return "unexpected end";
    case ReadError::kIntegerTooLong:
      return "integer representation too long";
    case ReadError::kIntegerTooLarge:
      return "integer too large";
  }
  return "?";
}

class ByteReader {
 public:
  // Reads `bytes`; offsets count from its start.
  explicit ByteReader(absl::Span<const uint8_t> bytes)
      : ByteReader(bytes, 0, bytes.size()) {}

  // Reads bytes[offset, offset + size); offsets count from the start of
  // `bytes`. REQUIRES: the part lies inside `bytes`.
  ByteReader(absl::Span<const uint8_t> bytes, size_t offset, size_t size)
      : base_(bytes.data()),
        pos_(bytes.data() + offset),
        end_(bytes.data() + offset + size) {}

  bool ok() const { return error_ == ReadError::kNone; }
  ReadError error() const { return error_; }
  // Where the number or bytes that could not be read began.
  size_t error_offset() const { return error_offset_; }

  size_t offset() const { return static_cast<size_t>(pos_ - base_); }
  size_t remaining() const { return static_cast<size_t>(end_ - pos_); }
  bool AtEnd() const { return pos_ == end_; }

  uint8_t Byte() {
    if (ABSL_PREDICT_FALSE(pos_ == end_)) {
      Fail(ReadError::kUnexpectedEnd);
      return 0;
    }
    return *pos_++;
  }

  // The next byte, which stays unread; 0 at the end.
  uint8_t Peek() const { return pos_ == end_ ? 0 : *pos_; }

  uint32_t VarU32() { return static_cast<uint32_t>(Leb<uint32_t, 32>()); }
  int32_t VarS32() { return static_cast<int32_t>(Leb<int32_t, 32>()); }
  int64_t VarS33() { return static_cast<int64_t>(Leb<int64_t, 33>()); }
  int64_t VarS64() { return static_cast<int64_t>(Leb<int64_t, 64>()); }

  // Little-endian numbers: bits of floats, the header's words.
  uint32_t U32() { return Fixed<uint32_t>(); }
  uint64_t U64() { return Fixed<uint64_t>(); }

  // The next `size` bytes; empty on failure.
  absl::Span<const uint8_t> Take(size_t size) {
    if (ABSL_PREDICT_FALSE(size > remaining())) {
      Fail(ReadError::kUnexpectedEnd);
      return {};
    }
    absl::Span<const uint8_t> taken(pos_, size);
    pos_ += size;
    return taken;
  }

  void Skip(size_t size) { Take(size); }

  // Skips these bytes if they come next; false if others do.
  template <size_t kSize>
  bool SkipIf(const uint8_t (&bytes)[kSize]) {
    if (remaining() < kSize || std::memcmp(pos_, bytes, kSize) != 0) {
      return false;
    }
    pos_ += kSize;
    return true;
  }

 private:
  struct LebResult {
    uint64_t value;      // or a ReadError
    const uint8_t* pos;  // after the number; null on failure
  };

  // T says whether the number is signed, kBits how large it may be.
  template <typename T, int kBits>
  uint64_t Leb() {
    if (ABSL_PREDICT_TRUE(pos_ != end_ && *pos_ < 0x80)) {
      uint8_t byte = *pos_++;
      if constexpr (std::is_signed_v<T>) {
        return static_cast<uint64_t>(static_cast<int64_t>(byte << 25 >> 25));
      }
      return byte;
    }
    LebResult result = LongLeb<T, kBits>(pos_, end_);
    if (ABSL_PREDICT_FALSE(result.pos == nullptr)) {
      Fail(static_cast<ReadError>(result.value));
      return 0;
    }
    pos_ = result.pos;
    return result.value;
  }

  template <typename T, int kBits>
  ABSL_ATTRIBUTE_NOINLINE static LebResult LongLeb(const uint8_t* pos,
                                                   const uint8_t* end) {
    constexpr int kMaxBytes = (kBits + 6) / 7;
    // Bits of the last possible byte that belong to the number.
    constexpr int kLastBits = kBits - 7 * (kMaxBytes - 1);
    if (end - pos >= kLebWindow) {
      const ShortLeb number = ReadShortLeb(pos);
      // Shorter ones than the longest there can be are always right.
      if (number.size < kMaxBytes && number.size <= kLebWindow) {
        return {std::is_signed_v<T> ? static_cast<uint64_t>(number.Signed())
                                    : number.bits,
                pos + number.size};
      }
    }
    uint64_t value = 0;
    for (int i = 0; i < kMaxBytes; ++i) {
      if (pos == end) return Failure(ReadError::kUnexpectedEnd);
      uint8_t byte = *pos++;
      value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
      if (i == kMaxBytes - 1) {
        if (byte & 0x80) return Failure(ReadError::kIntegerTooLong);
        // What is left of the byte must repeat the sign, or be zero.
        constexpr int kSignBits = std::is_signed_v<T> ? 1 : 0;
        int rest = byte >> (kLastBits - kSignBits);
        int ones = 0x7f >> (kLastBits - kSignBits);
        if (rest != 0 && (kSignBits == 0 || rest != ones)) {
          return Failure(ReadError::kIntegerTooLarge);
        }
      }
      if (!(byte & 0x80)) {
        int unused = 64 - 7 * (i + 1);
        if (std::is_signed_v<T> && unused > 0) {
          value = static_cast<uint64_t>(static_cast<int64_t>(value << unused) >>
                                        unused);
        }
        return {value, pos};
      }
    }
    return Failure(ReadError::kIntegerTooLong);
  }

  static LebResult Failure(ReadError error) {
    return {static_cast<uint64_t>(error), nullptr};
  }

  template <typename T>
  T Fixed() {
    static_assert(std::endian::native == std::endian::little);
    if (ABSL_PREDICT_FALSE(remaining() < sizeof(T))) {
      Fail(ReadError::kUnexpectedEnd);
      return 0;
    }
    T value;
    std::memcpy(&value, pos_, sizeof(T));
    pos_ += sizeof(T);
    return value;
  }

  void Fail(ReadError error) {
    if (error_ == ReadError::kNone) {
      error_ = error;
      error_offset_ = offset();
    }
    pos_ = end_;
  }

  const uint8_t* base_;
  const uint8_t* pos_;
  const uint8_t* end_;
  size_t error_offset_ = 0;
  ReadError error_ = ReadError::kNone;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_BYTE_READER_H_
