// Rows of the table of `fs`: from a C++ method that answers at once to a
// JavaScript function that takes a callback.
//
//   fs::Result<int> Open(std::string_view path, int flags, uint32_t mode);
//   FsMethod<&FsObject::Open>("open")   // open(path, flags, mode, callback)
//
// The callback gets (null), (null, result) or (error). Nothing is ever thrown:
// wrong arguments are whatever the conversion makes of them, and the method
// answers EINVAL or EBADF.

#ifndef GOSHAWK_GOJS_NODE_FS_BIND_H_
#define GOSHAWK_GOJS_NODE_FS_BIND_H_

#include <cmath>
#include <string>
#include <utility>

#include "fs/errno.h"
#include "fs/result.h"
#include "gojs/js/bind.h"
#include "gojs/node/fs_object.h"

namespace goshawk::gojs {

namespace fs_bind_internal {

template <auto kMethod>
struct FsBound;

template <typename R, typename... A, R (FsObject::*kMethod)(A...)>
struct FsBound<kMethod> {
  static constexpr int kLength = (1 + ... + bind_internal::Arg<A>::kCount);

  static Completion Call(const Invocation& call) {
    auto* fs = As<FsObject>(call.self);
    if (fs == nullptr) return bind_internal::WrongThis(call, "fs");
    const Ref<FsObject> keep = fs;
    // The callback comes last and is no argument of the method.
    Invocation plain = call;
    Value callback;
    if (!call.args.empty() && call.args.back().IsCallable()) {
      callback = call.args.back();
      plain.args = call.args.first(call.args.size() - 1);
    }
    FsOutcome outcome(fs::Errno::kInval);
    Completion converted =
        bind_internal::Apply<void, A...>(plain, [&](auto&&... args) {
          outcome = FsOutcome::Of(call.realm, (fs->*kMethod)(args...));
        });
    // A conversion that threw leaves EINVAL, but an exit in it is an exit.
    if (converted.unwinding()) return converted;
    return fs->Complete(std::move(callback), std::move(outcome));
  }
};

}  // namespace fs_bind_internal

template <auto kMethod>
constexpr Member FsMethod(std::string_view name) {
  using Bound = fs_bind_internal::FsBound<kMethod>;
  return {.name = name,
          .kind = Member::Kind::kMethod,
          .length = static_cast<uint8_t>(Bound::kLength),
          .call = &Bound::Call};
}

}  // namespace goshawk::gojs

#endif  // GOSHAWK_GOJS_NODE_FS_BIND_H_
