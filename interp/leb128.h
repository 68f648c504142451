// LEB128 numbers (section 5.2.2) of up to eight bytes, read all at once: how
// long a number is cannot be predicted, so a loop over its bytes costs more
// than the rest of what is done with an instruction.

#ifndef GOSHAWK_INTERP_LEB128_H_
#define GOSHAWK_INTERP_LEB128_H_

#include <bit>
#include <cstdint>
#include <cstring>

namespace goshawk::interp {

// How many bytes there must be to read at the number.
inline constexpr int kLebWindow = 8;
// A number of so many bytes fits 32 bits, whatever it is.
inline constexpr int kSurely32 = 4;

struct ShortLeb {
  uint64_t bits;  // bit 7 of each byte and what follows the number are gone
  int size;       // in bytes

  int64_t Signed() const {
    const int unused = 64 - 7 * size;
    return static_cast<int64_t>(bits << unused) >> unused;
  }
};

// The number at `pos`. If it has more than eight bytes its size is 9 and its
// bits mean nothing.
inline ShortLeb ReadShortLeb(const uint8_t* pos) {
  static_assert(std::endian::native == std::endian::little);
  uint64_t word;
  std::memcpy(&word, pos, sizeof(word));
  const int size = std::countr_zero(~word & 0x8080808080808080) / 8 + 1;
  // Seven bits of each byte, then pairs, fours and eights of them close up.
  word &= UINT64_MAX >> ((64 - 8 * size) & 63);
  word = (word & 0x007f007f007f007f) | (word & 0x7f007f007f007f00) >> 1;
  word = (word & 0x00003fff00003fff) | (word & 0x3fff00003fff0000) >> 2;
  word = (word & 0x000000000fffffff) | (word & 0x0fffffff00000000) >> 4;
  return {word, size};
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LEB128_H_
