#include "gojs/repeatable.h"

#include <algorithm>

namespace goshawk::gojs {

void SeededRandom::Fill(std::span<uint8_t> bytes) {
  for (uint8_t& byte : bytes) {
    if (left_ == 0) {
      uint64_t z = state_ += 0x9e3779b97f4a7c15;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
      z = (z ^ z >> 27) * 0x94d049bb133111eb;
      word_ = z ^ z >> 31;
      left_ = sizeof(word_);
    }
    byte = static_cast<uint8_t>(word_);
    word_ >>= 8;
    --left_;
  }
}

bool FixedClock::SkipTo(int64_t deadline) {
  now_ = std::max(now_, deadline);
  return true;
}

}  // namespace goshawk::gojs
