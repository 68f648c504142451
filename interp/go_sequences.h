// Sequences of instructions by which Go's compiler calls, returns and moves the
// stack pointer (cmd/compile/internal/wasm/ssa.go, cmd/internal/obj/wasm), as
// bytes. A sequence that ends in a number which varies stops before that.

#ifndef GOSHAWK_INTERP_GO_SEQUENCES_H_
#define GOSHAWK_INTERP_GO_SEQUENCES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "interp/leb128.h"

namespace goshawk::interp {

// global.get 0, local.set 1
inline constexpr uint8_t kGoReload[] = {0x23, 0x00, 0x21, 0x01};
// local.get 1, i32.const 8, i32.sub, local.tee 1, global.set 0, local.get 1,
// i64.const ...
inline constexpr uint8_t kGoCallStart[] = {0x20, 0x01, 0x41, 0x08, 0x6b, 0x22,
                                           0x01, 0x24, 0x00, 0x20, 0x01, 0x42};
// i64.load align=8 offset=...
inline constexpr uint8_t kGoLoad[] = {0x29, 0x03};
// i64.store align=8 offset=...
inline constexpr uint8_t kGoStore[] = {0x37, 0x03};
// i32.const 0, call ...
inline constexpr uint8_t kGoDirectCall[] = {0x41, 0x00, 0x10};
// i64.const 16, i64.shr_u, i32.wrap_i64
inline constexpr uint8_t kGoWideIndex[] = {0x42, 0x10, 0x88, 0xa7};
// i32.wrap_i64, i32.const 16, i32.shr_u
inline constexpr uint8_t kGoNarrowIndex[] = {0xa7, 0x41, 0x10, 0x76};
// local.set 0, i32.const 0, local.get 0, call_indirect ...
inline constexpr uint8_t kGoIndirectCall[] = {0x21, 0x00, 0x41, 0x00,
                                              0x20, 0x00, 0x11};
// local.get 1, global.get 2, i32.wrap_i64, i32.load offset=16
inline constexpr uint8_t kGoStackCheck[] = {0x20, 0x01, 0x23, 0x02,
                                            0xa7, 0x28, 0x02, 0x10};
// i32.le_u, if
inline constexpr uint8_t kGoCheckIf[] = {0x4d, 0x04, 0x40};
// local.set 0
inline constexpr uint8_t kGoSetTarget[] = {0x21, 0x00};
// local.tee 1, global.set 0
inline constexpr uint8_t kGoSetSp[] = {0x22, 0x01, 0x24, 0x00};
// local.get 1, i32.const ...
inline constexpr uint8_t kGoSpPlus[] = {0x20, 0x01, 0x41};
// local.get 1
inline constexpr uint8_t kGoSp[] = {0x20, 0x01};
// i64.extend_i32_u, i64.const ...
inline constexpr uint8_t kGoExtendedPlus[] = {0xad, 0x42};
// local.get 1, i64.extend_i32_u, i64.const ...
inline constexpr uint8_t kGoExtendedSpPlus[] = {0x20, 0x01, 0xad, 0x42};
// i64.add, i32.wrap_i64
inline constexpr uint8_t kGoAddAndWrap[] = {0x7c, 0xa7};
// end, i32.const 1, end: how a function with calls ends
inline constexpr uint8_t kGoUnwindExit[] = {0x0b, 0x41, 0x01, 0x0b};

// i64.store align=8 offset=0, i32.const 0, call ...
inline constexpr uint8_t kGoStoreAndCall[] = {0x37, 0x03, 0x00,
                                              0x41, 0x00, 0x10};
// global.get 0, local.set 1, br_if ...
inline constexpr uint8_t kGoReloadAndBranch[] = {0x23, 0x00, 0x21, 0x01, 0x0d};

// The whole sequence of a direct call, by far the most frequent:
// kGoCallStart return_address, kGoStoreAndCall func, kGoReloadAndBranch depth
struct GoDirectCall {
  ShortLeb return_address, func, depth;
  const uint8_t* after;  // the byte after it
};
// How many bytes there must be to look for one.
inline constexpr size_t kGoDirectCallWindow =
    sizeof(kGoCallStart) + sizeof(kGoStoreAndCall) +
    sizeof(kGoReloadAndBranch) + 3 * (kLebWindow + 1);

// Whether what is at `pos` may be a call: most of what is not one is not.
inline bool BeginsGoCall(const uint8_t* pos) {
  static_assert(sizeof(kGoCallStart) >= sizeof(uint64_t));
  return std::memcmp(pos, kGoCallStart, sizeof(uint64_t)) == 0;
}
// Reads a call; false if there is something else, or a number that may be too
// large for what it is.
inline bool ReadGoDirectCall(const uint8_t* pos, GoDirectCall& call) {
  if (std::memcmp(pos, kGoCallStart, sizeof(kGoCallStart)) != 0) return false;
  pos += sizeof(kGoCallStart);
  call.return_address = ReadShortLeb(pos);
  pos += call.return_address.size;
  if (std::memcmp(pos, kGoStoreAndCall, sizeof(kGoStoreAndCall)) != 0) {
    return false;
  }
  pos += sizeof(kGoStoreAndCall);
  call.func = ReadShortLeb(pos);
  pos += call.func.size;
  if (std::memcmp(pos, kGoReloadAndBranch, sizeof(kGoReloadAndBranch)) != 0) {
    return false;
  }
  pos += sizeof(kGoReloadAndBranch);
  call.depth = ReadShortLeb(pos);
  call.after = pos + call.depth.size;
  return call.return_address.size <= kLebWindow &&
         call.func.size <= kSurely32 && call.depth.size <= kSurely32;
}

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_GO_SEQUENCES_H_
