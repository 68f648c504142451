// Looking ahead in the bytes of a function for sequences of instructions that
// compilers emit.

#ifndef GOSHAWK_INTERP_LOOKAHEAD_H_
#define GOSHAWK_INTERP_LOOKAHEAD_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "absl/base/attributes.h"
#include "interp/leb128.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// Once something does not match, nothing more does, as if there were no bytes.
class Lookahead {
 public:
  Lookahead(const uint8_t* pos, const uint8_t* end)
      : pos_(pos), end_(std::max(pos, end)) {}

  bool ok() const { return pos_ != nullptr; }
  const uint8_t* pos() const { return pos_; }

  template <size_t kSize>
  bool Match(const uint8_t (&bytes)[kSize]) {
    if (MatchIf(bytes)) return true;
    Fail();
    return false;
  }
  bool Match(WasmOp op) {
    if (MatchIf(op)) return true;
    Fail();
    return false;
  }
  // Matches if it can; without consequences if not.
  template <size_t kSize>
  bool MatchIf(const uint8_t (&bytes)[kSize]) {
    if (static_cast<size_t>(end_ - pos_) < kSize ||
        std::memcmp(pos_, bytes, kSize) != 0) {
      return false;
    }
    pos_ += kSize;
    return true;
  }
  bool MatchIf(WasmOp op) {
    if (pos_ == end_ || *pos_ != static_cast<uint8_t>(op)) return false;
    ++pos_;
    return true;
  }

  // Numbers. Those that are too large or too long do not match, nor do those
  // of more than eight bytes.
  uint32_t U32() { return Narrow<uint32_t>(Leb(kMost32).bits); }
  int32_t S32() { return Narrow<int32_t>(Leb(kMost32).Signed()); }
  int64_t S64() { return Leb(kLebWindow).Signed(); }

 private:
  static constexpr int kMost32 = 5;  // bytes of a number of 32 bits

  void Fail() { pos_ = end_ = nullptr; }

  template <class Narrower, class Wide>
  Narrower Narrow(Wide number) {
    const auto narrow = static_cast<Narrower>(number);
    if (static_cast<Wide>(narrow) != number) Fail();
    return narrow;
  }

  ShortLeb Leb(int most) {
    const ShortLeb number =
        end_ - pos_ >= kLebWindow ? ReadShortLeb(pos_) : ReadLast(pos_, end_);
    if (number.size > most) {
      Fail();
    } else {
      pos_ += number.size;
    }
    return number;
  }

  // The number at `pos` where a whole window would reach beyond `end`.
  ABSL_ATTRIBUTE_NOINLINE static ShortLeb ReadLast(const uint8_t* pos,
                                                   const uint8_t* end) {
    uint8_t window[kLebWindow];
    std::fill(std::copy(pos, end, window), std::end(window), 0x80);
    return ReadShortLeb(window);
  }

  const uint8_t* pos_;
  const uint8_t* end_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOOKAHEAD_H_
