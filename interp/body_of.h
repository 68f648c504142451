// The body of each operation, as a type: what op.def says.

#ifndef GOSHAWK_INTERP_BODY_OF_H_
#define GOSHAWK_INTERP_BODY_OF_H_

#include "interp/body.h"
#include "interp/body_rare.h"
#include "interp/control.h"
#include "interp/control_go.h"
#include "interp/op.h"

namespace goshawk::interp {

template <Op kOp>
struct BodyOf;
#define OP(base, d, a, b, ...)             \
  template <>                              \
  struct BodyOf<Op::k##base##_##d##a##b> { \
    using Type = __VA_ARGS__;              \
  };
#include "interp/op.def"

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_BODY_OF_H_
