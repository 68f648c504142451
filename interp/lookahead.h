// Looking ahead in the bytes of a function that is known to be valid, for
// sequences of instructions that compilers emit.

#ifndef GOSHAWK_INTERP_LOOKAHEAD_H_
#define GOSHAWK_INTERP_LOOKAHEAD_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "interp/leb128.h"
#include "interp/wasm_op.h"

namespace goshawk::interp {

// Once something does not match, nothing more does, as if there were no bytes.
class Lookahead {
 public:
  Lookahead(const uint8_t* pos, const uint8_t* end) : pos_(pos), end_(end) {}

  bool ok() const { return pos_ != nullptr; }
  const uint8_t* pos() const { return pos_; }

  template <size_t kSize>
  bool Match(const uint8_t (&bytes)[kSize]) {
    if (MatchIf(bytes)) return true;
    Fail();
    return false;
  }
  bool Match(WasmOp op) {
    const uint8_t bytes[] = {static_cast<uint8_t>(op)};
    return Match(bytes);
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
    const uint8_t bytes[] = {static_cast<uint8_t>(op)};
    return MatchIf(bytes);
  }

  // Numbers; those of more than eight bytes do not match.
  uint64_t Unsigned() { return Leb().bits; }
  int64_t Signed() { return Leb().Signed(); }

 private:
  void Fail() { pos_ = end_ = nullptr; }

  ShortLeb Leb() {
    const auto left =
        static_cast<int>(std::min(end_ - pos_, std::ptrdiff_t{kLebWindow}));
    uint8_t last[kLebWindow] = {};
    const uint8_t* window = pos_;
    if (left < kLebWindow) [[unlikely]] {
      std::copy_n(pos_, left, last);
      window = last;
    }
    const ShortLeb number = ReadShortLeb(window);
    if (number.size > left) {
      Fail();
    } else {
      pos_ += number.size;
    }
    return number;
  }

  const uint8_t* pos_;
  const uint8_t* end_;
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LOOKAHEAD_H_
