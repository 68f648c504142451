// How large parts of a module may be. The specification lets an implementation
// set such limits (appendix A.2); the numbers for parameters, results and
// locals are those of the JavaScript API, so what browsers run fits.

#ifndef GOSHAWK_INTERP_LIMITS_H_
#define GOSHAWK_INTERP_LIMITS_H_

#include <cstdint>

namespace goshawk::interp {

inline constexpr uint32_t kMaxParams = 1000;
inline constexpr uint32_t kMaxResults = 1000;
// Parameters included.
inline constexpr uint32_t kMaxLocals = 50'000;
// Values on the operand stack of one function at a time.
inline constexpr uint32_t kMaxOperands = 100'000;

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_LIMITS_H_
