// Result<T>: a value or an Errno, and nothing else. It is what every function
// of package fs returns that has something to give back; functions with
// nothing to give back return Errno itself.
//
//   Result<std::string> target = fs.Readlink(path);
//   if (!target.ok()) return target.error();
//   Use(*target);

#ifndef GOSHAWK_FS_RESULT_H_
#define GOSHAWK_FS_RESULT_H_

#include <cassert>
#include <concepts>
#include <type_traits>
#include <utility>

#include "fs/errno.h"

namespace goshawk::fs {

// REQUIRES: T has a default constructor that is cheap; a failed Result holds
// such a T. Nothing is allocated beyond what T does itself.
template <typename T>
class [[nodiscard]] Result {
 public:
  // Both are implicit, so that functions can return either, and what converts
  // to a T, such as a pointer to a derived class.
  // REQUIRES: error != Errno::kOk.
  Result(Errno error) : error_(error) {  // NOLINT
    assert(error != Errno::kOk);
  }
  template <typename U = T>
    requires(std::convertible_to<U, T> &&
             !std::same_as<std::remove_cvref_t<U>, Result> &&
             !std::same_as<std::remove_cvref_t<U>, Errno>)
  Result(U&& value) : value_(std::forward<U>(value)) {}  // NOLINT

  bool ok() const { return error_ == Errno::kOk; }
  Errno error() const { return error_; }

  // The value. REQUIRES: ok().
  T& operator*() & {
    assert(ok());
    return value_;
  }
  const T& operator*() const& {
    assert(ok());
    return value_;
  }
  // By value, so that "for (... : *fs.ReadDir(path))" keeps it.
  T operator*() && {
    assert(ok());
    return std::move(value_);
  }
  T* operator->() {
    assert(ok());
    return &value_;
  }
  const T* operator->() const {
    assert(ok());
    return &value_;
  }

 private:
  Errno error_ = Errno::kOk;
  T value_{};
};

}  // namespace goshawk::fs

#endif  // GOSHAWK_FS_RESULT_H_
